import * as vscode from 'vscode';
import type { Severity } from '../../scan/finding.js';
import { MOST_IN_ALL } from '../workspaceScan/limits.js';
import type { ScanState } from '../workspaceScan/state.js';
import type { Grouped } from './group.js';

export function severityWord(severity: Severity): string {
  switch (severity) {
    case 'error':
      return vscode.l10n.t('Error');
    case 'warning':
      return vscode.l10n.t('Warning');
    case 'info':
      return vscode.l10n.t('Information');
  }
}

export function findingsWords(count: number): string {
  return count === 1 ? vscode.l10n.t('1 finding') : vscode.l10n.t('{0} findings', number(count));
}

export function filesWords(count: number): string {
  return count === 1 ? vscode.l10n.t('1 file') : vscode.l10n.t('{0} files', number(count));
}

export function fixesWords(count: number): string {
  return count === 1 ? vscode.l10n.t('1 safe fix') : vscode.l10n.t('{0} safe fixes', number(count));
}

/** "3 errors, 2 warnings"; what there is none of is left out. */
export function severitiesWords({ error, warning, info }: Grouped['bySeverity']): string {
  const parts = [
    error === 0 ? undefined : error === 1 ? vscode.l10n.t('1 error') : vscode.l10n.t('{0} errors', number(error)),
    warning === 0 ? undefined : warning === 1 ? vscode.l10n.t('1 warning') : vscode.l10n.t('{0} warnings', number(warning)),
    info === 0 ? undefined : vscode.l10n.t('{0} for information', number(info)),
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** The line above the rows; empty where the rows say it all. */
export function summaryWords(state: ScanState, found: Grouped): string {
  const sofar = severitiesWords(found.bySeverity);
  switch (state.kind) {
    case 'never':
      return found.count === 0 ? '' : vscode.l10n.t('Only files that are open. The workspace was not scanned yet.');
    case 'scanning':
      return found.count === 0 ? vscode.l10n.t('Scanning… {0} read.', filesWords(state.files)) : vscode.l10n.t('Scanning… {0} read; {1} so far.', filesWords(state.files), sofar);
    case 'done':
    case 'cancelled':
    case 'failed':
      return found.count === 0 ? '' : [vscode.l10n.t('{0} in {1}.', sofar, filesWords(found.files)), ...unshownWords(found.count)].join(' ');
  }
}

/** Here all are listed. */
function unshownWords(count: number): string[] {
  return count <= MOST_IN_ALL ? [] : [vscode.l10n.t('The Problems view shows no more than {0} of them.', number(MOST_IN_ALL))];
}

export function timeWords(date: Date): string {
  return date.toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
}

function number(count: number): string {
  return count.toLocaleString(vscode.env.language);
}
