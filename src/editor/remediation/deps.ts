import type { Inventory } from '../../keys/inventory.js';
import type { RotationJournal } from '../../keys/journal.js';
import type { LeakClue } from '../../keys/remediation/identify.js';
import type { RotationService } from '../../keys/lazyRotation.js';
import type { StiggApi } from '../../keys/stiggApi.js';
import type { SharedState, Vault } from '../../keys/vault.js';
import type { ErrorReporter } from '../report.js';
import type { Usages } from '../usages/usages.js';

export interface RemediationCommandDeps {
  readonly api: StiggApi;
  readonly vault: Vault;
  readonly inventory: Inventory;
  readonly rotation: RotationService;
  readonly journal: RotationJournal;
  readonly state: SharedState;
  readonly usages: Usages;
  readonly reporter: ErrorReporter;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  readonly version: string;
}

/** Starts a remediation from a place where the value was found. */
export type RemediateLeak = (clue: LeakClue) => Promise<void>;
