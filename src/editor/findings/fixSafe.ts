import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { safeFix } from '../../scan/safeFix.js';
import type { TextEdit } from '../../scan/finding.js';
import { reportFindings } from '../../report/report.js';
import type { LiveFindings } from '../diagnostics/deps.js';
import { rangeOf, sourceOf } from '../diagnostics/documents.js';
import { combine } from '../diagnostics/fixAll.js';
import { withProgress } from '../report.js';
import { isUtf8 } from '../usages/text.js';
import { reasonWords, type LeftReason } from '../usages/words.js';
import type { FindingNode } from './nodes.js';
import { isIn } from './scope.js';
import type { FindingsStore } from './store.js';
import { filesWords, fixesWords } from './words.js';

const MOST_NAMED = 10;

export interface FixSafeDeps {
  readonly store: FindingsStore;
  readonly live: Pick<LiveFindings, 'findingsOfText'>;
  readonly logError: (what: string, error: unknown) => void;
}

interface FilePlan {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly text: string;
  readonly edits: readonly TextEdit[];
  readonly fixes: number;
}

interface Left {
  readonly path: string;
  readonly reason: LeftReason;
}

/**
 * Applies the safe fixes of the row, or of everything, as one change that one undo takes back. Each file is judged again as it stands, so that no
 * fix rests on an older text; fixes that change behaviour are never among them.
 */
export async function fixSafe(deps: FixSafeDeps, node: FindingNode | undefined): Promise<void> {
  const uris = [...deps.store.files()].filter(([uri, findings]) => findings.some((finding) => finding.isFixable === true && isIn(node, uri, finding))).map(([uri]) => uri);
  const left: Left[] = [];
  const plans = await withProgress(vscode.l10n.t('Looking for safe fixes'), async (signal, report) => {
    const made: FilePlan[] = [];
    for (const [index, uri] of uris.entries()) {
      signal.throwIfAborted();
      report(vscode.l10n.t('{0} of {1}', index + 1, filesWords(uris.length)));
      const plan = await planFor(deps, vscode.Uri.parse(uri), node);
      if (typeof plan === 'string') left.push({ path: vscode.workspace.asRelativePath(vscode.Uri.parse(uri)), reason: plan });
      else if (plan !== undefined) made.push(plan);
    }
    return made;
  });
  const fixes = plans.reduce((sum, plan) => sum + plan.fixes, 0);
  if (fixes === 0) {
    const next = left.length === 0 ? vscode.l10n.t('Open a finding: its light bulb shows the fixes that need a decision.') : leftWords(left);
    throw new ExpectedError('noSafeFix', vscode.l10n.t('Nothing here has a safe fix.'), next);
  }
  const how = await choose(plans, fixes, left);
  if (how === undefined) return;
  await apply(deps, plans, how === 'preview', left);
}

async function planFor(deps: FixSafeDeps, uri: vscode.Uri, node: FindingNode | undefined): Promise<FilePlan | LeftReason | undefined> {
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return 'readOnly';
  if (uri.scheme !== 'untitled') {
    try {
      if ((((await vscode.workspace.fs.stat(uri)).permissions ?? 0) & vscode.FilePermission.Readonly) !== 0) return 'readOnly';
    } catch {
      return 'deleted';
    }
  }
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(uri);
    // Opened as what it is not, other characters would be lost when it is saved.
    if (uri.scheme !== 'untitled' && document.encoding === 'utf8' && isUtf8(await vscode.workspace.fs.readFile(uri)) === undefined) return 'encoding';
  } catch {
    return 'notText';
  }
  const { version } = document;
  const text = document.getText();
  const findings = await deps.live.findingsOfText(document, text);
  const key = uri.toString();
  const places = reportFindings(sourceOf(document, text).path, text, findings);
  const { edits, taken } = combine(findings.flatMap(({ fixes }, index) => {
    const place = places[index];
    const fix = place !== undefined && isIn(node, key, place) ? safeFix(fixes) : undefined;
    return fix === undefined ? [] : [fix.edits];
  }));
  if (edits.length === 0) return undefined;
  return document.version === version ? { document, version, text, edits, fixes: taken.filter(Boolean).length } : 'changed';
}

