import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../src/errors.js';
import type { RemediationFacts } from '../../../src/keys/remediation/facts.js';
import { endWords, remediationReport, statusLine } from '../../../src/keys/remediation/report.js';
import type { LeakEnd } from '../../../src/keys/remediation/journal.js';
import type { RemediationProgress } from '../../../src/keys/remediation.js';
import type { Secret } from '../../../src/secret.js';
import type { FaultRequest } from '../../sandbox/index.js';
import { RemediationWorld } from './support/remediationWorld.js';

const MINUTE = 60_000;
const quiet = (): undefined => undefined;
const never = new AbortController().signal;

/** What Stigg, or something on the way to it, does instead of answering: once, and for ever. */
const FAULTS: readonly (readonly [name: string, fault: FaultRequest])[] = [
  ...[401, 403, 409, 429, 500].map((status) => [String(status), { kind: 'status', status }] as const),
  ['429 with Retry-After', { kind: 'status', status: 429, retryAfter: 1 }] as const,
  ...(['hang', 'cut-before', 'cut-after', 'lie', 'invalid-json'] as const).map((kind) => [kind, { kind }] as const),
].flatMap(([name, fault]): (readonly [string, FaultRequest])[] => [[`${name} once`, fault], [`${name} for ever`, { ...fault, times: null }]]);

/** Where it happens: from which step on ('start': before anything), to which operation. */
const PLACES: readonly (readonly [step: RemediationProgress | 'start', operation: string])[] = [
  ['start', 'ListKeys'], ['start', 'RevealToken'], ['start', 'RotateApiKey'], ['start', 'Probe'], ['start', 'UpdateApiKey'], ['start', 'RevokeApiKey'],
  ['replaced', 'ListKeys'], ['ended', 'ListKeys'], ['ended', 'RevokeApiKey'], ['ended', 'Probe'], ['proved', 'Probe'], ['proved', 'ListKeys'], ['history', 'KeyActivity'],
];

interface Case {
  readonly title: string;
  readonly name: string;
  readonly end: LeakEnd;
  readonly step: RemediationProgress | 'start';
  readonly fault: FaultRequest;
}

function casesOf(name: string, end: LeakEnd): readonly Case[] {
  return PLACES.flatMap(([step, operation]) => FAULTS.map(([kind, fault]): Case => ({ title: `${name}, ${end}, ${kind} at ${operation} from "${step}"`, name, end, step, fault: { ...fault, operation } })));
}

/** The invariants that hold at any moment, whatever happened. */
async function problemsNow(world: RemediationWorld, when: string): Promise<readonly string[]> {
  const problems: string[] = [];
  const value = await world.base.managementValue();
  if (value === undefined || (await world.base.api.probe(value)) !== 'valid') problems.push(`no management key works ${when}`);
  for (const entry of await world.base.vault.list()) if ((await world.base.vault.read(entry)) === undefined) problems.push(`a value is missing ${when}`);
  return problems;
}

/** What must hold once everything has been taken up again. */
async function problemsAtEnd(world: RemediationWorld, name: string, end: LeakEnd, secret: Secret): Promise<readonly string[]> {
  const problems = [...await problemsNow(world, 'at the end')];
  if ((await world.journal.list()).length > 0) problems.push('the journal is not empty');
  if ((await world.base.journal.list()).length > 0) problems.push('the journal of rotations is not empty');
  if ((await world.base.api.probe(secret)) !== 'invalid') problems.push('the leaked value still works');
  if ([...world.workspace.files.values()].includes(secret.reveal())) problems.push('a file still holds the value');
  const active = world.base.active(name);
  if (active.length !== (end === 'revoke' ? 0 : 1)) problems.push(`${String(active.length)} active keys of that name`);
  for (const key of active) {
    const kept = await world.base.vault.read({ environmentId: world.base.seed.id, keyId: key.id });
    if (kept?.reveal() !== key.token) problems.push('the new key is not stored');
  }
  return problems;
}

