import { fingerprint } from './fingerprint.js';
import { maskToken, tokenShape, type TokenShape } from './tokenShape.js';

/**
 * An opaque value that never prints itself: string conversion, JSON and Node's inspect all give the mask.
 * `reveal()` is the only way out, which makes every place that handles plain text easy to find.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The plain text. Hand it on at once; never keep, log or compare it elsewhere. */
  reveal(): string {
    return this.#value;
  }

  /** A form that may be shown, such as `server-6a4b…fe26`. */
  get mask(): string {
    return maskToken(this.#value);
  }

  /** 32 hex digits that identify the value without containing it. */
  get fingerprint(): string {
    return fingerprint(this.#value);
  }

  get shape(): TokenShape {
    return tokenShape(this.#value);
  }

  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return this.mask;
  }

  toJSON(): string {
    return this.mask;
  }

  [Symbol.toPrimitive](): string {
    return this.mask;
  }

  // Node's util.inspect and console.log look this symbol up; it is spelt out so that no Node module is needed.
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Secret(${this.mask})`;
  }
}
