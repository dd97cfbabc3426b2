import type { Step } from '../ir/access.js';
import type { IrNode } from '../ir/node.js';
import type { Outside } from '../ir/outside.js';
import type { Code } from './code.js';
import type { NodeIndex } from './nodeIndex.js';

/** Some statements of a program that questions are about, and what is remembered of the questions that they ask of the others. */
export interface Focus {
  readonly statements: readonly IrNode[];
  readonly index: NodeIndex;
  /** The program as a whole, in the same version. */
  readonly whole: Code;
  readonly asked: Asked;
}

/** Answers of the program as a whole: nodes, and what is made of them once and kept as long as they are. Told apart by identity. */
type Ask = (whole: Code) => readonly unknown[];

/** A question to the program as a whole, with its last answer. */
interface Question {
  readonly ask: Ask;
  /** Only statements with that name in them have a say; undefined where others may have one. */
  readonly name: string | undefined;
  answer: readonly unknown[];
  /** The version in which the answer became what it is. */
  since: number;
  checked: number;
}

/** Questions that nobody has asked for so many versions are forgotten. */
const LONGEST_UNASKED = 50;

/** What statements ask of the rest of their program, over all versions of it: whether an answer is still the same is found out once per version. */
export class Questions {
  readonly #known = new Map<string, Map<unknown, Question>>();
  #whole: Code | undefined;
  #says: ((words: RegExp) => boolean) | undefined;
  #changed: ReadonlySet<string> | undefined;
  version = 0;

  /** To be told of each new version, with the names in the statements that came or went; undefined for a document that is another. */
  next(whole: Code, says: (words: RegExp) => boolean, changed: ReadonlySet<string> | undefined): void {
    this.#whole = whole;
    this.#says = says;
    this.#changed = changed;
    this.version++;
    if (this.version % LONGEST_UNASKED !== 0) return;
    for (const about of this.#known.values()) for (const [subject, { checked }] of about) if (checked < this.version - LONGEST_UNASKED) about.delete(subject);
  }

  get whole(): Code {
    if (this.#whole === undefined) throw new Error('No version yet');
    return this.#whole;
  }

  says(words: RegExp): boolean {
    return this.#says?.(words) === true;
  }

  about(kind: string, subject: unknown, name: string | undefined, ask: Ask): Question {
    let known = this.#known.get(kind);
    if (known === undefined) this.#known.set(kind, (known = new Map<unknown, Question>()));
    let question = known.get(subject);
    if (question === undefined) known.set(subject, (question = { ask, name, answer: ask(this.whole), since: this.version, checked: this.version }));
    return question;
  }

  /** The version since which the answer is what it is now. */
  since(question: Question): number {
    const isUntouched = question.name !== undefined && question.checked === this.version - 1 && this.#changed?.has(question.name) === false;
    if (isUntouched) question.checked = this.version;
    if (question.checked !== this.version) {
      const answer = question.ask(this.whole);
      if (!isSame(answer, question.answer)) {
        question.answer = answer;
        question.since = this.version;
      }
      question.checked = this.version;
    }
    return question.since;
  }
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one === other || (one.length === other.length && one.every((each, index) => each === other[index]));
}

/** What one look at some statements has asked of the others. */
export class Asked implements Outside {
  readonly #questions: Questions;
  readonly #own = new Set<Question>();
  /** Something was asked that cannot be compared: it has to be asked anew each time. */
  isUncertain = false;

  constructor(questions: Questions) {
    this.#questions = questions;
  }

  /** Whether all answers are what they were in that version. */
  holdsSince(version: number): boolean {
    if (this.isUncertain) return false;
    for (const question of this.#own) if (this.#questions.since(question) > version) return false;
    return true;
  }

  /** The answer, which is remembered as one that was asked for. `name`: only statements with that name in them have a say. */
  about<T>(kind: string, subject: unknown, name: string | undefined, ask: (whole: Code) => readonly T[]): readonly T[] {
    const question = this.#questions.about(kind, subject, name, ask);
    if (!this.#own.has(question)) {
      this.#questions.since(question);
      this.#own.add(question);
    }
    return question.answer as readonly T[];
  }

  says(words: RegExp): boolean {
    const questions = this.#questions;
    return this.about('says', `${words.source}/${words.flags}`, undefined, () => [questions.says(words)])[0] === true;
  }

  name(name: string): void {
    this.about('name', name, name, ({ scopes }) => scopes.outerSources(name));
  }

  member(name: string): void {
    this.about('member', name, name, ({ scopes }) => scopes.outerMembers(name));
  }

  writes(name: string, path: readonly Step[] | undefined): void {
    this.about('writes', path === undefined ? name : `${name}\n${path.join('\n')}`, name, ({ writes }) => writes.outer(name, path));
  }

  writesOf(name: string): void {
    this.about('writesOf', name, name, ({ writes }) => writes.of(name));
  }
}
