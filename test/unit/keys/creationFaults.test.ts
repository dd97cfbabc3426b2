import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../src/errors.js';
import type { CreationProgress } from '../../../src/keys/creation.js';
import type { FaultRequest } from '../../sandbox/index.js';
import { alive, create, creationOf, keyProblems, machineProblems } from './support/creationWorld.js';
import { RotationWorld } from './support/rotationWorld.js';

const MINUTE = 60_000;

/** What Stigg, or something on the way to it, does instead of answering: once, and for ever where trying again could help. */
const FAULTS: readonly (readonly [name: string, fault: FaultRequest])[] = [
  ...[401, 403, 409, 429, 500].map((status) => [String(status), { kind: 'status', status }] as const),
  ['429 with Retry-After', { kind: 'status', status: 429, retryAfter: 1 }] as const,
  ...(['hang', 'cut-before', 'cut-after', 'lie', 'invalid-json'] as const).map((kind) => [kind, { kind }] as const),
].flatMap(([name, fault]): (readonly [string, FaultRequest])[] => [[`${name} once`, fault], [`${name} for ever`, { ...fault, times: null }]]).concat(
  (['html', 'redirect', 'huge-body'] as const).map((kind) => [`${kind} once`, { kind }]),
);

/** Where it happens: from which step on, to which operations. */
const PLACES: readonly { readonly step: CreationProgress; readonly operations: readonly string[] }[] = [
  { step: 'checking', operations: ['ListKeys'] },
  { step: 'checking', operations: ['RevealToken'] },
  { step: 'committed', operations: ['CreateScopedApiKey'] },
  { step: 'committed', operations: ['CreateScopedApiKey', 'ListKeys'] },
  { step: 'committed', operations: ['CreateScopedApiKey', 'RevealToken'] },
  { step: 'storing', operations: ['RevealToken'] },
  { step: 'proving', operations: ['Probe'] },
];

interface Case {
  readonly title: string;
  readonly step: CreationProgress;
  readonly faults: readonly FaultRequest[];
}

const CASES: readonly Case[] = PLACES.flatMap(({ step, operations }) =>
  FAULTS.map(([kind, fault]) => ({ title: `${kind} at ${operations.join('+')} from "${step}"`, step, faults: operations.map((operation) => ({ ...fault, operation })) })),
);

/** What went wrong with one case, in words; empty when it survived. */
async function survive(world: RotationWorld, name: string, { step, faults }: Case): Promise<readonly string[]> {
  const problems: string[] = [];
  const demand = (holds: boolean, what: string): void => {
    if (!holds) problems.push(what);
  };
  const strike = (): void => {
    for (const fault of faults) world.sandbox.fail(fault);
    world.impatient = faults.some(({ kind }) => kind === 'hang');
  };
  const relent = (): void => {
    world.sandbox.clearFaults();
    world.impatient = false;
  };
  const told = (error: unknown): string => {
    demand(error instanceof ExpectedError && error.message !== '' && error.nextStep !== '', `not told: ${String(error)}`);
    return error instanceof ExpectedError ? error.code : '';
  };

  let isDone = false;
  let code = '';
  try {
    await create(world, name, creationOf(world), (reached) => { if (reached === step) strike(); });
    isDone = true;
  } catch (error) {
    code = told(error);
  }
  relent();

  // At this very moment the laptop may be closed.
  problems.push(...(await machineProblems(world, 'at once')));
  const happened = alive(world, name).length > 0;
  demand(!isDone || happened, 'it did not happen, and was called done');
  demand(isDone || !happened || code.startsWith('creation') || code === 'newKeyRefused', `it happened, and the person was told ${code}`);

  // The person tries again at once: never a second key of that name.
  if (!isDone) {
    try {
      await create(world, name);
      demand(!happened, 'the second try made another key');
    } catch (error) {
      demand(told(error) === 'creationPending', 'the second try failed otherwise');
    }
  }

  // The next look happens in the same bad weather, and tomorrow's in good.
  strike();
  for (const outcome of await creationOf(world).resume()) if (outcome.kind === 'failed') told(outcome.error);
  relent();
  problems.push(...(await machineProblems(world, 'after the first resumption')));
  world.sandbox.clock.advance(11 * MINUTE);
  for (const outcome of await creationOf(world).resume()) {
    demand(outcome.kind === 'finished' || outcome.kind === 'neverHappened', `resumed: ${outcome.kind} ${outcome.kind === 'failed' ? String(outcome.error) : ''}`);
    demand((outcome.kind === 'finished') === alive(world, name).length > 0, `${outcome.kind} is not what happened`);
  }
  problems.push(...(await machineProblems(world, 'at the end')), ...(await keyProblems(world, name)));
  return problems;
}

describe('creation: whatever Stigg answers, and wherever', () => {
  it('leaves at most one key, stored, and the person told', async () => {
    const left = CASES.map((each, index) => [`service ${String(index)}`, each] as const);
    const problems: string[] = [];
    const table = new Map<string, { tried: number; survived: number }>();
    await Promise.all(Array.from({ length: 4 }, async () => {
      const world = await RotationWorld.start();
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [name, each] = next;
        const found = await survive(world, name, each);
        const place = each.title.replace(/^.* at /, '');
        const row = table.get(place) ?? { tried: 0, survived: 0 };
        table.set(place, { tried: row.tried + 1, survived: row.survived + Number(found.length === 0) });
        problems.push(...found.map((problem) => `${each.title}: ${problem}`));
      }
      await world.close();
    }));
    console.table(Object.fromEntries([...table].map(([place, row]) => [`create: ${place}`, row])));
    expect(problems.sort()).toEqual([]);
    expect(CASES.length).toBeGreaterThan(150);
  }, 300_000);
});
