import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../src/errors.js';
import { revoke, type RevocationProof } from '../../../src/keys/revocation.js';
import { Inventory } from '../../../src/keys/inventory.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { storedKeyOf } from '../../../src/keys/storedKey.js';
import { Secret } from '../../../src/secret.js';
import type { FaultRequest } from '../../sandbox/index.js';
import { RotationWorld } from './support/rotationWorld.js';

const NAME = 'billing-service';
const FAULTS: readonly (readonly [name: string, fault: FaultRequest])[] = [
  ...[401, 403, 409, 429, 500].map((status) => [String(status), { kind: 'status', status }] as const),
  ['429 with Retry-After', { kind: 'status', status: 429, retryAfter: 1 }] as const,
  ...(['hang', 'hang-after', 'cut-before', 'cut-after', 'lie', 'invalid-json', 'html', 'redirect', 'huge-body'] as const).map((kind) => [kind, { kind }] as const),
].flatMap(([name, fault]): (readonly [string, FaultRequest])[] => [[`${name} once`, fault], [`${name} for ever`, { ...fault, times: null }]]);
const PLACES: readonly (readonly string[])[] = [['RevokeApiKey'], ['RevokeApiKey', 'ListKeys'], ['Probe']];

async function survive(fault: FaultRequest, operations: readonly string[]): Promise<readonly string[]> {
  const problems: string[] = [];
  const demand = (holds: boolean, what: string): void => {
    if (!holds) problems.push(what);
  };
  const world = await RotationWorld.start();
  const key = world.key(NAME);
  const token = world.live(key.id).token;
  const secret = new Secret(token);
  await world.vault.save(storedKeyOf(key, secret), secret);
  for (const operation of operations) world.sandbox.fail({ ...fault, operation });
  world.impatient = true;
  let proof: RevocationProof | undefined;
  let failure: unknown;
  try {
    proof = await revoke({ api: world.api, vault: world.vault, now: world.now, wait: () => Promise.resolve() }, key);
  } catch (error) {
    failure = error;
  }
  world.sandbox.clearFaults();
  world.impatient = false;
  const happened = world.isDead(key.id);
  const isKept = (await world.vault.read({ environmentId: key.environmentId, keyId: key.id })) !== undefined;
  demand((await world.api.probe((await world.managementValue()) ?? secret)) === 'valid', 'no stored key works');
  if (proof === undefined) {
    demand(failure instanceof ExpectedError && failure.nextStep !== '', `not told: ${String(failure)}`);
    demand(isKept, 'refused or not known, and the value is gone');
    demand(!happened || (failure instanceof ExpectedError && failure.code === 'outcomeUnknown') || operations.includes('ListKeys'), `it happened, and the person is told ${String(failure)}`);
  } else {
    demand(happened, `called ${proof.kind}, and it still works`);
    demand(proof.kind === 'refused' || isKept, `${proof.kind} is no proof, and the value is gone`);
    demand(proof.kind !== 'refused' || proof.control, 'proved by a Stigg that refuses everything');
  }
  // The next look lets go of what has ended, and of nothing else.
  const inventory = new Inventory({ api: world.api, vault: world.vault, now: world.now, resume: () => Promise.resolve([]) });
  await inventory.refresh();
  inventory.dispose();
  demand(((await world.vault.read({ environmentId: key.environmentId, keyId: key.id })) !== undefined) === !happened, 'the keychain is not in step after the next look');
  await world.close();
  return problems;
}

describe('revoking: whatever Stigg answers, and wherever', () => {
  it('never claims what it did not see, and loses no value', async () => {
    const cases = PLACES.flatMap((operations) => FAULTS.map(([name, fault]) => ({ title: `${name} at ${operations.join('+')}`, operations, fault })));
    const problems: string[] = [];
    const tried = cases.length;
    let survived = 0;
    await Promise.all(Array.from({ length: 4 }, async () => {
      for (let each = cases.shift(); each !== undefined; each = cases.shift()) {
        const found = await survive(each.fault, each.operations);
        if (found.length === 0) survived++;
        problems.push(...found.map((problem) => `${each.title}: ${problem}`));
      }
    }));
    console.log(`Revocation: ${String(tried)} faults tried, ${String(survived)} survived`);
    expect(problems.sort()).toEqual([]);
  }, 120_000);
});

describe('a key whose value is not here', () => {
  it.each<[string, Partial<StiggApi>, RevocationProof['kind']]>([
    ['that is revoked', {}, 'listed'],
    ['whose revocation was only claimed', { revokeKey: (_auth, ref) => Promise.resolve({ ...ref, type: 'SCOPED', displayName: NAME, description: null, createdAt: new Date(0), expireAt: new Date(0) }) }, 'accepted'],
  ])('%s', async (_what, changes, kind) => {
    const world = await RotationWorld.start();
    const key = world.key(NAME);
    expect(await revoke({ api: { ...world.api, ...changes }, vault: world.vault, now: world.now, wait: () => Promise.resolve() }, key)).toEqual({ kind });
    expect(world.isDead(key.id)).toBe(kind === 'listed');
    await world.close();
  });
});
