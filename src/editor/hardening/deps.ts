import type { Engine } from '../../scan/engine.js';
import type { KeyCommandDeps } from '../keyCommands/deps.js';

/** What hardened client access needs from the rest of the extension. */
export type HardeningCommandDeps = Pick<KeyCommandDeps, 'api' | 'vault' | 'inventory' | 'reporter'> & {
  /** Loaded when the first file is looked at. */
  readonly engine: () => Promise<Engine>;
};
