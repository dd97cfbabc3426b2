import type { CallNode, IrNode, NameNode } from '../../ir/node.js';
import { isSelf, type Source } from '../../ir/scopes.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';

/** How a client came to be. */
export interface Made {
  readonly calls: readonly CallNode[];
  /** It may also come from elsewhere: a parameter, a field that something else fills. */
  readonly isOpen: boolean;
}

const DEEPEST = 6;

/** The calls that make the object, followed through variables, members and methods without arguments: Ruby's `def client = @client ||= Client.new`, Python's properties. */
export function makersOf(object: IrNode, code: Code, isMaker: (call: CallNode) => boolean): Made {
  const calls = new Set<CallNode>();
  const seen = new Set<IrNode>();
  let isOpen = false;
  const optional: IrNode[] = [];
  const isEnd = (node: IrNode): boolean => node.kind === 'call' && isMaker(node);
  const visit = (start: IrNode, depth: number): void => {
    if (depth > DEEPEST) {
      isOpen = true;
      return;
    }
    for (const { node, path } of code.tracer.origins(start, isEnd)) {
      if (seen.has(node)) continue;
      seen.add(node);
      if (path.length === 0 && node.kind === 'call' && isMaker(node)) calls.add(node);
      else if (node.kind === 'function') for (const value of code.tracer.returnsOf(node)) visit(value, depth + 1);
      else if (node.kind === 'bind' && node.value !== undefined) visit(node.value, depth + 1);
      else if (node.kind === 'name' && isNothing(node.name)) continue;
      else if (node.kind === 'name' && path.length === 0 && isOptionalParameter(node, code)) optional.push(node);
      else {
        const maker = path.length === 0 ? blockMaker(node, code) : undefined;
        if (maker !== undefined && isMaker(maker)) {
          calls.add(maker);
          continue;
        }
        const inner = classMembers(node, path, code);
        if (inner.length === 0) isOpen = true;
        for (const source of inner) {
          if (source.kind === 'function') for (const value of code.tracer.returnsOf(source.node)) visit(value, depth + 1);
          else if (source.kind === 'bind' && source.node.value !== undefined) visit(source.node.value, depth + 1);
        }
      }
    }
  };
  visit(object, 0);
  // `$client ?? new Client()`: where nobody hands one over it is the one that is made here.
  return { calls: [...calls], isOpen: optional.length > 0 && calls.size === 0 ? true : isOpen };
}

/** A parameter that may be left out, and is nothing then. */
function isOptionalParameter(node: NameNode, code: Code): boolean {
  const sources = code.scopes.resolve(node.name, node)?.sources ?? [];
  return sources.some((source) => {
    const fallback = source.kind === 'parameter' ? source.node.parameters[source.index]?.fallback : undefined;
    const value = fallback === undefined ? undefined : unwrap(fallback);
    return value?.kind === 'name' && isNothing(value.name);
  });
}

/** What gives `self.class.connection` its value. */
function classMembers(node: IrNode, path: readonly string[], code: Code): readonly Source[] {
  const [name, more] = path;
  const inner = unwrap(node);
  if (inner.kind !== 'member' || inner.name !== 'class' || inner.object.kind !== 'name' || !isSelf(inner.object.name) || name === undefined || more !== undefined) return [];
  return code.scopes.memberSources(name, node);
}

/** The call whose block has that name as its parameter: `Net::HTTP.start(host) { |http| … }`. */
function blockMaker(node: IrNode, code: Code): CallNode | undefined {
  if (node.kind !== 'name') return undefined;
  const [source, second] = code.scopes.resolve(node.name, node)?.sources ?? [];
  if (source?.kind !== 'parameter' || second !== undefined || source.index !== 0) return undefined;
  const { parent } = source.node;
  return parent?.kind === 'call' && parent.arguments.at(-1)?.value === source.node ? parent : undefined;
}

function isNothing(name: string): boolean {
  return /^(?:null|nil|None|undefined)$/.test(name);
}
