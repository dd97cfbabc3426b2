import { afterEach, describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../src/errors.js';
import { enrolManagementKey } from '../../../src/keys/enrol.js';
import { Inventory } from '../../../src/keys/inventory.js';
import { KnownPermissions } from '../../../src/keys/knownPermissions.js';
import { learningApi } from '../../../src/keys/learningApi.js';
import type { KeyAction } from '../../../src/keys/permissions.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { Secret } from '../../../src/secret.js';
import { ACME, type SandboxOptions } from '../../sandbox/index.js';
import { SCOPES } from './support/creationWorld.js';
import { RotationWorld } from './support/rotationWorld.js';

const DAY = 24 * 3_600_000;

interface Place {
  readonly world: RotationWorld;
  readonly api: StiggApi;
  readonly known: KnownPermissions;
  readonly inventory: Inventory;
  /** What is refused, and by which code. */
  readonly refused: () => Readonly<Record<string, string>>;
}

const endings: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of endings.splice(0)) await end(); });

async function place(options: SandboxOptions = {}, manager?: string, changes: Partial<StiggApi> = {}): Promise<Place> {
  const world = await RotationWorld.start(options, manager);
  return window(world, changes, () => world.close());
}

function window(world: RotationWorld, changes: Partial<StiggApi> = {}, close: () => Promise<void> = () => Promise.resolve()): Place {
  const raw: StiggApi = { ...world.api, ...changes };
  const known = new KnownPermissions({ api: raw, state: world.state, now: world.now });
  const api = learningApi(raw, world.vault, known);
  const inventory = new Inventory({ api, vault: world.vault, now: world.now, resume: () => Promise.resolve([]), permissions: known });
  endings.push(async () => {
    inventory.dispose();
    known.dispose();
    await close();
  });
  const refused = (): Record<string, string> => Object.fromEntries(Object.entries(inventory.environment(world.seed.id)?.permissions ?? {}).map(([action, refusal]) => [action, refusal.code]));
  return { world, api, known, inventory, refused };
}

const full = ({ world }: Place): Secret => new Secret(world.seed.fullAccess);
const createWith = (here: Place) => here.api.createScopedKey(full(here), { environmentId: here.world.seed.id, displayName: 'webhooks', scopes: SCOPES });
const MEMBER: SandboxOptions = { accounts: [{ ...ACME, role: 'MEMBER' }] };
/** What is decided together: whoever may not write one key may write none. */
const WRITES: readonly KeyAction[] = ['create', 'rename', 'scope', 'rotate', 'grace', 'revoke'];
const role = (actions: readonly KeyAction[]): Record<string, string> => Object.fromEntries(actions.map((action) => [action, 'role']));
const SMALL_PLAN: SandboxOptions = { accounts: [{ ...ACME, scopedKeys: false }] };

describe('what a scoped management key may not do', () => {
  it.each<[string, readonly KeyAction[]]>([
    ['ci-deployer', ['harden']],
    ['analytics', ['create', 'rename', 'scope', 'rotate', 'grace', 'revoke', 'harden']],
  ])('%s', async (manager, actions) => {
    const here = await place({}, manager);
    await here.inventory.refresh();
    expect(here.refused()).toEqual(Object.fromEntries(actions.map((action) => [action, 'scope'])));
    const refusal = here.inventory.environment(here.world.seed.id)?.permissions.harden;
    expect(refusal?.reason).toContain(manager);
    expect(refusal?.nextStep).toMatch(/full access key|account owner/);
  });

  it('is asked once per refresh, and follows the scope', async () => {
    const here = await place({}, 'ci-deployer');
    await here.inventory.refresh();
    const asked = (): number => here.world.sandbox.requests.filter(({ operation }) => operation === 'KeyScopes').length;
    expect(asked()).toBe(1);
    await here.world.api.updateKey(full(here), here.world.key('ci-deployer'), { scopes: [{ resource: 'API_KEY', action: 'READ' }, { resource: 'ENVIRONMENT', action: 'READ' }] });
    await here.inventory.refresh();
    expect(asked()).toBe(2);
    expect(here.refused()).toMatchObject({ rotate: 'scope' });
  });

  it('is nothing while Stigg does not say', async () => {
    const here = await place({}, 'analytics', { keyScopes: () => Promise.reject(new ExpectedError('serverError', 'Stigg failed.', 'Wait.')) });
    await here.inventory.refresh();
    expect(here.refused()).toEqual({});
  });
});

