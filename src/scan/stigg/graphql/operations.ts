import { canonical } from '../../ir/names.js';
import type { ObjectNode } from '../../ir/node.js';
import type { Span } from '../../languages/language.js';
import { argumentsAt } from '../payload/notation.js';
import type { Written } from '../payload/written.js';

/** A field at the root of a query or mutation, with what it is given. */
export interface GraphqlField {
  /** As Stigg calls it: `createCoupon`. */
  readonly name: string;
  readonly span: Span;
  readonly input: ObjectNode;
}

const NAME = /[A-Za-z_]\w{0,200}/y;
const MOST_FIELDS = 500;

/**
 * The root fields of the operations in a GraphQL document that are given something. Definitions of types and fragments are passed over. Broken documents are read
 * as far as they go, since they are being typed.
 */
export function operationsIn(written: Written): readonly GraphqlField[] {
  const reader = new DocumentReader(written);
  return reader.document();
}

class DocumentReader {
  readonly #written: Written;
  readonly #text: string;
  #at = 0;

  constructor(written: Written) {
    this.#written = written;
    this.#text = written.text;
  }

  document(): GraphqlField[] {
    const fields: GraphqlField[] = [];
    while (this.#isMore() && fields.length < MOST_FIELDS) {
      if (this.#text.charAt(this.#at) === '{') {
        this.#selection(fields);
        continue;
      }
      const word = this.#name();
      if (word === undefined) this.#at = this.#text.charAt(this.#at) === '"' ? this.#stringEnd(this.#at) : this.#text.charAt(this.#at) === '(' ? this.#closing(this.#at) : this.#at + 1;
      else if (word === 'mutation' || word === 'query' || word === 'subscription') this.#operation(fields);
      // A type, an input, a fragment: its body is no operation's.
      else if (/^(?:type|input|interface|enum|schema|fragment|extend)$/.test(word)) this.#passBody();
    }
    return fields;
  }

  /** From the keyword to the end of its selection. */
  #operation(fields: GraphqlField[]): void {
    while (this.#isMore()) {
      const unit = this.#text.charAt(this.#at);
      if (unit === '{') {
        this.#selection(fields);
        return;
      }
      if (unit === '(') this.#at = this.#closing(this.#at);
      else if (unit === '@' || unit === '$') this.#at++;
      else if (this.#name() === undefined) return;
    }
  }

  #passBody(): void {
    while (this.#at < this.#text.length) {
      this.#skip();
      const unit = this.#text.charAt(this.#at);
      if (unit === '{') {
        this.#at = this.#closing(this.#at);
        return;
      }
      if (unit === '"') this.#at = this.#stringEnd(this.#at);
      else if (unit === '(') this.#at = this.#closing(this.#at);
      else this.#at++;
    }
  }

  /** The fields directly inside of the braces; what they select is passed over. */
  #selection(fields: GraphqlField[]): void {
    this.#at++;
    while (this.#isMore()) {
      const unit = this.#text.charAt(this.#at);
      if (unit === '}') {
        this.#at++;
        return;
      }
      if (unit === '{') {
        this.#at = this.#closing(this.#at);
        continue;
      }
      const from = this.#at;
      let name = this.#name();
      if (name === undefined) {
        this.#at++;
        continue;
      }
      let nameStart = from;
      this.#skip();
      if (this.#text.charAt(this.#at) === ':') {
        this.#at++;
        this.#skip();
        nameStart = this.#at;
        name = this.#name();
        this.#skip();
      }
      if (name === undefined || this.#text.charAt(this.#at) !== '(') continue;
      const given = argumentsAt(this.#written, this.#at);
      if (given === undefined) continue;
      this.#at = given.end;
      fields.push({ name: canonical(name), span: { start: this.#written.start(nameStart), end: this.#written.end(nameStart + name.length - 1) }, input: given.node });
    }
  }

  #name(): string | undefined {
    NAME.lastIndex = this.#at;
    const name = NAME.exec(this.#text)?.[0];
    this.#at += name?.length ?? 0;
    return name;
  }

  /** Whether something comes behind blanks and comments. */
  #isMore(): boolean {
    this.#skip();
    return this.#at < this.#text.length;
  }

  /** Blanks, commas and comments. */
  #skip(): void {
    for (;;) {
      const unit = this.#text.charAt(this.#at);
      if (unit === '#') while (this.#at < this.#text.length && !/[\r\n]/.test(this.#text.charAt(this.#at))) this.#at++;
      else if (unit !== '' && /[\s,\uFEFF]/.test(unit)) this.#at++;
      else return;
    }
  }

  /** Behind the bracket that closes the one at `from`. */
  #closing(from: number): number {
    let depth = 0;
    for (let at = from; at < this.#text.length; at++) {
      const unit = this.#text.charAt(at);
      if (unit === '"') at = this.#stringEnd(at) - 1;
      else if (unit === '#') while (at + 1 < this.#text.length && !/[\r\n]/.test(this.#text.charAt(at + 1))) at++;
      else if (/[({[]/.test(unit)) depth++;
      else if (/[)}\]]/.test(unit) && --depth === 0) return at + 1;
    }
    return this.#text.length;
  }

  #stringEnd(from: number): number {
    if (this.#text.startsWith('"""', from)) {
      const end = this.#text.indexOf('"""', from + 3);
      return end === -1 ? this.#text.length : end + 3;
    }
    for (let at = from + 1; at < this.#text.length; at++) {
      const unit = this.#text.charAt(at);
      if (unit === '\\') at++;
      else if (unit === '"' || unit === '\n') return at + 1;
    }
    return this.#text.length;
  }
}
