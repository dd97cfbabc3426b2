import type { Argument, CallNode, IrNode } from '../../ir/node.js';
import type { MemoryKey } from '../../ir/memory.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HeaderSource } from './draft.js';
import { usesOf, type Use } from './holders.js';
import type { Made } from './makers.js';
import { argumentOf, calledHeader, headerAt, namedObject, writtenHeader } from './sources.js';

/** What all requests of a session, client or module share. */
export interface Session {
  readonly base: readonly IrNode[];
  readonly headers: readonly HeaderSource[];
  readonly isOpen: boolean;
}

const SESSION: MemoryKey<Session> = {};

/** The calls that make a session. */
export const SESSIONS = /^(?:requests|niquests|curl_cffi\.requests|httpx|aiohttp|requests_cache|requests_toolbelt(?:\.sessions)?|requests_futures(?:\.sessions)?|requests\.sessions)\.(?:Session|session|AsyncSession|Client|AsyncClient|ClientSession|CachedSession|BaseUrlSession|FuturesSession)$/;
/** Options of clients by which code of its own gets at each request. */
const HOOKS = new Set(['event_hooks', 'middlewares', 'request_class', 'app']);
const TRANSPORTS = /(?:^|\.)(?:Async)?HTTPTransport$/;
const ADAPTERS = /(?:^|\.)(?:HTTPAdapter|TCPConnector)$/;
const BASIC = /(?:^|\.)(?:HTTPBasicAuth|BasicAuth|_basic_auth_str)$/;

/** The callee with the names that modules have by themselves: `post` of `from requests import post` is `requests.post`. */
export function pathOfCallee(call: CallNode, code: Code): string {
  const path = calleeText(unwrap(call.callee));
  const [first = '', ...rest] = path.split('.');
  for (const { local, module, imported } of code.imports) {
    const [own = '', alias] = (local ?? '').split(' as ').map((part) => part.trim());
    if ((alias ?? own) !== first) continue;
    return [imported === '*' ? module : `${module}.${own}`, ...rest].join('.');
  }
  return path;
}

/** What the session that was made there adds to its requests. */
export function sessionOf({ calls, isOpen }: Made, code: Code): Session {
  const sessions = calls.map((call) => code.once(SESSION, call, () => one(call, code)));
  return {
    base: sessions.find(({ base }) => base.length > 0)?.base ?? [],
    headers: sessions.flatMap(({ headers }) => headers),
    isOpen: isOpen || sessions.some((session) => session.isOpen),
  };
}

function one(call: CallNode, code: Code): Session {
  const isAiohttp = pathOfCallee(call, code).startsWith('aiohttp');
  const base = argumentOf(call, 'base_url', isAiohttp ? 0 : 99)?.value;
  const headers = call.arguments.find(({ name }) => name === 'headers')?.value;
  const auth = authorization(call.arguments.find(({ name }) => name === 'auth'), code);
  const uses = usesOf(call, code).map((use) => ofUse(use, code));
  return {
    base: base === undefined ? uses.flatMap((use) => use.base) : [base],
    headers: [...(headers === undefined ? [] : [{ kind: 'object', node: headers } satisfies HeaderSource]), ...auth.headers, ...uses.flatMap((use) => use.headers)],
    isOpen: auth.isOpen || uses.some((use) => use.isOpen) || call.arguments.some((argument) => isHook(argument)),
  };
}

function isHook({ name, value, isSpread }: Argument): boolean {
  if (isSpread || HOOKS.has(name ?? '')) return true;
  const inner = unwrap(value);
  return (name === 'transport' || name === 'mounts') && !(inner.kind === 'call' && TRANSPORTS.test(calleeText(unwrap(inner.callee))));
}

/** `session.headers["X-API-KEY"] = key`, `session.headers.update(…)`, `session.auth = …`. */
function ofUse(use: Use, code: Code): Session {
  const nothing: Session = { base: [], headers: [], isOpen: false };
  if (use.kind === 'write') {
    const [first, second] = use.path;
    const { value } = use.bind;
    if (value === undefined) return nothing;
    if (first === 'headers') return { ...nothing, headers: second === undefined ? [{ kind: 'object', node: value }] : writtenHeader(use) };
    if (first === 'base_url') return { ...nothing, base: [value] };
    if (first === 'auth') return { ...nothing, ...authorization({ name: 'auth', value, isSpread: false, start: use.place.start, end: use.bind.end }, code) };
    return nothing;
  }
  if (use.kind !== 'call') return nothing;
  const [first, second] = use.path;
  const { call } = use;
  if (first === 'mount') {
    const adapter = call.arguments[1] === undefined ? undefined : code.tracer.sole(call.arguments[1].value);
    return { ...nothing, isOpen: !(adapter?.kind === 'call' && ADAPTERS.test(calleeText(unwrap(adapter.callee)))) };
  }
  if (first !== 'headers') return nothing;
  if (second === 'update') return { ...nothing, headers: updated(call, code) };
  return second === 'setdefault' || second === 'add' ? { ...nothing, headers: calledHeader(call) } : nothing;
}

function updated(call: CallNode, code: Code): HeaderSource[] {
  const named = namedObject(call.arguments, code);
  return [...call.arguments.filter(({ name, isSpread }) => name === undefined && !isSpread).map(({ value }) => value), ...(named === undefined ? [] : [named])].map((node) => ({ kind: 'object', node }));
}

/** `auth=("user", "password")` is an Authorization header; objects may do anything. */
export function authorization(argument: Argument | undefined, code: Code): Pick<Session, 'headers' | 'isOpen'> {
  if (argument === undefined) return { headers: [], isOpen: false };
  const { value, start } = argument;
  const node = code.tracer.sole(value) ?? unwrap(value);
  if (node.kind === 'name' && node.name === 'None') return { headers: [], isOpen: false };
  const isBasic = node.kind === 'list' || (node.kind === 'call' && BASIC.test(calleeText(unwrap(node.callee))));
  return isBasic ? { headers: [headerAt('Authorization', { start, end: start + 4 }, value, argument)], isOpen: false } : { headers: [], isOpen: true };
}
