import type { MoneyPath } from '../../../../src/scan/money/paths.js';

/** What is sent, down to the one value that a test is about. */
export type Shape =
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: string, value: Shape])[] }
  | { readonly kind: 'list'; readonly element: Shape }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value' };

/** The parameters that hold the path alone, with what makes the field one of money beside it. `a[].b` becomes `{ a: [{ b }] }`. */
export function shapeOf({ path, when }: Pick<MoneyPath, 'path' | 'when'>, sibling?: string): Shape {
  const [head = '', ...rest] = path.split('.');
  const inner: Shape = rest.length === 0 ? { kind: 'value' } : shapeOf({ path: rest.join('.'), ...(when === undefined ? {} : { when }) }, sibling);
  const value: Shape = head.endsWith('[]') ? { kind: 'list', element: inner } : inner;
  const beside = rest.length > 0 ? undefined : when === undefined ? undefined : [when.sibling, { kind: 'text', text: sibling ?? (when.sibling === 'type' ? 'FIXED' : 'DollarAmount') }] as const;
  return { kind: 'object', entries: [[head.replace('[]', ''), value] as const, ...(beside === undefined ? [] : [beside])] };
}

/** `priceOverrides` in the spellings of languages. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
export const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
/** What an element of the list is called where it has a name of its own: `tiers` have a `tier`. */
export const single = (name: string): string => (name === 'amountsOff' ? name : name.replace(/s$/, ''));

/** The value under test is put between these, so that a test knows where a finding has to stand. */
export const OPEN = '\u27E6';
export const CLOSE = '\u27E7';
