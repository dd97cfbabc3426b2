import type { KnownPermissions } from '../../keys/knownPermissions.js';
import type { StiggApi } from '../../keys/stiggApi.js';
import type { Vault } from '../../keys/vault.js';
import type { RemediateLeak } from '../remediation/deps.js';
import type { ErrorReporter } from '../report.js';

/** What the commands on env files need from the rest of the extension. */
export interface EnvFilesDeps {
  readonly api: StiggApi;
  readonly vault: Vault;
  readonly reporter: ErrorReporter;
  readonly now: () => Date;
  /** What keys may not do is learned when they are stored. */
  readonly lessons: Pick<KnownPermissions, 'learn'>;
  readonly remediate: RemediateLeak;
}
