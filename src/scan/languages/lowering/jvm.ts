import type { Node } from '@vscode/tree-sitter-wasm';
import type { BindNode, IrNode, Target, TextStretch } from '../../ir/node.js';
import type { Lower } from '../../ir/lowering.js';

export { spanOf } from './made.js';
export { parts } from './shared.js';

/** What Java and Kotlin have in common. */
export const JVM_COMMENTS: readonly string[] = ['line_comment', 'block_comment'];

const ESCAPE = /\\(?:u{1,9}[0-9A-Fa-f]{4}|[0-3]?[0-7]{1,2}|[^\n\r])/g;
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', s: ' ' };

/** All children without holes and comments. */
export function tokens(node: Node): Node[] {
  return node.children.filter((child): child is Node => child !== null && !JVM_COMMENTS.includes(child.type));
}

/** The value of `4_900`, `49.0f`, `100L`, `100u`, `0x1F`, `0b11`, Java's `017`; NaN for what is none of these. */
export function jvmNumber(literal: string, hasOctal: boolean): number {
  const digits = literal.replaceAll('_', '');
  if (/^0[xb]/i.test(digits)) return Number(digits.replace(/[uU]?[lL]?$/, ''));
  const plain = digits.replace(/(?:[uU]?[lL]|[uUfFdD])$/, '');
  return hasOctal && /^0[0-7]+$/.test(plain) ? Number.parseInt(plain, 8) : Number(plain);
}

/** A declaration or assignment of one place. */
export function bindOf(lower: Lower, span: { readonly start: number; readonly end: number }, targets: readonly Target[], value: IrNode | undefined, more: Partial<Pick<BindNode, 'operator' | 'isDeclaration' | 'isEach' | 'type'>> = {}): BindNode {
  return lower.make({ kind: 'bind', ...span, targets, value, operator: '=', isDeclaration: true, isEach: false, type: undefined, ...more });
}

/** The target of a declared name. */
export function targetOf(lower: Lower, name: Node, path: readonly string[] = []): Target {
  return { name: plainName(lower, name), place: undefined, path, start: name.startIndex, end: name.endIndex };
}

/** What is assigned to: a name, or a member or element. */
export function assigned(lower: Lower, left: Node): Target {
  return left.type === 'identifier' ? targetOf(lower, left) : { name: undefined, place: lower.one(left), path: [], start: left.startIndex, end: left.endIndex };
}

/** A name without Kotlin's backticks. */
export function plainName(lower: Lower, name: Node): string {
  return lower.textOf(name).replaceAll('`', '');
}

/** Gathers the stretches of a text: what stands for itself is joined, every escape is a stretch of its own, so that offsets can be told inside of the text. */
export class Stretches {
  readonly all: TextStretch[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** What stands there, as it is. */
  verbatim(start: number, end: number): void {
    if (start >= end) return;
    const last = this.all.at(-1);
    const joins = last?.end === start && last.value.length === last.end - last.start;
    const from = joins ? last.start : start;
    if (joins) this.all.pop();
    this.all.push({ kind: 'stretch', value: this.#text.slice(from, end), start: from, end });
  }

  add(value: string, start: number, end: number): void {
    this.all.push({ kind: 'stretch', value, start, end });
  }

  /** What stands there, with its escapes replaced. */
  unescaped(start: number, end: number): void {
    let at = start;
    for (const match of this.#text.slice(start, end).matchAll(ESCAPE)) {
      const from = start + match.index;
      this.verbatim(at, from);
      at = from + match[0].length;
      this.add(valueOf(match[0].slice(1)), from, at);
    }
    this.verbatim(at, end);
  }
}

/** Of an escape without its backslash. */
function valueOf(escape: string): string {
  if (/^u+[0-9A-Fa-f]/.test(escape)) return String.fromCharCode(Number.parseInt(escape.replace(/^u+/, ''), 16));
  if (/^[0-7]/.test(escape)) return String.fromCharCode(Number.parseInt(escape, 8));
  return ESCAPED[escape] ?? escape;
}
