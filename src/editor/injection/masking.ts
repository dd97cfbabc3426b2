/** Characters: as many as a mask shows. */
const TELLING = 11;

/**
 * Replaces values in a stream of text by their masks, also where a value comes in pieces. It keeps what a program prints by accident
 * off the screen; what a program turns round or encodes first is not recognised.
 */
export class Masking {
  readonly #masks: readonly (readonly [value: string, mask: string])[];
  #held = '';

  /** @param masks by value; empty values are left out */
  constructor(masks: ReadonlyMap<string, string>) {
    this.#masks = [...masks].filter(([value]) => value !== '').sort(([a], [b]) => b.length - a.length);
  }

  /** The next piece, as far as it can be shown. What may be the beginning of a value is held back for the one after it. */
  next(piece: string): string {
    let text = this.#held + piece;
    for (const [value, mask] of this.#masks) text = text.replaceAll(value, () => mask);
    const held = Math.max(0, ...this.#masks.map(([value]) => overlap(text, value)));
    this.#held = text.slice(text.length - held);
    return text.slice(0, text.length - held);
  }

  /** What was held back and is too short to be a part of a value worth hiding: a prompt may end like that. */
  harmlessRest(): string {
    return this.#held.length < TELLING ? this.rest() : '';
  }

  /** What was held back, because nothing comes after it; of a longer part of a value its beginning. */
  rest(): string {
    const rest = this.#held.length < TELLING ? this.#held : `${this.#held.slice(0, TELLING)}…`;
    this.#held = '';
    return rest;
  }
}

/** How many of the last characters of `text` are the first ones of `value`, which is not the whole of it. */
function overlap(text: string, value: string): number {
  for (let length = Math.min(text.length, value.length - 1); length > 0; length--) if (text.endsWith(value.slice(0, length))) return length;
  return 0;
}
