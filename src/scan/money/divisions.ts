import { handedTo } from '../ir/handed.js';
import { canonical } from '../ir/names.js';
import type { BindNode, CallNode, FunctionNode, IrNode } from '../ir/node.js';
import { calleeText, partsOf } from '../ir/objects.js';
import { unwrap, walk } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';
import { isNoPrice } from './names.js';
import { constantOf, sameAmount } from './numbers.js';

/** A place that takes a value for cents and makes full units of it. */
export interface Division {
  /** All of it: `total / 100`, `fromCents(total)`. */
  readonly node: IrNode;
  /** What is taken for cents. */
  readonly amount: IrNode;
  /** As it is written, short: `/ 100`, `fromCents()`. */
  readonly evidence: string;
  /** Where the division of a function of this program stands that is called here. */
  readonly inside?: IrNode;
  /** Leaving only the amount is the same without the division. */
  readonly isDroppable: boolean;
}

const DIVIDED = new Set(['div', 'fdiv', 'dividedBy', 'divide', 'divRound', 'divided', 'quo', 'dividedToIntegerBy']);
/** Functions that take both: `bcdiv($x, 100)`, `Decimal.Divide(x, 100)`. */
const DIVIDING = /(?:^|\.)(?:bcdiv|intdiv|fdiv|Decimal\.Divide|decimal\.Divide|divmod|math\.fdiv)$/;
const SHIFTED = new Set(['shiftedBy', 'shift', 'scaleByPowerOfTen', 'scaleb']);
/** What all of these have in their names; most calls are none of them. */
const MAYBE = /div|quo|shift|scale|pointleft|currency|dinero|minor|cent|penn|penc|subunit|stripe/i;
/** `fromCents`, `centsToDollars`. */
const FROM = /^(?:from_?(?:cents?|minor(?:_?units?)?|pennies|pence|subunits?|stripe(?:_?amount)?)|(?:cents?|minor(?:_?units?)?|pennies|pence|subunits?)_?to_?\w{2,20}|format_?cents|stripe_?amount_?to_?\w{2,20}|(?:convert|format)_?(?:from_?)?(?:cents|minor_?units?)(?:_?to_?\w{2,20})?)$/i;
/** What is a hundredth of an amount, and meant to be. */
const SHARE = /percent|pct|ratio|share|points?$|miles|hundreds?|bucket|steps?$|\bfee$|fee$|commission|\btip$|cashback|reward|bps|weight|score/i;
const MOST_OUTER = 12;

/** Everything in the program that divides by a hundred to get full units, percentages left out. */
export function* divisionsIn(code: Code): Generator<Division, void> {
  const found: Division[] = [];
  const helpers = new Set<FunctionNode>();
  for (const node of code.operations) {
    const division = node.kind === 'bind' ? compound(node, code) : operation(node, code);
    if (division === undefined) continue;
    found.push(division);
    const fn = node.kind === 'operation' ? functionAround(node) : undefined;
    if (fn !== undefined && !helpers.has(fn)) {
      helpers.add(fn);
      found.push(...callsOf(fn, code));
    }
  }
  for (const node of code.calls) {
    const division = call(node, code);
    if (division !== undefined) found.push(division);
  }
  const seen = new Set<IrNode>();
  for (const division of found.sort((one, other) => one.node.start - other.node.start)) {
    if (seen.has(division.node) || isShare(division.node, code) || isOpen(division, code)) continue;
    seen.add(division.node);
    yield division;
  }
}

function functionAround({ parent }: IrNode): FunctionNode | undefined {
  let outer = parent;
  while (outer !== undefined && outer.kind !== 'function') outer = outer.parent;
  return outer;
}

function operation(node: IrNode & { readonly kind: 'operation' }, code: Code): Division | undefined {
  const [left, right] = node.operands;
  if (left === undefined || right === undefined) return undefined;
  const by = (factor: IrNode, amount: IrNode, sign: string): Division => ({ node, amount, evidence: `${sign} ${short(code.slice(factor))}`, isDroppable: true });
  if (node.operator === '/' || node.operator === '//') return constantOf(right, code) === 100 ? by(right, left, node.operator) : undefined;
  if (node.operator !== '*') return undefined;
  if (constantOf(right, code) === 0.01) return by(right, left, '*');
  return constantOf(left, code) === 0.01 ? by(left, right, '*') : undefined;
}

