import * as l10n from '@vscode/l10n';

/** A number of things in words: one is no plural. */
export function countOf(count: number, what: 'finding' | 'error' | 'warning' | 'hint' | 'file'): string {
  switch (what) {
    case 'finding':
      return count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', count);
    case 'error':
      return count === 1 ? l10n.t('1 error') : l10n.t('{0} errors', count);
    case 'warning':
      return count === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', count);
    case 'hint':
      return count === 1 ? l10n.t('1 hint') : l10n.t('{0} hints', count);
    case 'file':
      return count === 1 ? l10n.t('1 file') : l10n.t('{0} files', count);
  }
}
