import { accessOf, ELEMENT, type Step } from './access.js';
import { canonical } from './names.js';
import { jsonIn } from './jsonText.js';
import type { CallNode, FunctionNode, IrNode, NameNode } from './node.js';
import { argumentParts, calleeText, partsOf, type Part } from './objects.js';
import type { PathTree } from './pathTree.js';
import { recordParts } from './records.js';
import type { Tracer } from './trace.js';
import { unwrap } from './walk.js';
import type { Writes } from './writes.js';

/** A value at a path that was asked for. */
export interface Field<T> {
  readonly steps: readonly Step[];
  /** What the tree says of the path. */
  readonly entry: T;
  readonly value: IrNode;
  /** Where the entry stands with its key, in the object that holds it. */
  readonly start: number;
  readonly end: number;
  /** The value of another entry of the same object; by its canonical name. */
  sibling(name: string): IrNode | undefined;
}

/** Objects are followed this deep, over so many steps for one question. */
const DEEPEST = 40;
const MOST_STEPS = 4_000;
/** Calls that leave what they are given what it is, written in another form. The first argument counts. */
const PASS = /(?:^|\.)(?:stringify|dumps|dump|to_json|toJson|toJSON|json_encode|Marshal|MarshalIndent|Serialize|SerializeToUtf8Bytes|SerializeObject|encode|Encode|encodeToString|writeValueAsString|writeValueAsBytes|generate|NewBuffer|NewBufferString|NewReader|ofString|ofByteArray|StringContent|ByteArrayContent|JsonContent\.Create|Create|from|of|F|Ptr|String|Some|Ok|Box::new|Float|Int|Raw|fromJson|valueOf|asJsonObject|freeze|structuredClone|asdict|vars|to_string|to_vec|to_value|toRequestBody|getBytes|encodeToJsonElement|AsyncStringContent|BytesIO|StringIO|Optional\.of|ofNullable|array_filter|compact|stream_for|Utils\.streamFor|create)$/;
const SAME_MEMBERS = new Set(['to_json', 'to_h', 'to_a', 'compact', 'freeze', 'flatten', 'uniq', 'dup', 'deep_symbolize_keys', 'symbolize_keys', 'stringify_keys', 'deep_stringify_keys', 'with_indifferent_access', 'presence', 'lazy', 'force', 'entries', 'Value', 'value']);
const MAPPED = new Set(['map', 'flatMap', 'collect', 'mapNotNull', 'select', 'mapIndexed', 'filterMap']);

/** Whether the call leaves what it is given what it is. */
export function isPassing({ callee }: CallNode): boolean {
  return PASS.test(calleeText(unwrap(callee)));
}

/** Finds values by their paths, however the object that holds them is put together. */
export class Fields {
  readonly #tracer: Tracer;
  readonly #writes: Writes;
  readonly #calls: readonly FunctionNode[];
  #left = 0;

  /** `calls`: the functions that it looks into already. */
  constructor(tracer: Tracer, writes: Writes, calls: readonly FunctionNode[] = []) {
    this.#tracer = tracer;
    this.#writes = writes;
    this.#calls = calls;
  }

