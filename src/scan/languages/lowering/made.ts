import type { Node } from '@vscode/tree-sitter-wasm';
import { stretch, type Lower } from '../../ir/lowering.js';
import type { BindNode, ElementNode, IrNode, MemberNode, ReturnNode, Target, TextStretch } from '../../ir/node.js';

/** A stretch of the part's text. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** The children with punctuation and keywords, without comments and holes. C#'s grammar has no name for `this`. */
export function solid(node: Node): Node[] {
  return node.children.filter((child) => child !== null).filter(({ type }) => type !== 'comment');
}

/** What a text without interpolations says, as one stretch; undefined for an empty one. */
export function constantText(node: IrNode | undefined): TextStretch | undefined {
  if (node?.kind !== 'text') return undefined;
  const stretches = node.parts.filter((part) => part.kind === 'stretch');
  const [first] = stretches;
  const last = stretches.at(-1);
  if (first === undefined || last === undefined || stretches.length < node.parts.length) return undefined;
  return stretches.length === 1 ? first : stretch(stretches.map(({ value }) => value).join(''), first.start, last.end);
}

/** The stretches of [start, end): every match of the pattern, which is global, is one of its own that means something else, and so is what stands between. */
export function split(text: string, start: number, end: number, pattern: RegExp, meaning: (escape: string) => string, between: (text: string, start: number, end: number) => readonly TextStretch[] = itself): TextStretch[] {
  const found: TextStretch[] = [];
  let at = start;
  for (const match of text.slice(start, end).matchAll(pattern)) {
    const from = start + match.index;
    if (from > at) found.push(...between(text, at, from));
    at = from + match[0].length;
    found.push(stretch(meaning(match[0]), from, at));
  }
  if (at < end) found.push(...between(text, at, end));
  return found;
}

function itself(text: string, start: number, end: number): readonly TextStretch[] {
  return [stretch(text.slice(start, end), start, end)];
}

/** `a["b"]` is a member, `a[i]` an element. */
export function indexed({ start, end }: Span, object: IrNode, index: IrNode | undefined, lower: Lower): MemberNode | ElementNode {
  const place = { start, end, object };
  const key = constantText(index);
  return key === undefined
    ? lower.make({ kind: 'element', ...place, index })
    : lower.make({ kind: 'member', ...place, name: key.value, nameStart: key.start, nameEnd: key.end });
}

export function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}

export function nameTarget(node: Node, name: string, path: readonly string[] = []): Target {
  return { name, place: undefined, path, ...spanOf(node) };
}

/** A bind; without `more` one that declares. */
export function bind(span: Span, targets: readonly Target[], value: IrNode | undefined, lower: Lower, more: Partial<Pick<BindNode, 'operator' | 'isDeclaration' | 'isEach' | 'type'>> = {}): BindNode {
  return lower.make({ kind: 'bind', start: span.start, end: span.end, targets, value, operator: '=', isDeclaration: true, isEach: false, type: undefined, ...more });
}

/** The value of an expression body. */
export function returned(node: Node, lower: Lower): ReturnNode {
  return lower.make({ kind: 'return', ...spanOf(node), value: lower.one(node) });
}
