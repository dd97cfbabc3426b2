import type { Step } from '../ir/access.js';
import type { IrNode, Program } from '../ir/node.js';
import { shellsOf, watchOf } from '../ir/shells.js';
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

/** Whether the text, all of it, has those words, which go by the name `key`; on one line. */
type Says = (words: RegExp, key: string) => boolean;

/** A question to the program as a whole, with its last answer. */
interface Question {
  readonly ask: Ask;
  answer: readonly unknown[];
  /** The version in which the answer became what it is. */
  since: number;
  /** The version that it was last wanted in. */
  wanted: number;
  /** The last version in which what the answer is part of was settled. */
  settled: number;
}

/** Questions that nobody has wanted to know for so many versions are forgotten. */
const LONGEST_UNWANTED = 50;

/** What statements ask of the rest of their program, over all versions of it. Every answer that is known is that of the current version. */
export class Questions {
  readonly #known = new Map<string, Map<unknown, Question>>();
  /** By the name without which a statement has no say; `undefined` for those where every statement may have one. */
  readonly #byName = new Map<string | undefined, Set<Question>>();
  #whole: Code | undefined;
  #says: Says | undefined;
  version = 0;
  /** The last version in which an answer changed. */
  changed = 0;

  /** To be told of each new version, with the names in the statements that came or went; undefined for a document that is another. */
  next(whole: Code, says: Says, changed: ReadonlySet<string> | undefined): void {
    this.#whole = whole;
    this.#says = says;
    this.version++;
    if (changed === undefined) {
      this.#known.clear();
      this.#byName.clear();
      return;
    }
    this.#askAgain(undefined);
    for (const name of changed) this.#askAgain(name);
  }

  #askAgain(name: string | undefined): void {
    for (const question of this.#byName.get(name) ?? []) {
      const answer = this.#answer(question.ask);
      if (isSame(answer, question.answer)) continue;
      question.answer = answer;
      question.since = this.version;
      this.changed = this.version;
    }
  }

  /** What it asks is remembered, so that nobody has to be told of what it looks at. */
  #answer(ask: Ask): readonly unknown[] {
    return watchOf(this.whole.program).unwatched(() => ask(this.whole));
  }

  /** Forgets what nobody wants to know any more. To be told now and then, with those who may. */
  forget(asking: () => Iterable<Asked>): void {
    if (this.version % LONGEST_UNWANTED !== 0) return;
    for (const asked of asking()) asked.wants(this.version);
    for (const about of this.#known.values()) for (const [subject, { wanted }] of about) if (wanted !== this.version) about.delete(subject);
    for (const [name, questions] of this.#byName) {
      for (const question of questions) if (question.wanted !== this.version) questions.delete(question);
      if (questions.size === 0) this.#byName.delete(name);
    }
  }

  get whole(): Code {
    if (this.#whole === undefined) throw new Error('No version yet');
    return this.#whole;
  }

  says(words: RegExp, key: string): boolean {
    return this.#says?.(words, key) === true;
  }

  about(kind: string, subject: unknown, name: string | undefined, ask: Ask): Question {
    let known = this.#known.get(kind);
    if (known === undefined) this.#known.set(kind, (known = new Map<unknown, Question>()));
    let question = known.get(subject);
    if (question === undefined) {
      known.set(subject, (question = { ask, answer: this.#answer(ask), since: this.version, wanted: this.version, settled: 0 }));
      const same = this.#byName.get(name);
      if (same === undefined) this.#byName.set(name, new Set([question]));
      else same.add(question);
    }
    return question;
  }

  /** To be told before somebody looks at what the answer says. */
  settle(question: Question): void {
    const { moves } = this.whole.program;
    if (moves === undefined || question.settled === this.version) return;
    question.settled = this.version;
    for (const answer of question.answer) {
      const node = nodeOf(answer);
      if (node !== undefined) moves.settleAround(node);
    }
  }
}

/** The node of an answer: of what gives a value, or writes one, the node that does. */
function nodeOf(answer: unknown): IrNode | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  return 'node' in answer ? answer.node as IrNode : answer as IrNode;
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one === other || (one.length === other.length && one.every((each, index) => each === other[index]));
}

/** What one look at some statements has asked of the others. */
export class Asked implements Outside {
  readonly #questions: Questions;
  readonly #own = new Set<Question>();
  #isUncertain = false;

  constructor(questions: Questions) {
    this.#questions = questions;
  }

  /** To be told before something is asked that cannot be compared, about all of the program: it has to be asked anew each time. */
  everything(): void {
    this.#isUncertain = true;
    const { program } = this.#questions.whole;
    program.moves?.settleAll(program);
  }

  /** Whether all answers are what they were in that version. */
  holdsSince(version: number): boolean {
    if (this.#isUncertain) return false;
    if (this.#questions.changed <= version) return true;
    for (const { since } of this.#own) if (since > version) return false;
    return true;
  }

  /** Wants to know the answers in that version. */
  wants(version: number): void {
    for (const question of this.#own) question.wanted = version;
  }

  /** The answer, which is remembered as one that was asked for. `name`: only statements with that name in them have a say. */
  about<T>(kind: string, subject: unknown, name: string | undefined, ask: (whole: Code) => readonly T[]): readonly T[] {
    const question = this.#questions.about(kind, subject, name, ask);
    this.#own.add(question);
    this.#questions.settle(question);
    return question.answer as readonly T[];
  }

  says(words: RegExp): boolean {
    const questions = this.#questions;
    const key = `${words.source}/${words.flags}`;
    return this.about('says', key, undefined, () => [questions.says(words, key)])[0] === true;
  }

  name(name: string, shell?: IrNode): void {
    const place = shell?.shell?.place;
    this.about(kindOf('name', place), name, name, ({ scopes, program }) => scopes.sourcesIn(shellAt(place, program), name));
  }

  member(name: string, shell?: IrNode): void {
    const place = shell?.shell?.place;
    this.about(kindOf('member', place), name, name, ({ scopes, program }) => scopes.membersIn(shellAt(place, program), name).map(({ node }) => node));
  }

  writes(name: string, path: readonly Step[] | undefined, shell?: IrNode): void {
    const place = shell?.shell?.place;
    this.about(kindOf('writes', place), path === undefined ? name : `${name}\n${path.join('\n')}`, name, ({ writes, program }) => writes.inScope(shellAt(place, program), name, path));
  }

  writesOf(name: string): void {
    this.about('writesOf', name, name, ({ writes }) => writes.of(name));
  }
}

/** Shells are made anew all the time: they are known by their place among the others. */
function kindOf(kind: string, place: number | undefined): string {
  return place === undefined ? kind : `${kind} ${String(place)}`;
}

function shellAt(place: number | undefined, program: Program): IrNode {
  return (place === undefined ? undefined : shellsOf(program)[place]) ?? program.root;
}
