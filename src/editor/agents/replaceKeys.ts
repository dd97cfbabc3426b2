import * as vscode from 'vscode';
import { ExpectedError, isCancelled } from '../../errors.js';
import { rangeOf, sourceOf } from '../diagnostics/documents.js';
import { tokenIn } from '../diagnostics/tokenIn.js';
import { applied, difference } from '../usages/plan.js';
import type { AgentDeps } from './deps.js';
import { mcpKeysIn, type McpKey } from './mcpKeys.js';

type Deps = Pick<AgentDeps, 'engine' | 'knownKey' | 'keepSecret' | 'reporter'>;

/** What became of the chosen keys. */
export interface KeysReplaced {
  readonly replaced: readonly McpKey[];
  /** Names of the environments whose servers are listed instead of an entry. */
  readonly environments: readonly string[];
  /** Each with the reason, a whole sentence. */
  readonly left: readonly { readonly key: McpKey; readonly reason: string }[];
}

/** Keys of one list: more rounds than this are a text that somebody is changing at the same time. */
const MOST_ROUNDS = 50;

/**
 * Keeps each key in the keychain, and only then takes it out of its file. What is written is the text without the key: neither the file nor VS Code's local
 * history gets the value once more. Rejects with CancelledError; whatever was done before stays done.
 */
export async function replaceKeys(deps: Deps, keys: readonly McpKey[], canServe: boolean, signal: AbortSignal, report: (message: string) => void): Promise<KeysReplaced> {
  const left: { readonly key: McpKey; readonly reason: string }[] = [];
  const environments = new Map<string, string>();
  for (const key of new Map(keys.map((one) => [one.fingerprint, one])).values()) {
    report(key.mask);
    try {
      environments.set(key.fingerprint, await keep(deps, key, signal));
    } catch (error) {
      if (isCancelled(error) || !(error instanceof ExpectedError)) throw error;
      for (const one of keys) if (one.fingerprint === key.fingerprint) left.push({ key: one, reason: error.full });
    }
  }
  const kept = keys.filter(({ fingerprint }) => environments.has(fingerprint));
  const replaced: McpKey[] = [];
  for (const ofFile of byFile(kept)) {
    const reason = await takeOut(deps, ofFile, canServe);
    if (reason === undefined) replaced.push(...ofFile);
    else for (const key of ofFile) left.push({ key, reason });
  }
  const served = replaced.filter(({ remedy }) => remedy.kind === 'server').map(({ fingerprint }) => environments.get(fingerprint) ?? '');
  return { replaced, left, environments: [...new Set(served)] };
}

async function keep(deps: Deps, key: McpKey, signal: AbortSignal): Promise<string> {
  const document = await vscode.workspace.openTextDocument(key.uri);
  const secret = await tokenIn(await deps.engine(), sourceOf(document, document.getText()), key.fingerprint, key.start);
  if (secret === undefined) throw new ExpectedError('literalGone', vscode.l10n.t('The key is no longer in this file, so nothing was stored.'), vscode.l10n.t('If it is still there, choose it again.'));
  return (await deps.keepSecret(secret, signal)).environmentName;
}

function byFile(keys: readonly McpKey[]): readonly (readonly McpKey[])[] {
  const files = new Map<string, McpKey[]>();
  for (const key of keys) files.set(key.uri.toString(), [...(files.get(key.uri.toString()) ?? []), key]);
  return [...files.values()];
}

/** Why the file still holds a key; undefined when all of them are out of it, on the disk too. */
async function takeOut(deps: Deps, keys: readonly McpKey[], canServe: boolean): Promise<string | undefined> {
  const uri = keys[0]?.uri;
  if (uri === undefined) return undefined;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return vscode.l10n.t('The file is read-only.');
  const document = await vscode.workspace.openTextDocument(uri);
  const { version } = document;
  const before = document.getText();
  const after = await without(deps, document, new Set(keys.map(({ fingerprint }) => fingerprint)), canServe);
  if (after === undefined || document.version !== version) return vscode.l10n.t('The text changed since it was searched: search again.');
  if (after !== before) {
    const change = difference(before, after);
    const edit = new vscode.WorkspaceEdit();
    edit.set(uri, [new vscode.TextEdit(rangeOf(document, change), change.text)]);
    if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) return vscode.l10n.t('VS Code did not apply the change, because a file changed just then: try again.');
  }
  return (await document.save()) && !document.isDirty ? undefined : vscode.l10n.t('The change stands in the editor, but the file could not be saved: the key is still in it.');
}

/** The text after all remedies, one by one because each moves the others; undefined where a key cannot be taken out. */
async function without(deps: Deps, document: vscode.TextDocument, fingerprints: ReadonlySet<string>, canServe: boolean): Promise<string | undefined> {
  let text = document.getText();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = await mcpKeysIn(deps, document, text, canServe);
    const next = found.find(({ fingerprint, remedy }) => fingerprints.has(fingerprint) && remedy.kind !== 'hand');
    if (next === undefined) return found.some(({ fingerprint }) => fingerprints.has(fingerprint)) ? undefined : text;
    text = applied(text, next.remedy.kind === 'server' ? next.remedy.entry.removal : next.remedy.kind === 'variable' ? next.remedy.edits : []);
  }
  return undefined;
}
