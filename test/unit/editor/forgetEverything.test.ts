import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyCommandDeps } from '../../../src/editor/keyCommands/deps.js';
import { forgetEverything, SETTINGS } from '../../../src/editor/keyCommands/forgetEverything.js';
import { unfinishedLines, unfinishedWork } from '../../../src/editor/keyCommands/unfinishedWork.js';
import { Secret } from '../../../src/secret.js';
import { MemoryState, MemoryVault } from '../keys/support/memory.js';
import { fake } from './fakeVscode.js';
import { row } from './rows.js';

const update = vi.hoisted(() => vi.fn<(name: string, value: unknown) => Promise<void>>(() => Promise.resolve()));
vi.mock('vscode', async () => {
  const { fake: base } = await import('./fakeVscode.js');
  return { ...base, ConfigurationTarget: { Global: 1 }, workspace: { ...base.workspace, getConfiguration: () => ({ inspect: (name: string) => (name === 'api.endpoint' ? { globalValue: 'x' } : {}), update }) } };
});

/** One record of each kind that this extension writes. */
const RECORDS = ['rotation-a.json', 'creation-b.json', 'remediation-c.json', 'leftovers-d.json', 'reminders.memory', 'reminders.next', 'permission-e.json', 'changes.vault'];

let vault: MemoryVault;
let state: MemoryState;
const memento = new Map<string, unknown>();
const order: string[] = [];

async function forget(answer: string | undefined): Promise<void> {
  fake.window.showWarningMessage.mockResolvedValue(answer);
  await forgetEverything({
    vault, state,
    inventory: { refresh: () => Promise.resolve() },
    clipboard: { clear: () => { order.push('clipboard'); return Promise.resolve(); } },
    active: { choose: (environment: unknown) => { order.push(`active ${String(environment)}`); return Promise.resolve(); } },
    workspaceState: { keys: () => [...memento.keys()], update: (name: string) => { memento.delete(name); return Promise.resolve(); } },
  } as unknown as KeyCommandDeps & Parameters<typeof forgetEverything>[0]);
}

beforeEach(async () => {
  vi.clearAllMocks();
  order.length = 0;
  vault = new MemoryVault();
  state = new MemoryState();
  const { stored } = row({ stored: true });
  if (stored !== null) await vault.save(stored, new Secret('x'));
  for (const name of RECORDS) await state.write(name, '{}');
  memento.set('stiggKeys.keyView', {}).set('stiggKeys.activeEnvironment', {});
});

describe('what is unfinished', () => {
  it('is told of one environment, where its records say so', async () => {
    await state.write('rotation-x.json', JSON.stringify({ environmentId: 'here' }));
    await state.write('remediation-y.json', JSON.stringify({ environmentId: 'there' }));
    await state.write('creation-z.json', 'not a record');
    expect(await unfinishedWork(state, 'here')).toEqual({ rotations: 1, creations: 0, remediations: 0, leftovers: 0 });
    expect(unfinishedLines(await unfinishedWork(state, 'elsewhere'))).toEqual([]);
  });
});

describe('forgetting everything', () => {
  it('leaves no value, no record of any kind, nothing of the workspace and no setting', async () => {
    await forget('Forget Everything');
    expect([...vault.values.keys(), ...vault.index.keys(), ...state.texts.keys(), ...memento.keys()]).toEqual([]);
    expect(order).toEqual(['clipboard', 'active null']);
    expect(fake.commands.executeCommand).toHaveBeenCalledWith('stiggKeys.clearFilter');
    expect(update.mock.calls).toEqual([['api.endpoint', undefined, 1]]);
  });

  it('changes nothing without a yes', async () => {
    await forget(undefined);
    expect([vault.values.size, state.texts.size, memento.size]).toEqual([1, RECORDS.length, 2]);
  });

  it.each([/all stored values \(1\)/, /rotations, creations, remediations of leaks/, /followed up/, /reminders/, /permissions/, /filter, active environment and the tasks/, /settings/, /Unfinished rotations: 1/, /Unfinished creations of keys: 1/, /Unfinished remediations of leaks: 1/, /old value still stands somewhere: 1/, /keys stay valid/])('says before: %s', async (words) => {
    await forget(undefined);
    expect((fake.window.showWarningMessage.mock.calls[0]?.[1] as { detail: string }).detail).toMatch(words);
  });

  it('knows every setting there is', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: { configuration: { properties: object } | { properties: object }[] } };
    const all = [contributes.configuration].flat().flatMap(({ properties }) => Object.keys(properties));
    expect(SETTINGS.map((name) => `stiggKeys.${name}`).sort()).toEqual(all.sort());
  });
});
