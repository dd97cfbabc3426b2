import type { SharedState } from '../../keys/vault.js';
import type { LeftoversService } from '../afterRotation/index.js';
import type { KeyCommandDeps } from '../keyCommands/deps.js';

/** What reminders need from the rest of the extension. */
export type ReminderDeps = Pick<KeyCommandDeps, 'api' | 'vault' | 'inventory' | 'reporter' | 'now'> & {
  readonly state: SharedState;
  readonly wait: (ms: number) => Promise<void>;
  /** Which old values are followed up: that says of their end, and where they still stand, by itself. */
  readonly leftovers: Pick<LeftoversService, 'subjects' | 'onDidChange'>;
};
