import type { Facts } from '../facts.js';

/** What every check can end with. The judgement goes by these alone; the words are for people. */
export interface OutcomeOf {
  stored: 'here' | 'gone' | 'none' | 'noEnvironment' | 'unreadable';
  prefix: 'server' | 'publishable' | 'unmarked' | 'unread';
  accepted: 'yes' | 'no' | 'throttled' | 'unanswered' | 'unasked';
  expiry: 'none' | 'running' | 'over' | 'unknown';
  rotation: 'current' | 'outgoing' | 'ended' | 'unlisted' | 'unknown';
  environment: 'same' | 'other' | 'unknown';
  used: 'same' | 'otherKey' | 'retired' | 'expired' | 'publishable' | 'otherEnvironment' | 'unknown' | 'none' | 'unseen';
  scope: 'everything' | 'covered' | 'missing' | 'notOffered' | 'publishable' | 'undocumented' | 'noRequest' | 'unknown';
  header: 'right' | 'authorization' | 'misspelt' | 'missing' | 'publishable' | 'open' | 'unseen';
  contentType: 'json' | 'other' | 'missing' | 'notNeeded' | 'open' | 'unseen';
  path: 'known' | 'contracts' | 'otherMethod' | 'otherPrefix' | 'graphqlElsewhere' | 'unknown' | 'open' | 'unseen';
  conflict: 'creates' | 'acts' | 'changes' | 'reads' | 'graphql' | 'open' | 'unseen';
  idempotency: 'sent' | 'missing' | 'notNeeded' | 'open' | 'unseen';
  retryAfter: 'told' | 'untold' | 'notThrottled' | 'unknown';
}
export type CheckId = keyof OutcomeOf;
export type Outcomes = { readonly [C in CheckId]?: OutcomeOf[C] };

/** `good`: as it should be. `bad`: this alone explains a failure. `note`: worth knowing. `open`: could not be checked. */
export type CheckState = 'good' | 'bad' | 'note' | 'open';

export interface Result<C extends CheckId> {
  readonly outcome: OutcomeOf[C];
  readonly state: CheckState;
  /** What was found, or why nothing could be; a whole sentence, no secret. */
  readonly words: string;
}

/** A small pure function from the facts to a result. */
export type Check<C extends CheckId> = (facts: Facts) => Result<C>;

export interface CheckResult {
  readonly id: CheckId;
  readonly outcome: string;
  readonly state: CheckState;
  readonly words: string;
}
