import { Creation } from '../../../src/keys/creation.js';
import { CreationJournal } from '../../../src/keys/creationJournal.js';
import { RotationJournal } from '../../../src/keys/journal.js';
import type { ApiKey, GracePeriod } from '../../../src/keys/model.js';
import { Rotation } from '../../../src/keys/rotation.js';
import { managementSecret } from '../../../src/keys/storedKey.js';
import type { WindowDeps, WindowTask } from './task.js';

type Action = (deps: WindowDeps, task: WindowTask) => Promise<string>;

/** What a window does, by the code that the extension's commands run. Each resolves with a word about how it ended. */
export const ACTIONS = {
  rotateNow: (deps, task) => rotate(deps, task, 'now'),
  rotateWithGrace: (deps, task) => rotate(deps, task, '24h'),
  create: async (deps, { environmentId }) => {
    const key = await creationOf(deps).create({ environmentId, displayName: CREATED, description: '', scopes: [{ resource: 'CUSTOMER', action: 'WRITE' }] }, () => undefined);
    return key.displayName;
  },
} as const satisfies Readonly<Record<string, Action>>;

/** The name of the key that `create` makes. */
export const CREATED = 'made by a window';

export type ActionName = keyof typeof ACTIONS;

export function rotationOf({ api, vault, state, now }: WindowDeps): Rotation {
  return new Rotation({ api, vault, journal: new RotationJournal(state), now, wait: pause, newId: () => crypto.randomUUID() });
}

export function creationOf({ api, vault, state, now }: WindowDeps): Creation {
  return new Creation({ api, vault, journal: new CreationJournal(state), now, wait: pause, newId: () => crypto.randomUUID() });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function rotate(deps: WindowDeps, task: WindowTask, grace: GracePeriod): Promise<string> {
  const { old } = await rotationOf(deps).rotate(await keyOf(deps, task), grace, () => undefined);
  return old.kind;
}

async function keyOf({ api, vault }: WindowDeps, { environmentId, keyId }: WindowTask): Promise<ApiKey> {
  const key = (await api.listKeys(await managementSecret(vault, environmentId), environmentId)).find(({ id }) => id === keyId);
  if (key === undefined) throw new Error(`Stigg lists no key ${keyId}`);
  return key;
}
