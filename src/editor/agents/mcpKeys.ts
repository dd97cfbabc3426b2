import * as vscode from 'vscode';
import { isVSCodeMcp, stiggEntryAt, type StiggEntry } from '../../agents/mcpFile.js';
import { CancelledError } from '../../errors.js';
import { EMPTY_CONTEXT } from '../../scan/context.js';
import type { Finding, TextEdit } from '../../scan/finding.js';
import { Lines } from '../../scan/lines.js';
import { mayHoldToken } from '../../scan/tokens/trace.js';
import { sourceOf } from '../diagnostics/documents.js';
import { isAgentConfig } from '../usages/agentConfigs.js';
import { LARGEST, outsideFiles, workspaceFiles } from '../usages/files.js';
import { leadsOutside } from '../usages/links.js';
import { textOf } from '../usages/text.js';
import type { AgentDeps } from './deps.js';

/** What takes a key's place. `server`: the whole entry goes, because this extension lists the server. `variable`: a look-up that the file's program knows. */
export type Remedy =
  | { readonly kind: 'server'; readonly entry: StiggEntry }
  | { readonly kind: 'variable'; readonly edits: readonly TextEdit[]; readonly title: string }
  | { readonly kind: 'hand'; readonly reason: 'noLookup' | 'link' };

/** A Stigg server key in a configuration of MCP servers. Without its value. */
export interface McpKey {
  readonly uri: vscode.Uri;
  readonly start: number;
  readonly line: number;
  readonly fingerprint: string;
  readonly mask: string;
  /** Of the person, outside of the opened folders. */
  readonly isOutside: boolean;
  readonly remedy: Remedy;
}

type Deps = Pick<AgentDeps, 'engine' | 'home' | 'platform' | 'userFolder' | 'knownKey'>;

/** All keys in the configurations of the workspace and of the person. Rejects with CancelledError only; what cannot be read has none. */
export async function findMcpKeys(deps: Deps, canServe: boolean, signal: AbortSignal): Promise<readonly McpKey[]> {
  const inside = (await workspaceFiles(signal)).files.filter(({ path }) => isAgentConfig(path));
  const outside = (await outsideFiles({ ...deps, isRemoteWorkspace: false })).files;
  const found: McpKey[] = [];
  for (const uri of new Map([...inside, ...outside].map((file) => [file.toString(), file])).values()) {
    if (signal.aborted) throw new CancelledError();
    const document = await documentOf(uri);
    if (document !== undefined) found.push(...(await mcpKeysIn(deps, document, document.getText(), canServe)));
  }
  return found;
}

/** The document, where its file may hold a key at all. */
async function documentOf(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0 || size > LARGEST) return undefined;
    const text = textOf(await vscode.workspace.fs.readFile(uri));
    return text !== undefined && mayHoldToken(text) ? await vscode.workspace.openTextDocument(uri) : undefined;
  } catch {
    // Most people have few of these files.
    return undefined;
  }
}

/**
 * @param text of the document, or what it would be
 * @param canServe this extension's servers are listed, so that an entry in VS Code's own file can go
 */
export async function mcpKeysIn(deps: Pick<Deps, 'engine' | 'knownKey'>, document: Pick<vscode.TextDocument, 'uri' | 'languageId'>, text: string, canServe: boolean): Promise<readonly McpKey[]> {
  const source = sourceOf(document, text);
  const engine = await deps.engine();
  await engine.prepare(source);
  const lines = new Lines(text);
  const isLink = await leadsOutside(document.uri);
  const findings = engine.scan(source, { ...EMPTY_CONTEXT, knownKey: deps.knownKey });
  return findings.flatMap((finding): McpKey[] => {
    const { fingerprint, mask, start } = finding;
    if (fingerprint === undefined || mask === undefined || mask.startsWith('client-')) return [];
    const remedy: Remedy = isLink ? { kind: 'hand', reason: 'link' } : remedyOf(finding, text, canServe && isVSCodeMcp(document.uri.path));
    return [{ uri: document.uri, start, line: lines.positionAt(start).line + 1, fingerprint, mask, isOutside: vscode.workspace.getWorkspaceFolder(document.uri) === undefined, remedy }];
  }).filter((key, index, all) => all.findIndex(({ start, fingerprint }) => start === key.start && fingerprint === key.fingerprint) === index);
}

function remedyOf({ start, fixes }: Finding, text: string, canGo: boolean): Remedy {
  const entry = canGo ? stiggEntryAt(text, start) : undefined;
  if (entry !== undefined) return { kind: 'server', entry };
  const fix = fixes.find(({ before, edits }) => before === 'keepSecret' && edits.length > 0);
  return fix === undefined ? { kind: 'hand', reason: 'noLookup' } : { kind: 'variable', edits: fix.edits, title: fix.title };
}
