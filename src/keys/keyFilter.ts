import type { KeyRow } from './keyRows.js';
import type { KeyStatus, KeyType } from './model.js';

/**
 * The console's Type filter knows Default and Scoped, and counts publishable and integration keys as Default. Those two have a group
 * of their own here, so that whoever looks for what ships to browsers, or for what an integration owns, finds it.
 */
export const KEY_GROUPS = ['default', 'publishable', 'scoped', 'integration'] as const;
export type KeyGroup = (typeof KEY_GROUPS)[number];

/** The console's Status filter. */
export const KEY_STATUSES = ['active', 'expiring', 'expired'] as const satisfies readonly KeyStatus['kind'][];
export type KeyStatusKind = (typeof KEY_STATUSES)[number];

export const KEY_SORTS = ['type', 'name', 'expiry', 'created'] as const;
export type KeySort = (typeof KEY_SORTS)[number];

/** Which keys are shown, and in which order. Plain data, and no secret: it is kept with the workspace. */
export interface KeyView {
  /** None: all. */
  readonly groups: readonly KeyGroup[];
  /** None: all. */
  readonly statuses: readonly KeyStatusKind[];
  /** As typed; empty: all. */
  readonly name: string;
  readonly sort: KeySort;
}

export const WHOLE_VIEW: KeyView = { groups: [], statuses: [], name: '', sort: 'type' };

/** Longer than any name is worth typing. */
export const NAME_MAX = 100;

const GROUP: Readonly<Record<KeyType, KeyGroup>> = { SERVER: 'default', CLIENT: 'publishable', SCOPED: 'scoped', SALESFORCE: 'integration', WORKFLOW: 'integration' };

export function groupOf({ key }: KeyRow): KeyGroup {
  return GROUP[key.type];
}

/** Whether anything may be hidden by it; the order hides nothing. */
export function isFiltering({ groups, statuses, name }: KeyView): boolean {
  return groups.length > 0 || statuses.length > 0 || wordsOf(name).length > 0;
}

/** The rows that are to be shown, in their order. The same array where that is all of them, as they are. */
export function visibleRows(rows: readonly KeyRow[], view: KeyView): readonly KeyRow[] {
  return sorted(isFiltering(view) ? rows.filter(matcher(view)) : rows, view.sort);
}

/** Says of one row whether it is shown. */
export function matcher({ groups, statuses, name }: KeyView): (row: KeyRow) => boolean {
  const words = wordsOf(name);
  return (row) =>
    (groups.length === 0 || groups.includes(groupOf(row))) &&
    (statuses.length === 0 || statuses.includes(row.status.kind)) &&
    (words.length === 0 || hasAll(fold(row.key.displayName), words));
}

function hasAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

/** Every word must be somewhere in the name, in any order. */
function wordsOf(name: string): string[] {
  return fold(name).split(/\s+/).filter((word) => word !== '');
}

/** Letters that carry their stroke in one character, which no decomposition takes apart. */
const STROKES: Readonly<Record<string, string>> = { 'ø': 'o', 'ł': 'l', 'đ': 'd', 'ħ': 'h', 'ŧ': 't', 'ı': 'i', 'ς': 'σ' };

/** Most names, and nothing to take off them. */
const PLAIN = /^[ -~]*$/;

/** A text without case and accents, for comparing what people type with what they named. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  // Upper case first: it writes "ß" as "SS", as those do who have no such key.
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase().replace(/\p{M}/gu, '').replace(/[øłđħŧıς]/g, (letter) => STROKES[letter] ?? letter);
}

/** Keys of the same rank stay as they were: by type. */
function sorted(rows: readonly KeyRow[], sort: KeySort): readonly KeyRow[] {
  switch (sort) {
    case 'type':
      return rows;
    case 'name': {
      const collator = new Intl.Collator(undefined, { numeric: true });
      return [...rows].sort((a, b) => collator.compare(a.key.displayName, b.key.displayName));
    }
    case 'expiry':
      return [...rows].sort((a, b) => endOf(a) - endOf(b));
    case 'created':
      return [...rows].sort((a, b) => timeOf(b.key.createdAt) - timeOf(a.key.createdAt));
  }
}

/** What ends next comes first, then what has ended, the latest first; what never ends comes last. */
function endOf({ key, status }: KeyRow): number {
  if (key.expireAt === null) return 3 * LATEST;
  const at = timeOf(key.expireAt);
  return status.kind === 'expired' ? 2 * LATEST - at : at;
}

/** JavaScript knows no later date; in milliseconds. */
const LATEST = 8.64e15;

/** Milliseconds; 0 for a date that makes no sense, which would put the others out of order. */
function timeOf(date: Date): number {
  const at = date.getTime();
  return Number.isNaN(at) ? 0 : at;
}

/** What was kept of a view, by whichever version; what cannot be understood is left out. */
export function parseView(value: unknown): KeyView {
  if (typeof value !== 'object' || value === null) return WHOLE_VIEW;
  const { groups, statuses, name, sort } = value as Readonly<Record<string, unknown>>;
  return {
    groups: KEY_GROUPS.filter((group) => Array.isArray(groups) && groups.includes(group)),
    statuses: KEY_STATUSES.filter((status) => Array.isArray(statuses) && statuses.includes(status)),
    name: typeof name === 'string' ? name.slice(0, NAME_MAX) : '',
    sort: KEY_SORTS.find((candidate) => candidate === sort) ?? 'type',
  };
}
