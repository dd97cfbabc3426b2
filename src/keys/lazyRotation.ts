import { Lazy } from '../lazy.js';
import type { Rotation, RotationDeps } from './rotation.js';

/** What the rest of the program uses of the rotation protocol. */
export type RotationService = Pick<Rotation, 'rotate' | 'resume' | 'leaveOldKey'>;

/** The rotation protocol, loaded by the first rotation, or by what is left of one. */
export function lazyRotation(deps: RotationDeps): RotationService {
  const rotation = new Lazy(async () => new (await import('./rotation.js')).Rotation(deps));
  const isNothingLeft = async (): Promise<boolean> => rotation.made === undefined && (await deps.journal.list()).length === 0;
  return {
    rotate: async (...args) => (await rotation.get()).rotate(...args),
    resume: async (environmentId) => ((await isNothingLeft()) ? [] : (await rotation.get()).resume(environmentId)),
    leaveOldKey: async (key) => ((await isNothingLeft()) ? undefined : (await rotation.get()).leaveOldKey(key)),
  };
}
