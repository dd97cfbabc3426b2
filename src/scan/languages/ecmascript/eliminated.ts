import type { Node } from '@vscode/tree-sitter-wasm';
import type { ParsedSource, Span } from '../language.js';

import { spanOf } from '../span.js';
import { Scope } from './scope.js';
import { serverOnlyPart } from './serverParts.js';

/** Without one of these there is no part that only servers keep. */
const MAY_HAVE_SERVER_PARTS = /getStatic|\b(?:loader|action|middleware|headers)\b|[sS]erver|typeof window|SSR|import\.meta\.(?:client|browser)|process\.(?:client|browser)/;

/** Through so many names a use is followed; what is used from farther away ships. */
const FARTHEST = 12;
/** What was found out about a document, for as long as somebody looks at it. */
const USES = new WeakMap<ParsedSource, Uses>();

/**
 * Says why an import, a variable or a function at the top of a module never leaves the server, although the module does: only parts
 * that are cut out of the browser's bundle use it, so that bundlers drop it along with them.
 */
export function eliminated(source: ParsedSource, place: Span): string | undefined {
  if (source.syntax === undefined || !MAY_HAVE_SERVER_PARTS.test(source.text)) return undefined;
  let uses = USES.get(source);
  if (uses === undefined) {
    uses = new Uses(source);
    USES.set(source, uses);
  }
  return uses.whyGone(place);
}

/** Follows names to the places that use them. */
class Uses {
  readonly #source: ParsedSource;
  readonly #scope: Scope;
  /** What is known of a name; undefined while it is being looked at, which a cycle of uses may be. */
  readonly #known = new Map<string, Verdict | undefined>();

  constructor(source: ParsedSource) {
    this.#source = source;
    this.#scope = new Scope(source);
  }

  whyGone(place: Span, depth = 0): string | undefined {
    const verdicts = declaredAround(this.#source.syntax?.nodesAround(place.start, place.end) ?? []).map((name) => this.#verdict(name, depth));
    if (verdicts.some(({ ships }) => ships)) return undefined;
    return verdicts.find(({ reason }) => reason !== undefined)?.reason;
  }

  #verdict(name: Node, depth: number): Verdict {
    if (depth > FARTHEST) return { ships: true, reason: undefined };
    const { text } = name;
    if (this.#known.has(text)) return this.#known.get(text) ?? { ships: false, reason: undefined };
    this.#known.set(text, undefined);
    const verdict = this.#judge(name, depth);
    this.#known.set(text, verdict);
    return verdict;
  }

  #judge(name: Node, depth: number): Verdict {
    const binding = this.#scope.resolve(name.text, name.startIndex);
    let reason: string | undefined;
    for (const around of binding === undefined ? [] : this.#scope.usesOf(binding)) {
      const [use] = around;
      const why = use === undefined ? undefined : serverOnlyPart(this.#source, spanOf(use)) ?? this.whyGone(spanOf(use), depth + 1);
      // Inside of what is being looked at the name uses itself.
      if (why === undefined && !declaredAround(around).some(({ text }) => this.#known.has(text) && this.#known.get(text) === undefined)) return { ships: true, reason: undefined };
      reason ??= why;
    }
    return { ships: false, reason };
  }
}

interface Verdict {
  readonly ships: boolean;
  /** The part that uses it; undefined where nothing does. */
  readonly reason: string | undefined;
}

/** The names that the statement around the place declares at the top of the module; none for what it exports. */
function declaredAround(around: readonly Node[]): Node[] {
  const statement = around[around.length - 2];
  switch (statement?.type) {
    case 'import_statement':
      return statement.descendantsOfType(['import_clause', 'import_specifier', 'namespace_import']).flatMap((node) => localName(node));
    case 'lexical_declaration':
    case 'variable_declaration': {
      const declarator = around.find(({ type }) => type === 'variable_declarator');
      const name = declarator?.childForFieldName('name');
      if (name === null || name === undefined) return [];
      return name.type === 'identifier' ? [name] : name.descendantsOfType(['shorthand_property_identifier_pattern', 'identifier']).filter((node) => node !== null);
    }
    case 'function_declaration':
    case 'class_declaration': {
      const name = statement.childForFieldName('name');
      return name === null ? [] : [name];
    }
    default:
      return [];
  }
}

function localName(part: Node | null): Node[] {
  if (part === null) return [];
  if (part.type === 'import_specifier') return [part.childForFieldName('alias') ?? part.childForFieldName('name')].filter((node) => node !== null);
  return part.namedChildren.filter((child): child is Node => child?.type === 'identifier');
}
