import * as vscode from 'vscode';
import type { Disposable } from '../../event.js';
import { Lazy } from '../../lazy.js';
import type { Consents } from './consent.js';
import type { InjectionDeps } from './deps.js';

export type { InjectionDeps } from './deps.js';

/** Tasks, debug sessions and a profile of terminals that get keys, the hover that says which, and the command that withdraws what was agreed to. */
export interface Injection extends Disposable {
  /** Ends the commands that still run. Resolves when they are gone. */
  end(): Promise<void>;
}

/** Registers all of it. What it is made of is loaded by the first use. */
export function registerInjection(deps: InjectionDeps): Injection {
  const consents = new Lazy(async () => new (await import('./consent.js')).Consents(deps.workspaceState));
  const own = async (): Promise<InjectionDeps & { readonly consents: Consents }> => ({ ...deps, consents: await consents.get() });
  const tasks = once(async () => new (await import('./tasks.js')).StiggTasks(await own()));
  const debug = once(async () => new (await import('./debug.js')).StiggDebug(await own()));
  const hover = once(async () => new (await import('./hover.js')).VariableHover(deps));
  const profile = once(async () => new (await import('./profile.js')).TerminalProfiles(await own()));
  const registrations = vscode.Disposable.from(
    vscode.tasks.registerTaskProvider('stigg', {
      provideTasks: async () => (await tasks.get()).provideTasks(),
      resolveTask: async (task) => (await tasks.get()).resolveTask(task),
    }),
    vscode.debug.registerDebugConfigurationProvider('*', {
      resolveDebugConfigurationWithSubstitutedVariables: async (folder, configuration) => ('stigg' in configuration ? (await debug.get()).resolveDebugConfigurationWithSubstitutedVariables(folder, configuration) : configuration),
    }),
    vscode.debug.registerDebugAdapterTrackerFactory('*', { createDebugAdapterTracker: (session) => { debug.made()?.clean(session); return undefined; } }),
    vscode.debug.onDidStartDebugSession((session) => { debug.made()?.clean(session); }),
    vscode.window.registerTerminalProfileProvider('stiggKeys.terminal', { provideTerminalProfile: async () => (await profile.get()).provide() }),
    vscode.window.onDidOpenTerminal((terminal) => { profile.made()?.opened(terminal); }),
    vscode.languages.registerHoverProvider([{ scheme: 'file' }, { scheme: 'untitled' }, { scheme: 'vscode-remote' }], {
      provideHover: async (document, position, token) => (await hover.get()).provideHover(document, position, token),
    }),
    deps.reporter.command('stiggKeys.forgetConsents', async () => forgetConsents(await consents.get(), deps.workspaceState)),
  );
  const end = async (): Promise<void> => { await tasks.made()?.end(); };
  return {
    end,
    dispose: () => {
      registrations.dispose();
      void end();
    },
  };
}

/** Agents have consents of their own: who withdraws means all that gets a key in this workspace. */
async function forgetConsents(consents: Consents, workspaceState: InjectionDeps['workspaceState']): Promise<void> {
  const { withdrawAgentConsents } = await import('../agents/consents.js');
  const count = (await consents.withdraw()) + (await withdrawAgentConsents(workspaceState));
  void vscode.window.showInformationMessage(count === 0
    ? vscode.l10n.t('Nothing was allowed for this workspace.')
    : vscode.l10n.t('Withdrawn. Tasks, debug sessions, terminals and agents of this workspace ask again before they get a key. What runs keeps its key.'));
}

/** Something that is made by the first who needs it. */
function once<T>(make: () => Promise<T>): { get(): Promise<T>; made(): T | undefined } {
  let made: T | undefined;
  let making: Promise<T> | undefined;
  return {
    get: () => (making ??= make().then((value) => (made = value))),
    made: () => made,
  };
}