/** Whether what the person was told is true. */
async function problemsTold(world: RemediationWorld, secret: Secret, facts: RemediationFacts | undefined, failure: unknown): Promise<readonly string[]> {
  const problems: string[] = [];
  const works = (await world.base.api.probe(secret)) !== 'invalid';
  if (facts === undefined) {
    if (!(failure instanceof ExpectedError) || failure.message === '' || failure.nextStep === '') problems.push(`not told: ${String(failure)}`);
    // A part is done: then the record is there, and the person is told so.
    if ((await world.journal.list()).length > 0 && !(failure instanceof ExpectedError && failure.code === 'remediationUnfinished')) problems.push('a part is left, and nobody said so');
    return problems;
  }
  if (facts.old.kind === 'refused' && works) problems.push('called refused, and it works');
  if (facts.old.kind !== 'stillValid' && facts.isOpen) problems.push('called open, and done');
  if (facts.old.kind === 'stillValid' && facts.old.reason === '') problems.push('still valid for no reason');
  if (facts.isOpen !== (await world.journal.list()).length > 0) problems.push('the journal does not say what the report says');
  const text = remediationReport(facts, { keyType: String, environmentType: String, version: '' });
  if (!text.includes(statusLine(facts)) || text.includes(secret.reveal())) problems.push('the report is wrong');
  return problems;
}

async function takeUp(world: RemediationWorld, name: string, end: LeakEnd, secret: Secret): Promise<readonly string[]> {
  const problems: string[] = [];
  for (let day = 0; day < 3; day += 1) {
    world.base.sandbox.clock.advance(11 * MINUTE);
    await world.base.rotation().resume();
    for (const record of await world.remediation().unfinished()) {
      await world.remediation().resume(record, quiet, never).catch((error: unknown) => {
        if (!(error instanceof ExpectedError)) problems.push(`resumed: ${String(error)}`);
      });
    }
    problems.push(...await problemsNow(world, `on day ${String(day)}`));
  }
  // What never began is begun again by the person.
  if ((await world.journal.list()).length === 0 && (await world.base.api.probe(secret)) === 'valid') {
    await world.remediation().start(await world.known(secret), end, secret, quiet, never);
  }
  return [...problems, ...await problemsAtEnd(world, name, end, secret)];
}

async function survive(world: RemediationWorld, { name, end, step, fault }: Case): Promise<readonly string[]> {
  const secret = world.leak(name);
  const leak = await world.known(secret);
  const before = world.base.sandbox.keys().length;
  let facts: RemediationFacts | undefined;
  let failure: unknown;
  let isArmed = false;
  const arm = (reached: string): void => {
    if (reached !== step || isArmed) return;
    isArmed = true;
    world.base.sandbox.fail(fault);
    world.base.impatient = fault.kind === 'hang';
  };
  arm('start');
  try {
    facts = await world.remediation().start(leak, end, secret, arm, never);
  } catch (error) {
    failure = error;
  }
  world.base.sandbox.clearFaults();
  world.base.impatient = false;
  const problems = [...await problemsNow(world, 'at once'), ...await problemsTold(world, secret, facts, failure), ...await takeUp(world, name, end, secret)];
  // One successor, however often it was tried.
  const made = world.base.sandbox.keys().length - before;
  if (made > (end === 'revoke' ? 0 : 1)) problems.push(`${String(made)} keys were made`);
  return problems;
}

/** Everything the operating system would have lost: the process is gone, nothing after this point runs. */
class Killed extends Error {}

function killAt<T extends object>(target: T, counter: { left: number; dead: boolean }, when: 'before' | 'after', methods: readonly string[]): T {
  return new Proxy(target, {
    get(object, property) {
      const value: unknown = Reflect.get(object, property, object);
      if (typeof value !== 'function') return value;
      const method = value as (...args: unknown[]) => unknown;
      if (typeof property !== 'string' || !methods.includes(property)) return method.bind(object);
      return async (...args: unknown[]): Promise<unknown> => {
        if (counter.dead) throw new Killed();
        const isLast = counter.left-- === 0;
        if (isLast) counter.dead = true;
        if (isLast && when === 'before') throw new Killed();
        const result = await method.apply(object, args);
        if (isLast) throw new Killed();
        return result;
      };
    },
  });
}

