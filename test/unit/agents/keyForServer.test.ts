import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AGENT_SCOPES } from '../../../src/agents/readOnlyKey.js';
import { withdrawAgentConsents } from '../../../src/editor/agents/consents.js';
import { KeyForServer } from '../../../src/editor/agents/keyForServer.js';
import type { Inventory } from '../../../src/keys/inventory.js';
import type { Scope } from '../../../src/keys/model.js';
import { presetScopes } from '../../../src/keys/scopes.js';
import type { StoredKey } from '../../../src/keys/vault.js';
import { fake } from '../editor/fakeVscode.js';
import { production } from '../editor/rows.js';
import { creationOf } from '../keys/support/creationWorld.js';
import { RotationWorld } from '../keys/support/rotationWorld.js';

vi.mock('vscode', async () => (await import('../editor/fakeVscode.js')).fake);

interface Button { readonly title: string }
const never = new AbortController().signal;
let world: RotationWorld;
let memory: Map<string, unknown>;
/** The buttons of each question that was asked, and its detail. */
let asked: { buttons: readonly string[]; detail: string }[];

/** What the person presses, by the beginning of its words; undefined is Escape. */
function answers(...presses: readonly (string | undefined)[]): void {
  const left = [...presses];
  fake.window.showWarningMessage.mockImplementation((...args) => {
    const [, options, ...buttons] = args as [string, { detail: string }, ...Button[]];
    asked.push({ buttons: buttons.map(({ title }) => title), detail: options.detail });
    const press = left.shift();
    return Promise.resolve(press === undefined ? undefined : buttons.find(({ title }) => title.startsWith(press)));
  });
}

function keys(): KeyForServer {
  const inventory = { environment: () => ({ environment: production }), refresh: () => Promise.resolve() } as unknown as Inventory;
  return new KeyForServer({
    api: world.api, vault: world.vault, now: world.now, inventory,
    workspaceState: { get: (name: string) => memory.get(name), update: (name: string, value: unknown) => { memory.set(name, value); return Promise.resolve(); } },
  });
}

const mask = async (using = keys()): Promise<string | undefined> => (await using.keyFor(world.seed.id, never))?.mask;
const make = (displayName: string, scopes: readonly Scope[]): Promise<StoredKey> => creationOf(world).create({ environmentId: world.seed.id, displayName, description: '', scopes }, () => undefined);
const full = async (): Promise<string> => (await world.managementValue())?.mask ?? '';

beforeEach(async () => {
  vi.clearAllMocks();
  world = await RotationWorld.start();
  memory = new Map();
  asked = [];
  answers();
});
afterEach(() => world.close());

