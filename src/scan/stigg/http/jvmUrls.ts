import { canonical } from '../../ir/names.js';
import type { IrNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { QueryParameter } from '../request.js';
import { actionsInside, type Action } from './history.js';

/** A URL and the parameters that are added to it one by one. */
export interface BuiltUrl {
  readonly address: readonly IrNode[];
  readonly query: readonly QueryParameter[];
}

/** Calls that leave a URL what it is. */
const SAME = /^(?:build|toUri|toUriString|toUrl|toURL|toString|toHttpUrl|toHttpUrlOrNull|newBuilder|buildAndExpand|encode|expand)$/;
const BASE = /^(?:fromHttpUrl|fromUriString|fromUri|fromPath|parse|get|create|baseUrl|url)$/;
const LONGEST = 60;

/** The URL of an expression: `HttpUrl.parse("…").newBuilder().addQueryParameter("a", "b").build()`, `UriComponentsBuilder.fromHttpUrl("…").path("…").toUriString()`, or whatever has a text. */
export function urlIn(expression: IrNode, code: Code): BuiltUrl {
  const node = unwrap(expression);
  if (node.kind === 'function') return fromActions(actionsInside(node, code), code);
  const chain = node.kind === 'name' ? code.tracer.origins(node, ({ kind }) => kind === 'call').find(({ node: origin, path }) => origin.kind === 'call' && path.length === 0)?.node ?? node : node;
  return ofChain(chain, code) ?? { address: [expression], query: [] };
}

/** undefined where the chain is none of a builder of URLs. */
function ofChain(chain: IrNode, code: Code): BuiltUrl | undefined {
  const actions: Action[] = [];
  let node = unwrap(chain);
  for (let left = LONGEST; left > 0 && node.kind === 'call'; left--) {
    const callee = unwrap(node.callee);
    if (callee.kind !== 'member') return undefined;
    const values = node.arguments.map(({ value }) => value);
    const name = canonical(callee.name);
    const [first] = values;
    if (BASE.test(name) && first !== undefined) {
      if (actions.length === 0) return undefined;
      const { address, query } = fromActions(actions, code);
      return { address: [first, ...address], query };
    }
    // `"https://…".toHttpUrl().newBuilder()…`
    if (name.startsWith("toHttpUrl")) return actions.length === 0 ? undefined : withBase(callee.object, actions, code);
    // What only wraps: `URI.create(chain.toUriString())`.
    if (!SAME.test(name)) actions.unshift({ path: [name], name: callee.name, nameStart: callee.nameStart, nameEnd: callee.nameEnd, isAssignment: false, values, node });
    node = unwrap(callee.object);
  }
  return actions.length === 0 || node.kind === 'name' && /^[A-Z]/.test(node.name) ? undefined : withBase(node, actions, code);
}

function withBase(base: IrNode, actions: readonly Action[], code: Code): BuiltUrl | undefined {
  const { address, query } = fromActions(actions, code);
  return query.length === 0 && address.length === 0 ? undefined : { address: [base, ...address], query };
}

function fromActions(actions: readonly Action[], code: Code): BuiltUrl {
  return {
    address: actions.flatMap(({ path, values }) => (/^(?:path|pathSegment|addPathSegments?|addEncodedPathSegments?|appendPathSegments|encodedPath|replacePath|appendEncodedPathSegments)$/.test(path.at(-1) ?? '') ? values.filter(({ kind }) => kind !== 'function') : [])),
    query: actions.flatMap(({ path, values: [name, value] }): QueryParameter[] => {
      const last = path.at(-1) ?? '';
      const isQuery = /^(?:queryParam|addQueryParameter|setQueryParameter|addEncodedQueryParameter|replaceQueryParam|addParameter|parameter)$/.test(last) || (/^(?:append|set)$/.test(last) && /parameters$/i.test(path.at(-2) ?? ''));
      return isQuery && name !== undefined && value !== undefined ? [{ name: code.textOf(name), value }] : [];
    }),
  };
}

/** The parameters that such actions add to a request itself. */
export function queryOf(actions: readonly Action[], code: Code): readonly QueryParameter[] {
  return fromActions(actions, code).query;
}