describe('a full access key', () => {
  it('of an owner may do everything', async () => {
    const here = await place();
    await here.inventory.refresh();
    expect(here.refused()).toEqual({});
    await createWith(here);
    expect(here.refused()).toEqual({});
  });

  it('of a plan without scoped keys: said before anybody asks for one', async () => {
    const here = await place(SMALL_PLAN);
    await here.inventory.refresh();
    expect(here.refused()).toEqual({ create: 'plan', scope: 'plan' });
    expect(here.inventory.environment(here.world.seed.id)?.permissions.create?.nextStep).toMatch(/Scale plan.*account owner/);
  });

  it('of a plan for which Stigg lists no scopes: the same', async () => {
    const here = await place({}, undefined, { availableScopes: () => Promise.resolve([]) });
    await here.inventory.refresh();
    expect(here.refused()).toEqual({ create: 'plan', scope: 'plan' });
  });

  it('is asked about its plan once in a window', async () => {
    const here = await place();
    await here.inventory.refresh();
    await here.inventory.refresh();
    expect(here.world.sandbox.requests.filter(({ operation }) => operation === 'AvailableScopes')).toHaveLength(1);
  });

  it.each<[KeyAction, (here: Place) => Promise<unknown>, readonly KeyAction[]]>([
    ['reveal', (here) => here.api.revealToken(full(here), here.world.key('Full access key')), ['reveal', ...WRITES]],
    ['create', createWith, WRITES],
    ['rename', (here) => here.api.updateKey(full(here), here.world.key('analytics'), { displayName: 'x' }), WRITES],
    ['scope', (here) => here.api.updateKey(full(here), here.world.key('analytics'), { scopes: SCOPES }), WRITES],
    ['grace', (here) => here.api.updateKey(full(here), here.world.key('analytics'), { expireAt: new Date() }), WRITES],
    ['rotate', (here) => here.api.rotateKey(full(here), here.world.key('analytics'), new Date()), WRITES],
    ['revoke', (here) => here.api.revokeKey(full(here), here.world.key('analytics')), WRITES],
  ])('of a member: a refused "%s" is remembered, in words with the next step', async (_action, act, actions) => {
    const here = await place(MEMBER);
    await here.inventory.refresh();
    expect(here.refused()).toEqual({});
    await expect(act(here)).rejects.toMatchObject({ code: 'forbidden', nextStep: expect.stringMatching(/account owner/) as string });
    expect(here.refused()).toEqual(Object.fromEntries(actions.map((action) => [action, 'role'])));
    for (const [, refusal] of Object.entries(here.inventory.environment(here.world.seed.id)?.permissions ?? {})) {
      expect(refusal.reason).toMatch(/\.$/);
      expect(refusal.nextStep).toMatch(/account owner/);
    }
  });
});

describe('a key that is being added', () => {
  it.each<[string, SandboxOptions, string | undefined, readonly KeyAction[]]>([
    ['of a member: refused before the first click', MEMBER, undefined, ['reveal', ...WRITES]],
    ['of an owner: nothing is refused', {}, undefined, []],
  ])('%s', async (_, options, manager, actions) => {
    const here = await place(options, manager);
    for (const stored of await here.world.vault.list()) await here.world.vault.delete(stored);
    await enrolManagementKey({ vault: here.world.vault, now: here.world.now, api: here.api, lessons: here.known }, full(here));
    await here.inventory.refresh();
    expect(here.refused()).toEqual(role(actions));
  });

  it('is refused nothing because of a hiccup', async () => {
    const here = await place();
    for (const stored of await here.world.vault.list()) await here.world.vault.delete(stored);
    here.world.sandbox.fail({ operation: 'RevealToken', status: 403, code: 'RequiredSsoAuthenticationError' });
    await enrolManagementKey({ vault: here.world.vault, now: here.world.now, api: here.api, lessons: here.known }, full(here)).catch(() => undefined);
    await here.inventory.refresh();
    expect(here.refused()).toEqual({});
  });
});

