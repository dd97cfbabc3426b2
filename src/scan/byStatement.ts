import type { MemoryKey } from './ir/memory.js';
import type { Program } from './ir/node.js';
import type { VariableRead } from './languages/language.js';
import type { MoneyInput } from './money/inputs.js';
import { movedRead, offsetsOf, restored, type Kept, type Place } from './movedFindings.js';
import type { Part } from './parts.js';
import { centShapedAmount } from './rules/centShapedAmount.js';
import { centsToStigg } from './rules/centsToStigg.js';
import { constantIdempotencyKey } from './rules/constantIdempotencyKey.js';
import { ignoredIdempotencyOption } from './rules/ignoredIdempotencyOption.js';
import { listWithoutEntitlements } from './rules/listWithoutEntitlements.js';
import { missingContentType } from './rules/missingContentType.js';
import { missingIdempotencyKey } from './rules/missingIdempotencyKey.js';
import { mixed, mixedSurfaces, usesOf, type Use } from './rules/mixedSurfaces.js';
import { overridesAsEntitlements } from './rules/overridesAsEntitlements.js';
import { pageLimitExceeded } from './rules/pageLimitExceeded.js';
import type { Rule, RuleFinding } from './rules/rule.js';
import { stiggAmountDivided } from './rules/stiggAmountDivided.js';
import { stiggDollarsToStripe } from './rules/stiggDollarsToStripe.js';
import { wrongAuthHeader } from './rules/wrongAuthHeader.js';
import { ScanFile, type Followed } from './scanFile.js';
import { StiggFacts } from './stigg/facts.js';
import { Asked, Questions } from './stigg/focus.js';
import { NodeIndex } from './stigg/nodeIndex.js';
import { isByHand, isTest } from './stigg/places.js';
import { stretchesOf, type Stretch } from './stretches.js';

/** Rules that ask about calls and values alone, so that what they find in a statement stays true until it changes, or something that it asks about. */
const RULES: ReadonlySet<Rule> = new Set([
  centsToStigg, centShapedAmount, stiggAmountDivided, stiggDollarsToStripe, listWithoutEntitlements, overridesAsEntitlements, wrongAuthHeader, missingContentType,
  missingIdempotencyKey, constantIdempotencyKey, ignoredIdempotencyOption, pageLimitExceeded, mixedSurfaces,
]);
/** Those that speak about money fields: where several statements hand over one value, the first of them decides. */
const BY_INPUT: ReadonlySet<Rule> = new Set([centsToStigg, centShapedAmount]);
const SCRIPT = /^(?:type|java)script/;

const STATE: MemoryKey<State> = {};

/** What is known of a document from its last version. */
interface State {
  readonly questions: Questions;
  readonly runs: WeakMap<Stretch, Run>;
  readonly reads: WeakMap<Stretch, Reads>;
  stretches: readonly Stretch[];
  program: Program | undefined;
  /** What findings depend on beyond the code. */
  surroundings: string;
}

/** One look at the statements of a stretch. */
interface Run {
  readonly asked: Asked;
  /** The version in which all of it was true; made later whenever that is found to be so. */
  version: number;
  /** Only in the version in which it was made: their places are those of that version. */
  file: ScanFile | undefined;
  readonly found: Map<Rule, readonly Kept[]>;
  /** Where the values stand that it hands to Stigg as money. */
  inputs: readonly InputPlace[];
  /** Other stretches that its findings have places in. */
  readonly places: Set<Stretch>;
}

/** The reads of variables in a stretch that stood there. */
interface Reads {
  readonly start: number;
  readonly found: readonly VariableRead[];
}

/** Where a value stands that is money, and what decides between several who hand it over. */
interface InputPlace extends Place, Pick<MoneyInput, 'order'> {}

/** Whether the part can be looked at statement by statement. */
export function canFollow({ source, holes, side }: Part): boolean {
  return SCRIPT.test(source.languageId) && holes.length === 0 && side === undefined;
}

/** What the rules find in an open document: only statements that changed are looked at again, with those that ask about them. */
export class ByStatement implements Followed {
  readonly #part: Part;
  readonly #file: ScanFile;
  readonly #state: State;
  #deciders: ReadonlyMap<number, Stretch> | undefined;
  /** The looks at the stretches that are true in this version. */
  readonly #current = new Map<Stretch, Run>();

  private constructor(part: Part, file: ScanFile, program: Program) {
    this.#part = part;
    this.#file = file;
    this.#state = program.memory.recall(STATE, program.memory, () => ({ questions: new Questions(), runs: new WeakMap(), reads: new WeakMap(), stretches: [], program: undefined, surroundings: '' }));
    this.#enter(program);
  }

