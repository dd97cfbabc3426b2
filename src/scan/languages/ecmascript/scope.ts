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
  /** Declared by `const`: nothing assigns it again. */
  readonly isConstant: boolean;
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
/** A name that is used more often than this inside one scope is not followed there. */
const MOST_OCCURRENCES = 300;
/** What stands before a name that is declared; sorts out most other places before the tree is asked. */
const BEFORE_DECLARATION = /(?:\b(?:const|let|var|function|class|import|as)\s+|function\s*\*\s*|[{,([:]\s*|\.\.\.\s*)$/;
const ARROW = /^\s*=>/;
const ASSIGNMENT = /^\s*(?:(?:[-+*/%&|^]|\*\*|<<|>>>?|\?\?|&&|\|\|)?=(?![=>])|\+\+|--)/;

/** Finds what names stand for inside one document. Looks at the places of a name only, scope by scope outwards, never at the whole tree. */
export class Scope {
  readonly #source: ParsedSource;
  readonly #scopes = new WeakMap<Around, readonly Node[]>();
  readonly #declared = new Map<string, Binding | undefined>();

  constructor(source: ParsedSource) {
    this.#source = source;
  }

  /** What the name stands for at that offset; undefined when the document does not declare it there. */
  resolve(name: string, at: number): Binding | undefined {
    for (const scope of this.#scopesOf(this.#source.syntax?.nodesAround(at, at + name.length) ?? [])) {
      const binding = this.#declaredIn(name, scope);
      if (binding !== undefined) return binding;
    }
    return undefined;
  }

  /** The places that read the binding. */
  usesOf(binding: Binding): Around[] {
    const name = binding.name.text;
    const uses: Around[] = [];
    for (const at of this.#occurrences(name, binding.scope)) {
      const around = this.#around(name, at);
      const [inner] = around;
      if (inner === undefined || inner.id === binding.name.id || inner.type === 'shorthand_property_identifier_pattern') continue;
      if (this.resolve(name, at)?.name.id === binding.name.id) uses.push(around);
    }
    return uses;
  }

  #scopesOf(around: Around): readonly Node[] {
    let scopes = this.#scopes.get(around);
    if (scopes === undefined) {
      scopes = around.filter((node) => SCOPES.has(node.type));
      this.#scopes.set(around, scopes);
    }
    return scopes;
  }

  /** The declaration of the name that belongs to the scope itself. */
  #declaredIn(name: string, scope: Node): Binding | undefined {
    const key = `${scope.id} ${name}`;
    if (this.#declared.has(key)) return this.#declared.get(key);
    let found: Binding | undefined;
    for (const at of this.#occurrences(name, scope)) {
      if (!this.#mayDeclare(name, at)) continue;
      const binding = declaration(this.#around(name, at));
      if (binding?.scope.id !== scope.id) continue;
      found = binding.kind === 'opaque' || !this.#isAssigned(binding) ? binding : { ...binding, kind: 'opaque' };
      break;
    }
    this.#declared.set(key, found);
    return found;
  }

  /** The places of the name inside the scope; none when there are too many to look at. */
  #occurrences(name: string, scope: Node): number[] {
    const { text } = this.#source;
    const places: number[] = [];
    if (name === '') return places;
    for (let at = text.indexOf(name, scope.startIndex); at !== -1 && at < scope.endIndex; at = text.indexOf(name, at + name.length)) {
      if (/[\w$.]/.test(text.charAt(at - 1)) && !text.startsWith('...', at - 3) || /[\w$]/.test(text.charAt(at + name.length))) continue;
      places.push(at);
      if (places.length > MOST_OCCURRENCES) return [];
    }
    return places;
  }

  #around(name: string, at: number): Around {
    const around = this.#source.syntax?.nodesAround(at, at + name.length) ?? [];
    const [inner] = around;
    return inner !== undefined && NAMES.has(inner.type) && inner.startIndex === at && inner.endIndex === at + name.length ? around : [];
  }

  #mayDeclare(name: string, at: number): boolean {
    const { text } = this.#source;
    return BEFORE_DECLARATION.test(text.slice(Math.max(0, at - 40), at)) || ARROW.test(text.slice(at + name.length, at + name.length + 20));
  }

  #isAssigned({ name, scope, isConstant }: Binding): boolean {
    if (isConstant) return false;
    const { text } = this.#source;
    return this.#occurrences(name.text, scope).some((at) => {
      const end = at + name.text.length;
      return at !== name.startIndex && (ASSIGNMENT.test(text.slice(end, end + 20)) || /(?:\+\+|--)$/.test(text.slice(at - 2, at))) && isAssigned(this.#around(name.text, at));
    });
  }
}

function declaration(around: Around): Binding | undefined {
  const [name, parent, grand] = around;
  if (name === undefined || parent === undefined) return undefined;
  const scope = around.slice(1).find((node) => SCOPES.has(node.type));
  if (scope === undefined) return undefined;
  const isConstant = around.slice(1, 5).some((node) => node.type === 'lexical_declaration' && node.childForFieldName('kind')?.text === 'const');
  const bind = (kind: Binding['kind'], node: Node, key?: string): Binding => ({ kind, node, key, name, scope, isConstant });
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