/** `total /= 100`: the value before is that of the name. */
function compound(node: BindNode, code: Code): Division | undefined {
  const [target, second] = node.targets;
  const factor = node.value === undefined ? undefined : constantOf(node.value, code);
  if (target === undefined || second !== undefined || !((node.operator === '/' || node.operator === '//') && factor === 100 || node.operator === '*' && factor === 0.01)) return undefined;
  const { start } = node;
  const amount: IrNode | undefined = target.place ?? (target.name === undefined ? undefined : { kind: 'name', name: target.name, start, end: start, parent: node.parent });
  return amount === undefined ? undefined : { node, amount, evidence: `${node.operator}= ${node.value === undefined ? '' : short(code.slice(node.value))}`, isDroppable: false };
}

function call(node: CallNode, code: Code): Division | undefined {
  const callee = unwrap(node.callee);
  const [first, second] = node.arguments;
  if (first === undefined || (callee.kind !== 'member' && callee.kind !== 'name') || !MAYBE.test(callee.name)) return undefined;
  const name = canonical(callee.name);
  const text = calleeText(callee);
  if (second !== undefined && DIVIDING.test(text)) return constantOf(second.value, code) === 100 ? { node, amount: first.value, evidence: `${callee.name}(…, 100)`, isDroppable: node.arguments.length === 2 } : undefined;
  if (callee.kind === 'member') {
    const factor = constantOf(first.value, code);
    const isShift = (SHIFTED.has(name) && factor === -2) || (name === 'movePointLeft' && factor === 2);
    if (isShift || (DIVIDED.has(name) && factor === 100)) return { node, amount: callee.object, evidence: `.${callee.name}(${String(factor)})`, isDroppable: true };
  }
  if (name === 'currency' || name === 'dinero' || name === 'Dinero') return library(node, name, code);
  if (/(?:^|\.)Money\.(?:from_?[cC]ents|ofMinor|from_?[mM]inor(?:_?[uU]nits)?)$/.test(text)) return { node, amount: first.value, evidence: `${callee.name}()`, isDroppable: false };
  // A function of this program tells by what it does.
  if (!FROM.test(callee.name)) return undefined;
  const own = code.tracer.functionOf(node);
  const divided = own === undefined ? undefined : dividing(own, code);
  if (own !== undefined && code.tracer.returnsOf(own).length > 0 && divided === undefined) return undefined;
  return { node, amount: first.value, evidence: `${callee.name}()`, ...(divided === undefined ? {} : { inside: divided.node }), isDroppable: second === undefined && node.listEnd === node.end };
}

/** currency.js and Dinero are told that an amount is in cents. */
function library(node: CallNode, name: string, code: Code): Division | undefined {
  const [first, second] = node.arguments;
  if (first === undefined) return undefined;
  if (name !== 'currency') {
    const amount = partsOf(first.value)?.find(({ key }) => key === 'amount');
    return amount === undefined || partsOf(first.value)?.some(({ key }) => key === 'scale' || key === 'precision') === true ? undefined : { node, amount: amount.value, evidence: 'dinero()', isDroppable: false };
  }
  const option = second === undefined ? undefined : partsOf(second.value)?.find(({ key }) => key === 'fromCents');
  return option !== undefined && code.slice(option.value) === 'true' ? { node, amount: first.value, evidence: 'fromCents', isDroppable: false } : undefined;
}

/** The calls of a function of this program that divides one of its parameters by a hundred. */
function callsOf(fn: FunctionNode, code: Code): Division[] {
  const divided = dividing(fn, code);
  if (divided === undefined) return [];
  const name = fn.parameters[divided.index]?.targets[0]?.name;
  return code.callsOf(fn).flatMap((node): Division[] => {
    const argument = node.arguments.find((each) => each.name !== undefined && each.name === name) ?? node.arguments[divided.index];
    if (argument === undefined || argument.isSpread) return [];
    const callee = unwrap(node.callee);
    return [{ node, amount: argument.value, evidence: `${callee.kind === 'name' || callee.kind === 'member' ? callee.name : ''}()`, inside: divided.node, isDroppable: FROM.test(callee.kind === 'name' ? callee.name : '') && node.arguments.length === 1 && node.listEnd === node.end }];
  });
}

