import * as vscode from 'vscode';
import { stepsHeading } from '../../diagnose/report.js';
import { ReportDocuments } from '../reportDocuments.js';

export const REPORT_SCHEME = 'stigg-diagnosis';
export const REPORT_ACTION_COMMAND = 'stiggKeys.diagnoseRequest.act';

/** Reports of diagnoses, with their actions above the steps. */
export function diagnosisReports(onError: (error: unknown) => void): ReportDocuments {
  return new ReportDocuments({
    scheme: REPORT_SCHEME,
    actionCommand: REPORT_ACTION_COMMAND,
    gone: vscode.l10n.t('This report is gone. Run “Stigg: Diagnose a Failing Request” again.'),
    lensLine: (text) => text.split('\n').indexOf(stepsHeading()),
    isPreview: true,
  }, onError);
}
