import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.js';
import type { Span } from '../languages/language.js';

/** Fixes that take the public prefix off a name. Unsafe, always: browser code gets nothing afterwards, which is the point of it. */
export function renameFixes(from: string, to: string, { start, end }: Span): Fix[] {
  return [
    { title: l10n.t('Rename {0} to {1} everywhere', from, to), safety: 'unsafe', edits: [], preferred: true, action: { kind: 'renameVariable', from, to } },
    { title: l10n.t('Rename it to {0} here only', to), safety: 'unsafe', edits: [{ start, end, text: to }] },
  ];
}
