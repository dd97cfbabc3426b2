import * as vscode from 'vscode';
import { CancelledError } from '../../errors.js';
import { isEnvFile } from '../../scan/envFiles.js';
import { languageFor, languageIdFor } from '../../scan/languages/index.js';
import { plainText } from '../../scan/languages/plainText.js';
import { Lines } from '../../scan/lines.js';
import { mayHoldToken } from '../../scan/tokens/trace.js';
import { isCandidate, sourceOf } from '../diagnostics/documents.js';
import { isAgentConfig } from './agentConfigs.js';
import type { UsagesDeps } from './deps.js';
import { LARGEST, outsideFiles, workspaceFiles } from './files.js';
import { leadsOutside } from './links.js';
import { textOf } from './text.js';
import type { Usage, UsageSearch } from './usages.js';

const AT_ONCE = 16;
/** More names help nobody. */
const MOST_NAMED = 10;

/** A text to be looked into, or why there is none. */
type Read = { readonly text: string; readonly languageId: string } | 'tooLarge' | 'unreadable' | 'missing' | 'binary';

/** See `Usages.find`. Files are looked into a few at a time, so that the extension host answers others in between. */
export async function findUsages(deps: UsagesDeps, fingerprints: ReadonlySet<string>, signal: AbortSignal, report?: (files: number) => void): Promise<UsageSearch> {
  const open = new Map(vscode.workspace.textDocuments.filter((document) => isCandidate(document) && !document.isClosed).map((document) => [document.uri.toString(), document]));
  const inside = await workspaceFiles(signal);
  const outside = await outsideFiles(deps);
  const files = new Map<string, vscode.Uri>();
  for (const uri of [...[...open.values()].map((document) => document.uri), ...inside.files, ...outside.files]) files.set(uri.toString(), uri);
  const found: Usage[] = [];
  const passed: { readonly uri: vscode.Uri; readonly why: Read }[] = [];
  let read = 0;
  const queue = [...files.values()];
  for (let at = 0; at < queue.length; at += AT_ONCE) {
    throwIfAborted(signal);
    const batch = await Promise.all(queue.slice(at, at + AT_ONCE).map(async (uri) => ({ uri, content: await contentOf(uri, open.get(uri.toString())) })));
    for (const { uri, content } of batch) {
      if (typeof content === 'string') {
        if (content !== 'missing' && content !== 'binary') passed.push({ uri, why: content });
        continue;
      }
      read += 1;
      if (!mayHoldToken(content.text)) continue;
      throwIfAborted(signal);
      found.push(...(await usagesIn(deps, uri, content, fingerprints)));
      // Parsing a large file takes a moment, and nothing else runs meanwhile.
      await nextTurn();
    }
    report?.(read);
    await nextTurn();
  }
  return {
    usages: found.sort((a, b) => Number(a.isOutside) - Number(b.isOutside) || a.uri.path.localeCompare(b.uri.path) || a.range.start.compareTo(b.range.start)),
    terminals: deps.terminals.with(fingerprints),
    files: read,
    skipped: [...named(passed), ...inside.skipped, ...outside.skipped],
  };
}

async function contentOf(uri: vscode.Uri, document: vscode.TextDocument | undefined): Promise<Read> {
  // Without changes of its own a document may lag behind its file, or outlive it.
  if (document !== undefined && (document.isDirty || document.isUntitled)) {
    const text = document.getText();
    return text.length > LARGEST ? 'tooLarge' : { text, languageId: document.languageId };
  }
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0) return 'missing';
    if (size > LARGEST) return 'tooLarge';
    const text = textOf(await vscode.workspace.fs.readFile(uri));
    return text === undefined ? 'binary' : { text, languageId: document?.languageId ?? languageIdFor(uri.path) };
  } catch (error) {
    return error instanceof vscode.FileSystemError && error.code === 'FileNotFound' ? 'missing' : 'unreadable';
  }
}

async function usagesIn(deps: UsagesDeps, uri: vscode.Uri, { text, languageId }: Exclude<Read, string>, fingerprints: ReadonlySet<string>): Promise<Usage[]> {
  const source = sourceOf({ uri, languageId }, text);
  const engine = await deps.engine();
  await engine.prepare(source);
  const uses = engine.uses(source, fingerprints);
  if (uses.length === 0) return [];
  const lines = new Lines(text);
  const position = (offset: number): vscode.Position => {
    const { line, column } = lines.positionAt(offset);
    return new vscode.Position(line, column);
  };
  const isOutside = uri.scheme !== 'untitled' && (vscode.workspace.getWorkspaceFolder(uri) === undefined || (await leadsOutside(uri)));
  const kind = kindOf(uri.path, source.languageId);
  return uses.map(({ start, end, fingerprint, mask }) => ({ uri, range: new vscode.Range(position(start), position(end)), fingerprint, mask, kind, isOutside }));
}

/** Languages that nobody writes programs in. */
const DATA = new Set(['plaintext', 'markdown', 'json', 'jsonc', 'json5', 'yaml', 'toml', 'ini', 'properties', 'dotenv', 'graphql', 'http']);

/** By its path, where that says something; otherwise by the language the editor takes it for. */
function kindOf(path: string, languageId: string): Usage['kind'] {
  if (isEnvFile(path)) return 'envFile';
  if (isAgentConfig(path)) return 'agentConfig';
  const byPath = languageIdFor(path);
  const id = byPath === 'plaintext' ? languageId : byPath;
  return DATA.has(id) || languageFor(id) === plainText ? 'other' : 'code';
}

function named(passed: readonly { readonly uri: vscode.Uri; readonly why: Read }[]): string[] {
  const groups = (['tooLarge', 'unreadable'] as const).map((why) => ({ why, paths: passed.filter((file) => file.why === why).map(({ uri }) => vscode.workspace.asRelativePath(uri)) }));
  return groups.filter(({ paths }) => paths.length > 0).map(({ why, paths }) => {
    const names = [...paths.slice(0, MOST_NAMED), ...(paths.length > MOST_NAMED ? [vscode.l10n.t('and {0} more', paths.length - MOST_NAMED)] : [])].join(', ');
    return why === 'tooLarge' ? vscode.l10n.t('Too large to be searched: {0}', names) : vscode.l10n.t('Could not be read: {0}', names);
  });
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new CancelledError();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, 0); });
}
