import * as vscode from 'vscode';
import { CancelledError, ExpectedError } from '../../errors.js';
import { isEnvFile } from '../../scan/envFiles.js';
import { Lines } from '../../scan/lines.js';
import { withProgress } from '../report.js';
import type { DiagnosticsController } from './controller.js';
import { RENAME_VARIABLE_COMMAND } from './fixCommands.js';
import { placesOf, textOf } from './renameText.js';

/** Larger files hold data. Bytes. */
const LARGEST = 1_000_000;
const MOST_FILES = 20_000;
const AT_ONCE = 16;
const MOST_SHOWN = 15;
/** Other people's code, and what is built anew. */
const NEVER = '**/{node_modules,.git,.hg,.svn,dist,build,out,.next,.nuxt,.svelte-kit,.turbo,.cache,coverage,vendor,target}/**';

/** Where a file names the variable. */
interface Naming {
  readonly file: vscode.Uri;
  readonly ranges: readonly vscode.Range[];
}

/** Undefined: the person changed their mind. */
type Choice = 'rename' | 'preview' | undefined;

/** Renames an environment variable wherever its workspace folder names it, after the person has seen which files those are. */
export async function renameVariable(controller: Pick<DiagnosticsController, 'isIgnored'>, args: readonly unknown[], ask = askPerson): Promise<void> {
  const [uri, from, to] = args;
  if (typeof uri !== 'string' || typeof from !== 'string' || typeof to !== 'string' || !/^[\w.-]+$/.test(to)) {
    throw new TypeError(`${RENAME_VARIABLE_COMMAND} was called with unexpected arguments`);
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const found = await withProgress(vscode.l10n.t('Looking for {0} in the workspace', from), (signal) => namings(controller, document.uri, from, signal));
  if (found.length === 0) {
    throw new ExpectedError('nothingToRename', vscode.l10n.t('{0} is no longer there.', from), vscode.l10n.t('Nothing was changed.'));
  }
  const choice = await ask(from, to, found);
  if (choice === undefined) return;
  const edit = new vscode.WorkspaceEdit();
  // In the preview these start unticked, so that it is for those who want to choose.
  const metadata: vscode.WorkspaceEditEntryMetadata | undefined = choice === 'preview' ? { needsConfirmation: true, label: vscode.l10n.t('Rename {0} to {1}', from, to) } : undefined;
  for (const { file, ranges } of found) for (const range of ranges) edit.replace(file, range, to, metadata);
  // VS Code refuses the whole edit when a document has changed since.
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true })) && choice === 'rename') {
    throw new ExpectedError('notRenamed', vscode.l10n.t('The files changed meanwhile, so nothing was renamed.'), vscode.l10n.t('Choose the fix again.'));
  }
}

async function askPerson(from: string, to: string, found: readonly Naming[]): Promise<Choice> {
  const rename = vscode.l10n.t('Rename');
  const preview = vscode.l10n.t('Choose Places…');
  const shown = found.slice(0, MOST_SHOWN).map(({ file, ranges }) => `${vscode.workspace.asRelativePath(file)} (${String(ranges.length)})`);
  const rest = found.length - shown.length;
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Rename {0} to {1}?', from, to),
    {
      modal: true,
      detail: [
        ...shown,
        ...(rest > 0 ? [vscode.l10n.t('and {0} more files', rest)] : []),
        '',
        vscode.l10n.t('Rename the variable where it is set as well: in CI, hosting, and other people\'s env files.'),
      ].join('\n'),
    },
    rename, preview,
  );
  return chosen === rename ? 'rename' : chosen === preview ? 'preview' : undefined;
}

async function namings(controller: Pick<DiagnosticsController, 'isIgnored'>, start: vscode.Uri, from: string, signal: AbortSignal): Promise<Naming[]> {
  const open = new Map(vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document]));
  const visit = async (file: vscode.Uri): Promise<Naming | undefined> => {
    const text = open.get(file.toString())?.getText() ?? (await readText(file));
    const places = text === undefined ? [] : placesOf(text, from);
    if (text === undefined || places.length === 0) return undefined;
    if (file.toString() !== start.toString() && !isEnvFile(file.path) && (await controller.isIgnored(file))) return undefined;
    const lines = new Lines(text);
    const position = (offset: number): vscode.Position => {
      const { line, column } = lines.positionAt(offset);
      return new vscode.Position(line, column);
    };
    return { file, ranges: places.map((place) => new vscode.Range(position(place.start), position(place.end))) };
  };
  const files = await filesBeside(start);
  const found: Naming[] = [];
  for (let at = 0; at < files.length; at += AT_ONCE) {
    if (signal.aborted) throw new CancelledError();
    found.push(...(await Promise.all(files.slice(at, at + AT_ONCE).map(visit))).filter((naming) => naming !== undefined));
  }
  return found;
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
