import type { SharedState, Vault } from '../../../src/keys/vault.js';
import type { RemediationPorts } from '../../../src/keys/remediation.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import type { ActionName } from './actions.js';

/** What a window is told on its command line. Nothing secret: keys are in the keychain. */
export interface WindowTask {
  readonly action: ActionName;
  readonly endpoint: string;
  /** The keychain's service, of this case alone. */
  readonly service: string;
  /** The journal's folder. */
  readonly folder: string;
  readonly environmentId: string;
  readonly keyId: string;
  /** The number of the checkpoint that it never leaves; none is stopped at when there are fewer. */
  readonly stopAt: number;
}

export interface WindowDeps {
  readonly api: StiggApi;
  readonly vault: Vault;
  readonly state: SharedState;
  readonly now: () => Date;
  /** Puts checkpoints around what looks at files. */
  readonly watch?: (ports: RemediationPorts) => RemediationPorts;
}
