import { Lines } from './lines.js';
import type { Span } from './languages/language.js';
import type { Source } from './source.js';

/** What every suppression begins with. */
export const SUPPRESSION = 'stigg-keys-ignore-';
const DIRECTIVE = /stigg-keys-ignore-(next-line|file)\b([^\r\n]*)/g;
/** A rule's name and what stands before the next one. A reason starts with something else. */
const RULE_NAME = /[\s,]*([a-z][a-z0-9]*(?:-[a-z0-9]+)+)(?![\w])/y;

/** A rule that a suppression names, and where. */
export interface SuppressedRule extends Span {
  readonly name: string;
}

/** One suppression. The span goes from its first word to the last rule it names. */
export interface Suppression extends Span {
  readonly form: 'next-line' | 'file';
  /** In the order in which they are written; the file form without any means all of them. */
  readonly rules: readonly SuppressedRule[];
  /** The zero-based line it is about; undefined for the whole file. */
  readonly target: number | undefined;
  /** The rules that have found something there. */
  readonly used: ReadonlySet<string>;
}

type Recorded = Suppression & { readonly used: Set<string> };

/**
 * The suppressions of a document: `stigg-keys-ignore-next-line <rule> -- reason` and `stigg-keys-ignore-file [rule]`,
 * in comments of any syntax. Several rules are separated by commas or spaces. Remembers which of them were needed.
 */
export class Suppressions {
  readonly all: readonly Suppression[];
  readonly #files: readonly Recorded[];
  /** Whether a rule is silenced in the whole file, once that was asked. */
  readonly #byFile = new Map<string, boolean>();
  readonly #lines = new Map<number, Recorded[]>();
  readonly #index: Lines | undefined;

  private constructor(found: readonly Recorded[], index: Lines | undefined) {
    this.all = found;
    this.#index = index;
    this.#files = found.filter(({ target }) => target === undefined);
    for (const suppression of found) {
      if (suppression.target === undefined) continue;
      const known = this.#lines.get(suppression.target);
      if (known === undefined) this.#lines.set(suppression.target, [suppression]);
      else known.push(suppression);
    }
  }

  static read(source: Source, inComment: (offset: number) => boolean): Suppressions {
    const found = Array.from(source.text.matchAll(DIRECTIVE), readDirective).filter(({ start }) => inComment(start));
    if (found.length === 0) return new Suppressions([], undefined);
    const index = new Lines(source.text);
    const lineOf = new Map(found.filter(({ form }) => form === 'next-line').map((one) => [one, index.lineAt(one.start)]));
    // Several suppressions may stand above one line: each means the first line that is not itself one.
    const own = new Set(lineOf.values());
    const targets = new Map<number, number>();
    for (const line of [...own].sort((a, b) => b - a)) targets.set(line, own.has(line + 1) ? (targets.get(line + 1) ?? line + 1) : line + 1);
    return new Suppressions(found.map((one) => {
      const line = lineOf.get(one);
      return { ...one, target: line === undefined ? undefined : targets.get(line), used: new Set<string>() };
    }), index);
  }

  /** Did the person ask not to hear about the rule at that place? */
  silences(rule: string, offset: number): boolean {
    if (this.#index === undefined) return false;
    let byFile = this.#byFile.get(rule);
    if (byFile === undefined) {
      byFile = use(this.#files, rule);
      this.#byFile.set(rule, byFile);
    }
    return use(this.#lines.get(this.#index.lineAt(offset)) ?? [], rule) || byFile;
  }

  /** The text of the line that a suppression is about, or all of it. */
  textOf({ target }: Suppression, source: Source): string {
    if (target === undefined || this.#index === undefined) return source.text;
    return source.text.slice(this.#index.startOf(target), this.#index.startOf(target + 1));
  }
}

/** Whether any of them is about the rule; all that are have been needed. */
function use(suppressions: readonly Recorded[], rule: string): boolean {
  const own = suppressions.filter((suppression) => names(suppression, rule));
  for (const { used } of own) used.add(rule);
  return own.length > 0;
}

function names({ form, rules }: Pick<Suppression, 'form' | 'rules'>, rule: string): boolean {
  return rules.length === 0 ? form === 'file' : rules.some(({ name }) => name === rule);
}

function readDirective(match: RegExpMatchArray): Pick<Suppression, 'form' | 'rules' | 'start' | 'end'> {
  const [whole, form, rest = ''] = match;
  const start = match.index ?? 0;
  const restStart = start + whole.length - rest.length;
  const rules: SuppressedRule[] = [];
  RULE_NAME.lastIndex = 0;
  for (let found = RULE_NAME.exec(rest); found !== null; found = RULE_NAME.exec(rest)) {
    const name = found[1] ?? '';
    const end = restStart + found.index + found[0].length;
    rules.push({ name, start: end - name.length, end });
  }
  return { form: form === 'file' ? 'file' : 'next-line', rules, start, end: rules.at(-1)?.end ?? restStart };
}
