import type { Node } from '@vscode/tree-sitter-wasm';
import { readVariableName } from '../../variables.js';
import type { Definition, ParsedSource } from '../language.js';
import { spanOf } from '../span.js';
import { groupSpan } from './lines.js';

const NAMED = /(?<![\w.-])"?(?:name|key)"?[ \t]*[=:][ \t]*"(?<name>[A-Za-z_]\w{5,80})"/dg;
/** What stands beside the name of a variable, and beside no other name. */
const VALUE = /^(?:value|values|value_?[fF]rom|value_source|secret_name)$/;
/** A block of more settings than this is none of a variable. */
const MOST_SETTINGS = 40;

/**
 * The variables that blocks and objects define by two settings: `key = "NAME"` and `value = …`, as providers of hosting and
 * container definitions have them. Only names of keys and secrets.
 */
export function* hclVariables({ text, syntax }: ParsedSource): Iterable<Definition> {
  if (syntax === undefined) return;
  for (const match of text.matchAll(NAMED)) {
    const name = match.groups?.name ?? '';
    const nameSpan = groupSpan(match, 'name');
    if (nameSpan === undefined || readVariableName(name) === undefined) continue;
    const around = syntax.nodesAround(nameSpan.start, nameSpan.end);
    const settings = around[0]?.type === 'comment' ? undefined : around.find(({ type }) => type === 'body' || type === 'object');
    const value = settings?.namedChildren.slice(0, MOST_SETTINGS).find((setting) => setting !== null && VALUE.test(nameOf(setting, text)));
    if (value !== null && value !== undefined) yield { name, nameSpan, valueSpan: spanOf(value), isEnvironment: true };
  }
}

/** The name of an attribute, an element of an object, or a block. */
function nameOf(setting: Node, text: string): string {
  const name = setting.type === 'object_elem' ? setting.childForFieldName('key') : setting.namedChild(0);
  return name === null ? '' : text.slice(name.startIndex, name.endIndex).replace(/^"(.*)"$/s, '$1');
}
