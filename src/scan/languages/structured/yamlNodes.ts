import type { Node } from '@vscode/tree-sitter-wasm';
import type { ParsedSource, Span } from '../language.js';
import { yamlDialect } from './yamlDialects.js';

const SCALARS = new Set(['plain_scalar', 'single_quote_scalar', 'double_quote_scalar', 'block_scalar']);
const PAIRS = new Set(['block_mapping_pair', 'flow_pair']);
const MAPPINGS = new Set(['block_mapping', 'flow_mapping']);
/** Deeper than this a name says nothing about the value any more. */
const FARTHEST = 120;
/** A mapping of more keys than this is not looked through. */
const MOST_KEYS = 80;
/** The images that Stigg publishes for servers. */
const IMAGE = /(?:^|\/)stigg\/[\w-]+(?:[:@]|$)/;

/** Index in `around` (innermost first) of the scalar that holds the place; -1 when there is none. */
export function scalarIndex(around: readonly Node[]): number {
  return around.findIndex(({ type }) => SCALARS.has(type));
}

/**
 * The keys around a scalar, innermost first. Before them comes the variable of `- KEY=value` and of `name: KEY` beside `value: …`.
 * Undefined for a scalar that is itself a key.
 */
export function namesAround(source: ParsedSource, around: readonly Node[], index: number, token: Span): string[] | undefined {
  const names: string[] = [];
  const scalar = around[index];
  const pair = scalar === undefined ? undefined : /^["']?([A-Za-z_][\w.-]*)=/.exec(source.text.slice(scalar.startIndex, token.start))?.[1];
  let own = around[index];
  for (let at = index + 1; at < around.length && at < index + FARTHEST; at++) {
    const node = around[at];
    if (node === undefined) break;
    if ((node.type === 'block_sequence_item' || node.type === 'flow_sequence') && names.length === 0 && pair !== undefined) names.push(pair);
    if (PAIRS.has(node.type)) {
      const key = node.childForFieldName('key');
      if (key === null) return undefined;
      if (key.id === own?.id) return names.length === 0 ? undefined : names;
      names.push(textOf(source, key));
    }
    if (MAPPINGS.has(node.type) && names.length === 1 && names[0] === 'value') {
      const name = valueOf(source, node, 'name');
      if (name !== undefined) names.unshift(name);
    }
    own = node;
  }
  return names;
}

/** Whether the key is that of a backend's Stigg: the chart's value, or the variable of a container that Stigg publishes. */
export function isBackendKey(source: ParsedSource, names: readonly string[], around: readonly Node[]): boolean {
  if (names[0] === 'serverApiKey') return names.includes('stigg-chart') || /stigg/i.test(source.path) || /stigg/i.test(source.text);
  if (names[0] !== 'SERVER_API_KEY' || !source.text.includes('stigg/')) return false;
  return around.some((node) => MAPPINGS.has(node.type) && IMAGE.test(valueOf(source, node, 'image') ?? ''))
    || (yamlDialect(source) === undefined && around.some((node) => MAPPINGS.has(node.type) && IMAGE.test(valueOf(source, node, 'repository') ?? '')));
}

/** The text of the key's value in a mapping. */
function valueOf(source: ParsedSource, mapping: Node, wanted: string): string | undefined {
  for (const pair of mapping.namedChildren.slice(0, MOST_KEYS)) {
    const key = pair === null || !PAIRS.has(pair.type) ? null : pair.childForFieldName('key');
    if (key === null || textOf(source, key) !== wanted) continue;
    const value = pair?.childForFieldName('value');
    return value === null || value === undefined ? undefined : textOf(source, value);
  }
  return undefined;
}

function textOf(source: ParsedSource, { startIndex, endIndex }: Node): string {
  return source.text.slice(startIndex, endIndex).trim().replace(/^(["'])([^]*)\1$/, '$2');
}
