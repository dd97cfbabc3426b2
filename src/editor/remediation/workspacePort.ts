import * as vscode from 'vscode';
import type { Mended, PlaceLeft } from '../../keys/remediation/facts.js';
import type { Usage, Usages, UsageSearch } from '../usages/usages.js';

/** The places of a value in the workspace, as a remediation sees them. Remembers in which folders there were some: their repositories count. */
export class WorkspacePort {
  readonly #usages: Usages;
  readonly folders = new Map<string, vscode.Uri>();

  constructor(usages: Usages) {
    this.#usages = usages;
  }

  async look(fingerprint: string, signal: AbortSignal): Promise<Mended> {
    const found = await this.#find(fingerprint, signal);
    return mended([], found, new Map());
  }

  /** Replaces what may be replaced, then looks once more: what is left is what is found, not what was reported. */
  async mend(fingerprint: string, signal: AbortSignal): Promise<Mended> {
    const found = await this.#find(fingerprint, signal);
    const inside = found.usages.filter(({ isOutside }) => !isOutside);
    if (inside.length === 0) return mended([], found, new Map());
    const replaced = await this.#usages.replace(inside);
    const reasons = new Map(replaced.left.map(({ usage, reason }) => [usage.uri.toString(), reason]));
    return mended(replaced.files, await this.#find(fingerprint, signal), reasons);
  }

  async #find(fingerprint: string, signal: AbortSignal): Promise<UsageSearch> {
    const found = await this.#usages.find(new Set([fingerprint]), signal);
    for (const { uri } of found.usages) {
      const folder = vscode.Uri.joinPath(uri, '..');
      this.folders.set(folder.toString(), folder);
    }
    return found;
  }
}

function mended(files: readonly vscode.Uri[], { usages, terminals, files: looked, skipped }: UsageSearch, reasons: ReadonlyMap<string, string>): Mended {
  return { files: files.map(nameOf), left: usages.map((usage) => left(usage, reasons)), terminals: terminals.length, looked, skipped };
}

function left({ uri, range, isOutside }: Usage, reasons: ReadonlyMap<string, string>): PlaceLeft {
  return {
    place: `${nameOf(uri)}:${String(range.start.line + 1)}`,
    reason: isOutside
      ? vscode.l10n.t('It is outside of the opened folders, and changed only by hand.')
      : (reasons.get(uri.toString()) ?? vscode.l10n.t('It is still there.')),
    isOutside,
  };
}

function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}
