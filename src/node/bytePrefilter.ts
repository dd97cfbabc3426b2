import { mayBePayload, PAYLOAD_KEYS } from '../scan/stigg/payload/trigger.js';
import { BASE64_BEGINNINGS } from '../scan/tokens/base64Beginnings.js';
import { CURRENT_TRACE, LEGACY_TRACE, mayHoldTokenWithDigits, SPLIT_TRACE, STIGG } from '../scan/tokens/trace.js';

/** Of each trace so many bytes in a row are looked for, and then the rest of it. */
const WINDOW = 4;
/** Bytes: no trace is longer, and none looks farther back. */
const REACH = 100;
const BACK = 8;

/** What is in the bytes where there is a trace, and what decides then. */
interface Trace {
  /** WINDOW characters each: the beginning, or what is rarer in code. */
  readonly windows: readonly string[];
  /** Where in the trace they stand. */
  readonly at: readonly number[];
  /** Sticky. */
  readonly whole: RegExp;
  /** Asked of the whole text then, as Latin-1; a trace without that says enough. */
  readonly mayMean?: (text: string) => boolean;
}

const RARE_PARTS: Readonly<Record<(typeof PAYLOAD_KEYS)[number], string>> = {
  amountsOff: 'tsOf', priceOverrides: 'eOve', minimumSpend: 'mSpe', appliedCoupon: 'dCou', pricePeriods: 'ePer',
  newSubscription: 'wSub', maxSpendLimit: 'xSpe', thresholdValue: 'dVal', discountValue: 'untV', grantType: 'antT',
};
const KINDS = [...inAnyCase('serv'), ...inAnyCase('clie')];
const TRACES: readonly Trace[] = [
  { windows: inAnyCase('tigg'), at: [1], whole: /stigg/iy },
  // With an underscore in it, or without.
  { windows: inAnyCase('tlem'), at: [16, 17], whole: new RegExp(STIGG, 'iy') },
  { windows: KINDS, at: [0], whole: new RegExp(CURRENT_TRACE, 'iy') },
  ...BASE64_BEGINNINGS.flatMap((group) => group.split('|')).map((beginning) => ({ windows: [beginning.slice(0, WINDOW)], at: [0], whole: new RegExp(beginning, 'y') })),
  { windows: KINDS, at: [0], whole: new RegExp(SPLIT_TRACE, 'iy'), mayMean: mayHoldTokenWithDigits },
  { windows: sequences('$4;', '2', 'abyABY', '\\$%&'), at: [0], whole: new RegExp(LEGACY_TRACE, 'iy'), mayMean: mayHoldTokenWithDigits },
  ...PAYLOAD_KEYS.map((key) => ({ windows: [RARE_PARTS[key]], at: [key.indexOf(RARE_PARTS[key])], whole: new RegExp(key, 'y'), mayMean: mayBePayload })),
];

const NONE: readonly Trace[] = [];
const BY_WINDOW = new Map<number, Trace[]>();
/** By two bytes: how far the end of the next window is from them at least. */
const DISTANCES = new Uint8Array(0x10000).fill(WINDOW - 1);
for (const trace of TRACES) {
  for (const window of trace.windows) {
    const bytes = Buffer.from(window, 'latin1');
    const known = BY_WINDOW.get(bytes.readInt32BE());
    if (known === undefined) BY_WINDOW.set(bytes.readInt32BE(), [trace]);
    else known.push(trace);
    for (let end = 1; end < WINDOW; end++) {
      const pair = bytes.readUInt16BE(end - 1);
      DISTANCES[pair] = Math.min(DISTANCES[pair] ?? 0, WINDOW - 1 - end);
    }
  }
}

/**
 * The same as `mayConcernStigg` of the bytes as Latin-1. For the many files that have nothing to do with us: most of their bytes are skipped (Wu and
 * Manber's way of searching for many words at once), and no text is made of them, which would have to be collected as garbage.
 */
export function mayConcernStiggAsBytes(bytes: Buffer): boolean {
  const { length } = bytes;
  /** What has to be asked of the whole, each once. */
  let open: ((text: string) => boolean)[] | undefined;
  for (let end = WINDOW - 1; end < length;) {
    const distance = DISTANCES[((bytes[end - 1] ?? 0) << 8) | (bytes[end] ?? 0)] ?? 0;
    if (distance > 0) {
      end += distance;
      continue;
    }
    for (const { mayMean } of tracesAt(bytes, end - WINDOW + 1)) {
      if (mayMean === undefined) return true;
      if (open?.includes(mayMean) !== true) (open ??= []).push(mayMean);
    }
    end++;
  }
  if (open === undefined) return false;
  const text = bytes.toString('latin1');
  return open.some((mayMean) => mayMean(text));
}

function tracesAt(bytes: Buffer, window: number): readonly Trace[] {
  const traces = BY_WINDOW.get(bytes.readInt32BE(window));
  return traces?.filter(({ at, whole }) => at.some((before) => isAt(whole, bytes, window - before))) ?? NONE;
}

function isAt(whole: RegExp, bytes: Buffer, start: number): boolean {
  if (start < 0) return false;
  const from = Math.max(0, start - BACK);
  whole.lastIndex = start - from;
  return whole.test(bytes.toString('latin1', from, start + REACH));
}

function inAnyCase(word: string): string[] {
  return sequences(...Array.from(word, (letter) => letter.toLowerCase() + letter.toUpperCase()));
}

/** All that takes one character of each. */
function sequences(...choices: readonly string[]): string[] {
  return choices.reduce<string[]>((found, choice) => found.flatMap((beginning) => Array.from(choice, (next) => beginning + next)), ['']);
}
