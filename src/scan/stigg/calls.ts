import { canonical } from '../ir/names.js';
import { pathOf } from '../ir/access.js';
import type { CallNode, IrNode, ObjectNode } from '../ir/node.js';
import { unwrap } from '../ir/walk.js';
import { isStiggClient } from './client.js';
import type { Code } from './code.js';
import { isGraphqlOperation, operationOfType, restOperation, type Operation } from './operations.js';

/** A call of one of Stigg's SDKs. */
export interface SdkCall extends Operation {
  readonly node: CallNode;
  /** Where the method's name stands. */
  readonly nameStart: number;
  readonly nameEnd: number;
}

/** An object of a type of Stigg's SDKs: it holds the parameters of such a call, wherever that is made. */
export interface TypedInput extends Operation {
  readonly node: CallNode | ObjectNode;
}

/** Words before the operation in the callee of the low-level clients: `client.request(Stigg.mutation.provision_subscription, …)`. */
const DOCUMENTS = new Set(['mutation', 'query', 'Mutation', 'Query']);

/** The calls of Stigg's SDKs in the program. */
export function sdkCallsOf(code: Code): readonly SdkCall[] {
  const found: SdkCall[] = [];
  for (const node of code.calls) {
    const call = node.isNew ? undefined : sdkCall(node, code);
    if (call !== undefined) found.push(call);
  }
  return found;
}

/** What the call asks of one of Stigg's SDKs; undefined for any other. */
export function sdkCall(node: CallNode, code: Code): SdkCall | undefined {
  const callee = unwrap(node.callee);
  if (callee.kind !== 'member') return undefined;
  const operation = operationOf(node, callee.object, canonical(callee.name));
  if (operation === undefined || !isStiggClient(callee.object, code, operation.surface === 'rest')) return undefined;
  // What this program makes itself under that name is looked at there.
  return code.tracer.functionOf(node) === undefined ? { ...operation, node, nameStart: callee.nameStart, nameEnd: callee.nameEnd } : undefined;
}

function operationOf(node: CallNode, object: IrNode, method: string): Operation | undefined {
  const names = pathOf(object);
  const version = names.findLastIndex((name) => name === 'v1' || name === 'v1Beta');
  if (version !== -1) {
    const name = restOperation([...(names[version] === 'v1Beta' ? ['beta'] : []), ...names.slice(version + 1), method]);
    return name === undefined ? undefined : { surface: 'rest', name };
  }
  if (isGraphqlOperation(method)) return { surface: 'graphql', name: method };
  // Python's and Ruby's old clients take the operation as an argument.
  const document = node.arguments[0] === undefined || (method !== 'request' && method !== 'execute') ? [] : pathOf(node.arguments[0].value);
  const name = document.length > 1 && DOCUMENTS.has(document.at(-2) ?? '') ? canonical(document.at(-1) ?? '') : '';
  return isGraphqlOperation(name) ? { surface: 'graphql', name } : undefined;
}

/** The typed inputs of the program that are Stigg's; those inside of others are parts of them. */
export function typedInputsOf(code: Code): readonly TypedInput[] {
  const found: TypedInput[] = [];
  for (const node of [...code.typedObjects, ...code.calls]) {
    const type = node.kind === 'object' ? node.type : typeOfCall(node);
    const operation = type === undefined ? undefined : operationOfType(type);
    if (type !== undefined && operation !== undefined && isStiggs(type, node, code)) found.push({ ...operation, node });
  }
  return found;
}

/** `T(…)`, `new T(…)`, `T.builder()…build()`. */
function typeOfCall(node: CallNode): string | undefined {
  const callee = unwrap(node.callee);
  if (callee.kind === 'name') return callee.name;
  if (callee.kind !== 'member') return undefined;
  if (callee.name !== 'build') return node.isNew || /^[A-Z]/.test(callee.name) ? callee.name : undefined;
  let object = unwrap(callee.object);
  for (let left = 60; left > 0 && object.kind === 'call'; left--) {
    const inner = unwrap(object.callee);
    if (inner.kind !== 'member') return undefined;
    const type = unwrap(inner.object);
    if (/^(?:builder|newBuilder)$/.test(inner.name) && object.arguments.length === 0) return type.kind === 'name' || type.kind === 'member' ? type.name : undefined;
    object = type;
  }
  return undefined;
}

/** Stripe's types have some of the names: where the import can be seen it decides. */
function isStiggs(type: string, at: IrNode, code: Code): boolean {
  const { imports, scopes } = code;
  const [first = ''] = type.split(/[.:]+/);
  // A class of this program that is called so.
  if (scopes.resolve(first, at)?.sources.some(({ kind }) => kind === 'class') === true) return false;
  const modules = imports.filter(({ local }) => local === first).map(({ module }) => module);
  return modules.length > 0 ? modules.some((module) => /stigg/i.test(module)) : code.says(/stigg/i);
}
