import type { MemoryKey } from '../../ir/memory.js';
import type { IrNode, ObjectNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import type { Origin } from '../../ir/trace.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import { CLIENT_ENDS, historyOf, historyOfVariable, startOf, type Action } from './history.js';

/** What a client was made with and what was set on it, as far as the program shows. */
export interface ClientFacts {
  readonly actions: readonly Action[];
  /** Its initialisers. */
  readonly objects: readonly ObjectNode[];
  /** What it was made of: `new RestClient("https://…")`. */
  readonly arguments: readonly IrNode[];
  /** The program shows how it was made, and nothing is done to it out of sight. */
  readonly isMade: boolean;
}

/** Calls that make a client; any other one may return a client with more to it. */
const MAKES = /(?:^|\.)(?:new|New|builder|newClient|newHttpClient|create|Client|agent|AgentBuilder)$/;

/** A field is assigned in its constructors; more often is no client. */
const MOST_ASSIGNMENTS = 10;

const CLIENT: MemoryKey<ClientFacts> = {};

/** The client that the expression stands for. */
export function clientOf(client: IrNode, code: Code): ClientFacts {
  const node = unwrap(client);
  const binding = node.kind === 'name' ? code.scopes.resolve(node.name, node) : undefined;
  // A field is the same client for all methods, and many of them ask.
  return binding?.scope.kind === 'class' ? code.once(CLIENT, binding, () => factsOf(client, code)) : factsOf(client, code);
}

function factsOf(client: IrNode, code: Code): ClientFacts {
  const own = historyOfVariable(client, code, CLIENT_ENDS);
  const actions = [...own.actions];
  const objects: ObjectNode[] = [];
  const given: IrNode[] = [];
  const origins = [client, ...assignedTo(client, code)].flatMap((value) => originsOf(value, code));
  let isMade = origins.some(({ node }) => node.kind !== 'bind');
  for (const { node, path } of origins) {
    // A declaration without a value says nothing; what is assigned later does.
    if (node.kind === 'bind' && node.value === undefined) continue;
    if (path.length > 0) {
      isMade = false;
    } else if (node.kind === 'call') {
      const start = startOf(node);
      const callee = calleeText(unwrap(start.callee));
      if (!start.isNew && !MAKES.test(callee) && !/client/i.test(callee)) isMade = false;
      for (const { value } of start.arguments) {
        const inner = unwrap(value);
        given.push(value);
        if (inner.kind === 'object') objects.push(inner);
      }
      const first = unwrap(start.callee);
      // `builder.baseUrl(…)` is done to what is given.
      actions.push(...historyOf(first.kind === 'member' && !start.isNew ? first.object : start, code, CLIENT_ENDS).actions, ...(start === node ? [] : historyOf(node, code, CLIENT_ENDS).actions));
    } else if (node.kind === 'object') {
      objects.push(node);
      actions.push(...historyOf(node, code, CLIENT_ENDS).actions);
    } else {
      isMade = false;
      if (node !== client) actions.push(...historyOfVariable(node, code, CLIENT_ENDS).actions);
    }
  }
  const seen = new Set<IrNode>();
  return { actions: actions.filter(({ node }) => !seen.has(node) && seen.add(node)), objects, arguments: given, isMade: isMade && !own.isHandedOn };
}

function originsOf(value: IrNode, code: Code): readonly Origin[] {
  return code.tracer.origins(value, (node) => node.kind === 'call' && code.tracer.functionOf(node) === undefined);
}

/** What methods assign to a field that goes by its plain name where it is used. */
function assignedTo(client: IrNode, code: Code): IrNode[] {
  const node = unwrap(client);
  const binding = node.kind === 'name' ? code.scopes.resolve(node.name, node) : undefined;
  if (node.kind !== 'name' || binding?.scope.kind !== 'class') return [];
  const plain = code.assignmentsTo(node.name).slice(0, MOST_ASSIGNMENTS).flatMap((bind) => (bind.value !== undefined && code.scopes.resolve(node.name, bind) === binding ? [bind.value] : []));
  const own = code.scopes.memberSources(node.name, node).flatMap((source) => (source.kind === 'bind' && source.target.place !== undefined && source.node.value !== undefined ? [source.node.value] : []));
  return [...plain, ...own.slice(0, MOST_ASSIGNMENTS)];
}
