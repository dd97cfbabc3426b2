import { BY_INPUT, FOLLOWED_RULES } from './followedRules.js';
import type { MemoryKey } from './ir/memory.js';
import type { Program } from './ir/node.js';
import type { VariableRead } from './languages/language.js';
import type { MoneyInput } from './money/inputs.js';
import { movedRead, offsetsOf, restored, type Kept, type Place } from './movedFindings.js';
import type { Part } from './parts.js';
import { mixedSurfaces } from './rules/mixedSurfaces.js';
import type { Rule, RuleFinding } from './rules/rule.js';
import { stiggAmountDivided } from './rules/stiggAmountDivided.js';
import { ScanFile, type Followed } from './scanFile.js';
import { StiggFacts } from './stigg/facts.js';
import { Code } from './stigg/code.js';
import { Asked, Questions } from './stigg/focus.js';
import { NodeIndex } from './stigg/nodeIndex.js';
import { shellsOf, shellText, watchOf } from './ir/shells.js';
import { mixedIn, surfacesIn } from './surfaces.js';
import { stretchesAfter, stretchesOf, type Stretch } from './stretches.js';

/** Languages whose code says of itself what findings depend on. */
const FOLLOWED = /^(?:(?:type|java)script|(?:python|go|ruby|php|kotlin|java)$)/;
/** Those whose reads of variables can be told line by line. */
const SCRIPT = /^(?:type|java)script/;

const STATE: MemoryKey<State> = {};

/** What is known of a document from its last version. */
interface State {
  readonly questions: Questions;
  readonly runs: WeakMap<Stretch, Run>;
  readonly reads: WeakMap<Stretch, Reads>;
  readonly hits: Map<Rule, Hits>;
  /** Those whose runs have money of other stretches. */
  readonly reaching: Set<Stretch>;
  stretches: readonly Stretch[];
  /** Those that are looked at anew, since something that their run depends on has changed; undefined where nobody knows yet. */
  stale: ReadonlySet<Stretch> | undefined;
  program: Program | undefined;
  text: string;
  /** What the shells say of themselves. */
  shells: readonly string[];
  /** What findings depend on beyond the code. */
  surroundings: string;
}

/** One look at the statements of a stretch. */
interface Run {
  readonly asked: Asked;
  /** The version in which all of it was true; made later whenever that is found to be so. */
  version: number;
  /** The places in it are those of its version. */
  file: { readonly of: ScanFile; readonly version: number } | undefined;
  readonly found: Map<Rule, readonly Kept[]>;
  /** Where the values stand that it hands to Stigg as money. */
  inputs: readonly InputPlace[];
  /** Other stretches that its findings have places in. */
  readonly places: Set<Stretch>;
}

/** What a rule finds in a version, by the stretch; without those in which it finds nothing. */
interface Hits {
  version: number;
  readonly found: Map<Stretch, readonly Kept[]>;
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
  return FOLLOWED.test(source.languageId) && holes.length === 0 && side === undefined;
}

/** What the rules find in an open document: only statements that changed are looked at again, with those that ask about them. */
export class ByStatement implements Followed {
  readonly #part: Part;
  readonly #file: ScanFile;
  readonly #state: State;

