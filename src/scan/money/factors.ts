import type { FunctionNode, IrNode } from '../ir/node.js';
import { unwrap } from '../ir/walk.js';
import type { MinorUnits } from './verdict.js';

/** Methods of libraries for decimal numbers. */
export const TIMES = new Set(['times', 'mul', 'multipliedBy', 'multiply', 'multiplied', 'mulRound']);
export const DIVIDED = new Set(['div', 'dividedBy', 'divide', 'divRound', 'divided', 'quo']);
export const SHIFTED = new Set(['movePointRight', 'scaleByPowerOfTen', 'shiftedBy', 'shift']);

/** Functions that multiply what they are given. */
export const PRODUCTS = /(?:^|\.)(?:bcmul|gmp_mul|[dD]ecimal\.Multiply|Math\.multiplyExact|operator\.mul)$/;

/** Calls that give what their function returns; of a list nobody makes an amount. */
export const RUNNING = new Set(['lazy', 'let', 'run', 'with', 'map', 'then', 'thenApply', 'mapOr', 'new', 'orElseGet', 'getOrInit', 'getOrInsertWith', 'Lazy']);

/** Whether the function does nothing else than to multiply its parameter. */
export function isTimesParameter({ parameters }: FunctionNode, { cause, keep, node }: MinorUnits): boolean {
  const [target, other] = parameters[0]?.targets ?? [];
  const amount = keep === undefined ? undefined : unwrap(keep);
  if (cause !== 'multiplied' || amount?.kind !== 'name' || other !== undefined || target?.name !== amount.name || target.path.length > 0) return false;
  for (let outer: IrNode | undefined = node; outer !== undefined; outer = outer.parent) if (outer.kind === 'return') return outer.value !== undefined && unwrap(outer.value) === node;
  return false;
}
