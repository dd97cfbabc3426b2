import { joined, KEY, type Text } from './draft.js';
import { isKeyVariable } from './keyVariables.js';

/** What differs each time, and what the machine knows. */
export interface Fresh {
  readonly uuid: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** A variable of this process, for `{{$processEnv NAME}}`. */
  readonly processVariable: (name: string) => string | undefined;
}

const DEFINITION = /^[ \t]*@([\w-]{1,100})[ \t]*=[ \t]*([^\r\n]*)/gm;
const DEEPEST = 10;
/** What all texts of a file may grow to. */
const LONGEST = 4_000_000;

/** The variables of an `.http` file: its own, and those of the clients that read such files. */
export class HttpVariables {
  readonly #own = new Map<string, string>();
  readonly #fresh: Fresh;
  #left = LONGEST;

  constructor(text: string, fresh: Fresh) {
    this.#fresh = fresh;
    for (const [, name = '', value = ''] of text.matchAll(DEFINITION)) this.#own.set(name, value.trim());
  }

  /** The text with everything between double braces replaced by its value. */
  text(text: string): Text {
    return this.#expand(text, 0);
  }

  #expand(text: string, depth: number): Text {
    return joined(text.split(/(\{\{[^{}\n]{1,300}\}\})/).flatMap((piece): Text => {
      this.#left -= piece.length;
      if (this.#left < 0) return [{ missing: '{{…}}' }];
      return piece.startsWith('{{') && piece.endsWith('}}') ? this.#value(piece.slice(2, -2).trim(), piece, depth) : [piece];
    }));
  }

  #value(name: string, raw: string, depth: number): Text {
    if (name.startsWith('$')) return this.#system(name, raw);
    const own = this.#own.get(name);
    if (own !== undefined && depth < DEEPEST) return this.#expand(own, depth + 1);
    return own === undefined && isKeyVariable(name) ? [KEY] : [{ missing: raw }];
  }

  #system(name: string, raw: string): Text {
    const [command = '', ...words] = name.split(/[ \t]+/);
    const variable = (written: string): Text => {
      const wanted = written.replace(/^%/, '');
      if (isKeyVariable(wanted)) return [KEY];
      const value = this.#fresh.processVariable(wanted);
      return value === undefined ? [{ missing: raw }] : [value];
    };
    if (command.startsWith('$env.')) return variable(command.slice('$env.'.length));
    switch (command) {
      case '$guid':
      case '$uuid':
      case '$random.uuid':
        return [this.#fresh.uuid()];
      case '$timestamp':
        return words.length === 0 ? [String(Math.floor(this.#fresh.now() / 1_000))] : [{ missing: raw }];
      case '$isoTimestamp':
        return [new Date(this.#fresh.now()).toISOString()];
      case '$randomInt': {
        const [least = 0, most = 1_000] = words.map(Number);
        return Number.isSafeInteger(least) && Number.isSafeInteger(most) && least < most ? [String(least + Math.floor(this.#fresh.random() * (most - least)))] : [{ missing: raw }];
      }
      case '$processEnv':
        return variable(words[0] ?? '');
      case '$dotenv':
        // Files with keys are not read.
        return isKeyVariable((words[0] ?? '').replace(/^%/, '')) ? [KEY] : [{ missing: raw }];
      default:
        return [{ missing: raw }];
    }
  }
}
