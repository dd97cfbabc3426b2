import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RemediationFacts } from '../../../src/keys/remediation/facts.js';
import { adoptLeak } from '../../../src/keys/remediation/identify.js';
import type { LeakEnd } from '../../../src/keys/remediation/journal.js';
import { remediationReport, statusLine } from '../../../src/keys/remediation/report.js';
import { keepKey } from '../../../src/keys/enrol.js';
import { Secret } from '../../../src/secret.js';
import { ACME, GLOBEX } from '../../sandbox/index.js';
import { newToken } from '../../sandbox/tokens.js';
import { RemediationWorld } from './support/remediationWorld.js';

const HOUR = 3_600_000;
const WORDS = { keyType: (type: string) => type, environmentType: (type: string) => type, version: '1' };
const quiet = (): undefined => undefined;
let world: RemediationWorld;

beforeEach(async () => { world = await RemediationWorld.start({ accounts: [ACME, GLOBEX] }); });
afterEach(async () => { await world.close(); });

async function remediate(secret: Secret, end: LeakEnd): Promise<RemediationFacts> {
  return world.remediation().start(await world.known(secret), end, secret, quiet, new AbortController().signal);
}

function expectNoSecret(text: string): void {
  for (const { token } of world.base.sandbox.keys()) {
    expect(text).not.toContain(token);
    expect(text).not.toContain(token.slice(7, 43));
  }
}

