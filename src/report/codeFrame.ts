import type { Finding } from '../scan/finding.js';
import { lineEndAt, lineStartAt } from '../scan/lines.js';
import { withoutTokens } from '../withoutTokens.js';
import { printable } from './printable.js';

/** The line of a finding as a terminal may show it, and which characters of it the finding is about. */
export interface CodeFrame {
  readonly text: string;
  /** From 0, in characters of `text`; end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Characters of a line that are shown, and how many of them may stand before the finding. */
const WIDTH = 110;
const BEFORE = 50;
/** Minified code has lines of megabytes: of those only so much around the finding is looked at. */
const NEAR = 1_000;
/** Whatever looks like a secret, ours or another's: a long run without a gap. Whether it has letters and digits is asked afterwards. */
const RUN = /[\w+/=.:$%\\-]{20,4000}/g;

/** A stretch of the document that is not shown as it is. */
interface Hidden {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A frame for each finding. Keys are masked in every form that the findings know, and what else looks like a secret is left out: reports
 * end up in logs.
 */
export function codeFrames(text: string, findings: readonly Finding[]): CodeFrame[] {
  const hidden = findings.flatMap(({ start, end, mask }) => (mask === undefined ? [] : [{ start, end, text: mask }]));
  return findings.map((finding) => frameOf(text, finding, hidden));
}

function frameOf(text: string, finding: Finding, known: readonly Hidden[]): CodeFrame {
  const from = Math.max(lineStartAt(text, finding.start), finding.start - NEAR);
  const to = Math.min(lineEndAt(text, finding.start), finding.start + NEAR);
  const end = Math.min(Math.max(finding.end, finding.start), to);
  const hidden = merged([...known.filter((one) => one.start < to && from < one.end), ...looksSecret(text.slice(from, to), from)]);
  const shown = new Shown();
  let at = from;
  for (const place of hidden) {
    shown.add(text, at, Math.max(at, place.start), finding.start, end);
    shown.hide(place, finding.start, end);
    at = Math.max(at, Math.min(place.end, to));
  }
  shown.add(text, at, to, finding.start, end);
  return shown.frame();
}

/** Runs that a line should not show, and tokens in them. */
function looksSecret(line: string, from: number): Hidden[] {
  return Array.from(line.matchAll(RUN), (found) => ({ start: from + found.index, end: from + found.index + found[0].length, text: stripped(found[0]) }))
    .filter(({ start, end, text }) => text !== line.slice(start - from, end - from));
}

/** Only runs with both letters and several digits are secrets: names, paths and words are not. */
function stripped(run: string): string {
  const masked = withoutTokens(run);
  if (masked !== run) return masked;
  const digits = run.replace(/\D/g, '').length;
  return digits >= 5 && /[a-z]/i.test(run) ? `${run.slice(0, 4)}…` : run;
}

/** By place, what overlaps in one; of these the outer one's text stays. */
function merged(places: readonly Hidden[]): Hidden[] {
  const found: Hidden[] = [];
  for (const place of [...places].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = found.at(-1);
    if (last !== undefined && place.start < last.end) found[found.length - 1] = { ...last, end: Math.max(last.end, place.end) };
    else found.push(place);
  }
  return found;
}

/** Builds the text and remembers where the finding begins and ends in it. */
class Shown {
  #text = '';
  #start: number | undefined;
  #end = 0;

  /** A stretch as it is; [start, end) is the finding. */
  add(text: string, from: number, to: number, start: number, end: number): void {
    const cuts = [from, start, end, to].filter((cut) => cut >= from && cut <= to).sort((a, b) => a - b);
    for (let index = 0; index + 1 < cuts.length; index++) {
      const [a = 0, b = 0] = cuts.slice(index, index + 2);
      this.#append(printable(text.slice(a, b).replaceAll('\t', '  ')), a < end && start < b);
    }
  }

  /** Something else in place of a stretch. */
  hide(place: Hidden, start: number, end: number): void {
    this.#append(printable(place.text), place.start < end && start < place.end);
  }

  frame(): CodeFrame {
    const start = this.#start ?? this.#text.length;
    const end = Math.max(this.#end, start);
    const cut = Math.max(0, Math.min(start - BEFORE, this.#text.length - WIDTH));
    const blank = cut > 0 ? 0 : /^ */.exec(this.#text)?.[0].length ?? 0;
    const from = Math.max(cut, Math.min(blank, start));
    const text = this.#text.slice(from, from + WIDTH);
    const mark = cut > 0 ? '…' : '';
    const move = mark.length - from;
    return { text: `${mark}${text}${from + WIDTH < this.#text.length ? '…' : ''}`, start: start + move, end: Math.min(end, from + WIDTH) + move };
  }

  #append(text: string, isFinding: boolean): void {
    if (isFinding) this.#start ??= this.#text.length;
    this.#text += text;
    if (isFinding) this.#end = this.#text.length;
  }
}
