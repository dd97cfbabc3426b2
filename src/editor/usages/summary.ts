import * as vscode from 'vscode';
import type { Usage, UsageSearch } from './usages.js';

const MOST_NAMED = 8;

/** "3 places in 2 files: .env.production, src/app.ts; 1 terminal"; undefined where nothing was found. */
export function summaryOf({ usages, terminals }: Pick<UsageSearch, 'usages' | 'terminals'>): string | undefined {
  const parts: string[] = [];
  if (usages.length > 0) {
    const files = filesOf(usages);
    const rest = files.length - MOST_NAMED;
    const names = [...files.slice(0, MOST_NAMED).map((uri) => vscode.workspace.asRelativePath(uri)), ...(rest > 0 ? [vscode.l10n.t('and {0} more', rest)] : [])].join(', ');
    parts.push(vscode.l10n.t('{0} in {1}: {2}', placesWords(usages.length), filesWords(files.length), names));
  }
  if (terminals.length > 0) parts.push(terminals.length === 1 ? vscode.l10n.t('1 terminal') : vscode.l10n.t('{0} terminals', terminals.length));
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** The files, each once, in the order they were found. */
export function filesOf(usages: readonly Usage[]): vscode.Uri[] {
  return [...new Map(usages.map(({ uri }) => [uri.toString(), uri])).values()];
}

export function placesWords(count: number): string {
  return count === 1 ? vscode.l10n.t('1 place') : vscode.l10n.t('{0} places', count);
}

export function filesWords(count: number): string {
  return count === 1 ? vscode.l10n.t('1 file') : vscode.l10n.t('{0} files', count);
}
