import * as vscode from 'vscode';
import type { searchHistories as search } from '../remediation/historyPort.js';

/** In the place of the module of this name in a browser, where git cannot be started: the report of a remediation says that the history was not looked at. */
export const searchHistories: typeof search = () => Promise.resolve({
  repositories: [],
  problems: [vscode.l10n.t('The history was not looked at, because a browser cannot start git. Run "Stigg: Remediate a Leak" in VS Code on the desktop, or "git log" where the repository is.')],
});
