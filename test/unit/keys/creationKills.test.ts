import { describe, expect, it } from 'vitest';
import { CreationJournal } from '../../../src/keys/creationJournal.js';
import type { Creation } from '../../../src/keys/creation.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import type { SharedState, Vault } from '../../../src/keys/vault.js';
import { alive, create, creationOf, journalOf, keyProblems, machineProblems } from './support/creationWorld.js';
import { RotationWorld } from './support/rotationWorld.js';

const MINUTE = 60_000;

class Killed extends Error {}

/** A process that ends at one moment of its life: every step of it counts, and after its end nothing of it happens any more. */
class Life {
  readonly #end: number;
  #steps = 0;
  isOver = false;
  /** What it was about to do, or had done, when it ended. */
  last = '';

  constructor(end: number) {
    this.#end = end;
  }

  async step<T>(name: string, act: () => Promise<T>): Promise<T> {
    this.#moment(`before ${name}`);
    const result = await act();
    this.#moment(`after ${name}`);
    return result;
  }

  #moment(name: string): void {
    if (!this.isOver) {
      this.#steps++;
      this.last = name;
      this.isOver = this.#steps === this.#end;
    }
    if (this.isOver) throw new Killed(name);
  }
}

/** The creation of a process with that life: its journal, its vault and its calls end with it. */
function mortal(world: RotationWorld, life: Life): Creation {
  const state: SharedState = {
    list: (prefix) => world.state.list(prefix),
    read: (name) => world.state.read(name),
    write: (name, text) => life.step(`writing the journal (${(JSON.parse(text) as { step: string }).step})`, () => world.state.write(name, text)),
    delete: (name) => life.step('removing the record', () => world.state.delete(name)),
    onDidChange: world.state.onDidChange,
    dispose: () => undefined,
  };
  const vault: Vault = {
    kind: 'keychain',
    list: () => world.vault.list(),
    read: (key) => world.vault.read(key),
    save: async (key, secret) => {
      // Value and index are two entries of the keychain.
      await life.step('storing the value', () => { world.vault.values.set(`${key.environmentId}/${key.keyId}`, secret.reveal()); return Promise.resolve(); });
      await life.step('storing the index', () => world.vault.save(key, secret));
    },
    updateIndex: (key) => life.step('changing the index', () => world.vault.updateIndex(key)),
    delete: (key) => life.step('deleting a value', () => world.vault.delete(key)),
    onDidChange: world.vault.onDidChange,
    dispose: () => undefined,
  };
  const api: StiggApi = {
    ...world.api,
    listKeys: (...args) => life.step('listKeys', () => world.api.listKeys(...args)),
    revealToken: (...args) => life.step('revealToken', () => world.api.revealToken(...args)),
    createScopedKey: (...args) => life.step('createScopedKey', () => world.api.createScopedKey(...args)),
    probe: (...args) => life.step('probe', () => world.api.probe(...args)),
  };
  return creationOf(world, { api, vault, journal: new CreationJournal(state) });
}

/** The restart: at once, when the lease of the dead window has ended, and the next day. */
async function restart(world: RotationWorld, name: string): Promise<readonly string[]> {
  const problems = [...(await machineProblems(world, 'at once'))];
  const outcomes = [...(await creationOf(world).resume())];
  world.sandbox.clock.advance(6 * MINUTE);
  outcomes.push(...(await creationOf(world).resume()));
  problems.push(...(await machineProblems(world, 'after the restart')));
  world.sandbox.clock.advance(11 * MINUTE);
  outcomes.push(...(await creationOf(world).resume()));
  problems.push(...(await machineProblems(world, 'at the end')), ...(await keyProblems(world, name)));
  const kinds = outcomes.map(({ kind }) => kind).filter((kind) => kind !== 'waiting');
  if (kinds.some((kind) => kind !== 'finished' && kind !== 'neverHappened')) problems.push(`resumed: ${kinds.join(', ')}`);
  // Whoever was killed has told nobody: the restart does, unless nothing was begun or the last step alone was left.
  const isThere = alive(world, name).length > 0;
  if (kinds.includes('neverHappened') && isThere) problems.push('called not to have happened, and exists');
  if (kinds.includes('finished') && !isThere) problems.push('called finished, and does not exist');
  return problems;
}

async function killAtEveryStep(begin: (world: RotationWorld, name: string) => Promise<void>, act: (world: RotationWorld, name: string, life: Life) => Promise<unknown>): Promise<{ tried: number; survived: number; problems: string[]; moments: string[] }> {
  const world = await RotationWorld.start();
  const problems: string[] = [];
  const moments: string[] = [];
  let survived = 0;
  for (let end = 1; ; end++) {
    const name = `service ${String(end)}`;
    const life = new Life(end);
    await begin(world, name);
    await act(world, name, life).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
    if (!life.isOver) break;
    moments.push(life.last);
    const found = await restart(world, name);
    if (found.length === 0) survived++;
    problems.push(...found.map((problem) => `killed ${life.last}: ${problem}`));
  }
  await world.close();
  return { tried: moments.length, survived, problems, moments };
}

describe('creation: killed at every step, and started again', () => {
  it('while the key is created', async () => {
    const { tried, survived, problems, moments } = await killAtEveryStep(
      () => Promise.resolve(),
      (world, name, life) => create(world, name, mortal(world, life)),
    );
    console.log(`create, killed (${moments.join('; ')}): ${String(tried)} kills tried, ${String(survived)} survived`);
    expect(problems).toEqual([]);
    expect(moments).toContain('after createScopedKey');
    expect(moments).toContain('before writing the journal (made)');
    expect(moments).toContain('after storing the value');
  }, 180_000);

  it('while what an earlier crash left behind is taken up', async () => {
    const { tried, survived, problems, moments } = await killAtEveryStep(
      async (world, name) => {
        await create(world, name, creationOf(world, { api: { ...world.api, createScopedKey: async (...args) => {
          await world.api.createScopedKey(...args);
          throw new Killed('after Stigg has acted');
        } } })).catch(() => undefined);
        expect((await journalOf(world).list()).map(({ step }) => step)).toEqual(['intended']);
      },
      (world, _name, life) => mortal(world, life).resume().then((outcomes) => {
        for (const outcome of outcomes) if (outcome.kind === 'failed') throw outcome.error;
      }),
    );
    console.log(`resume of a creation, killed (${moments.join('; ')}): ${String(tried)} kills tried, ${String(survived)} survived`);
    expect(problems).toEqual([]);
    expect(tried).toBeGreaterThan(10);
  }, 180_000);
});