async function choose(plans: readonly FilePlan[], fixes: number, left: readonly Left[]): Promise<'apply' | 'preview' | undefined> {
  const apply = vscode.l10n.t('Apply');
  const preview = vscode.l10n.t('Show Changes First');
  const names = plans.map(({ document, fixes: count }) => `${vscode.workspace.asRelativePath(document.uri)} (${String(count)})`);
  const more = names.length - MOST_NAMED;
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Apply {0} in {1}?', fixesWords(fixes), filesWords(plans.length)),
    {
      modal: true,
      detail: [
        [...names.slice(0, MOST_NAMED), ...(more > 0 ? [vscode.l10n.t('and {0} more', more)] : [])].join('\n'),
        vscode.l10n.t('What the code does stays the same. Fixes that change it are left to you. To take all of it back, undo once in one of the files.'),
        ...(left.length === 0 ? [] : [leftWords(left)]),
      ].join('\n\n'),
    },
    apply, preview,
  );
  return choice === apply ? 'apply' : choice === preview ? 'preview' : undefined;
}

async function apply({ logError }: FixSafeDeps, planned: readonly FilePlan[], isPreview: boolean, left: Left[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const leave = (document: vscode.TextDocument, reason: LeftReason): void => { left.push({ path: vscode.workspace.asRelativePath(document.uri), reason }); };
  const metadata: vscode.WorkspaceEditEntryMetadata = { needsConfirmation: true, label: vscode.l10n.t('Safe Stigg fixes') };
  const changed: (FilePlan & { readonly wasDirty: boolean })[] = [];
  const plans = await Promise.all(planned.map(reopened));
  // Nothing waits from here to the change, and VS Code refuses edits to a text that has moved on.
  for (const plan of plans) {
    const { document, version, edits } = plan;
    if (document.isClosed || document.version !== version) {
      leave(document, 'changed');
      continue;
    }
    const made = edits.map((one) => new vscode.TextEdit(rangeOf(document, one), one.text));
    if (isPreview) edit.set(document.uri, made.map((one): [vscode.TextEdit, vscode.WorkspaceEditEntryMetadata] => [one, metadata]));
    else edit.set(document.uri, made);
    // What was open with changes of its own is not saved behind anybody's back.
    if (document.isDirty && !document.isUntitled) leave(document, 'unsaved');
    changed.push({ ...plan, wasDirty: document.isDirty });
  }
  if (changed.length === 0) throw new ExpectedError('fixesRefused', vscode.l10n.t('No fix was applied.'), leftWords(left));
  // Not as a refactoring: VS Code would save all of them, also those with changes of the person's own.
  if (!(await vscode.workspace.applyEdit(edit))) {
    // Whoever looked and did not want it knows.
    if (isPreview) return;
    throw new ExpectedError('fixesRefused', vscode.l10n.t('No fix was applied.'), vscode.l10n.t('A file changed just then: try again.'));
  }
  let fixes = 0;
  let files = 0;
  for (const { document, version, fixes: count, wasDirty } of changed) {
    // In the preview a person may have left it out.
    if (document.version === version) continue;
    fixes += count;
    files += 1;
    if (!wasDirty && document.isDirty && !document.isUntitled && !(await saved(document, logError))) leave(document, 'fixNotSaved');
  }
  const done = vscode.l10n.t('{0} applied in {1}.', fixesWords(fixes), filesWords(files));
  if (left.length > 0) void vscode.window.showWarningMessage(`${done} ${leftWords(left)}`);
  else void vscode.window.showInformationMessage(done);
}

/** VS Code closes documents that nobody shows while somebody reads the question. */
async function reopened(plan: FilePlan): Promise<FilePlan> {
  if (!plan.document.isClosed) return plan;
  try {
    const document = await vscode.workspace.openTextDocument(plan.document.uri);
    return document.getText() === plan.text ? { ...plan, document, version: document.version } : plan;
  } catch {
    return plan;
  }
}

async function saved(document: vscode.TextDocument, logError: FixSafeDeps['logError']): Promise<boolean> {
  try {
    return await document.save();
  } catch (error) {
    logError('Saving a file', error);
    return false;
  }
}

function leftWords(left: readonly Left[]): string {
  const shown = left.slice(0, MOST_NAMED).map(({ path, reason }) => `${path}: ${reasonWords(reason)}`);
  return vscode.l10n.t('Please note: {0}', [...shown, ...(left.length > MOST_NAMED ? [vscode.l10n.t('and {0} more', left.length - MOST_NAMED)] : [])].join(' '));
}
