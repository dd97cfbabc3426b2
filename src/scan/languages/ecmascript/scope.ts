import type { Node } from '@vscode/tree-sitter-wasm';
import type { ParsedSource } from '../language.js';

/** What a name stands for at some place. */
export interface Binding {
  /** `value`: never assigned again, so that its initialiser tells; `opaque`: parameters, imports, reassigned variables. */
  readonly kind: 'value' | 'function' | 'opaque';
  /** The initialiser, or the function. */
  readonly node: Node;
  /** For `const { key: name } = node`: the key. */
  readonly key: string | undefined;
  /** The declared name. */
  readonly name: Node;
  readonly scope: Node;
}

/** A use of a name, innermost node first. */
export type Around = readonly Node[];

const SCOPES = new Set([
  'program', 'statement_block', 'function_declaration', 'function_expression', 'arrow_function', 'method_definition', 'generator_function_declaration',
  'for_statement', 'for_in_statement', 'class_body', 'switch_body', 'catch_clause', 'ERROR',
]);
const NAMES = new Set(['identifier', 'shorthand_property_identifier', 'shorthand_property_identifier_pattern']);
/** A name that is used more often than this is not followed. */
const MOST_OCCURRENCES = 200;

/** Finds what names stand for inside one document. Looks at the places of a name only, never at the whole tree. */
export class Scope {
  readonly #source: ParsedSource;
  readonly #occurrences = new Map<string, readonly Around[]>();
  readonly #bindings = new Map<string, readonly Binding[]>();

  constructor(source: ParsedSource) {
    this.#source = source;
  }

  /** What the name stands for at that offset; undefined when the document does not declare it there. */
  resolve(name: string, at: number): Binding | undefined {
    let best: Binding | undefined;
    for (const binding of this.#declarations(name)) {
      if (!contains(binding.scope, at)) continue;
      if (best === undefined || size(binding.scope) < size(best.scope)) best = binding;
    }
    return best;
  }

  /** The places that read the binding. */
  usesOf(binding: Binding): Around[] {
    const name = binding.name.text;
    return this.#places(name).filter((around) => {
      const [inner] = around;
      return inner !== undefined && inner.id !== binding.name.id && inner.type !== 'shorthand_property_identifier_pattern'
        && contains(binding.scope, inner.startIndex) && this.resolve(name, inner.startIndex)?.name.id === binding.name.id;
    });
  }

  #places(name: string): readonly Around[] {
    let places = this.#occurrences.get(name);
    if (places === undefined) {
      places = this.#search(name);
      this.#occurrences.set(name, places);
    }
    return places;
  }

  #search(name: string): Around[] {
    const { syntax, text } = this.#source;
    const places: Around[] = [];
    if (syntax === undefined || name === '') return places;
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
      if (/[\w$]/.test(text.charAt(at - 1)) || /[\w$]/.test(text.charAt(at + name.length))) continue;
      if (places.length >= MOST_OCCURRENCES) return [];
      const around = syntax.nodesAround(at, at + name.length);
      const [inner] = around;
      if (inner !== undefined && NAMES.has(inner.type) && inner.startIndex === at && inner.endIndex === at + name.length) places.push(around);
    }
    return places;
  }

  #declarations(name: string): readonly Binding[] {
    let found = this.#bindings.get(name);
    if (found === undefined) {
      const places = this.#places(name);
      const assigned = places.some((around) => isAssigned(around));
      found = places.flatMap((around) => declaration(around, assigned) ?? []);
      this.#bindings.set(name, found);
    }
    return found;
  }
}

function declaration(around: Around, assigned: boolean): Binding | undefined {
  const [name, parent, grand] = around;
  if (name === undefined || parent === undefined) return undefined;
  const scope = around.slice(1).find((node) => SCOPES.has(node.type));
  if (scope === undefined) return undefined;
  const bind = (kind: Binding['kind'], node: Node, key?: string): Binding => ({ kind: assigned ? 'opaque' : kind, node, key, name, scope });
  switch (parent.type) {
    case 'variable_declarator': {
      const value = parent.childForFieldName('value');
      if (parent.childForFieldName('name')?.id !== name.id) return undefined;
      if (value === null) return bind('opaque', parent);
      return bind(isFunction(value) ? 'function' : 'value', value);
    }
    case 'function_declaration': {
      // Its name belongs to the scope around it.
      const outer = around.slice(2).find((node) => SCOPES.has(node.type)) ?? scope;
      return parent.childForFieldName('name')?.id === name.id ? { ...bind('function', parent), scope: outer } : undefined;
    }
    case 'object_pattern':
      return name.type === 'shorthand_property_identifier_pattern' ? destructured(name, around, 2, name.text, bind) : undefined;
    case 'pair_pattern':
      return parent.childForFieldName('value')?.id === name.id ? destructured(name, around, 3, parent.childForFieldName('key')?.text, bind) : undefined;
    case 'object_assignment_pattern':
    case 'assignment_pattern':
    case 'array_pattern':
    case 'rest_pattern':
      return bind('opaque', parent);
    case 'required_parameter':
    case 'optional_parameter':
    case 'formal_parameters':
    case 'import_specifier':
    case 'import_clause':
    case 'namespace_import':
    case 'for_in_statement':
    case 'catch_clause':
      return bind('opaque', parent);
    case 'arrow_function':
      return parent.childForFieldName('parameter')?.id === name.id ? bind('opaque', parent) : undefined;
    default:
      return grand?.type === 'import_clause' ? bind('opaque', parent) : undefined;
  }
}

function destructured(name: Node, around: Around, holder: number, key: string | undefined, bind: (kind: Binding['kind'], node: Node, key?: string) => Binding): Binding {
  const declarator = around[holder];
  const value = declarator?.type === 'variable_declarator' ? declarator.childForFieldName('value') : null;
  if (value !== null) return bind('value', value, key);
  // A destructured parameter: its key still tells what it is.
  return bind('opaque', declarator ?? name, key);
}

function isAssigned(around: Around): boolean {
  const [name, parent] = around;
  if (name === undefined || parent === undefined) return false;
  if (parent.type === 'update_expression') return true;
  return (parent.type === 'assignment_expression' || parent.type === 'augmented_assignment_expression') && parent.childForFieldName('left')?.id === name.id;
}

function isFunction(node: Node): boolean {
  return node.type === 'arrow_function' || node.type === 'function_expression';
}

function contains(node: Node, offset: number): boolean {
  return node.startIndex <= offset && offset < node.endIndex;
}

function size(node: Node): number {
  return node.endIndex - node.startIndex;
}
