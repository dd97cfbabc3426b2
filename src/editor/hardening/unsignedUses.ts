import * as vscode from 'vscode';
import { CancelledError } from '../../errors.js';
import { EMPTY_CONTEXT } from '../../scan/context.js';
import type { Engine } from '../../scan/engine.js';
import { languageIdFor } from '../../scan/languages/index.js';
import { Lines } from '../../scan/lines.js';
import { unsignedCustomer } from '../../scan/rules/unsignedCustomer.js';
import { Traces } from '../../scan/traces.js';
import { sourceOf } from '../diagnostics/documents.js';
import { LARGEST, workspaceFiles } from '../usages/files.js';
import { textOf } from '../usages/text.js';

/** A place that names a customer in the browser without a token that proves it. */
export interface UnsignedUse {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
}

export interface UnsignedSearch {
  /** By file, then by place. */
  readonly uses: readonly UnsignedUse[];
  readonly files: number;
  /** What could not be looked at, in words. */
  readonly skipped: readonly string[];
}

/** What may hold browser code. */
const SHIPPED = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|html?|mdx?)$/i;

/**
 * Finds what stops getting entitlements when hardened client access is turned on. The rule `unsigned-customer` is asked, whatever the
 * settings make of it: somebody who has switched the warning off wants to know here all the same. Rejects with CancelledError only.
 */
export async function findUnsignedUses(engine: () => Promise<Engine>, signal: AbortSignal, report: (message: string) => void): Promise<UnsignedSearch> {
  const { files, skipped } = await workspaceFiles(signal);
  const documents = new Map(vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document]));
  const uses: UnsignedUse[] = [];
  const unread: string[] = [];
  const candidates = files.filter(({ path }) => SHIPPED.test(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const [index, uri] of candidates.entries()) {
    if (signal.aborted) throw new CancelledError();
    if (index % 100 === 0) report(vscode.l10n.t('{0} of {1} files', index, candidates.length));
    const text = await contentOf(uri, documents.get(uri.toString()));
    if (text === undefined) unread.push(vscode.workspace.asRelativePath(uri));
    else if (unsignedCustomer.trigger(text, new Traces(text))) uses.push(...(await usesIn(engine, uri, text)));
  }
  return { uses, files: candidates.length, skipped: unread.length === 0 ? skipped : [...skipped, vscode.l10n.t('Could not be read, or too large: {0}', unread.join(', '))] };
}

async function contentOf(uri: vscode.Uri, document: vscode.TextDocument | undefined): Promise<string | undefined> {
  if (document?.isDirty === true) return document.getText();
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    // What is not text names no customer.
    return size > LARGEST ? undefined : (textOf(await vscode.workspace.fs.readFile(uri)) ?? '');
  } catch {
    return undefined;
  }
}

async function usesIn(load: () => Promise<Engine>, uri: vscode.Uri, text: string): Promise<UnsignedUse[]> {
  // Suppressions are about the warning; the place stops working all the same. As long as before, so that every offset stays.
  const source = sourceOf({ uri, languageId: languageIdFor(uri.path) }, text.replaceAll('stigg-keys-ignore', 'stigg-keys-_gnore'));
  const engine = await load();
  await engine.prepare(source);
  const lines = new Lines(text);
  const position = (offset: number): vscode.Position => {
    const { line, column } = lines.positionAt(offset);
    return new vscode.Position(line, column);
  };
  return engine.scan(source, EMPTY_CONTEXT)
    .filter(({ rule }) => rule === unsignedCustomer.id)
    .map(({ start, end }) => ({ uri, range: new vscode.Range(position(start), position(end)) }));
}