describe('the key of a server', () => {
  it('is asked for where there is only the full one, and nothing starts on Escape', async () => {
    expect(await mask()).toBeUndefined();
    expect(asked.map(({ buttons }) => buttons)).toEqual([['Create a Read-Only Key…', 'Use the Full Key This Time', 'Use the Full Key in This Workspace']]);
    expect(memory.size).toBe(0);
  });

  it('is the full one this time only', async () => {
    answers('Use the Full Key This Time', undefined);
    expect(await mask()).toBe(await full());
    expect(await mask()).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('is the full one from then on, remembered by ids alone', async () => {
    answers('Use the Full Key in This Workspace');
    expect(await mask()).toBe(await full());
    expect(await mask()).toBe(await full());
    expect(asked).toHaveLength(1);
    expect(JSON.stringify([...memory])).toBe(`[["stiggKeys.agents.consents",{"${world.seed.id}":"full"}]]`);
  });

  it('is asked for again once consent was withdrawn', async () => {
    const memento = { get: (name: string) => memory.get(name) as undefined, update: (name: string, value: unknown) => { if (value === undefined) memory.delete(name); else memory.set(name, value); return Promise.resolve(); } };
    expect(await withdrawAgentConsents(memento)).toBe(0);
    answers('Use the Full Key in This Workspace', undefined);
    await mask();
    expect(await withdrawAgentConsents(memento)).toBe(1);
    expect(memory.size).toBe(0);
    expect(await mask()).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('of production is asked for each time, with the words for it, whatever was remembered', async () => {
    const stored = (await world.vault.list()).find(({ manages }) => manages !== null);
    if (stored === undefined || stored.manages === null) throw new Error('no management key');
    await world.vault.updateIndex({ ...stored, manages: { ...stored.manages, type: 'PRODUCTION' } });
    memory.set('stiggKeys.agents.consents', { [world.seed.id]: 'full' });
    answers('Use the Full Key in Production Once', undefined);
    expect(await mask()).toBe(await full());
    expect(await mask()).toBeUndefined();
    expect(asked[1]?.buttons).toEqual(['Create a Read-Only Key…', 'Use the Full Key in Production Once']);
    expect(asked[0]?.detail).toContain('REAL CUSTOMERS');
  });

  it('is one that only reads, without a question', async () => {
    await make('writer', [{ resource: 'CUSTOMER', action: 'WRITE' }]);
    const reader = await make('reader', AGENT_SCOPES);
    expect(await mask()).toBe(reader.mask);
    expect(asked).toEqual([]);
  });

  it('may be one that reads keys too, when the person says so once', async () => {
    const reader = await make('everything', presetScopes('readOnly'));
    answers('Use "everything"');
    expect(await mask()).toBe(reader.mask);
    expect(asked[0]?.detail).toContain('may read API keys');
    expect(await mask()).toBe(reader.mask);
    expect(asked).toHaveLength(1);
  });

  it('is asked for again when what it may do has grown since', async () => {
    const reader = await make('reader', AGENT_SCOPES);
    memory.set('stiggKeys.agents.consents', { [world.seed.id]: reader.keyId });
    const auth = await world.managementValue();
    if (auth === undefined) throw new Error('no management key');
    await world.api.updateKey(auth, { environmentId: world.seed.id, id: reader.keyId }, { scopes: presetScopes('customersWrite') });
    expect(await mask()).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('is made by the command of the sidebar, with scopes that give out no credentials', async () => {
    answers('Create a Read-Only Key');
    fake.commands.executeCommand.mockImplementation(async (...args) => {
      const [command, node, proposal] = args as [string, { kind: string }, { name: string; scopes: readonly Scope[] }];
      expect([command, node.kind, proposal.name]).toEqual(['stiggKeys.createScopedKey', 'environment', 'agents']);
      expect(proposal.scopes.every(({ resource, action }) => action === 'READ' && resource !== 'API_KEY' && resource !== 'EVENT_QUEUE')).toBe(true);
      await make('agents', proposal.scopes);
    });
    const value = await mask();
    expect(value).toBe((await world.vault.list()).find(({ displayName }) => displayName === 'agents')?.mask);
    expect(await mask()).toBe(value);
    expect(asked).toHaveLength(1);
  });

  it.each<[string, () => Promise<unknown>, string | undefined]>([
    ['no key was made', () => Promise.resolve(), undefined],
    ['the key that was made can write', () => make('agents', presetScopes('customersWrite')), 'keyWrites'],
  ])('is none when %s', async (_what, command, code) => {
    answers('Create a Read-Only Key');
    fake.commands.executeCommand.mockImplementation(command);
    const result = await mask().catch((error: unknown) => (error as { code?: string }).code);
    expect(result).toBe(code);
  });

  it('asks once when the server is started twice', async () => {
    answers('Use the Full Key This Time');
    const using = keys();
    expect(await Promise.all([mask(using), mask(using)])).toEqual([await full(), await full()]);
    expect(asked).toHaveLength(1);
  });

  it.each<[string, () => unknown, string]>([
    ['the environment is gone', () => { world.vault.index.clear(); }, 'noEnvironment'],
    ['its value is gone', () => { world.vault.values.clear(); memory.set('stiggKeys.agents.consents', { [world.seed.id]: 'full' }); }, 'valueMissing'],
    ['Stigg does not answer for the scopes', async () => { await make('reader', AGENT_SCOPES); world.sandbox.fail({ status: 503, times: null }); }, 'serverError'],
  ])('says so when %s', async (_what, prepare, code) => {
    await prepare();
    await expect(mask()).rejects.toMatchObject({ code });
    expect(asked).toEqual([]);
  });
});

