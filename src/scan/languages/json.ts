import type { Node } from '@vscode/tree-sitter-wasm';
import type { Definition, Holder, InlinedSetting, Language, ParsedSource, Region, Span } from './language.js';
import { jsonPayloads } from '../stigg/payload/index.js';
import { inertHolder, plainText } from './plainText.js';
import { spanOf } from './span.js';
import { defaultAt } from './structured/defaults.js';
import { jsonDialect } from './structured/jsonDialects.js';
import { jsonPairs, type JsonPair } from './structured/jsonPairs.js';
import { decodeJsonString } from './structured/jsonString.js';
import { isMcpKey, isStiggMcp } from './structured/mcp.js';
import { readsIn } from './structured/reads.js';

/** Objects whose keys are environment variables: MCP servers, vercel.json, launch.json, dev containers, task definitions. */
const ENVIRONMENTS = new Set(['env', 'environment', 'containerEnv', 'remoteEnv', 'Variables']);
const READ = /\$\{(?:(?:env|localEnv):)?(?<name>[A-Za-z_]\w*)(?::-[^{}$]*)?\}/dg;
/** Deeper than this a name says nothing about the value any more. */
const FARTHEST = 40;
/** A server of more settings than this is none. */
const MOST_SETTINGS = 50;

/** JSON with and without comments. */
export const json: Language = {
  ...plainText,
  ids: ['json', 'jsonc', 'json5'],
  files: [
    { languageId: 'jsonc', pattern: /\.(?:jsonc|code-workspace)$|(?:^|\/)(?:\.babelrc|\.eslintrc|\.swcrc|[tj]sconfig[^/]*\.json)$|(?:^|\/)\.vscode\/[^/]+\.json$/i },
    { languageId: 'json', pattern: /\.(?:json|json5|webmanifest|har)$/i },
  ],
  grammar: () => 'json',
  embeds: (source) => (commandKeys(source.path) === undefined ? [] : ['shellscript']),
  regions: (source) => [...commandsOf(source)],
  holderOf,
  inComment: (source, offset) => {
    if (source.syntax === undefined) return false;
    return source.syntax.nodesAround(offset, offset + 1)[0]?.type === 'comment';
  },
  definitions,
  inlinedSettings: expoExtra,
  variableReads: (source) => (jsonDialect(source) === undefined ? [] : readsIn(source.text, READ, (line) => line)),
  requests: jsonPayloads,
  serverLookup: (variable, source) => {
    const dialect = jsonDialect(source);
    return dialect === undefined ? undefined : { variable, expression: dialect.expression(variable) };
  },
};

