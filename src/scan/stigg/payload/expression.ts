import type { IrNode } from '../../ir/node.js';
import { made } from '../../ir/walk.js';
import { HOLE, type Written } from './written.js';

/** Brackets in brackets, and operators in a row. */
const DEEPEST = 30;
const LONGEST = 500;
const NUMBER = /^(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})/;
/** A variable as shells and filters write it, also one of a CI system that puts the value in before anything runs. */
const VARIABLE = /^(?:\$\{\{([^{}]{1,120})\}\}|<<([^<>]{1,120})>>|\{\{([^{}]{1,120})\}\}|\$\{([A-Za-z_]\w{0,100})\}|\$?([A-Za-z_]\w{0,100})|\$(\d{1,3}))/;
/** `.a.b[0].c`, as jq takes members. */
const MEMBER = /^\.(?:\[[^[\]]{0,20}\])?([A-Za-z_]\w{0,100})(?:\[[^[\]]{0,20}\])?/;
/** What jq leaves an amount as it is with. */
const ROUNDING = /^\|[ \t]{0,20}(?:round|floor|ceil|tostring|tonumber)\b/;
const PRECEDENCE: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '**': 3 };

/** Arithmetic of a shell, bc, awk or jq as an operation; undefined for what is more than that. */
export function expressionIn(written: Written): IrNode | undefined {
  if (written.text.length > LONGEST) return undefined;
  const reader = new Reader(written);
  const node = reader.sum(0, 0);
  return node !== undefined && reader.isAtEnd() ? node : undefined;
}

class Reader {
  readonly #written: Written;
  #at = 0;

  constructor(written: Written) {
    this.#written = written;
  }

  isAtEnd(): boolean {
    this.#skip();
    for (let rest = this.#rest(); ROUNDING.test(rest); rest = this.#rest()) {
      this.#at += ROUNDING.exec(rest)?.[0].length ?? 0;
      this.#skip();
    }
    return this.#at >= this.#written.text.length;
  }

  sum(lowest: number, depth: number): IrNode | undefined {
    if (depth > DEEPEST) return undefined;
    let left = this.#operand(depth);
    for (let count = 0; left !== undefined && count < DEEPEST; count++) {
      this.#skip();
      const operator = /^(?:\*\*|[-+*/%](?!\/))/.exec(this.#rest())?.[0];
      const rank = operator === undefined ? undefined : PRECEDENCE[operator];
      if (operator === undefined || rank === undefined || rank <= lowest) return left;
      this.#at += operator.length;
      const right = this.sum(operator === '**' ? rank - 1 : rank, depth + 1);
      if (right === undefined) return undefined;
      left = made({ kind: 'operation', start: left.start, end: right.end, operator, operands: [left, right] });
    }
    return left;
  }

  #operand(depth: number): IrNode | undefined {
    this.#skip();
    const from = this.#at;
    const rest = this.#rest();
    const first = rest.charAt(0);
    if (first === HOLE) {
      this.#at++;
      return this.#written.hole(from);
    }
    if (first === '(') {
      this.#at++;
      const inner = this.sum(0, depth + 1);
      while (inner !== undefined && ROUNDING.test(this.#skipped())) this.#at += ROUNDING.exec(this.#rest())?.[0].length ?? 0;
      if (inner === undefined || !this.#skipped().startsWith(')')) return undefined;
      this.#at++;
      return made({ kind: 'wrapped', by: 'parentheses', inner, ...this.#span(from) });
    }
    if (first === '-') {
      this.#at++;
      const operand = this.sum(PRECEDENCE['*'] ?? 0, depth + 1);
      return operand === undefined ? undefined : made({ kind: 'operation', operator: '-', operands: [operand], ...this.#span(from) });
    }
    const number = NUMBER.exec(rest)?.[0];
    if (number !== undefined) {
      this.#at += number.length;
      return { kind: 'number', value: Number(number), ...this.#span(from) };
    }
    return this.#path(from, rest);
  }

  /** A name, and what is taken out of it. */
  #path(from: number, rest: string): IrNode | undefined {
    const variable = VARIABLE.exec(rest);
    this.#at += variable?.[0].length ?? 0;
    const name = variable?.slice(1).find((group: string | undefined) => group !== undefined)?.trim().split('.').at(-1)?.trim();
    let node: IrNode | undefined = variable === null ? undefined : { kind: 'name', name: name ?? '', ...this.#span(from) };
    for (let count = 0; count < DEEPEST; count++) {
      const member = MEMBER.exec(this.#rest());
      if (member === null) return node;
      const nameStart = this.#at + member[0].indexOf(member[1] ?? '');
      this.#at += member[0].length;
      node = made({
        kind: 'member', object: node ?? { kind: 'name', name: '.', start: this.#written.start(from), end: this.#written.start(from) }, name: member[1] ?? '',
        nameStart: this.#written.start(nameStart), nameEnd: this.#written.end(nameStart + (member[1]?.length ?? 1) - 1), ...this.#span(from),
      });
    }
    return node;
  }

  #span(from: number): { readonly start: number; readonly end: number } {
    return { start: this.#written.start(from), end: this.#written.end(Math.max(from, this.#at - 1)) };
  }

  #rest(): string {
    return this.#written.text.slice(this.#at);
  }

  #skipped(): string {
    this.#skip();
    return this.#rest();
  }

  /** Blanks, quotes, and the backslash before a sign. */
  #skip(): void {
    while (/[\s"'\\;]/.test(this.#written.text.charAt(this.#at))) this.#at++;
  }
}