  /** undefined for what is no code. `file` is about the whole part. */
  static of(part: Part, file: ScanFile): ByStatement | undefined {
    const { program } = file;
    return program === undefined ? undefined : new ByStatement(part, file, program);
  }

  /** Rules that can be asked so. */
  static knows(rule: Rule): boolean {
    return RULES.has(rule);
  }

  findings(rule: Rule): readonly RuleFinding[] {
    const { stretches } = this.#state;
    if (rule === mixedSurfaces) return this.#mixed();
    const found: RuleFinding[] = [];
    const told = new Set<string>();
    // All of them first: a statement further down may be the one that decides.
    const byStretch = stretches.map((stretch) => this.#found(stretch, rule));
    for (const [index, stretch] of stretches.entries()) {
      for (const kept of byStretch[index] ?? []) {
        const finding = restored(kept);
        const key = `${finding.anchor} ${String(finding.start)} ${String(finding.end)}`;
        if (told.has(key) || (BY_INPUT.has(rule) && !this.#decides(stretch, finding.start))) continue;
        told.add(key);
        found.push(finding);
      }
    }
    if (rule !== stiggAmountDivided) return found;
    // A function that divides is reported where it is called, also when that is in another statement.
    const called = new Set(found.flatMap(({ related }) => related?.map(({ start, end }) => `${String(start)}-${String(end)}`) ?? []));
    return found.filter(({ start, end }) => !called.has(`${String(start)}-${String(end)}`));
  }

  /** The places that read environment variables. */
  variableReads(): readonly VariableRead[] {
    const { stretches, reads } = this.#state;
    const file = this.#file;
    return stretches.flatMap((stretch) => {
      const { start } = stretch;
      const isSound = file.syntax?.isSound(stretch) === true;
      const known = isSound ? reads.get(stretch) : undefined;
      if (known?.start === start) return known.found;
      const found = known === undefined ? file.variableReadsIn(stretch) : known.found.map((read) => movedRead(read, start - known.start));
      if (isSound) reads.set(stretch, { start, found });
      return found;
    });
  }

  #mixed(): readonly RuleFinding[] {
    const uses: Use[] = [];
    for (const stretch of this.#state.stretches) {
      for (const kept of this.#found(stretch, mixedSurfaces)) {
        const { start, end, message } = restored(kept);
        uses.push({ start, end, surface: message === 'rest' ? 'rest' : 'graphql' });
      }
    }
    return Array.from(mixed(uses.sort((a, b) => a.start - b.start)));
  }

  /** Takes over what the last version knows of the stretches that this one has as well. */
  #enter(program: Program): void {
    const state = this.#state;
    const { text, imports, path, languageId, context } = this.#file;
    const { from, below } = context.centShape(path);
    const surroundings = JSON.stringify([path, languageId, from, below, text.includes('\r\n'), imports.map(({ module, local, imported, isType }) => [module, local, imported, isType])]);
    const isSameText = state.program === program;
    if (!isSameText || surroundings !== state.surroundings) {
      const before = state.stretches;
      const found = stretchesOf(program, text);
      const taken = surroundings === state.surroundings ? takenOver(before, found) : undefined;
      state.stretches = taken ?? found;
      state.program = program;
      state.surroundings = surroundings;
      const { stretches, questions } = state;
      const kept = new Set(taken);
      const last = questions.version;
      const changed = taken === undefined ? undefined : namesIn([...before.filter((stretch) => !kept.has(stretch)), ...taken.filter(({ version }) => version !== last || last === 0)], program);
      questions.next(this.#file.stigg.code, (words) => stretches.some((stretch) => stretch.says(words, text)), changed);
      for (const stretch of stretches) stretch.version = questions.version;
      questions.forget(stretches.flatMap((stretch) => state.runs.get(stretch)?.asked ?? []));
    }
  }

  #found(stretch: Stretch, rule: Rule): readonly Kept[] {
    const known = this.#current.get(stretch)?.found.get(rule);
    if (known !== undefined) return known;
    const run = this.#runOf(stretch, rule);
    this.#current.set(stretch, run);
    let found = run.found.get(rule);
    if (found === undefined) run.found.set(rule, (found = this.#look(run, stretch, rule)));
    return found;
  }

  /** The last look at the stretch as far as it is still true, otherwise a new one. */
  #runOf(stretch: Stretch, rule: Rule): Run {
    const { runs, questions } = this.#state;
    const known = runs.get(stretch);
    if (known !== undefined && this.#holds(known) && (known.file !== undefined || known.found.has(rule))) return known;
    const asked = new Asked(questions);
    const { whole } = questions;
    const code = whole.focusedOn({ statements: stretch.statements, index: NodeIndex.among(stretch.statements, whole.program.memory), whole, asked });
    const run: Run = { asked, version: questions.version, file: new ScanFile(this.#part, this.#file.document, this.#file.context, new StiggFacts(code)), found: new Map(), inputs: [], places: new Set() };
    runs.set(stretch, run);
    return run;
  }

  #holds(run: Run): boolean {
    const { version } = this.#state.questions;
    if (run.version === version) return true;
    for (const { version: last } of run.places) if (last !== version) return false;
    if (!run.asked.holdsSince(run.version)) return false;
    run.version = version;
    run.file = undefined;
    return true;
  }

  #look(run: Run, stretch: Stretch, rule: Rule): readonly Kept[] {
    const { file } = run;
    if (file === undefined || stretch.statements.length === 0) return [];
    const found = rule === mixedSurfaces ? surfacesIn(file) : Array.from(rule.check(file));
    if (BY_INPUT.has(rule)) run.inputs = file.stigg.moneyInputs.map(({ value, order }) => ({ order, ...this.#placeOf(value.start, run, stretch) }));
    return found.map((finding) => this.#kept(finding, run, stretch));
  }

  #kept(finding: RuleFinding, run: Run, own: Stretch): Kept {
    const places = new Map<number, Place>();
    for (const offset of offsetsOf(finding)) places.set(offset, this.#placeOf(offset, run, own));
    const isOwn = Array.from(places.values()).every(({ stretch }) => stretch === own);
    return { finding, places: isOwn ? NOWHERE_ELSE : places, own, ownStart: own.start };
  }

  #placeOf(offset: number, run: Run, own: Stretch): Place {
    const stretch = own.start <= offset && offset <= own.end ? own : this.#at(offset);
    if (stretch !== own) run.places.add(stretch);
    return { stretch, by: offset - stretch.start };
  }

  #at(offset: number): Stretch {
    const { stretches } = this.#state;
    let low = 0;
    let high = stretches.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((stretches[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const found = stretches[low];
    if (found === undefined) throw new Error('A document has at least one stretch');
    return found;
  }

  /** Whether the statements are the first that hand over the value that the finding is about. */
  #decides(stretch: Stretch, start: number): boolean {
    this.#deciders ??= this.#findDeciders();
    return (this.#deciders.get(start) ?? stretch) === stretch;
  }

  /** By the place of the value. Only of those that several hand over, or others than the statements that have it. */
  #findDeciders(): ReadonlyMap<number, Stretch> {
    const first = new Map<number, { readonly order: number; readonly stretch: Stretch }>();
    for (const stretch of this.#state.stretches) {
      for (const { order, stretch: home, by } of this.#state.runs.get(stretch)?.inputs ?? []) {
        const start = home.start + by;
        const known = first.get(start);
        if (known === undefined || order < known.order) first.set(start, { order, stretch });
      }
    }
    return new Map(Array.from(first, ([start, { stretch }]) => [start, stretch]));
  }

}

/** All names in the statements. */
function namesIn(stretches: readonly Stretch[], { memory }: Program): ReadonlySet<string> {
  return new Set(stretches.flatMap(({ statements }) => statements.flatMap((statement) => Array.from(NodeIndex.within(statement, memory).words))));
}

/** The stretches of a version, those of the last one where they are the same. undefined where some of them changed places: values depend on what comes before. */
function takenOver(before: readonly Stretch[], found: readonly Stretch[]): readonly Stretch[] | undefined {
  const known = new Map(before.map((stretch, index) => [stretch.statements[0], { stretch, index }]));
  const same = found.map((stretch) => {
    const one = known.get(stretch.statements[0]);
    return one?.stretch.isSame(stretch) === true ? one : undefined;
  });
  const order = same.flatMap((one) => one?.index ?? []);
  if (order.some((index, at) => index <= (order[at - 1] ?? -1))) return undefined;
  const taken = found.map((stretch, index) => same[index]?.stretch ?? stretch);
  for (const [index, stretch] of taken.entries()) {
    stretch.start = found[index]?.start ?? stretch.start;
    stretch.end = found[index]?.end ?? stretch.end;
  }
  return taken;
}

/** The places that call Stigg, in the form of findings, to be kept like these. */
function surfacesIn(file: ScanFile): RuleFinding[] {
  if (isByHand(file) || isTest(file)) return [];
  return usesOf(file).map(({ surface, start, end }) => ({ anchor: '', severity: 'info', start, end, message: surface, fixes: [] }));
}

const NOWHERE_ELSE: ReadonlyMap<number, Place> = new Map();
