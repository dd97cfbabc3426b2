import * as vscode from 'vscode';
import { CancelledError, ExpectedError } from '../../errors.js';
import { Lines } from '../../scan/lines.js';
import { isEnvFile } from '../../scan/tokens/serverKeys.js';
import { withProgress } from '../report.js';
import type { DiagnosticsController } from './controller.js';
import { placesOf, textOf } from './renameText.js';

/** Internal: code actions call it. */
export const RENAME_VARIABLE_COMMAND = 'stiggKeys.fix.renameVariable';

/** Larger files hold data. Bytes. */
const LARGEST = 1_000_000;
const MOST_FILES = 20_000;
const AT_ONCE = 16;
/** Other people's code, and what is built anew. */
const NEVER = '**/{node_modules,.git,.hg,.svn,dist,build,out,.next,.nuxt,.svelte-kit,.turbo,.cache,coverage,vendor,target}/**';

/** Renames an environment variable wherever the workspace names it, after the person has seen all places. */
export async function renameVariable(controller: Pick<DiagnosticsController, 'isIgnored'>, args: readonly unknown[]): Promise<void> {
  const [uri, from, to] = args;
  if (typeof uri !== 'string' || typeof from !== 'string' || typeof to !== 'string' || !/^[\w.-]+$/.test(to)) {
    throw new TypeError(`${RENAME_VARIABLE_COMMAND} was called with unexpected arguments`);
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const edit = await withProgress(vscode.l10n.t('Looking for {0} in the workspace', from), (signal) => collect(controller, document.uri, from, to, signal));
  if (edit.size === 0) {
    throw new ExpectedError('nothingToRename', vscode.l10n.t('{0} is no longer there.', from), vscode.l10n.t('Nothing was changed.'));
  }
  // The preview asks: what is applied there is the person's choice.
  await vscode.workspace.applyEdit(edit);
}

async function collect(controller: Pick<DiagnosticsController, 'isIgnored'>, start: vscode.Uri, from: string, to: string, signal: AbortSignal): Promise<vscode.WorkspaceEdit> {
  const edit = new vscode.WorkspaceEdit();
  const metadata: vscode.WorkspaceEditEntryMetadata = {
    needsConfirmation: true,
    label: vscode.l10n.t('Rename {0} to {1}', from, to),
    description: vscode.l10n.t('Rename the variable where it is set as well: in CI, hosting and other machines\' env files.'),
  };
  const files = await filesBeside(start);
  const texts = new Map(vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document]));
  const visit = async (file: vscode.Uri): Promise<void> => {
    if (signal.aborted) throw new CancelledError();
    const open = texts.get(file.toString());
    const text = open?.getText() ?? (await readText(file));
    const places = text === undefined ? [] : placesOf(text, from);
    if (text === undefined || places.length === 0) return;
    if (file.toString() !== start.toString() && !isEnvFile(file.path) && (await controller.isIgnored(file))) return;
    const lines = new Lines(text);
    const position = (offset: number): vscode.Position => {
      const { line, column } = lines.positionAt(offset);
      return new vscode.Position(line, column);
    };
    for (const place of places) edit.replace(file, new vscode.Range(position(place.start), position(place.end)), to, metadata);
  };
  for (let at = 0; at < files.length; at += AT_ONCE) await Promise.all(files.slice(at, at + AT_ONCE).map(visit));
  return edit;
}

/** The files of the workspace folder that holds this one, itself first. */
async function filesBeside(start: vscode.Uri): Promise<vscode.Uri[]> {
  const folder = vscode.workspace.getWorkspaceFolder(start);
  // `**/*` leaves out what the person hides from the explorer, which is no place for a name that matters.
  const found = folder === undefined ? [] : await vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/*'), NEVER, MOST_FILES);
  return [start, ...found.filter((file) => file.toString() !== start.toString())];
}

async function readText(file: vscode.Uri): Promise<string | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(file);
    return size > LARGEST || type !== vscode.FileType.File ? undefined : textOf(await vscode.workspace.fs.readFile(file));
  } catch {
    return undefined;
  }
}
