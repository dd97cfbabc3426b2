import type { ParsedSource } from '../languages/language.js';
import { lowerProgram, type LoweringRules } from './lowering.js';
import { Moves } from './moves.js';
import type { Program } from './node.js';
import type { Unit } from './pool.js';

interface Lowered {
  readonly program: Program;
  readonly units: readonly Unit[];
}

/** The code of one part, lowered when first asked for, with what is unchanged taken over from an earlier version of the part. */
export class LoweredPart {
  readonly #source: ParsedSource;
  readonly #rules: LoweringRules | undefined;
  #previous: LoweredPart | undefined;
  #lowered: Lowered | undefined;

  constructor(source: ParsedSource, rules: LoweringRules | undefined, previous: LoweredPart | undefined) {
    this.#source = source;
    this.#rules = rules;
    // A version that nobody asked for is passed over.
    this.#previous = previous === undefined || previous.#lowered !== undefined ? previous : previous.#previous;
  }

  /** undefined for what is no code, and for code that was not parsed. */
  get program(): Program | undefined {
    const program = this.unsettled;
    program?.moves?.settleAll(program);
    return program;
  }

  /** The same for who settles what moved before looking at it. */
  get unsettled(): Program | undefined {
    this.#lowered ??= this.#lower();
    return this.#lowered?.program;
  }

  #lower(): Lowered | undefined {
    const { syntax, text } = this.#source;
    if (syntax === undefined || this.#rules === undefined) return undefined;
    const earlier = this.#previous?.handOver();
    this.#previous = undefined;
    if (earlier?.text === text) return earlier.lowered;
    return lowerProgram(syntax, text, this.#rules, earlier?.lowered.units ?? [], earlier?.lowered.program.memory, earlier?.text, earlier?.lowered.program.moves ?? new Moves());
  }

  /** Gives what was lowered away: nodes that move belong to one version only. */
  handOver(): { readonly text: string; readonly lowered: Lowered } | undefined {
    const lowered = this.#lowered;
    this.#lowered = undefined;
    return lowered === undefined ? undefined : { text: this.#source.text, lowered };
  }
}
