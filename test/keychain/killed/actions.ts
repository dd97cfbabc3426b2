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
} as const satisfies Readonly<Record<string, Action>>;

export type ActionName = keyof typeof ACTIONS;

export function rotationOf({ api, vault, state, now }: WindowDeps): Rotation {
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  return new Rotation({ api, vault, journal: new RotationJournal(state), now, wait, newId: () => crypto.randomUUID() });
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
