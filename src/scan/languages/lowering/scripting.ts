import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, named, stretch } from '../../ir/lowering.js';
import type { Argument, BindNode, CallNode, ChoiceNode, IrNode, ListNode, Target, TextStretch, WrappedNode } from '../../ir/node.js';
/** What Python and Ruby have in common. */

/** The named children but for comments, which may stand anywhere. */
export function parts(node: Node): Node[] {
  return named(node).filter(({ type }) => type !== 'comment');
}

type BindParts = Pick<BindNode, 'targets' | 'value'> & Partial<Pick<BindNode, 'operator' | 'isDeclaration' | 'isEach' | 'type'>>;

/** A plain assignment that may make a new name, but for what is given. The span goes from the first target to the end of the value. */
export function bind(lower: Lower, { targets, value, operator = '=', isDeclaration = targets.some(({ name }) => name !== undefined), isEach = false, type }: BindParts): BindNode {
  const places: readonly { readonly start: number; readonly end: number }[] = value === undefined ? targets : [...targets, value];
  const start = Math.min(...places.map((place) => place.start));
  const end = Math.max(...places.map((place) => place.end));
  return lower.make({ kind: 'bind', start, end, targets, value, operator, isDeclaration, isEach, type });
}

export function choice(node: Node, lower: Lower, conditions: readonly IrNode[], alternatives: readonly IrNode[]): ChoiceNode {
  return lower.make({ kind: 'choice', start: node.startIndex, end: node.endIndex, conditions, alternatives });
}

export function list(node: Node, lower: Lower, elements: readonly Node[]): ListNode {
  return lower.make({ kind: 'list', start: node.startIndex, end: node.endIndex, elements: elements.map((element) => lower.one(element)) });
}

export function wrapped(node: Node, lower: Lower, by: WrappedNode['by'], inner: IrNode): WrappedNode {
  return lower.make({ kind: 'wrapped', start: node.startIndex, end: node.endIndex, by, inner });
}

/** A keyword that takes values and gives one that the code does not tell: `yield`. */
export function keywordCall(node: Node, keyword: string, list: Node | undefined, values: readonly Argument[], lower: Lower): CallNode {
  const end = Math.min(node.startIndex + keyword.length, node.endIndex);
  const callee: IrNode = { kind: 'name', start: node.startIndex, end, name: keyword };
  const place = { listStart: list?.startIndex ?? end, listEnd: list?.endIndex ?? end };
  return lower.make({ kind: 'call', start: node.startIndex, end: node.endIndex, callee, arguments: values, isNew: false, ...place });
}

/** A target that is a name. */
export function nameTarget(node: Node, lower: Lower, path: readonly string[]): Target {
  return { name: lower.textOf(node), place: undefined, path, start: node.startIndex, end: node.endIndex };
}

/** A target that is a member or an element of something. */
export function placeTarget(node: Node, lower: Lower, path: readonly string[]): Target {
  return { name: undefined, place: lower.one(node), path, start: node.startIndex, end: node.endIndex };
}

/** The character of a code point as written in digits; nothing where there is no such character. */
export function characterOf(digits: string, base: number): string {
  const code = parseInt(digits, base);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** The stretches of a content: what stands for itself is joined, every escape is a stretch of its own, so that places can be told inside of the text. */
export function stretchesOf(text: string, start: number, end: number, escapes: RegExp, read: (escape: string) => string): TextStretch[] {
  const content = text.slice(start, end);
  const stretches: TextStretch[] = [];
  let at = 0;
  for (const { 0: escape, index } of content.matchAll(escapes)) {
    if (index > at) stretches.push(stretch(content.slice(at, index), start + at, start + index));
    at = index + escape.length;
    stretches.push(stretch(read(escape), start + index, start + at));
  }
  if (at < content.length) stretches.push(stretch(content.slice(at), start + at, end));
  return stretches;
}

/** The value of a literal in one piece and where its content stands; undefined for everything else. */
export function constantOf(node: IrNode): TextStretch | undefined {
  if (node.kind !== 'text') return undefined;
  let whole: TextStretch | undefined;
  for (const part of node.parts) {
    if (part.kind !== 'stretch' || (whole !== undefined && part.start !== whole.end)) return undefined;
    whole = whole === undefined ? part : stretch(whole.value + part.value, whole.start, part.end);
  }
  return whole;
}