const METHODS = ['probe', 'listKeys', 'revealToken', 'rotateKey', 'updateKey', 'revokeKey', 'keyActivity', 'save', 'updateIndex', 'delete', 'write', 'mend', 'searchHistory'];
const TABLE: (readonly [what: string, tried: number, survived: number])[] = [];

describe('remediation: whatever Stigg answers, and wherever', () => {
  const tables = [['Full access key', 'afterReplacement'], ['Full access key', 'now'], ['billing-service', 'afterReplacement'], ['billing-service', 'revoke']] as const;

  it.each(tables)('%s, %s', async (name, end) => {
    const cases = [...casesOf(name, end)];
    const tried = cases.length;
    const problems: string[] = [];
    let survived = 0;
    await Promise.all(Array.from({ length: 4 }, async () => {
      let world = await RemediationWorld.start();
      for (let each = cases.shift(); each !== undefined; each = cases.shift()) {
        const { title } = each;
        const found = await survive(world, each);
        if (found.length === 0) survived += 1;
        problems.push(...found.map((problem) => `${title}: ${problem}`));
        // A revoked key does not come back, and the list of keys gets long.
        if (end === 'revoke' || found.length > 0) {
          await world.close();
          world = await RemediationWorld.start();
        }
      }
      await world.close();
    }));
    TABLE.push([`${name}, end ${endWords(end)}: faults`, tried, survived]);
    expect(problems.sort()).toEqual([]);
  }, 240_000);
});

describe('remediation: the process is killed at every step', () => {
  const cases = [['Full access key', 'afterReplacement'], ['Full access key', 'now'], ['billing-service', 'afterReplacement'], ['billing-service', 'revoke']] as const;

  it.each(cases.flatMap(([name, end]) => (['before', 'after'] as const).map((when) => [name, end, when] as const)))('%s, %s, killed %s it acted', async (name, end, when) => {
    const problems: string[] = [];
    let survived = 0;
    let step = 0;
    for (; step < 120; step += 1) {
      const world = await RemediationWorld.start();
      const secret = world.leak(name);
      const leak = await world.known(secret);
      const before = world.base.sandbox.keys().length;
      const counter = { left: step, dead: false };
      const doomed = world.remediation({
        api: killAt(world.base.api, counter, when, METHODS),
        vault: killAt(world.base.vault, counter, when, METHODS),
        state: killAt(world.base.state, counter, when, METHODS),
        ports: killAt(world.workspace, counter, when, METHODS),
      });
      await doomed.start(leak, end, secret, quiet, never).catch(quiet);
      const isOver = !counter.dead;
      const found = [...await problemsNow(world, 'at once'), ...await takeUp(world, name, end, secret)];
      const made = world.base.sandbox.keys().length - before;
      if (made > (end === 'revoke' ? 0 : 1)) found.push(`${String(made)} keys were made`);
      problems.push(...found.map((problem) => `step ${String(step)}: ${problem}`));
      if (found.length === 0) survived += 1;
      await world.close();
      if (isOver) break;
    }
    TABLE.push([`${name}, end ${endWords(end)}: killed ${when} acting`, step + 1, survived]);
    expect(problems).toEqual([]);
    expect(step, 'the last run came through').toBeGreaterThan(15);
    expect(step).toBeLessThan(120);
  }, 240_000);

  it('prints what was tried', () => {
    const width = Math.max(...TABLE.map(([what]) => what.length));
    console.log(['remediation'.padEnd(width) + '  tried  survived', ...TABLE.map(([what, tried, survived]) => `${what.padEnd(width)}  ${String(tried).padStart(5)}  ${String(survived).padStart(8)}`)].join('\n'));
    expect(TABLE.map(([, tried, survived]) => tried - survived)).toEqual(TABLE.map(() => 0));
  });
});
