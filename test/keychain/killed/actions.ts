import { readFileSync, writeFileSync } from 'node:fs';
import { Creation } from '../../../src/keys/creation.js';
import { CreationJournal } from '../../../src/keys/creationJournal.js';
import { RotationJournal } from '../../../src/keys/journal.js';
import { identifyLeak } from '../../../src/keys/remediation/identify.js';
import { RemediationJournal } from '../../../src/keys/remediation/journal.js';
import { Remediation, type RemediationPorts } from '../../../src/keys/remediation.js';
import { revoke } from '../../../src/keys/revocation.js';
import type { ApiKey, GracePeriod } from '../../../src/keys/model.js';
import { Rotation } from '../../../src/keys/rotation.js';
import { managementSecret } from '../../../src/keys/storedKey.js';
import { Secret } from '../../../src/secret.js';
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
  revoke: async (deps, task) => (await revoke({ ...deps, wait: pause }, await keyOf(deps, task))).kind,
  remediate: async (deps, { environmentId, keyId, folder }) => {
    const { api, vault } = deps;
    // Where it was found: a file of the workspace.
    const secret = new Secret(readFileSync(leakIn(folder), 'utf8'));
    const leak = await identifyLeak({ api, vault, now: deps.now, permissions: () => ({}) }, { fingerprint: secret.fingerprint, secret });
    if (leak.kind !== 'known' || leak.row.key.id !== keyId) throw new Error(`The leak is ${leak.kind}, of ${environmentId}`);
    return (await remediationOf(deps, folder).start(leak, 'now', secret, () => undefined, never)).old.kind;
  },
} as const satisfies Readonly<Record<string, Action>>;

/** The name of the key that `create` makes. */
export const CREATED = 'made by a window';

export type ActionName = keyof typeof ACTIONS;

export function rotationOf({ api, vault, state, now }: WindowDeps): Rotation {
  return new Rotation({ api, vault, journal: new RotationJournal(state), now, wait: pause, newId: () => crypto.randomUUID() });
}

/** The file that the leaked value stands in, beside the journal's folder. */
export function leakIn(folder: string): string {
  return `${folder}-leak.txt`;
}

export function remediationOf(deps: WindowDeps, folder: string): Remediation {
  const { api, vault, state, now } = deps;
  const rotations = new RotationJournal(state);
  return new Remediation({
    api, vault, now, wait: pause, newId: () => crypto.randomUUID(), permissions: () => ({}),
    rotation: rotationOf(deps), rotations, journal: new RemediationJournal(state), ports: (deps.watch ?? ((ports) => ports))(portsOf(leakIn(folder))),
  });
}

/** A workspace of one file. */
function portsOf(file: string): RemediationPorts {
  const look = (wanted: string, mend: boolean) => {
    const holds = new Secret(readFileSync(file, 'utf8')).fingerprint === wanted;
    if (holds && mend) writeFileSync(file, 'process.env.STIGG_SERVER_API_KEY');
    const left = holds && !mend ? [{ place: file, reason: 'It was only looked for.', isOutside: false }] : [];
    return Promise.resolve({ files: holds && mend ? [file] : [], left, terminals: 0, looked: 1, skipped: [] });
  };
  return { mend: (wanted) => look(wanted, true), look: (wanted) => look(wanted, false), searchHistory: () => Promise.resolve({ repositories: [], problems: [] }) };
}

const never = new AbortController().signal;

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
