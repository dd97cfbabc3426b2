import * as vscode from 'vscode';
import { fileName, ReportDocuments, type ReportAction } from '../reportDocuments.js';

/** Reports of remediations, with their actions above the first line. */
export function remediationReports(onError: (error: unknown) => void): ReportDocuments {
  return new ReportDocuments({
    scheme: 'stigg-remediation',
    actionCommand: 'stiggKeys.remediateLeak.act',
    gone: vscode.l10n.t('This report is gone. Reports are kept while their window is open; save them to keep them.'),
    lensLine: () => 0,
    isPreview: false,
  }, onError);
}

/** Opens a report, with "Copy Report" and "Save As…" and what else can be done from it. */
export function showReport(reports: ReportDocuments, name: string, text: string, actions: readonly ReportAction[]): Promise<void> {
  const copy: ReportAction = { id: 'copy', title: vscode.l10n.t('Copy Report'), run: async () => {
    await vscode.env.clipboard.writeText(text);
    void vscode.window.setStatusBarMessage(vscode.l10n.t('The report was copied. It holds no secret.'), 5_000);
  } };
  const save: ReportAction = { id: 'save', title: vscode.l10n.t('Save As…'), run: () => saveAs(fileName(name), text) };
  return reports.show({ name, text, actions: [copy, save, ...actions] });
}

async function saveAs(name: string, text: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save the Report'),
    filters: { Markdown: ['md'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target !== undefined) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}
