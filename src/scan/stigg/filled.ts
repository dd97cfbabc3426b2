import { canonical } from '../ir/names.js';
import type { CallNode, IrNode } from '../ir/node.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from './code.js';

/** Calls that write what they read into a place that they are given: `json.Unmarshal(data, &out)`, `decoder.Decode(&out)`, resty's `SetResult(&out)`. */
const DECODES = new Set(['unmarshal', 'decode', 'unmarshalNoEscape', 'decodeJson', 'readJson', 'unmarshalRead']);
const RESULTS = new Set(['setResult', 'into', 'toJson', 'receiveSuccess', 'setSuccessResult']);

/** What fills the variable that is declared there; undefined where nobody sees it. */
export function filledBy(declared: IrNode, code: Code, isEnd: (node: IrNode) => boolean): IrNode | undefined {
  const bind = declared.kind === 'bind' ? declared : boundTo(declared);
  const name = bind?.kind === 'bind' && (bind.value === undefined || declared.kind === 'object') ? bind.targets[0]?.name : undefined;
  if (name === undefined || bind === undefined) return undefined;
  for (const use of code.namesOf(name, bind)) {
    const reference = use.parent;
    const call = reference?.kind === 'wrapped' && reference.by === 'reference' ? reference.parent : reference;
    if (call?.kind !== 'call' || call.callee === use || code.scopes.resolve(name, use)?.sources.some(({ node }) => node === bind) !== true) continue;
    const source = sourceOf(call, use, isEnd);
    if (source !== undefined) return source;
  }
  return undefined;
}

/** The declaration that has the object, maybe its address, as its value. */
function boundTo(node: IrNode): IrNode | undefined {
  let outer = node.parent;
  while (outer?.kind === 'wrapped') outer = outer.parent;
  return outer?.kind === 'bind' ? outer : undefined;
}

function sourceOf(call: CallNode, use: IrNode, isEnd: (node: IrNode) => boolean): IrNode | undefined {
  const callee = unwrap(call.callee);
  if (callee.kind !== 'member' && callee.kind !== 'name') return undefined;
  const name = canonical(callee.name);
  if (RESULTS.has(name)) return sending(call, isEnd);
  if (!DECODES.has(name)) return undefined;
  const given = call.arguments.find(({ value }) => value !== use && unwrap(value) !== use);
  return given?.value ?? (callee.kind === 'member' ? callee.object : undefined);
}

/** The call further out in the chain that sends: `client.R().SetResult(&out).Post(url)`. */
function sending(call: CallNode, isEnd: (node: IrNode) => boolean): IrNode | undefined {
  let node: IrNode | undefined = call;
  for (let left = 40; left > 0 && node !== undefined; left--) {
    if (isEnd(node)) return node;
    node = node.parent?.kind === 'member' || node.parent?.kind === 'wrapped' || (node.parent?.kind === 'call' && node.parent.callee === node) ? node.parent : undefined;
  }
  return undefined;
}
