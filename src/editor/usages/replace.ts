import * as vscode from 'vscode';
import { Project } from '../../project/project.js';
import type { ScanContext } from '../../scan/context.js';
import { rangeOf, sourceOf } from '../diagnostics/documents.js';
import { readerBeside } from '../diagnostics/workspaceReader.js';
import type { UsagesDeps } from './deps.js';
import { leadsOutside } from './links.js';
import { planFor, type Plan } from './plan.js';
import { isUtf8 } from './text.js';
import type { Replaced, ReplaceOptions, Usage } from './usages.js';
import { envNote, reasonWords, type LeftReason } from './words.js';

/** A fix is no better than what is known about the file; for that a person waits. */
const PATIENCE_MS = 10_000;

const LAG_ATTEMPTS = 20;
const LAG_MS = 100;

/** What will be done to one file. */
interface FilePlan extends Plan {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly usages: readonly Usage[];
}

/** See `Usages.replace`. */
export async function replaceUsages(deps: UsagesDeps, usages: readonly Usage[], { hasEnvNote = true }: ReplaceOptions): Promise<Replaced> {
  const left: { readonly usage: Usage; readonly reason: string }[] = [];
  const leave = (some: readonly Usage[], reason: LeftReason): void => { for (const usage of some) left.push({ usage, reason: reasonWords(reason) }); };
  const facts = new Facts(deps);
  const plans: FilePlan[] = [];
  for (const [uri, ofFile] of byFile(usages)) {
    const obstacle = await obstacleOf(uri, ofFile);
    const plan = typeof obstacle === 'string' ? obstacle : await planOf(deps, facts, obstacle, ofFile, hasEnvNote);
    if (typeof plan === 'string') leave(ofFile, plan);
    else plans.push(plan);
  }
  const edit = new vscode.WorkspaceEdit();
  const changed: FilePlan[] = [];
  // Nothing waits from here to the change, and VS Code refuses edits to a text that has moved on.
  for (const plan of plans) {
    const { document, version, edits } = plan;
    if (document.isClosed || document.version !== version) leave(plan.usages, 'changed');
    else {
      for (const [index, reason] of plan.left.entries()) {
        const usage = plan.usages[index];
        if (reason !== undefined && usage !== undefined) leave([usage], reason);
      }
      if (edits.length === 0) continue;
      edit.set(document.uri, edits.map((one) => new vscode.TextEdit(rangeOf(document, one), one.text)));
      changed.push(plan);
    }
  }
  if (changed.length === 0) return { files: [], left };
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
    for (const plan of changed) leave(replacedBy(plan), 'refused');
    return { files: [], left };
  }
  const files: vscode.Uri[] = [];
  for (const plan of changed) {
    if (await isSaved(deps, plan.document)) files.push(plan.document.uri);
    else leave(replacedBy(plan), 'notSaved');
  }
  return { files, left };
}

function byFile(usages: readonly Usage[]): [vscode.Uri, Usage[]][] {
  const files = new Map<string, [vscode.Uri, Usage[]]>();
  for (const usage of usages) {
    const key = usage.uri.toString();
    const file = files.get(key);
    if (file === undefined) files.set(key, [usage.uri, [usage]]);
    else file[1].push(usage);
  }
  return [...files.values()];
}

/** Why the file cannot be changed; otherwise its document. */
async function obstacleOf(uri: vscode.Uri, usages: readonly Usage[]): Promise<vscode.TextDocument | LeftReason> {
  // Once more: a link may have been put there since it was searched.
  if (usages.some(({ isOutside }) => isOutside) || (await leadsOutside(uri))) return 'outside';
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return 'readOnly';
  if (vscode.workspace.notebookDocuments.some((notebook) => notebook.isDirty && notebook.uri.toString() === uri.toString())) return 'notebook';
  let bytes: Uint8Array | undefined;
  if (uri.scheme !== 'untitled') {
    try {
      const { permissions } = await vscode.workspace.fs.stat(uri);
      if (((permissions ?? 0) & vscode.FilePermission.Readonly) !== 0) return 'readOnly';
      bytes = await vscode.workspace.fs.readFile(uri);
    } catch {
      return 'deleted';
    }
  }
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(uri);
  } catch {
    return 'notText';
  }
  if (bytes === undefined) return document;
  const text = isUtf8(bytes);
  // Opened as what it is not, every other character is lost when it is saved.
  if (document.encoding === 'utf8' && text === undefined) return 'encoding';
  if (document.encoding === 'utf8' && text !== undefined) await hasCaughtUp(document, text);
  return document;
}

/** A document that is open may lag behind its file for a moment. */
async function hasCaughtUp(document: vscode.TextDocument, text: string): Promise<void> {
  const lines = (one: string): string => one.replaceAll(/\r\n?/g, '\n');
  for (let attempt = 0; attempt < LAG_ATTEMPTS && !document.isDirty && lines(document.getText()) !== lines(text); attempt++) {
    await new Promise((resolve) => { setTimeout(resolve, LAG_MS); });
  }
}

async function planOf(deps: UsagesDeps, facts: Facts, document: vscode.TextDocument, usages: readonly Usage[], hasEnvNote: boolean): Promise<FilePlan | LeftReason> {
  const { version } = document;
  const source = sourceOf(document, document.getText());
  const engine = await deps.engine();
  const [context] = await Promise.all([facts.contextOf(document), engine.prepare(source)]);
  if (document.version !== version) return 'changed';
  const fingerprints = new Set(usages.map(({ fingerprint }) => fingerprint));
  const wanted = usages.map(({ range, fingerprint }) => ({ start: document.offsetAt(range.start), fingerprint }));
  return { document, version, usages, ...planFor(source.text, wanted, (text) => engine.replacements({ ...source, text }, fingerprints, context, hasEnvNote ? envNote() : undefined)) };
}

function replacedBy({ usages, left }: FilePlan): Usage[] {
  return usages.filter((_usage, index) => left[index] === undefined);
}

async function isSaved({ logError }: UsagesDeps, document: vscode.TextDocument): Promise<boolean> {
  if (document.isUntitled) return true;
  try {
    return (await document.save()) && !document.isDirty;
  } catch (error) {
    logError('Saving a file', error);
    return false;
  }
}

/** What surrounds the files, looked up once for all of them. */
class Facts {
  readonly #deps: UsagesDeps;
  readonly #projects = new Map<string, Project>();

  constructor(deps: UsagesDeps) {
    this.#deps = deps;
  }

  async contextOf({ uri }: vscode.TextDocument): Promise<ScanContext> {
    const key = `${uri.scheme}://${uri.authority}`;
    let project = this.#projects.get(key);
    if (project === undefined) {
      project = new Project(readerBeside(uri), { patienceMs: PATIENCE_MS, onError: (error) => { this.#deps.logError('Looking for importers', error); } });
      this.#projects.set(key, project);
    }
    return project.contextFor(uri.path, (fingerprint) => this.#deps.knownKey(fingerprint));
  }
}
