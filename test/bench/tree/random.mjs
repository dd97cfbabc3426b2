// @ts-check
// A generator of numbers that gives the same ones for the same seed on every machine, and what the tree draws with it.

export class Random {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** From 0 to 2^32 - 1 (mulberry32: small, fast, and good enough for made-up files). */
  bits() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let value = this.#state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return (value ^ (value >>> 14)) >>> 0;
  }

  /** A whole number below that limit. @param {number} limit */
  below(limit) {
    return Math.floor((this.bits() / 2 ** 32) * limit);
  }

  /** @template T @param {readonly T[]} choices @returns {T} */
  pick(choices) {
    const chosen = choices[this.below(choices.length)];
    if (chosen === undefined) throw new RangeError('There is nothing to choose from.');
    return chosen;
  }

  /** True that often. @param {number} share */
  chance(share) {
    return this.bits() < share * 2 ** 32;
  }

  /** Most are small and a few are large, as files are: log-normal with that mean. @param {number} mean @param {number} spread */
  size(mean, spread) {
    const normal = Math.sqrt(-2 * Math.log((this.bits() + 1) / 2 ** 32)) * Math.cos((2 * Math.PI * this.bits()) / 2 ** 32);
    return mean * Math.exp(spread * normal - (spread * spread) / 2);
  }

  /** @param {number} digits */
  hex(digits) {
    let text = '';
    while (text.length < digits) text += this.bits().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }

  /** A random UUID (version 4). */
  uuid() {
    const digits = this.hex(32);
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${this.pick(['8', '9', 'a', 'b'])}${digits.slice(17, 20)}-${digits.slice(20)}`;
  }

  /** @param {number} length */
  bytes(length) {
    const words = new Uint32Array(Math.ceil(length / 4));
    for (let index = 0; index < words.length; index++) words[index] = this.bits();
    return Buffer.from(words.buffer, 0, length);
  }

  /** @param {number} length of the text */
  base64(length) {
    return this.bytes(Math.ceil((length * 3) / 4)).toString('base64').slice(0, length);
  }
}
