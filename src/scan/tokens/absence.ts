import { difference } from '../syntax/difference.js';
import { mayHoldPieceOfToken, mayHoldToken } from './trace.js';

/** What says that there may be a token is shorter than this, with what stands around it. */
const REACH = 400;

/** Remembers of a text that changes that it holds no token: then only what changed is searched, with what stands around it. */
export class Absence {
  #without: string | undefined;

  /** Whether the text is certain to hold no token in any form. */
  isIn(text: string): boolean {
    const isAbsent = this.#isStill(text) || !mayHoldToken(text);
    this.#without = isAbsent ? text : undefined;
    return isAbsent;
  }

  #isStill(text: string): boolean {
    if (this.#without === undefined) return false;
    const change = difference(this.#without, text);
    return change === undefined || !mayHoldPieceOfToken(text.slice(Math.max(0, change.start - REACH), change.newEnd + REACH));
  }
}
