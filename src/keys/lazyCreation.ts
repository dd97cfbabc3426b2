import { Emitter, type Disposable } from '../event.js';
import { Lazy } from '../lazy.js';
import type { Creation, CreationDeps, CreationOutcome } from './creation.js';

/** What the rest of the program uses of the creation protocol. */
export type CreationService = Pick<Creation, 'create' | 'resume' | 'onDidResume'> & Disposable;

/** The protocol that creates scoped keys, loaded by the first creation, or by what is left of one. */
export function lazyCreation(deps: CreationDeps): CreationService {
  const resumed = new Emitter<readonly CreationOutcome[]>();
  const creation = new Lazy(async () => {
    const { Creation } = await import('./creation.js');
    const made = new Creation(deps);
    made.onDidResume((outcomes) => { resumed.fire(outcomes); });
    return made;
  });
  return {
    onDidResume: resumed.event,
    create: async (...args) => (await creation.get()).create(...args),
    resume: async (environmentId) => (creation.made === undefined && (await deps.journal.list()).length === 0 ? [] : (await creation.get()).resume(environmentId)),
    dispose: () => {
      creation.dispose();
      resumed.dispose();
    },
  };
}
