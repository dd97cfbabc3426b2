import { findNodeAtOffset, modify, parseTree, type Node } from 'jsonc-parser';
import type { TextEdit } from '../scan/finding.js';
import { isStiggMcp } from '../scan/languages/structured/mcp.js';

/** VS Code's own list of MCP servers: of a folder, of the person, or of one of their profiles. Path with `/`. */
export function isVSCodeMcp(path: string): boolean {
  return /(?:^|\/)(?:\.vscode|User|User\/profiles\/[^/]+)\/mcp\.json$/.test(path);
}

/** An entry of VS Code's list that is Stigg's hosted server and nothing more, so that the one that this extension lists can take its place. */
export interface StiggEntry {
  readonly name: string;
  /** The whole entry, name included. UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** What takes it out of the text as it stands. */
  readonly removal: readonly TextEdit[];
}

/** More servers than this have no list that somebody has written. */
const MOST = 200;
const KNOWN = new Set(['type', 'url', 'headers']);

/** The entry around an offset; undefined where there is none, or one that says more than where Stigg's server is and with which key. */
export function stiggEntryAt(text: string, offset: number): StiggEntry | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root === undefined || findNodeAtOffset(root, offset) === undefined) return undefined;
  const servers = propertyOf(root, 'servers');
  const property = servers?.children?.slice(0, MOST).find((one) => one.offset <= offset && offset < one.offset + one.length);
  const [key, value] = property?.children ?? [];
  if (property === undefined || key === undefined || value === undefined || typeof key.value !== 'string' || !isStiggAlone(value)) return undefined;
  // Of two entries of one name the first would be taken out.
  if (servers?.children?.filter(({ children }) => children?.[0]?.value === key.value).length !== 1) return undefined;
  const removal = modify(text, ['servers', key.value], undefined, { formattingOptions: { insertSpaces: true, tabSize: 2 } })
    .map((edit) => ({ start: edit.offset, end: edit.offset + edit.length, text: edit.content }));
  return { name: key.value, start: property.offset, end: property.offset + property.length, removal };
}

/** Other headers, or settings of another kind, would be lost. */
function isStiggAlone(server: Node): boolean {
  if (server.type !== 'object' || !(server.children ?? []).every(({ children }) => KNOWN.has(String(children?.[0]?.value)))) return false;
  const url: unknown = propertyOf(server, 'url')?.value;
  const headers = propertyOf(server, 'headers');
  return typeof url === 'string' && isStiggMcp(url) && headers?.type === 'object' && (headers.children ?? []).every(({ children }) => /^x-api-key$/i.test(String(children?.[0]?.value)));
}

function propertyOf(object: Node, name: string): Node | undefined {
  return object.type === 'object' ? object.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[1] : undefined;
}
