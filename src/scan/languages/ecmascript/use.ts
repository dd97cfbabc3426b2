import type { Node } from '@vscode/tree-sitter-wasm';
import type { ParsedSource, Use } from '../language.js';
import { isWrapper, memberPath, namedChildren, nameOf, stringValue } from './nodes.js';

const BACKEND_SDKS = new Set(['@stigg/node-server-sdk', '@stigg/api-client-js', '@stigg/typescript', '@stigg/rest-client']);
const FRONTEND_SDKS = new Set(['@stigg/react-sdk', '@stigg/js-client-sdk', '@stigg/vue-sdk', '@stigg/vue-2-sdk', '@stigg/nextjs-sdk']);
const INITIALISERS = new Set(['initialize', 'createClient']);
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
        return element?.endsWith('StiggProvider') === true && use.names[0] === 'apiKey' ? { ...use, stiggInit: 'frontend' } : use;
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
  const method = path.length > 1 ? path.at(-1) : undefined;
  if (call.type !== 'new_expression' && (method === undefined || !INITIALISERS.has(method))) return undefined;
  const module = source.imports.find((entry) => entry.local === path[0])?.module;
  if (module === undefined) return undefined;
  if (BACKEND_SDKS.has(module)) return 'backend';
  return FRONTEND_SDKS.has(module) ? 'frontend' : undefined;
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
