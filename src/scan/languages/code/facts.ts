import type { ConstantText, Definition, ParsedSource, VariableRead } from '../language.js';
import { readVariableName } from '../../variables.js';
import type { CodeSyntax } from './syntax.js';
import { bindingAt, constantValue } from './text.js';

/** Words that may name a key; the search for definitions starts from them, not from the tree. */
const KEY_WORD = /(?<![\w-])[A-Za-z_][\w-]{2,80}(?![\w-])/g;
/** Where a text of several parts that is a key would show. */
const SPLIT = /["'`](?:server|client)(?:-|["'`])|["'`}]:["'`$#{]|[0-9a-f]{8}-[0-9a-f]{4}-/gi;

/** The names of keys that are given a value. */
export function* definitionsOf(source: ParsedSource, syntax: CodeSyntax): Iterable<Definition> {
  if (source.syntax === undefined) return;
  for (const match of source.text.matchAll(KEY_WORD)) {
    if (!/key|token|secret|access/i.test(match[0]) || readVariableName(match[0]) === undefined) continue;
    const nameSpan = { start: match.index, end: match.index + match[0].length };
    const binding = bindingAt(source, syntax, nameSpan);
    if (binding === undefined) continue;
    yield {
      name: match[0],
      nameSpan,
      valueSpan: binding.value === undefined ? undefined : { start: binding.value.startIndex, end: binding.value.endIndex },
      isEnvironment: syntax.environmentTarget.test(binding.name.text),
    };
  }
}

/** The places that read an environment variable, told by how the language writes that. */
export function* readsOf(source: ParsedSource, syntax: CodeSyntax): Iterable<VariableRead> {
  for (const match of source.text.matchAll(syntax.reads)) {
    const variable = match.groups?.name;
    if (variable === undefined) continue;
    const start = match.index;
    const end = start + match[0].length;
    // Being written to is no reading.
    if (/^\s*=(?![=>])/.test(source.text.slice(end, end + 20))) continue;
    const at = start + match[0].lastIndexOf(variable);
    const innermost = source.syntax?.nodesAround(start, end)[0];
    if (innermost !== undefined && (syntax.comments.has(innermost.type) || syntax.strings.has(innermost.type))) continue;
    yield { variable, start, end, nameSpan: { start: at, end: at + variable.length } };
  }
}

/** The largest expressions of several parts whose text the document alone decides. */
export function* constantTextsOf(source: ParsedSource, syntax: CodeSyntax): Iterable<ConstantText> {
  const seen = new Set<number>();
  for (const match of source.text.matchAll(SPLIT)) {
    const around = source.syntax?.nodesAround(match.index + 1, match.index + 2) ?? [];
    const isPart = (type: string): boolean => syntax.joins.has(type) || syntax.adjacent?.has(type) === true || syntax.strings.has(type);
    const node = around.findLast((candidate, at) => isPart(candidate.type) && around.slice(0, at).some(({ type }) => isPart(type) || /interpol|content|fragment/.test(type)));
    if (node === undefined || seen.has(node.id)) continue;
    seen.add(node.id);
    if (node.namedChildCount < 2 && !/interpol|substitution/.test(node.namedChild(0)?.type ?? '')) continue;
    const value = constantValue(source, syntax, node);
    if (value !== undefined) yield { start: node.startIndex, end: node.endIndex, value };
  }
}
