import type { CallNode, FunctionNode, IrNode, NameNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import { historyOf, historyOfParameter, type Action, type History } from './history.js';

/** What becomes of a request, also in the functions of this program that get it. */
export interface Followed extends History {
  /** The calls that are given it where it is made. */
  readonly givenHere: readonly CallNode[];
}

/** Functions that hand it on to functions. */
const DEEPEST = 3;

/** `return r.do(req)`: what `do` does with the request counts as if it stood there. */
export function followedHistoryOf(made: IrNode, code: Code): Followed {
  const own = historyOf(made, code);
  const actions: Action[] = [];
  const givenTo: CallNode[] = [];
  const seen = new Set<FunctionNode>();
  let { isHandedOn } = own;
  const follow = (history: History, depth: number): void => {
    actions.push(...history.actions);
    isHandedOn ||= history.isHandedOn;
    for (const call of history.givenTo) {
      const helper = depth < DEEPEST ? helperOf(call, code) : undefined;
      const name = helper === undefined ? undefined : requestParameter(helper);
      if (helper === undefined || name === undefined) givenTo.push(call);
      else if (!seen.has(helper)) {
        seen.add(helper);
        follow(historyOfParameter(helper, name, code), depth + 1);
      }
    }
  };
  follow(own, 0);
  return { actions, givenTo, givenHere: own.givenTo, isHandedOn };
}

/** The function, or the method of an object whose type can be seen, that is called. */
function helperOf(call: CallNode, code: Code): FunctionNode | undefined {
  const callee = unwrap(call.callee);
  if (callee.kind === 'name') {
    const fn = code.tracer.functionOf(call);
    return fn === undefined || isMethod(fn, code) ? undefined : fn;
  }
  const object = callee.kind === 'member' ? unwrap(callee.object) : undefined;
  const type = object?.kind === 'name' ? typeOf(object, code) : undefined;
  if (callee.kind !== 'member' || type === undefined) return undefined;
  const methods = (code.scopes.resolve(callee.name, code.program.root.children[0] ?? call)?.sources ?? [])
    .flatMap((source) => (source.kind === 'function' && isMethod(source.node, code) && plainType(source.node.parameters[0]?.type) === type ? [source.node] : []));
  return methods.length === 1 ? methods[0] : undefined;
}

/** The name by which the function knows the one request that it is given. */
function requestParameter({ parameters }: FunctionNode): string | undefined {
  const requests = parameters.filter(({ type }) => type === '*http.Request');
  return requests.length === 1 ? requests[0]?.targets[0]?.name : undefined;
}

function isMethod(fn: FunctionNode, code: Code): boolean {
  return /^func\s{1,9}\(/.test(code.slice(fn).slice(0, 20));
}

function typeOf(object: NameNode, code: Code): string | undefined {
  const [source, other] = code.scopes.resolve(object.name, object)?.sources ?? [];
  if (source === undefined || other !== undefined) return undefined;
  if (source.kind === 'parameter') return plainType(source.node.parameters[source.index]?.type);
  const made = code.tracer.sole(object);
  return made?.kind === 'object' ? plainType(made.type) : source.kind === 'bind' ? plainType(source.node.type) : undefined;
}

/** Without the sign of a pointer. */
function plainType(type: string | undefined): string | undefined {
  const name = type?.replace(/^[*&\s]{1,4}/, '');
  return name === '' ? undefined : name;
}
