import type { Fix, TextEdit } from './finding.js';
import type { VariableRead } from './languages/language.js';
import type { RuleFinding } from './rules/rule.js';
import type { Stretch } from './stretches.js';

/** A finding with places that move along with the code. */
export interface Kept {
  readonly finding: RuleFinding;
  /** By the offsets of the finding. Empty where all of them are in the stretch itself. */
  readonly places: ReadonlyMap<number, Place>;
  readonly own: Stretch;
  /** Where that stood. */
  readonly ownStart: number;
}

/** A place by the stretch that it is in. */
export interface Place {
  readonly stretch: Stretch;
  readonly by: number;
}

const NUMBER = /(?<!\d)\d+$/;

/** All offsets that a finding names. */
export function offsetsOf({ anchor, start, end, related, fixes }: RuleFinding): Set<number> {
  const own = NUMBER.exec(anchor)?.[0];
  const spans = [...related ?? [], ...fixes.flatMap(({ edits }) => edits)];
  return new Set([start, end, ...(own === undefined ? [] : [Number(own)]), ...spans.flatMap((span) => [span.start, span.end])]);
}

/** The read where it stands when everything before it grew by so much. */
export function movedRead(read: VariableRead, by: number): VariableRead {
  const { start, end, nameSpan } = read;
  return { ...read, start: start + by, end: end + by, nameSpan: { start: nameSpan.start + by, end: nameSpan.end + by } };
}

/** The finding with the places of this version. */
export function restored({ finding, places, own, ownStart }: Kept): RuleFinding {
  const by = own.start - ownStart;
  if (places.size === 0 ? by === 0 : Array.from(places).every(([offset, place]) => place.stretch.start + place.by === offset)) return finding;
  const at = (offset: number): number => {
    const place = places.get(offset);
    return place === undefined ? offset + by : place.stretch.start + place.by;
  };
  const moved = <T extends { readonly start: number; readonly end: number }>(span: T): T => ({ ...span, start: at(span.start), end: at(span.end) });
  const fix = (one: Fix): Fix => ({ ...one, edits: one.edits.map((edit): TextEdit => moved(edit)) });
  const { anchor, related, fixes } = finding;
  return { ...moved(finding), anchor: anchor.replace(NUMBER, (offset) => String(at(Number(offset)))), ...(related === undefined ? {} : { related: related.map(moved) }), fixes: fixes.map(fix) };
}
