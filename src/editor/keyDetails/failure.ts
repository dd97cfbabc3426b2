import { t } from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';
import type { ErrorView } from '../../webview/keyDetails/protocol.js';

/** An error in the page's words. A defect is reported as well: its own words are not trusted to be fit for a person. */
export function errorView(error: unknown, reportError: (error: unknown) => void): ErrorView {
  if (error instanceof ExpectedError) return { text: error.message, nextStep: error.nextStep };
  reportError(error);
  return { text: t('This failed in a way it should not.'), nextStep: t('The log says where; please report it.') };
}