describe('remediating a leak', () => {
  it.each<readonly [name: string, end: LeakEnd]>([
    ['Full access key', 'afterReplacement'], ['Full access key', 'now'], ['billing-service', 'afterReplacement'], ['billing-service', 'now'], ['billing-service', 'revoke'],
  ])('%s, %s: the old value answers 401, the new one works, no file holds it', async (name, end) => {
    const secret = world.leak(name);
    const key = world.base.key(name);
    const steps: string[] = [];
    const facts = await world.remediation().start(await world.known(secret), end, secret, (step) => steps.push(step), new AbortController().signal);
    expect(facts).toMatchObject({ isOpen: false, isResumed: false, old: { kind: 'refused', control: true }, key: { id: key.id, name }, mended: { files: ['src/billing.ts', 'scripts/backfill.sh'], left: [] } });
    expect(await world.base.api.probe(secret)).toBe('invalid');
    expect([...world.workspace.files.values()]).not.toContain(secret.reveal());
    expect(await world.base.vault.list()).not.toContainEqual(expect.objectContaining({ fingerprint: secret.fingerprint }));
    expect(await world.journal.list()).toEqual([]);
    expect(await world.base.journal.list()).toEqual([]);
    const value = await world.base.managementValue();
    expect(value === undefined ? 'none' : await world.base.api.probe(value)).toBe('valid');
    if (end === 'revoke') {
      expect(facts.successor).toBeNull();
      expect(world.base.active(name)).toEqual([]);
    } else {
      const kept = await world.base.vault.read({ environmentId: world.base.seed.id, keyId: facts.successor?.id ?? '' });
      expect(kept?.reveal()).toBe(world.base.active(name)[0]?.token);
    }
    expect(steps.indexOf('replaced') < steps.indexOf('ended') || end !== 'afterReplacement').toBe(true);
    expectNoSecret(remediationReport(facts, WORDS));
    expectNoSecret([...world.base.state.texts.values()].join());
  });

  it('waits for a grace period that was chosen, calls it still valid until then, and proves the end afterwards', async () => {
    const secret = world.leak('billing-service');
    const facts = await remediate(secret, '1h');
    expect(facts).toMatchObject({ isOpen: true, old: { kind: 'stillValid' } });
    expect(statusLine(facts)).toMatch(/STILL VALID until/);
    expect(await world.remediation().unfinished()).toEqual([]);
    expect((await world.remediation().nextDue())?.getTime()).toBeGreaterThan(world.base.now().getTime());
    world.base.sandbox.clock.advance(2 * HOUR);
    const [record] = await world.remediation().unfinished();
    if (record === undefined) throw new Error('Nothing is left');
    const then = await world.remediation().resume(record, quiet, new AbortController().signal);
    expect(then).toMatchObject({ isOpen: false, isResumed: true, old: { kind: 'refused' } });
    expect(await world.journal.list()).toEqual([]);
  });

  it('does not end a value early that files still hold, and does when the person says so', async () => {
    const secret = world.leak('Full access key');
    world.workspace.stuck.add('src/billing.ts');
    const facts = await remediate(secret, 'afterReplacement');
    expect(facts).toMatchObject({ isOpen: true, old: { kind: 'stillValid' }, mended: { left: [{ place: 'src/billing.ts' }] } });
    expect(facts.old.kind === 'stillValid' ? facts.old.until?.getTime() : 0).toBeGreaterThan(world.base.now().getTime());
    expect(await world.base.api.probe(secret)).toBe('valid');
    await expect(remediate(secret, 'now')).rejects.toMatchObject({ code: 'remediationPending' });
    const [record] = await world.remediation().unfinished();
    if (record === undefined) throw new Error('Nothing is left');
    expect(await world.remediation().look(record, new AbortController().signal)).toMatchObject({ isOpen: true, mended: { left: [{ place: 'src/billing.ts' }] } });
    expect(await world.remediation().resume(record, quiet, new AbortController().signal, 'now')).toMatchObject({ isOpen: false, old: { kind: 'refused' } });
  });

  it('only ends a value that is on its way out already', async () => {
    const secret = new Secret(world.base.seed.expiring);
    const leak = await world.known(secret);
    expect(leak).toMatchObject({ kind: 'known', ends: ['afterReplacement', 'now'] });
    const before = world.base.sandbox.keys(world.base.seed.id).length;
    expect(await remediate(secret, 'afterReplacement')).toMatchObject({ old: { kind: 'refused' }, isOpen: false });
    expect(world.base.sandbox.keys(world.base.seed.id)).toHaveLength(before);
  });

  it('mends the places of a value that has ended already, and proves that it has', async () => {
    const secret = new Secret(world.base.seed.expired);
    world.workspace.files.set('old.sh', secret.reveal());
    expect(await world.identify(secret)).toMatchObject({ kind: 'dead', environment: { displayName: 'Staging' } });
    expect(await remediate(secret, 'none')).toMatchObject({ isOpen: false, old: { kind: 'refused', control: true }, mended: { files: ['old.sh'] } });
    const never = new Secret(newToken('server', crypto.randomUUID()));
    expect(await remediate(never, 'none')).toMatchObject({ environment: null, key: null, old: { kind: 'refused', control: true } });
  });

  it('does nothing when it was cancelled before it began', async () => {
    const secret = world.leak('billing-service');
    await expect(world.remediation().start(await world.known(secret), 'afterReplacement', secret, quiet, AbortSignal.abort())).rejects.toMatchObject({ name: 'CancelledError' });
    expect(await world.journal.list()).toEqual([]);
    expect(await world.base.api.probe(secret)).toBe('valid');
  });

  it('takes no proof from a Stigg that answers 401 to everything', async () => {
    const secret = world.leak('Full access key');
    const { mend, look, searchHistory } = world.workspace;
    const ports = { look, searchHistory, mend: async (wanted: string) => {
      const mended = await mend(wanted);
      world.base.sandbox.fail({ kind: 'status', status: 401, times: null });
      return mended;
    } };
    const facts = await world.remediation({ ports }).start(await world.known(secret), 'afterReplacement', secret, quiet, new AbortController().signal);
    expect(facts).toMatchObject({ isOpen: true, old: { kind: 'stillValid' } });
    world.base.sandbox.clearFaults();
    const [record] = await world.remediation().unfinished();
    if (record === undefined) throw new Error('Nothing is left');
    expect(await world.remediation().resume(record, quiet, new AbortController().signal)).toMatchObject({ isOpen: false, old: { kind: 'refused', control: true } });
  });
});

