import type { Inventory } from '../../keys/inventory.js';
import type { RotationService } from '../../keys/lazyRotation.js';
import type { StiggApi } from '../../keys/stiggApi.js';
import type { Vault } from '../../keys/vault.js';
import type { ErrorReporter } from '../report.js';
import type { Usages } from '../usages/usages.js';
import type { ClipboardGuard } from './clipboard.js';
import type { AfterRotation } from './tellRotated.js';

/** What the key commands work with; each command takes the part it needs. */
export interface KeyCommandDeps {
  readonly api: StiggApi;
  readonly vault: Vault;
  readonly inventory: Inventory;
  readonly rotation: RotationService;
  readonly reporter: ErrorReporter;
  readonly clipboard: ClipboardGuard;
  readonly usages: Usages;
  readonly leftovers: AfterRotation;
  readonly now: () => Date;
  /** Pauses, in milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
}
