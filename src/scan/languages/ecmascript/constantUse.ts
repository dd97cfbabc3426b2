import type { Node } from '@vscode/tree-sitter-wasm';
import type { ParsedSource, SdkInit, Span, Use } from '../language.js';
import { contains, spanOf } from '../span.js';
import { Scope } from './scope.js';
import { sdkInits } from './sdkInits.js';
import { useOf } from './use.js';

const KEY_HEADER = /^x-api-key$/i;

/** Adds to the use of a literal, `own`, what the document makes of the constant, or of the options, that hold it. */
export function throughConstants(source: ParsedSource, around: readonly Node[], token: Span, own: Use): Use {
  const { syntax } = source;
  if (own.stiggInit !== undefined || syntax === undefined) return own;
  const inits = syntax.remember(INITS, () => [...sdkInits(source)]);
  const init = inits.find(({ key }) => contains(key?.origin, token) || (own.names[0] === 'apiKey' && contains(key, token)));
  if (init !== undefined) return { ...own, stiggInit: init.side };
  const name = constantOf(around, own);
  if (name === undefined) return own;
  const uses = syntax.remember(USES, () => new ConstantUses(source)).of(name);
  if (uses === undefined) return own;
  if (uses.stiggInit !== undefined) return { ...own, stiggInit: uses.stiggInit };
  return uses.sentAt.length === 0 ? own : { names: ['X-API-KEY', ...own.names], sentAt: uses.sentAt };
}

/** What is remembered of a document, which is asked for every token. */
const INITS = {};
const USES = {};

/** The name of the constant whose value the literal is, or may be: not an object or a list that holds it. */
function constantOf(around: readonly Node[], { names }: Use): Node | undefined {
  const at = around.findIndex(({ type }) => type === 'variable_declarator');
  const name = around[at]?.childForFieldName('name');
  if (name?.type !== 'identifier' || names.length !== 1 || names[0] !== name.text) return undefined;
  return around.slice(0, at).some(({ type }) => type === 'array' || type === 'object') ? undefined : name;
}

interface Uses {
  readonly stiggInit: SdkInit['side'] | undefined;
  readonly sentAt: readonly Span[];
}

/** Where constants go, each looked at once. */
class ConstantUses {
  readonly #source: ParsedSource;
  readonly #scope: Scope;
  readonly #known = new Map<number, Uses | undefined>();

  constructor(source: ParsedSource) {
    this.#source = source;
    this.#scope = new Scope(source);
  }

  /** Undefined for a name that is given more than one value. */
  of(name: Node): Uses | undefined {
    if (!this.#known.has(name.id)) this.#known.set(name.id, this.#find(name));
    return this.#known.get(name.id);
  }

  #find(name: Node): Uses | undefined {
    const binding = this.#scope.resolve(name.text, name.startIndex);
    if (binding?.kind !== 'value' || binding.name.id !== name.id) return undefined;
    const sentAt: Span[] = [];
    for (const around of this.#scope.usesOf(binding)) {
      const [node] = around;
      if (node === undefined) continue;
      const { names, stiggInit } = useOf(this.#source, around, 0);
      if (stiggInit !== undefined) return { stiggInit, sentAt: [] };
      if (KEY_HEADER.test(names[0] ?? '')) sentAt.push(spanOf(node));
    }
    return { stiggInit: undefined, sentAt };
  }
}
