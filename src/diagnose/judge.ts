import { isPossible, type ActionId, type Possible } from './actions.js';
import { CAUSES, type CauseId, type CauseWords } from './causes.js';
import { runChecks, type CheckResult, type CheckId, type OutcomeOf, type Outcomes } from './checks/index.js';
import type { Facts } from './facts.js';
import { RULES } from './rules.js';
import type { Symptom } from './symptom.js';

/** `found`: a check has shown it. `likely`: what was checked points to it. `possible`: it is what this status often means. */
export type Certainty = 'found' | 'likely' | 'possible';

/** One line of the judgement: holds when every named check ended with one of the named outcomes. */
export interface Rule {
  readonly cause: CauseId;
  readonly certainty: Certainty;
  readonly when: { readonly [C in CheckId]?: readonly OutcomeOf[C][] };
}

export interface Judged {
  readonly cause: CauseId;
  readonly certainty: Certainty;
}

const RANK: Readonly<Record<Certainty, number>> = { found: 0, likely: 1, possible: 2 };

/** Beyond these nobody reads. */
const OTHERS_MAX = 3;

/**
 * The causes that the outcomes speak for, the most certain one first, then in the order of the rules; never none. What a check has shown makes mere
 * possibilities not worth telling.
 */
export function judge(symptom: Symptom, outcomes: Outcomes): readonly [Judged, ...Judged[]] {
  const holding = RULES[symptom].filter(({ when }) => holds(when, outcomes)).sort((a, b) => RANK[a.certainty] - RANK[b.certainty]);
  const unique = holding.filter(({ cause }, index) => holding.findIndex((other) => other.cause === cause) === index);
  const [main = { cause: 'unexplained', certainty: 'possible' } as const, ...others] = unique.map(({ cause, certainty }): Judged => ({ cause, certainty }));
  const telling = others.filter(({ cause, certainty }) => cause !== 'unexplained' && (main.certainty !== 'found' || certainty !== 'possible'));
  return [main, ...telling.slice(0, OTHERS_MAX)];
}

function holds(when: Rule['when'], outcomes: Outcomes): boolean {
  return (Object.keys(when) as CheckId[]).every((id) => {
    const wanted: readonly string[] = when[id] ?? [];
    const outcome = outcomes[id];
    return outcome !== undefined && wanted.includes(outcome);
  });
}

/** A cause as it is told. */
export interface ToldCause extends Judged, CauseWords {}

/** The whole answer: what a person is shown, and what a report holds. */
export interface Diagnosis {
  readonly facts: Facts;
  readonly main: ToldCause;
  readonly others: readonly ToldCause[];
  readonly checks: readonly CheckResult[];
  /** What can be done about it, the most helpful one first. */
  readonly actions: readonly ActionId[];
}

/** Checks, judges, and says it in words. */
export function diagnose(facts: Facts, possible: Possible): Diagnosis {
  const { results, outcomes } = runChecks(facts);
  const [main, ...others] = judge(facts.symptom, outcomes);
  const tell = (judged: Judged): ToldCause => ({ ...judged, ...CAUSES[judged.cause].words(facts) });
  const wanted = [main, ...others].flatMap(({ cause }) => CAUSES[cause].actions);
  const actions = [...new Set<ActionId>([...wanted, 'copyCurl', 'tryAgain'])].filter((action) => isPossible(action, facts, possible));
  return { facts, main: tell(main), others: others.map(tell), checks: results, actions };
}
