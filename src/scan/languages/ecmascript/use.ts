import type { Node } from '@vscode/tree-sitter-wasm';
import { npmSdk } from '../../sdks.js';
import type { ParsedSource, Use } from '../language.js';
import { isWrapper, memberPath, namedChildren, nameOf, stringValue } from './nodes.js';

const INITIALISERS = new Set(['initialize', 'createClient']);
const ELEMENT_MAKERS = new Set(['createElement', 'h', 'jsx', 'jsxs', '_jsx', '_jsxs']);
const PROVIDER = /(?:^|\.)\w*StiggProvider$/;
/** Deeper than this a name says nothing about the value any more. */
const FARTHEST = 40;

/** What the literal `around[index]` is for; `around` goes from the innermost node outwards. */
export function useOf(source: ParsedSource, around: readonly Node[], index: number): Use {
  const names: string[] = [];
  for (let at = index; at < around.length - 1 && at < index + FARTHEST; at++) {
    const child = around[at];
    const parent = around[at + 1];
    if (child === undefined || parent === undefined || !carries(parent, child)) break;
    switch (parent.type) {
      case 'pair':
        add(names, nameOf(parent.childForFieldName('key')));
        break;
      case 'array':
        // Headers may be pairs: [['X-API-KEY', value]].
        add(names, firstString(parent, child));
        break;
      case 'variable_declarator':
      case 'public_field_definition':
      case 'field_definition':
      case 'enum_assignment':
        return withName(names, nameOf(parent.childForFieldName('name') ?? parent.childForFieldName('property')));
      case 'required_parameter':
      case 'optional_parameter':
        return withName(names, nameOf(parent.childForFieldName('pattern')));
      case 'assignment_expression':
      case 'assignment_pattern':
      case 'augmented_assignment_expression':
        return withName(names, nameOf(parent.childForFieldName('left')));
      case 'jsx_attribute': {
        const element = around[at + 2]?.childForFieldName('name')?.text;
        const use = withName(names, nameOf(parent.namedChild(0)));
        return element !== undefined && PROVIDER.test(element) && use.names[0] === 'apiKey' ? { ...use, stiggInit: 'frontend' } : use;
      }
      case 'arguments': {
        add(names, firstString(parent, child));
        const call = around[at + 2];
        const side = call !== undefined && names[0] === 'apiKey' ? initialises(source, call) : undefined;
        return side === undefined ? { names } : { names, stiggInit: side };
      }
      default:
        break;
    }
  }
  return { names };
}

/** Whether the parent's value is, or holds, the child's value. */
function carries(parent: Node, child: Node): boolean {
  switch (parent.type) {
    case 'binary_expression':
      return /^(?:\|\||\?\?|\+|&&)$/.test(parent.childForFieldName('operator')?.text ?? '');
    case 'ternary_expression':
      return parent.childForFieldName('condition')?.id !== child.id;
    case 'pair':
      return parent.childForFieldName('value')?.id === child.id;
    case 'object':
    case 'array':
    case 'arguments':
    case 'template_string':
    case 'template_substitution':
    case 'jsx_expression':
    case 'jsx_attribute':
      return true;
    case 'variable_declarator':
    case 'public_field_definition':
    case 'field_definition':
    case 'enum_assignment':
    case 'required_parameter':
    case 'optional_parameter':
      return parent.childForFieldName('value')?.id === child.id;
    case 'assignment_expression':
    case 'assignment_pattern':
    case 'augmented_assignment_expression':
      return parent.childForFieldName('right')?.id === child.id;
    default:
      return isWrapper(parent);
  }
}

/** Which kind of Stigg SDK the call or `new` expression initialises. */
function initialises(source: ParsedSource, call: Node): Use['stiggInit'] {
  const callee = call.childForFieldName(call.type === 'new_expression' ? 'constructor' : 'function');
  if (callee === null) return undefined;
  const path = memberPath(callee);
  const method = path.at(-1) ?? '';
  if (call.type !== 'new_expression') {
    if (ELEMENT_MAKERS.has(method)) return makesProvider(call) ? 'frontend' : undefined;
    if (path.length < 2 || !INITIALISERS.has(method)) return undefined;
  }
  const module = source.imports.find((entry) => entry.local === path[0])?.module;
  return module === undefined ? undefined : npmSdk(module)?.side;
}

function makesProvider(call: Node): boolean {
  const component = namedChildren(call.childForFieldName('arguments') ?? call)[0];
  return component !== undefined && PROVIDER.test(memberPath(component).join('.'));
}

/** The first element's text, for a child that comes second: `set('X-API-KEY', value)`. */
function firstString(list: Node, child: Node): string | undefined {
  const [first, second] = namedChildren(list);
  return first !== undefined && second?.id === child.id ? stringValue(first) : undefined;
}

function add(names: string[], name: string | undefined): void {
  if (name !== undefined) names.push(name);
}

function withName(names: string[], name: string | undefined): Use {
  add(names, name);
  return { names };
}
