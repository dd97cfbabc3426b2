import { canonical } from '../../ir/names.js';
import type { CallNode, IrNode, MemberNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { QueryParameter } from '../request.js';
import type { HttpDraft } from './draft.js';
import { headersOf } from './headers.js';
import type { Action } from './history.js';
import { LazyDraft } from './lazy.js';
import { linkBehind } from './statements.js';
import { valueExpression } from './values.js';
import { verbOf } from './verbs.js';

const SENDS = /^(Get|Post|Put|Patch|Delete)(Json|String|UrlEncoded)?Async$/;

/** Flurl: `"https://…".AppendPathSegment("x").WithHeader("a", "b").PostJsonAsync(body)`; undefined for any other call. */
export function flurlDraft(call: CallNode, callee: MemberNode, values: readonly IrNode[], code: Code): HttpDraft | undefined {
  const found = SENDS.exec(callee.name);
  if (found === null || !code.isWritten('Flurl')) return undefined;
  const actions: Action[] = [];
  let links: CallNode[] = [];
  let url = unwrap(callee.object);
  for (let left = 60; left > 0 && url.kind === 'call' && !url.isNew; left--) {
    const member = unwrap(url.callee);
    if (member.kind !== 'member') break;
    links = [url, ...links];
    actions.unshift({ path: [canonical(member.name)], name: member.name, nameStart: member.nameStart, nameEnd: member.nameEnd, isAssignment: false, values: url.arguments.map(({ value }) => value), node: url });
    url = unwrap(member.object);
  }
  const verb = verbOf(found[1] ?? '');
  const [content] = values;
  const form = found[2] === 'Json' ? 'json' : found[2] === 'UrlEncoded' ? 'form' : 'text';
  const hasBody = verb !== 'GET' && verb !== 'DELETE' && content !== undefined;
  return new LazyDraft({
    call,
    address: () => [url, ...actions.flatMap(({ path, values: given }) => (/^appendPathSegments?$/.test(path[0] ?? '') ? given : []))],
    method: () => verb,
    headers: () => headersOf(actions, code),
    body: () => (hasBody ? { value: content, form } : undefined),
    isOpen: () => code.says(/BeforeCall|FlurlHttp\.Configure|IFlurlClient/),
    query: () => actions.flatMap(({ path, values: [name, value] }): QueryParameter[] => (/^(?:setQueryParam|appendQueryParam)$/.test(path[0] ?? '') && name !== undefined && value !== undefined ? [{ name: code.textOf(name), value }] : [])),
    parameters: () => actions.flatMap(({ path, values: [query, value] }) => (/^setQueryParams$/.test(path[0] ?? '') && query !== undefined && value === undefined ? [query] : [])),
    addHeader: (name, value, { setters }) => {
      const written = valueExpression(value, code);
      const last = setters.at(-1)?.node ?? links.at(-1);
      const edits = written === undefined || last?.kind !== 'call' ? undefined : linkBehind(last, `WithHeader("${name}", ${written.expression})`, code);
      return edits === undefined || written === undefined ? undefined : [...written.edits, ...edits];
    },
  }, code);
}