describe('what was learned', () => {
  const learned = async (): Promise<Place> => {
    const here = await place(MEMBER);
    await here.inventory.refresh();
    await createWith(here).catch(() => undefined);
    expect(here.refused()).toEqual(role(WRITES));
    return here;
  };

  it('is ids alone', async () => {
    const here = await learned();
    const texts = [...here.world.state.texts].filter(([name]) => name.startsWith('permission-')).map(([, text]) => text);
    expect(texts).toHaveLength(1);
    expect(Object.keys(JSON.parse(texts[0] ?? '{}') as object).sort()).toEqual(['environmentId', 'keyId', 'lessons']);
    for (const key of here.world.sandbox.keys()) expect(texts.join()).not.toContain(key.token.slice(0, 20));
  });

  it('is known to another window, and after a restart', async () => {
    const here = await learned();
    const other = window(here.world);
    await other.inventory.refresh();
    expect(other.refused()).toEqual(role(WRITES));
  });

  it('reaches a window that is open', async () => {
    const here = await place(MEMBER);
    const other = window(here.world);
    await Promise.all([here.inventory.refresh(), other.inventory.refresh()]);
    await createWith(here).catch(() => undefined);
    await expect.poll(other.refused).toEqual(role(WRITES));
  });

  it('is forgotten after a day', async () => {
    const here = await learned();
    here.world.sandbox.clock.advance(DAY + 1);
    await here.inventory.refresh();
    expect(here.refused()).toEqual({});
  });

  it('is forgotten with another management key', async () => {
    const here = await learned();
    await enrolManagementKey(here.world, new Secret(here.world.seed.scoped.find(({ name }) => name === 'ci-deployer')?.token ?? ''));
    await here.inventory.refresh();
    expect(here.refused()).toEqual({});
  });

  it('is forgotten when somebody wants it checked again', async () => {
    const here = await learned();
    await here.known.forget();
    expect(here.refused()).toEqual({});
    expect([...here.world.state.texts.keys()].filter((name) => name.startsWith('permission-'))).toEqual([]);
  });

  it('is forgotten when Stigg allows it', async () => {
    const here = await place();
    here.world.sandbox.fail({ operation: 'CreateScopedApiKey', status: 403 });
    await here.inventory.refresh();
    await createWith(here).catch(() => undefined);
    expect(here.refused()).toEqual(role(WRITES));
    await createWith(here);
    expect(here.refused()).toEqual({});
  });

  it('of the plan stays, whatever the role has become', async () => {
    const here = await place(SMALL_PLAN);
    await here.inventory.refresh();
    here.world.sandbox.fail({ operation: 'RotateApiKey', status: 403 });
    const rotate = () => here.api.rotateKey(full(here), here.world.key('Full access key'), new Date(here.world.now().getTime() + DAY));
    await rotate().catch(() => undefined);
    expect(here.refused()).toEqual({ create: 'plan', scope: 'plan', ...role(['rename', 'rotate', 'grace', 'revoke']) });
    await rotate();
    expect(here.refused()).toEqual({ create: 'plan', scope: 'plan' });
  });

  it.each([401, 409, 429, 500])('is nothing from a %i', async (status) => {
    const here = await place();
    await here.inventory.refresh();
    here.world.sandbox.fail({ operation: 'RevokeApiKey', status, times: null });
    await here.api.revokeKey(full(here), here.world.key('analytics')).catch(() => undefined);
    expect(here.refused()).toEqual({});
  });

  it('is nothing where single sign-on is demanded', async () => {
    const here = await place();
    await here.inventory.refresh();
    here.world.sandbox.fail({ operation: 'RevokeApiKey', status: 403, code: 'RequiredSsoAuthenticationError' });
    await here.api.revokeKey(full(here), here.world.key('analytics')).catch(() => undefined);
    expect(here.refused()).toEqual({});
  });

  it.each(['', '{', '[]', '{"lessons":[1]}', '{"lessons":{"create":7}}', '{"lessons":{"create":{"limit":"forbidden","at":"x"}}}', '{"lessons":{"fly":{"limit":"forbidden","at":"2026-01-01T00:00:00Z"}}}'])('survives a damaged record (%j)', async (text) => {
    const here = await learned();
    for (const name of here.world.state.texts.keys()) if (name.startsWith('permission-')) await here.world.state.write(name, text);
    await here.inventory.refresh();
    expect(here.refused()).toEqual({});
  });
});