  /** The values inside the expression at the paths of the tree. */
  inside<T>(root: IrNode, tree: PathTree<T>): readonly Field<T>[] {
    this.#left = MOST_STEPS;
    return once(this.#inside(root, tree, [], 0));
  }

  /** The values among what a call is given: by name, and inside each positional argument. */
  ofArguments<T>(call: CallNode, tree: PathTree<T>): readonly Field<T>[] {
    this.#left = MOST_STEPS;
    return once(this.#parts(call, argumentParts(call), tree, [], 0));
  }

  *#inside<T>(start: IrNode, tree: PathTree<T>, steps: readonly Step[], depth: number): Generator<Field<T>, void> {
    if (depth > DEEPEST || this.#left-- <= 0 || tree.isEnd) return;
    const node = unwrap(start);
    if (node.kind === 'choice') {
      for (const alternative of node.alternatives) yield* this.#inside(alternative, tree, steps, depth + 1);
      return;
    }
    if (node.kind === 'group' || (node.kind === 'bind' && node.operator === '=' && !node.isEach)) {
      const last = node.kind === 'group' ? node.children.at(-1) : node.value;
      if (last !== undefined) yield* this.#inside(last, tree, steps, depth + 1);
      return;
    }
    if (node.kind === 'text') {
      const json = jsonIn(node);
      if (json !== undefined) yield* this.#inside(json, tree, steps, depth + 1);
      return;
    }
    const parts = this.#partsOf(node);
    if (parts !== undefined) {
      yield* this.#parts(node, parts, tree, steps, depth);
      return;
    }
    // Ruby calls without brackets: `body.to_json`, `list.compact`.
    if (node.kind === 'member' && SAME_MEMBERS.has(node.name)) yield* this.#inside(node.object, tree, steps, depth + 1);
    if (node.kind === 'name') yield* this.#written(node, tree, steps, depth);
    if (node.kind === 'call') {
      const fn = this.#tracer.functionOf(node);
      if (fn !== undefined) {
        yield* this.#returned(fn, node, tree, steps, depth);
        return;
      }
      yield* this.#call(node, tree, steps, depth);
    }
    if (node.kind === 'name' || node.kind === 'member' || node.kind === 'element') {
      for (const origin of this.#tracer.origins(node, (inner) => inner !== node && inner.kind === 'call' && this.#partsOf(inner) !== undefined)) {
        if (origin.path.length > 0 || origin.node === node || origin.node.kind === 'name') continue;
        yield* this.#inside(origin.node, tree, steps, depth + 1);
      }
    }
  }

  #partsOf(node: IrNode): readonly Part[] | undefined {
    return partsOf(node) ?? (node.kind === 'call' ? recordParts(node, this.#tracer.scopes) : undefined);
  }

  *#parts<T>(holder: IrNode, parts: readonly Part[], tree: PathTree<T>, steps: readonly Step[], depth: number): Generator<Field<T>, void> {
    const sibling = (name: string): IrNode | undefined => parts.findLast(({ key }) => key === name)?.value;
    for (const part of parts) {
      if (part.key === undefined) {
        if (part.value !== holder) yield* this.#inside(part.value, tree, steps, depth + 1);
        continue;
      }
      let next = tree.get(part.key);
      const taken = [...steps, part.key];
      if (part.isElement) {
        next = next?.get(ELEMENT);
        taken.push(ELEMENT);
      }
      if (next !== undefined) yield* this.#at(part.value, next, taken, part, sibling, depth);
    }
  }

  *#at<T>(value: IrNode, tree: PathTree<T>, steps: readonly Step[], place: { readonly start: number; readonly end: number }, sibling: Field<T>['sibling'], depth: number): Generator<Field<T>, void> {
    if (tree.entry !== undefined) yield { steps, entry: tree.entry, value, start: place.start, end: place.end, sibling };
    yield* this.#inside(value, tree, steps, depth + 1);
  }

  /** What is put into the object that the name stands for. */
  *#written<T>(use: NameNode, tree: PathTree<T>, steps: readonly Step[], depth: number): Generator<Field<T>, void> {
    const writes = this.#writes.to(use, this.#tracer.scopes);
    for (const write of writes) {
      if (write.value === undefined) continue;
      let next: PathTree<T> | undefined = tree;
      for (const step of write.steps) next = next?.get(step);
      if (next === undefined) continue;
      const sibling = (wanted: string): IrNode | undefined => writes.find((other) => other.steps.length === write.steps.length && other.steps.at(-1) === wanted && other.steps.slice(0, -1).join() === write.steps.slice(0, -1).join())?.value;
      if (next === tree) yield* this.#inside(write.value, tree, steps, depth + 1);
      else yield* this.#at(write.value, next, [...steps, ...write.steps], write.node, sibling, depth);
    }
  }

  /** What a function of the program makes of what it is given there. */
  *#returned<T>(fn: FunctionNode, call: CallNode, tree: PathTree<T>, steps: readonly Step[], depth: number): Generator<Field<T>, void> {
    if (this.#calls.includes(fn)) return;
    const inner = new Fields(this.#tracer.within(fn, call), this.#writes, [...this.#calls, fn]);
    inner.#left = this.#left;
    for (const value of this.#tracer.returnsOf(fn)) yield* inner.#inside(value, tree, steps, depth + 1);
    this.#left = inner.#left;
  }

  *#call<T>(node: CallNode, tree: PathTree<T>, steps: readonly Step[], depth: number): Generator<Field<T>, void> {
    const callee = unwrap(node.callee);
    const [first] = node.arguments;
    // list.map((x) => ({ … })) is a list of what the function returns.
    const fn = first === undefined ? undefined : unwrap(node.arguments.at(-1)?.value ?? first.value);
    if (callee.kind === 'member' && MAPPED.has(canonical(callee.name)) && fn?.kind === 'function') {
      const next = tree.get(ELEMENT);
      if (next !== undefined) for (const value of this.#tracer.returnsOf(fn)) yield* this.#inside(value, next, [...steps, ELEMENT], depth + 1);
      return;
    }
    if (fn?.kind === 'function' && node.arguments.length === 1 && isRun(callee)) {
      for (const value of this.#tracer.returnsOf(fn)) yield* this.#inside(value, tree, steps, depth + 1);
    } else if (first !== undefined && PASS.test(calleeText(callee))) yield* this.#inside(first.value, tree, steps, depth + 1);
    // `"…".getBytes()`, `list.toArray()`, `stream.collect(toList())`
    else if (callee.kind === 'member' && (first === undefined || isSame(node))) yield* this.#inside(callee.object, tree, steps, depth + 1);
  }
}

/** Calls that give what their function returns: `by lazy { … }`, `new Lazy<T>(() => …)`. */
function isRun(callee: IrNode): boolean {
  return /(?:^|\.|::)(?:lazy|run|with|let|Lazy|LazyLock::new|Lazy::new|runBlocking)$/.test(calleeText(callee));
}

/** Calls that leave the elements of a list what they are. */
function isSame(node: IrNode): boolean {
  const access = accessOf(node);
  return access !== undefined && access.step === undefined;
}

/** Each value once: several ways may lead to it. */
function once<T>(fields: Iterable<Field<T>>): Field<T>[] {
  const found = new Map<string, Field<T>>();
  for (const field of fields) {
    const key = `${field.value.start}-${field.value.end}`;
    if (!found.has(key)) found.set(key, field);
  }
  return [...found.values()];
}
