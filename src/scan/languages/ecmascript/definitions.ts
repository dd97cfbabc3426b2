import type { Node } from '@vscode/tree-sitter-wasm';
import { readVariableName } from '../../variables.js';
import type { Definition, ParsedSource } from '../language.js';
import { spanOf } from '../span.js';
import { nameOf } from './nodes.js';
import { isEnvironment } from './variableReads.js';

const WORD = /\b\w{6,80}\b/g;
const KEY_WORD = /key|token|secret|access/i;
/** Blocks of configurations that set variables: pm2, Serverless, Next.js, tests. */
const ENVIRONMENT_BLOCK = /^(?:env(?:_\w+)?|environment|envVars)$/;

/** The names of keys and secrets that are given a value: properties, variables, fields, enum members and `process.env.X = …`. */
export function* definitions(source: ParsedSource): Iterable<Definition> {
  const { syntax, text } = source;
  if (syntax === undefined) return;
  const known = new Map<string, boolean>();
  for (const match of text.matchAll(WORD)) {
    const [name] = match;
    if (!known.has(name)) known.set(name, KEY_WORD.test(name) && readVariableName(name) !== undefined);
    if (known.get(name) !== true) continue;
    const nameSpan = { start: match.index, end: match.index + name.length };
    const around = syntax.nodesAround(nameSpan.start, nameSpan.end);
    const index = around[0]?.type === 'string_fragment' ? 1 : 0;
    const definition = definitionOf(around.slice(index), name);
    if (definition !== undefined) yield { name, nameSpan, valueSpan: spanOf(definition.value), isEnvironment: definition.isEnvironment };
  }
}

function definitionOf(around: readonly Node[], name: string): { readonly value: Node; readonly isEnvironment: boolean } | undefined {
  const [node, parent, grand] = around;
  if (node === undefined || parent === undefined) return undefined;
  const given = (target: string, value: Node | null, environment: boolean): ReturnType<typeof definitionOf> => {
    const holder = parent.childForFieldName(target);
    return value !== null && holder !== null && holder.id === node.id && nameOf(holder) === name ? { value, isEnvironment: environment } : undefined;
  };
  switch (parent.type) {
    case 'pair': {
      const block = around[3];
      const environment = grand?.type === 'object' && block?.type === 'pair' && ENVIRONMENT_BLOCK.test(nameOf(block.childForFieldName('key')) ?? '');
      return given('key', parent.childForFieldName('value'), environment);
    }
    case 'variable_declarator':
    case 'enum_assignment':
      return given('name', parent.childForFieldName('value'), false);
    case 'public_field_definition':
    case 'field_definition':
      return given(parent.type === 'field_definition' ? 'property' : 'name', parent.childForFieldName('value'), false);
    case 'assignment_expression':
      return given('left', parent.childForFieldName('right'), false);
    case 'member_expression':
    case 'subscript_expression': {
      if (grand?.type !== 'assignment_expression' || grand.childForFieldName('left')?.id !== parent.id || nameOf(parent) !== name) return undefined;
      const object = parent.childForFieldName('object');
      const value = grand.childForFieldName('right');
      return value === null || object?.id === node.id ? undefined : { value, isEnvironment: isEnvironment(object, true) };
    }
    default:
      return undefined;
  }
}
