import type { Argument, Entry, IrNode, Parameter, Target, TextStretch } from './node.js';

/** The nodes directly inside, in order. */
export function childrenOf(node: IrNode): readonly IrNode[] {
  return node.childNodes ?? gathered(node);
}

function gathered(node: IrNode): readonly IrNode[] {
  switch (node.kind) {
    case 'number':
    case 'name':
      return NONE;
    case 'text':
      return node.parts.length === 0 || (node.parts.length === 1 && node.parts[0]?.kind === 'stretch') ? NONE : node.parts.filter((part) => part.kind !== 'stretch');
    case 'member':
      return [node.object];
    case 'element':
      return node.index === undefined ? [node.object] : [node.object, node.index];
    case 'call':
      return [node.callee, ...node.arguments.map(({ value }) => value)];
    case 'object':
      return node.entries.flatMap(({ computed, value }) => (computed === undefined ? value : [computed, value]));
    case 'list':
      return node.elements;
    case 'operation':
      return node.operands;
    case 'choice':
      return [...node.conditions, ...node.alternatives];
    case 'wrapped':
      return [node.inner];
    case 'function':
      return [...node.parameters.flatMap(({ targets, fallback }) => [...placesOf(targets), ...(fallback === undefined ? [] : [fallback])]), ...node.body];
    case 'class':
      return node.members;
    case 'bind':
      return node.value === undefined ? placesOf(node.targets) : [...placesOf(node.targets), node.value];
    case 'return':
      return node.value === undefined ? NONE : [node.value];
    case 'group':
      return node.children;
  }
}

const NONE: readonly IrNode[] = [];

function placesOf(targets: readonly Target[]): IrNode[] {
  return targets.flatMap(({ place }) => place ?? []);
}

/** The node and everything inside, from the outside inwards. Lowering limits the depth. A list: this is asked of all nodes at every keystroke. */
export function walk(node: IrNode): readonly IrNode[] {
  const found: IrNode[] = [];
  const waiting: IrNode[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(next);
    const children = childrenOf(next);
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at];
      if (child !== undefined) waiting.push(child);
    }
  }
  return found;
}

/** Finishes a new node: its children know it from now on. */
export function made<T extends IrNode>(node: T): T {
  const inner = gathered(node);
  for (const child of inner) setParent(child, node);
  (node as { childNodes?: readonly IrNode[] }).childNodes = inner;
  return node;
}

export function setParent(child: IrNode, parent: IrNode | undefined): void {
  (child as { parent?: IrNode | undefined }).parent = parent;
}

/** Without brackets, `await`, casts and references. */
export function unwrap(node: IrNode): IrNode {
  let inner = node;
  while (inner.kind === 'wrapped' && inner.by !== 'spread') ({ inner } = inner);
  return inner;
}

/** Moves the node with everything inside: the text before it grew or shrank. */
export function move(node: IrNode, by: number): void {
  if (by === 0) return;
  const waiting: IrNode[] = [node];
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    for (const child of childrenOf(each)) waiting.push(child);
    moveOne(each, by);
  }
}

/** Moves the node without the nodes inside of it. */
export function moveOne(node: IrNode, by: number): void {
  shift(node, by);
  switch (node.kind) {
    case 'text':
      for (const part of node.parts) if (part.kind === 'stretch') shift(part, by);
      break;
    case 'member':
      (node as { nameStart: number }).nameStart += by;
      (node as { nameEnd: number }).nameEnd += by;
      break;
    case 'call':
      (node as { listStart: number }).listStart += by;
      (node as { listEnd: number }).listEnd += by;
      for (const argument of node.arguments) shift(argument, by);
      break;
    case 'object':
      (node as { innerStart: number }).innerStart += by;
      (node as { innerEnd: number }).innerEnd += by;
      for (const entry of node.entries) shiftEntry(entry, by);
      break;
    case 'function':
      for (const parameter of node.parameters) {
        shift(parameter, by);
        for (const target of parameter.targets) shift(target, by);
      }
      break;
    case 'bind':
      for (const target of node.targets) shift(target, by);
      break;
    default:
  }
}

function shiftEntry(entry: Entry, by: number): void {
  shift(entry, by);
  (entry as { keyStart: number }).keyStart += by;
  (entry as { keyEnd: number }).keyEnd += by;
}

/** Moves the place, without what is inside of it. */
export function shift(place: IrNode | TextStretch | Argument | Entry | Parameter | Target, by: number): void {
  (place as { start: number }).start += by;
  (place as { end: number }).end += by;
}