  private constructor(part: Part, file: ScanFile, program: Program) {
    this.#part = part;
    this.#file = file;
    this.#state = program.memory.recall(STATE, program.memory, () => ({
      questions: new Questions(), runs: new WeakMap(), reads: new WeakMap(), hits: new Map(), reaching: new Set(), stretches: [], stale: undefined, program: undefined, text: '', shells: [], surroundings: '',
    }));
    this.#enter(program);
  }

  /** undefined for what is no code. `file` is about the whole part. */
  static of(part: Part, file: ScanFile): ByStatement | undefined {
    const program = file.unsettled;
    return program === undefined ? undefined : new ByStatement(part, file, program);
  }

  /** Rules that can be asked so. */
  static knows(rule: Rule): boolean {
    return FOLLOWED_RULES.has(rule);
  }

  findings(rule: Rule): readonly RuleFinding[] {
    // All of them first: a statement further down may be the one that decides.
    const all = this.#hits(rule);
    if (rule === mixedSurfaces) return mixedIn(all.values());
    const hits = Array.from(all).sort(([a], [b]) => a.start - b.start);
    const found: RuleFinding[] = [];
    const told = new Set<string>();
    for (const [stretch, own] of hits) {
      for (const kept of own) {
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
    if (!SCRIPT.test(file.languageId)) return file.variableReadsIn();
    const all: VariableRead[] = [];
    for (const stretch of stretches) {
      const isSound = file.syntax?.isSound(stretch) === true;
      const known = isSound ? reads.get(stretch) : undefined;
      const found = known === undefined ? file.variableReadsIn(stretch) : moved(known, stretch.start);
      if (isSound && found !== known?.found) reads.set(stretch, { start: stretch.start, found });
      for (const read of found) all.push(read);
    }
    return all;
  }

  /** Takes over what the last version knows of the stretches that this one has as well. */
  #enter(program: Program): void {
    const state = this.#state;
    const { text, imports, path, languageId, context } = this.#file;
    const { from, below } = context.centShape(path);
    const surroundings = JSON.stringify([path, languageId, from, below, text.includes('\r\n'), imports.map(({ module, local, imported, isType }) => [module, local, imported, isType])]);
    if (state.program === program && surroundings === state.surroundings) return;
    const { questions } = state;
    const shells = shellsOf(program).map((shell) => `${String(shell.parent?.shell?.place)} ${shellText(shell, text)}`);
    // What a shell says of itself concerns all that it holds.
    const isSame = surroundings === state.surroundings && shells.length === state.shells.length && shells.every((shell, index) => shell === state.shells[index]);
    state.shells = shells;
    const next = isSame ? stretchesAfter(state.stretches, state.text, program, text) : undefined;
    state.stretches = next?.stretches ?? stretchesOf(program, text);
    state.program = program;
    state.text = text;
    state.surroundings = surroundings;
    state.stale = undefined;
    const { stretches } = state;
    questions.next(new Code(program, this.#file), (words, key) => stretches.some((stretch) => stretch.says(words, key, text)), next === undefined ? undefined : namesIn(next.changed, program));
    const { version } = questions;
    for (const stretch of stretches) stretch.version = version;
    for (const stretch of state.reaching) if (stretch.version !== version) state.reaching.delete(stretch);
    questions.forget(() => stretches.flatMap((stretch) => state.runs.get(stretch)?.asked ?? []));
  }

  /** What the rule finds, from the last version where it was asked in that. */
  #hits(rule: Rule): ReadonlyMap<Stretch, readonly Kept[]> {
    const { hits, stretches, questions } = this.#state;
    const { version } = questions;
    const stale = this.#stale();
    let known = hits.get(rule);
    if (known?.version === version) return known.found;
    let asked: Iterable<Stretch> = stale;
    if (known?.version === version - 1) {
      for (const stretch of known.found.keys()) if (stretch.version !== version || stale.has(stretch)) known.found.delete(stretch);
      known.version = version;
    } else {
      asked = stretches;
      hits.set(rule, (known = { version, found: new Map() }));
    }
    for (const stretch of asked) {
      const found = this.#found(stretch, rule);
      if (found.length > 0) known.found.set(stretch, found);
    }
    return known.found;
  }

  /** The stretches that have to be looked at again in this version. */
  #stale(): ReadonlySet<Stretch> {
    const { state, runs } = { state: this.#state, runs: this.#state.runs };
    if (state.stale !== undefined) return state.stale;
    const stale = new Set<Stretch>();
    for (const stretch of state.stretches) {
      const run = runs.get(stretch);
      if (run !== undefined && this.#holds(run)) continue;
      runs.set(stretch, { asked: new Asked(state.questions), version: state.questions.version, file: undefined, found: new Map(), inputs: [], places: new Set() });
      state.reaching.delete(stretch);
      stale.add(stretch);
    }
    state.stale = stale;
    return stale;
  }

  #holds(run: Run): boolean {
    const { version } = this.#state.questions;
    for (const { version: last } of run.places) if (last !== version) return false;
    if (!run.asked.holdsSince(run.version)) return false;
    run.version = version;
    return true;
  }

  #found(stretch: Stretch, rule: Rule): readonly Kept[] {
    const run = this.#state.runs.get(stretch);
    if (run === undefined) return [];
    let found = run.found.get(rule);
    if (found === undefined) run.found.set(rule, (found = stretch.statements.length === 0 ? [] : this.#look(run, stretch, rule)));
    return found;
  }

  /** The statements as a file of their own, which asks the others in the name of the run. */
  #fileOf(run: Run, { statements }: Stretch): ScanFile {
    const { questions } = this.#state;
    const { whole, version } = questions;
    if (run.file?.version !== version) {
      for (const statement of statements) if (statement.shell === undefined) whole.program.moves?.settle(statement);
      const code = whole.focusedOn({ statements, index: NodeIndex.among(statements, whole.program.memory), whole, asked: run.asked });
      run.file = { of: new ScanFile(this.#part, this.#file.document, this.#file.context, new StiggFacts(code)), version };
    }
    return run.file.of;
  }

  #look(run: Run, stretch: Stretch, rule: Rule): readonly Kept[] {
    const file = this.#fileOf(run, stretch);
    const watch = watchOf(this.#state.questions.whole.program);
    watch.onLook = (): void => { run.asked.everything(); };
    const found = rule === mixedSurfaces ? surfacesIn(file) : Array.from(rule.check(file));
    watch.onLook = undefined;
    if (BY_INPUT.has(rule)) {
      run.inputs = file.stigg.moneyInputs.map(({ value, order }) => ({ order, ...this.#placeOf(value.start, run, stretch) }));
      if (run.inputs.some(({ stretch: home }) => home !== stretch)) this.#state.reaching.add(stretch);
    }
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
    const { runs, reaching } = this.#state;
    let first: { readonly order: number; readonly by: Stretch } | undefined;
    // The place of an offset between two stretches is told by either.
    const home = this.#at(start);
    const near = [home, this.#at(start - 1), stretch];
    for (const by of [...new Set([...near, ...reaching])].sort((a, b) => a.start - b.start)) {
      for (const { order, stretch: place, by: offset } of runs.get(by)?.inputs ?? []) if (place.start + offset === start && (first === undefined || order < first.order)) first = { order, by };
    }
    return (first?.by ?? stretch) === stretch;
  }
}

function moved({ start, found }: Reads, to: number): readonly VariableRead[] {
  return start === to || found.length === 0 ? found : found.map((read) => movedRead(read, to - start));
}

/** All names in the statements. */
function namesIn(stretches: readonly Stretch[], { memory }: Program): ReadonlySet<string> {
  return new Set(stretches.flatMap(({ statements }) => statements.flatMap((statement) => Array.from(NodeIndex.within(statement, memory).words))));
}

const NOWHERE_ELSE: ReadonlyMap<number, Place> = new Map();
