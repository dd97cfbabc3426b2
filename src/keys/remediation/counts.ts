import { t } from '@vscode/l10n';

/** A number of things in words: one is no plural. */
export function countOf(count: number, what: 'file' | 'place'): string {
  switch (what) {
    case 'file':
      return count === 1 ? t('1 file') : t('{0} files', count);
    case 'place':
      return count === 1 ? t('1 place') : t('{0} places', count);
  }
}
