import type { Environment, KeyType } from '../model.js';
import type { LeakEnd } from './journal.js';

/** A place that still holds the value, with the reason in words. `place` names a file and a line. */
export interface PlaceLeft {
  readonly place: string;
  readonly reason: string;
  /** Outside of the opened folders: changed only by hand. */
  readonly isOutside: boolean;
}

/** What became of the places in the workspace. */
export interface Mended {
  /** Files that were changed, as a person names them. */
  readonly files: readonly string[];
  readonly left: readonly PlaceLeft[];
  /** Terminals that this extension opened with the value. */
  readonly terminals: number;
  /** How many files were read. */
  readonly looked: number;
  /** What could not be looked at, in words. */
  readonly skipped: readonly string[];
}

/** A commit that brought the value, and the refs that reach it. */
export interface HistoryCommit {
  readonly commit: string;
  readonly date: string;
  readonly author: string;
  readonly subject: string;
  readonly path: string;
  readonly refs: readonly string[];
}

export interface RepositoryHistory {
  readonly root: string;
  readonly commits: readonly HistoryCommit[];
  readonly refs: readonly string[];
  readonly blobs: number;
  readonly isPartial: boolean;
  readonly loose: number;
  readonly notes: readonly string[];
}

export interface HistoryFacts {
  readonly repositories: readonly RepositoryHistory[];
  /** What could not be looked at, in words: never silent. */
  readonly problems: readonly string[];
}

/** What became of the leaked value. Only `refused` is a proof. */
export type LeakedState =
  /** Stigg answered 401 to the value itself. `control`: it accepted another key of ours at the same time. */
  | { readonly kind: 'refused'; readonly at: Date; readonly control: boolean }
  /** Stigg's list says so; the value is no longer here to ask with. */
  | { readonly kind: 'listedAsEnded'; readonly at: Date | null }
  | { readonly kind: 'stillValid'; readonly until: Date | null; readonly reason: string };

export interface LeakActivity {
  readonly at: Date;
  readonly type: string;
  readonly actor: string;
}

/** Everything that the report says: plain, and no secret in it. */
export interface RemediationFacts {
  readonly id: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** Taken up again after an interruption: what was changed before it is not known here. */
  readonly isResumed: boolean;
  /** Something is left that a later run completes. */
  readonly isOpen: boolean;
  readonly fingerprint: string;
  readonly mask: string | null;
  readonly environment: Environment | null;
  readonly key: { readonly id: string; readonly name: string; readonly type: KeyType; readonly createdAt: Date | null } | null;
  readonly end: LeakEnd;
  readonly successor: { readonly id: string; readonly name: string; readonly mask: string } | null;
  readonly old: LeakedState;
  readonly mended: Mended | null;
  readonly history: HistoryFacts | null;
  /** Newest first; null where Stigg could not be asked. */
  readonly activity: readonly LeakActivity[] | null;
  /** What was done and when, oldest first. */
  readonly log: readonly { readonly at: Date; readonly what: string }[];
}
