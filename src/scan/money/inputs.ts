import { plainText } from '../ir/access.js';
import type { IrNode } from '../ir/node.js';
import type { Field } from '../ir/fields.js';
import { wordsOf } from '../ir/names.js';
import { pathText } from '../ir/pathTree.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';
import type { StiggFacts } from '../stigg/facts.js';
import { moneyInBody, moneyInputs, type MoneyPath } from './paths.js';

/** A money field of something that goes to Stigg, with the value that it is given. */
export interface MoneyInput {
  /** From the root of the parameters, in the TypeScript spelling: `priceOverrides[].price.amount`. */
  readonly path: string;
  /** As it is written there. */
  readonly value: IrNode;
  /** The ISO code beside it, in upper case; undefined where none is written out. */
  readonly currency: string | undefined;
  /** Name and value are one: `{ amount }`. */
  readonly isShorthand: boolean;
  /** It stands in a call of an SDK, whose types say that amounts are floats. */
  readonly takesFloats: boolean;
  /** Calls of SDKs come before requests, and these before other objects of Stigg's types, where a value is handed over more than once. */
  readonly order: number;
  /** Where the field stands, with its name. */
  readonly start: number;
  readonly end: number;
}

/** The money fields of the calls, typed inputs and requests of a program; each value once. */
export function moneyInputsOf({ code, sdkCalls, typedInputs, requests, commands }: StiggFacts): readonly MoneyInput[] {
  const found = new Map<number, MoneyInput>();
  const add = (order: number, fields: readonly Field<MoneyPath>[], typed?: IrNode): void => {
    for (const field of fields) {
      const input = moneyInput(field, typed, code);
      if (input !== undefined && !found.has(input.value.start)) found.set(input.value.start, { ...input, order });
    }
  };
  for (const { node, surface, name } of sdkCalls) add(0, code.fields.ofArguments(node, moneyInputs(surface, name)), node);
  for (const { surface, endpoint, body, within } of requests) {
    if (body?.value !== undefined) add(1, (within ?? code).fields.inside(body.value, moneyInBody(surface, endpoint?.operation)));
  }
  for (const { input, surface, name } of commands) add(2, code.fields.inside(input, moneyInputs(surface, name)));
  for (const { node, surface, name } of typedInputs) add(3, code.fields.inside(node, moneyInputs(surface, name)), node);
  return [...found.values()].sort((a, b) => a.value.start - b.value.start);
}

function moneyInput(field: Field<MoneyPath>, typed: IrNode | undefined, code: Code): Omit<MoneyInput, 'order'> | undefined {
  const { entry, steps, value, start, end } = field;
  if (entry.when !== undefined) {
    const decisive = field.sibling(entry.when.sibling);
    if (decisive === undefined || !entry.when.value.test(wordOf(decisive, code))) return undefined;
  }
  const currency = field.sibling('currency');
  const code3 = currency === undefined ? undefined : currencyOf(currency, code);
  return { path: pathText(steps), value, currency: code3, isShorthand: isShorthand(value), takesFloats: typed !== undefined && start >= typed.start && end <= typed.end, start, end };
}

/** `{ amount }`, not the argument of a constructor, which has no name either. */
export function isShorthand(value: IrNode): boolean {
  const { parent } = value;
  return parent?.kind === 'object' && parent.entries.some((entry) => entry.value === value && entry.isShorthand);
}

/** Languages in which a bare word is a text. */
const WORDS = new Set(['shellscript', 'powershell', 'http', 'rest', 'yaml', 'json5']);

/** The ISO code that an expression stands for: `'usd'`, `Currency.Usd`, `&currency` with such a value; a name that nothing is known of says it only in capitals. */
function currencyOf(expression: IrNode, code: Code, depth = 0): string | undefined {
  const node = unwrap(expression);
  if (depth > 4) return undefined;
  if (node.kind === 'name' && !/^[A-Z_]{3,40}$/.test(node.name)) {
    const [origin, second] = code.tracer.origins(node);
    if (origin !== undefined && second === undefined && origin.node !== node) {
      // `currency := stigg.CurrencyJpy`
      const step = origin.path.at(-1);
      if (step !== undefined) return isoCode(wordsOf(step).at(-1) ?? '');
      if (origin.node.kind !== 'name' && origin.node.kind !== 'text') return currencyOf(origin.node, code, depth + 1);
    }
    const text = code.textOf(node);
    // `{amount: 4900, currency: usd}` for a command: a word, and no name.
    return isoCode((WORDS.has(code.languageId) && !/^[\w -]+$/.test(text) ? node.name : text).split(/[\s_-]/).at(-1) ?? '');
  }
  return isoCode(wordsOf(wordOf(node, code)).at(-1) ?? '');
}

function isoCode(word: string): string | undefined {
  return /^[A-Za-z]{3}$/.test(word) ? word.toUpperCase() : undefined;
}

/** A constant text, or the last name of a member: `'usd'`, `Currency.Usd`, `:usd`. */
function wordOf(expression: IrNode, code: Code): string {
  const node = unwrap(expression);
  const text = plainText(node) ?? code.textOf(node);
  if (/^[\w -]+$/.test(text)) return text;
  if (node.kind === 'member' || node.kind === 'name') return node.name;
  // `stigg.F(stigg.CurrencyUsd)`
  const [first] = node.kind === 'call' ? node.arguments : [];
  return first === undefined ? '' : wordOf(first.value, code);
}