function holderOf(source: ParsedSource, token: Span): Holder {
  const around = source.syntax?.nodesAround(token.start, token.end) ?? [];
  if (around[0]?.type === 'comment') return inertHolder('comment');
  const index = around.findIndex(({ type }) => type === 'string');
  const parent = around[index + 1];
  const literal = around[index];
  if (literal === undefined || parent === undefined) return inertHolder('text');
  const isKey = parent.type === 'pair' && parent.childForFieldName('key')?.id === literal.id;
  if (isKey) return inertHolder('text');
  const names = namesAround(source, around, index);
  const isBackend = isMcpKey(names) && isStiggServer(source, around);
  const below = jsonDialect(source)?.below;
  const mayRead = !literal.hasError && defaultAt(source.text, token) === undefined && below !== undefined && names.some((name) => below.includes(name));
  return {
    kind: 'text',
    use: isBackend ? { names, stiggInit: 'backend' } : { names },
    replaceBy: (expression) => (mayRead && !/["\\]/.test(expression) ? [{ start: token.start, end: token.end, text: expression }] : undefined),
  };
}

function namesAround(source: ParsedSource, around: readonly Node[], index: number): string[] {
  const names: string[] = [];
  for (let at = index + 1; at < around.length && at < index + FARTHEST * 2; at++) {
    const node = around[at];
    if (node?.type === 'object' && names[0] === 'value') {
      // { "name": "KEY", "value": "…" }, as container platforms have it.
      const name = settings(source, node).find(([key]) => key === 'name')?.[1];
      if (name !== undefined && names.length === 1) names.unshift(name);
    }
    const key = node?.type === 'pair' ? node.childForFieldName('key') : null;
    if (key !== null) names.push(textOf(source, key));
  }
  return names;
}

/** Whether the settings beside the block of the key are those of Stigg's MCP server. */
function isStiggServer(source: ParsedSource, around: readonly Node[]): boolean {
  const server = around.filter(({ type }) => type === 'object')[1];
  return server !== undefined && settings(source, server).some(([key, value]) => (key === 'url' || key === 'args' || key === 'serverUrl') && value.split('\n').some(isStiggMcp));
}

/** The strings of an object by their keys; those of a list on lines of their own. */
function settings(source: ParsedSource, object: Node): [string, string][] {
  return object.namedChildren.slice(0, MOST_SETTINGS).flatMap((node): [string, string][] => {
    const key = node?.type === 'pair' ? node.childForFieldName('key') : null;
    const value = key === null ? null : node?.childForFieldName('value') ?? null;
    if (key === null || value === null) return [];
    const strings = value.type === 'array' ? value.namedChildren.slice(0, MOST_SETTINGS).filter((child) => child?.type === 'string') : value.type === 'string' ? [value] : [];
    return strings.length === 0 ? [] : [[textOf(source, key), strings.map((child) => (child === null ? '' : textOf(source, child))).join('\n')]];
  });
}

function textOf(source: ParsedSource, { startIndex, endIndex }: Node): string {
  return decodeJsonString(source.text, { start: startIndex + 1, end: endIndex - 1 }).text;
}

function* definitions({ text }: ParsedSource): Iterable<Definition> {
  // The last `name` and `value`, which belong together when they are of one object.
  let name: JsonPair | undefined;
  let value: JsonPair | undefined;
  for (const pair of jsonPairs(text)) {
    const [key = '', block = ''] = pair.names;
    if (key === 'name' && pair.isString) name = pair;
    if (key === 'value' && pair.isString) value = pair;
    if (ENVIRONMENTS.has(block) && pair.inList) {
      if (name?.value !== undefined && name.object === value?.object) {
        yield { name: decodeJsonString(text, name.value).text, nameSpan: name.value, valueSpan: value.value, isEnvironment: true };
        name = value = undefined;
      }
      continue;
    }
    yield { name: key, nameSpan: pair.key, valueSpan: pair.value, isEnvironment: ENVIRONMENTS.has(block) };
  }
}

/** The keys whose strings are commands for a shell. */
function commandKeys(path: string): ((names: readonly string[]) => boolean) | undefined {
  if (/(?:^|\/)(?:package|composer)\.json$/.test(path)) return (names) => names.length === 2 && names[1] === 'scripts';
  if (/(?:^|\/)\.vscode\/tasks\.json$/.test(path)) return (names) => names[0] === 'command' && names.includes('tasks');
  if (/(?:^|\/)\.?devcontainer\.json$/.test(path)) return ([name = '']) => /^(?:initialize|onCreate|updateContent|postCreate|postStart|postAttach)Command$/.test(name);
  return undefined;
}

/** What an Expo app takes along: it is read by `Constants.expoConfig.extra`, and part of every bundle. */
function* expoExtra({ path, text, syntax }: ParsedSource): Iterable<InlinedSetting> {
  if (syntax === undefined || !/(?:^|\/)app\.json$/.test(path)) return;
  for (const { names, key } of jsonPairs(text)) {
    if (names.length !== 2 || names[0] !== 'extra' || names[1] !== 'expo') continue;
    const pair = syntax.nodesAround(key.start, key.end).find(({ type }) => type === 'pair');
    if (pair !== undefined) yield { ...spanOf(pair), setting: 'expo.extra', nameSpan: key, variables: [] };
  }
}

function* commandsOf({ path, text }: ParsedSource): Iterable<Region> {
  const isCommand = commandKeys(path);
  if (isCommand === undefined) return;
  for (const { names, value, isString } of jsonPairs(text)) {
    if (!isString || value === undefined || value.start === value.end || !isCommand(names)) continue;
    yield { ...value, languageId: 'shellscript', decoded: decodeJsonString(text, value) };
  }
}
