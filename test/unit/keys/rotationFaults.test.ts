import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../src/errors.js';
import type { GracePeriod } from '../../../src/keys/model.js';
import type { RotationProgress, RotationResult } from '../../../src/keys/rotation.js';
import type { FaultRequest } from '../../sandbox/index.js';
import { RotationWorld } from './support/rotationWorld.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** What Stigg, or something on the way to it, does instead of answering: once, and for ever where trying again could help. */
const FAULTS: readonly (readonly [name: string, fault: FaultRequest])[] = [
  ...[401, 403, 409, 429, 500].map((status) => [String(status), { kind: 'status', status }] as const),
  ['429 with Retry-After', { kind: 'status', status: 429, retryAfter: 1 }] as const,
  ...(['hang', 'cut-before', 'cut-after', 'lie'] as const).map((kind) => [kind, { kind }] as const),
].flatMap(([name, fault]): (readonly [string, FaultRequest])[] => [[`${name} once`, fault], [`${name} for ever`, { ...fault, times: null }]]).concat(
  (['html', 'redirect', 'invalid-json', 'huge-body'] as const).map((kind) => [`${kind} once`, { kind }]),
);

/** Where it happens: from which step on, to which operations. */
const PLACES: readonly { readonly step: RotationProgress; readonly operations: readonly string[]; readonly only?: GracePeriod }[] = [
  { step: 'checking', operations: ['ListKeys'] },
  { step: 'checking', operations: ['RevealToken'] },
  { step: 'committed', operations: ['RotateApiKey'] },
  { step: 'committed', operations: ['RotateApiKey', 'ListKeys'] },
  { step: 'storing', operations: ['RevealToken'] },
  { step: 'proving', operations: ['Probe'] },
  { step: 'settling', operations: ['ListKeys'] },
  { step: 'settling', operations: ['RevokeApiKey'], only: 'now' },
  { step: 'settling', operations: ['Probe'], only: 'now' },
];
/** The management key is first given more than the hour that was asked for. */
const SHORTENED: typeof PLACES = [{ step: 'settling', operations: ['UpdateApiKey'] }];

interface Case {
  readonly title: string;
  readonly name: string;
  readonly grace: GracePeriod;
  readonly step: RotationProgress;
  readonly faults: readonly FaultRequest[];
}

function casesOf(name: string, grace: GracePeriod, places: typeof PLACES): readonly Case[] {
  return places.filter(({ only }) => only === undefined || only === grace).flatMap(({ step, operations }) =>
    FAULTS.map(([kind, fault]): Case => ({
      title: `${name}, ${grace}, ${kind} at ${operations.join('+')} from "${step}"`,
      name, grace, step,
      faults: operations.map((operation) => ({ ...fault, operation })),
    })),
  );
}

/** What went wrong with one case, in words; empty when it survived. */
async function survive(world: RotationWorld, { name, grace, step, faults }: Case): Promise<readonly string[]> {
  const problems: string[] = [];
  const demand = (holds: boolean, what: string): void => {
    if (!holds) problems.push(what);
  };
  const key = world.key(name);
  let result: RotationResult | undefined;
  let failure: unknown;
  try {
    result = await world.rotation().rotate(key, grace, (reached) => {
      if (reached !== step) return;
      for (const fault of faults) world.sandbox.fail(fault);
      world.impatient = faults.some(({ kind }) => kind === 'hang');
    });
  } catch (error) {
    failure = error;
  }
  world.sandbox.clearFaults();
  world.impatient = false;

  // At this very moment the laptop may be closed.
  await expectUsable('at once');
  const happened = world.active(name)[0]?.id !== key.id;
  if (result === undefined) {
    demand(failure instanceof ExpectedError && failure.message !== '' && failure.nextStep !== '', `not told: ${String(failure)}`);
    const code = failure instanceof ExpectedError ? failure.code : '';
    demand(!happened || code.startsWith('rotation') || code === 'newKeyRefused', `it happened, and the person is told: ${code} ${String(failure)}`);
  } else {
    demand(happened, 'it did not happen, and was called done');
    demand(result.old.kind !== 'revoked' || world.isDead(key.id), 'the old key was called revoked, and works');
    demand(result.old.kind !== 'expiring' || world.live(key.id).expireAt?.getTime() === result.old.at.getTime(), 'the old key was given another expiry than told');
    demand(result.old.kind !== 'stillValid' || result.old.reason !== '', 'the old key is still valid for no reason');
  }

  // Tomorrow's first look: it is completed, or known not to have happened.
  world.sandbox.clock.advance(11 * MINUTE);
  for (const outcome of await world.rotation().resume()) demand(outcome.kind === 'finished' || outcome.kind === 'neverHappened', `resumed: ${outcome.kind} ${outcome.kind === 'failed' ? String(outcome.error) : ''}`);
  await expectUsable('after the resumption');
  demand((await world.journal.list()).length === 0, 'the journal is not empty');
  const active = world.active(name);
  demand(active.length === 1, `${String(active.length)} active keys of that name`);
  const successor = active[0];
  if (successor !== undefined && successor.id !== key.id) {
    demand((await world.vault.read({ environmentId: world.seed.id, keyId: successor.id }))?.reveal() === successor.token, 'the new key is not stored');
    const left = (world.live(key.id).expireAt?.getTime() ?? Infinity) - world.now().getTime() + 11 * MINUTE;
    const asked = { now: 11 * MINUTE, '1h': HOUR, '24h': 24 * HOUR, '3d': 0, '7d': 0 }[grace];
    demand(grace === 'now' ? world.isDead(key.id) : Math.abs(left - asked) < 3 * MINUTE, `the old key has ${String(Math.round(left / MINUTE))} min`);
  } else {
    demand(!happened, 'it happened, and is gone');
  }
  return problems;

  async function expectUsable(when: string): Promise<void> {
    const value = await world.managementValue();
    demand(value !== undefined && (await world.api.probe(value)) === 'valid', `no management key works ${when}`);
    for (const entry of await world.vault.list()) demand((await world.vault.read(entry)) !== undefined, `a value is missing ${when}`);
  }
}

describe('rotation: whatever Stigg answers, and wherever', () => {
  const tables = [['Full access key', 'now', PLACES], ['Full access key', '24h', PLACES], ['Full access key', '1h', SHORTENED], ['billing-service', 'now', PLACES], ['billing-service', '24h', PLACES]] as const;

  it.each(tables)('%s, %s', async (name, grace, places) => {
    const cases = [...casesOf(name, grace, places)];
    const tried = cases.length;
    const problems: string[] = [];
    let survived = 0;
    // A few people, each with a Stigg of their own, rotate one and the same key over and over.
    await Promise.all(Array.from({ length: 4 }, async () => {
      const world = await RotationWorld.start();
      for (let each = cases.shift(); each !== undefined; each = cases.shift()) {
        const { title } = each;
        const found = await survive(world, each);
        if (found.length === 0) survived++;
        problems.push(...found.map((problem) => `${title}: ${problem}`));
      }
      await world.close();
    }));
    console.log(`${name}, ${grace}: ${String(tried)} faults tried, ${String(survived)} survived`);
    expect(problems.sort()).toEqual([]);
  }, 60_000);
});