describe('what a leaked value is', () => {
  it('is no leak when it is publishable', async () => {
    await expect(world.identify(new Secret(world.base.seed.publishable))).rejects.toMatchObject({ code: 'publishable' });
  });

  it('is left alone when it belongs to an integration', async () => {
    await expect(world.identify(new Secret(world.base.seed.salesforce))).rejects.toMatchObject({ code: 'integrationKey' });
    expect(await world.journal.list()).toEqual([]);
  });

  it.each<readonly [account: string, environment: string, isKnownAccount: boolean]>([['Acme Inc', 'Production', true], ['Globex', 'Production', false]])('of %s, %s is told before anything is stored', async (account, name, isKnownAccount) => {
    const other = world.base.sandbox.environments.find((environment) => environment.name === name && environment.account.name === account);
    const secret = new Secret(other?.fullAccess ?? '');
    const before = await world.base.vault.list();
    expect(await world.identify(secret)).toMatchObject({ kind: 'foreign', isKnownAccount, environment: { id: other?.id } });
    expect(await world.base.vault.list()).toEqual(before);
    expect(await adoptLeak(world.deps(), { fingerprint: secret.fingerprint, secret })).toMatchObject({ kind: 'known', environment: { id: other?.id } });
  });

  it('says that Stigg could not be asked', async () => {
    world.base.sandbox.fail({ kind: 'status', status: 500, times: null });
    await expect(world.identify(new Secret(newToken('server', crypto.randomUUID())))).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('asks for the value where only its fingerprint is known', async () => {
    const { identifyLeak } = await import('../../../src/keys/remediation/identify.js');
    await expect(identifyLeak(world.deps(), { fingerprint: '0'.repeat(32) })).rejects.toMatchObject({ code: 'valueMissing' });
  });

  it('takes no value for dead while Stigg answers 401 to everything, whether its environment is here or not', async () => {
    const { identifyLeak } = await import('../../../src/keys/remediation/identify.js');
    const api = { ...world.base.api, probe: () => Promise.resolve('invalid' as const) };
    for (const secret of [world.leak('billing-service'), new Secret(newToken('server', crypto.randomUUID()))]) {
      await expect(identifyLeak({ ...world.deps(), api }, { fingerprint: secret.fingerprint, secret })).rejects.toMatchObject({ code: 'unreachable', message: expect.stringMatching(/401 to every key/) as string });
    }
  });

  it('offers to revoke only scoped keys, and says why a key cannot be rotated', async () => {
    await keepKey(world.deps(), new Secret(world.base.active('billing-service')[0]?.token ?? ''));
    expect(await world.identify(world.leak('billing-service'))).toMatchObject({ ends: ['afterReplacement', 'now', '1h', '24h', '3d', '7d', 'revoke'] });
    expect(await world.identify(world.leak('Full access key'))).toMatchObject({ ends: ['afterReplacement', 'now', '1h', '24h', '3d', '7d'] });
    const refused = { code: 'role', reason: 'Only owners may.', nextStep: 'Ask one.' };
    const { identifyLeak } = await import('../../../src/keys/remediation/identify.js');
    const secret = world.leak('billing-service');
    await expect(identifyLeak({ ...world.deps(), permissions: () => ({ rotate: refused, revoke: refused }) }, { fingerprint: secret.fingerprint, secret })).rejects.toMatchObject({ code: 'role' });
  });
});

describe('the report', () => {
  it('is one page with the proof, the commits and what is left, and no hostile name counts', async () => {
    const secret = world.leak('billing-service');
    world.workspace.history = { problems: ['Another folder is not in a git repository.'], repositories: [{ root: '/home/ada/app', blobs: 1234, isPartial: false, loose: 1, notes: [], refs: ['refs/heads/main', 'refs/remotes/origin/main', 'refs/tags/v1'], commits: [
      { commit: 'a'.repeat(40), date: '2026-01-02T03:04:05+01:00', author: 'Ada | <b>', subject: `Use ${secret.reveal()} | [x](http://evil.test)\u202E`, path: 'src/`a`|b.ts', refs: ['refs/heads/main', 'refs/remotes/origin/main', 'refs/tags/v1'] },
    ] }] };
    const text = remediationReport(await remediate(secret, 'afterReplacement'), WORDS);
    expectNoSecret(text);
    for (const words of ['# Leaked Stigg key: billing-service', 'Stigg answers 401 to the leaked value', secret.mask, secret.fingerprint, '`aaaaaaaaaaaa`', '2026-01-02 02:04:05 UTC', 'Pushed: as far as this machine has seen, it is on `origin`', 'Rotation is the remedy', 'Rewriting history (git filter-repo) is optional', 'API\\_KEY', 'CI, hosting', 'Dana Owner']) {
      expect(text.replaceAll('`API_KEY', 'API\\_KEY'), words).toContain(words);
    }
    expect(text).not.toContain('\u202E');
    expect(text).not.toMatch(/(?<!\\)\[x\]/);
    expect(text).toContain('\\| \\<b\\>');
  });
});
