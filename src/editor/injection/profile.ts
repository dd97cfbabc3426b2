import * as vscode from 'vscode';
import type { InjectionDeps } from './deps.js';
import { currentFolder } from './names.js';
import { prepare, type PrepareDeps } from './prepare.js';
import { terminalOptions } from '../terminal/openTerminal.js';

type Deps = PrepareDeps & Pick<InjectionDeps, 'reporter' | 'terminals'>;

interface Pending {
  readonly options: vscode.TerminalOptions;
  readonly fingerprints: readonly string[];
}

/**
 * Terminals of the profile "Stigg", which hold the active environment's keys. They are opened by choosing the profile, and also by
 * whatever makes a new terminal where a workspace's settings have made it the default one: therefore they are asked about.
 */
export class TerminalProfiles {
  readonly #deps: Deps;
  /** Handed to VS Code, which has not told of the terminal yet. */
  readonly #pending = new Set<Pending>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Rejects in words, which VS Code shows: there is no other way not to open one. */
  async provide(): Promise<vscode.TerminalProfile> {
    const folder = currentFolder();
    const prepared = await prepare(this.#deps, {
      kind: 'terminal', what: vscode.l10n.t('Terminal profile "Stigg"'), folder: folder?.uri.fsPath ?? '', environment: true, namesFolder: folder?.uri, title: vscode.l10n.t('Open Terminal with Key'),
    }).catch((error: unknown) => { throw this.#inWords(error); });
    if (prepared === undefined) throw new Error(vscode.l10n.t('No terminal was opened, because no key was handed over.'));
    const { options, empty } = terminalOptions(prepared.handover, prepared.keys, folder, this.#deps.now());
    const { server, publishable } = prepared.handover;
    this.#pending.add({ options, fingerprints: [server, publishable].flatMap((key) => (key === undefined ? [] : [key.fingerprint])) });
    // VS Code sends the options on in the steps that follow this answer at once, keeps this very object, and shows it to every extension.
    setTimeout(empty, 0);
    return new vscode.TerminalProfile(options);
  }

  /** Called with every terminal; ours are known by their options. */
  opened(terminal: vscode.Terminal): void {
    for (const pending of this.#pending) {
      if (terminal.creationOptions !== pending.options) continue;
      this.#pending.delete(pending);
      this.#deps.terminals.remember(terminal, pending.fingerprints);
      // VS Code leaves the panel as it was after it had to wait for an answer.
      terminal.show();
    }
  }

  #inWords(error: unknown): Error {
    if (error instanceof Error && 'full' in error) return new Error(String(error.full));
    this.#deps.reporter.log('Opening a terminal with a key', error);
    return new Error(vscode.l10n.t('Stigg Key Hygiene failed in a way it should not. The log says where; please report it.'));
  }
}