/** The parameter that the function divides, wherever in it; undefined where it is none alone, or another use leaves it as it is. */
function dividing(fn: FunctionNode, code: Code): { readonly index: number; readonly node: IrNode } | undefined {
  for (const each of fn.body.flatMap((node) => walk(node))) {
    const division = each.kind === 'operation' ? operation(each, code) : undefined;
    const amount = division === undefined ? undefined : plain(division.amount);
    if (amount?.kind !== 'name' || (division !== undefined && isShare(division.node, code))) continue;
    const index = fn.parameters.findIndex(({ targets }) => targets.length === 1 && targets[0]?.name === amount.name && targets[0].path.length === 0);
    const binding = code.scopes.resolve(amount.name, amount);
    if (index === -1 || binding?.scope !== fn || binding.sources.length !== 1) continue;
    // `isCents ? x / 100 : x` leaves it open.
    const uses = code.namesOf(amount.name, amount).filter((use) => code.scopes.resolve(use.name, use) === binding);
    if (uses.length === 1) return { index, node: each };
  }
  return undefined;
}

/** `isCents ? x / 100 : x`, and a parameter that the function uses undivided too: what comes in may be either. */
function isOpen({ node, amount }: Division, code: Code): boolean {
  const value = plain(amount);
  const own = code.slice(value);
  for (let inner = node, left = 6; left > 0 && inner.parent !== undefined; inner = inner.parent, left--) {
    const outer = inner.parent;
    if (outer.kind === 'choice' && outer.alternatives.some((other) => other !== inner && code.slice(plain(other)) === own)) return true;
  }
  if (value.kind !== 'name' || node.kind === 'bind') return false;
  const binding = code.scopes.resolve(value.name, value);
  const [source] = binding?.sources ?? [];
  if (binding === undefined || source?.kind !== 'parameter' || handedTo(source.node, source.index) !== undefined) return false;
  return code.namesOf(value.name, value).filter((use) => code.scopes.resolve(use.name, use) === binding).length > 1;
}

/** Without conversions around. */
function plain(start: IrNode): IrNode {
  let node = unwrap(start);
  for (let left = 8; left > 0; left--) {
    const same = sameAmount(node);
    if (same === undefined) return node;
    node = unwrap(same);
  }
  return node;
}

/** A percentage, a ratio or a rounding rather than a change of units: by what is done with it next, or what it is called. */
function isShare(start: IrNode, code: Code): boolean {
  let node = start;
  for (let left = MOST_OUTER; left > 0; left--) {
    const outer = node.parent;
    if (outer === undefined) return false;
    switch (outer.kind) {
      case 'wrapped':
      case 'choice':
      case 'member':
        break;
      case 'operation': {
        const at = outer.operands.indexOf(node);
        const other = outer.operands[1 - at];
        if (outer.operator === '/' || outer.operator === '//') return at === 1;
        if (outer.operator === '%') return true;
        if (outer.operator === '*' && other !== undefined) return !isCount(other, code);
        if (outer.operator !== '+' && outer.operator !== '-') return false;
        break;
      }
      case 'call': {
        const name = outer.callee.kind === 'member' && outer.callee.object === node ? canonical(outer.callee.name) : '';
        if (/^(?:times|mul|multiply|multipliedBy|multiplied)$/.test(name)) return true;
        if (outer.callee !== node && sameAmount(outer) === undefined) return false;
        break;
      }
      case 'bind':
        return SHARE.test(outer.targets[0]?.name ?? '');
      case 'object':
        return SHARE.test(outer.entries.find(({ value }) => value === node)?.key ?? '');
      case 'return': {
        let fn: IrNode | undefined = outer.parent;
        while (fn !== undefined && fn.kind !== 'function') fn = fn.parent;
        return SHARE.test(fn?.kind === 'function' ? fn.name ?? '' : '');
      }
      default:
        return false;
    }
    node = outer;
  }
  return false;
}

/** A number of things: months, seats. */
function isCount(start: IrNode, code: Code): boolean {
  const node = plain(start);
  const number = constantOf(node, code);
  if (number !== undefined) return number > 0 && number < 100;
  return (node.kind === 'name' || node.kind === 'member') && isNoPrice(node.name) && !/percent|pct|ratio|rate|discount|share|factor|fraction/i.test(node.name);
}

function short(text: string): string {
  return /^[\w$ *().]{1,40}$/.test(text) ? text : '100';
}
