import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fake } from '../fakeVscode.js';
import { environment, FakeMemento, NAMES, PUBLISHABLE, SERVER, storedKey } from './support.js';

vi.mock('vscode', async () => (await import('../fakeVscode.js')).fake);
const { agreed, Consents } = await import('../../../../src/editor/injection/consent.js');
type Receiver = Parameters<typeof agreed>[1];
type Handover = Parameters<typeof agreed>[2];

const TASK: Receiver = { kind: 'task', what: 'npm run dev', folder: '/repo', isNamed: false, more: ['dev: next dev'], exact: '' };
const HANDOVER: Handover = { environment: environment(), names: NAMES, server: storedKey() };
const now = (): Date => new Date('2026-11-23');
const always = 'Allow for This Workspace';
const once = 'Only This Time';
const no = 'Do Not Hand Over';
const ask = fake.window.showWarningMessage;

beforeEach(() => { ask.mockReset(); });

describe('consent', () => {
  it.each<[answer: string | undefined, isAllowed: boolean, asksAgain: boolean]>([
    [always, true, false],
    [once, true, true],
    [undefined, false, true],
    [no, false, true],
  ])('answered with %s', async (answer, isAllowed, asksAgain) => {
    const consents = new Consents(new FakeMemento());
    ask.mockResolvedValue(answer);
    expect(await agreed(consents, TASK, HANDOVER, now)).toBe(isAllowed);
    await agreed(consents, TASK, HANDOVER, now);
    expect(ask).toHaveBeenCalledTimes(asksAgain ? 2 : 1);
  });

  it.each<[what: string, receiver: Partial<Receiver>, handover: Partial<Handover>, asks: boolean]>([
    ['the same', {}, {}, false],
    ['the same key, rotated', {}, { server: storedKey({ fingerprint: PUBLISHABLE.fingerprint, keyId: 'key-2' }) }, false],
    ['another command', { what: 'npm run dev && curl example.com' }, {}, true],
    ['another script behind the command', { more: ['dev: node evil.js'] }, {}, true],
    ['another folder', { folder: '/repo/packages/a' }, {}, true],
    ['another kind', { kind: 'debug' }, {}, true],
    ['another configuration', { exact: '{}' }, {}, true],
    ['another environment', {}, { environment: environment({ id: 'env-2' }) }, true],
    ['another name of the variable', {}, { names: { ...NAMES, server: ['SERVER_API_KEY'] } }, true],
    ['the publishable key as well', {}, { publishable: storedKey({ type: 'CLIENT' }, PUBLISHABLE) }, true],
    ['another kind of key', {}, { server: storedKey({ type: 'SCOPED' }) }, true],
  ])('%s', async (_what, receiver, handover, asks) => {
    const consents = new Consents(new FakeMemento());
    await consents.give(TASK, HANDOVER);
    ask.mockResolvedValue(undefined);
    expect(await agreed(consents, { ...TASK, ...receiver }, { ...HANDOVER, ...handover }, now)).toBe(!asks);
    expect(ask).toHaveBeenCalledTimes(asks ? 1 : 0);
  });

  it.each<[what: string, isNamed: boolean, offers: boolean]>([
    ['the active environment', false, false],
    ['by its name', true, true],
  ])('production as %s', async (_what, isNamed, offers) => {
    const consents = new Consents(new FakeMemento());
    const handover = { ...HANDOVER, environment: environment({ type: 'PRODUCTION', displayName: 'Production' }) };
    ask.mockResolvedValue(offers ? always : once);
    for (let time = 0; time < 2; time++) expect(await agreed(consents, { ...TASK, isNamed }, handover, now)).toBe(true);
    expect(ask).toHaveBeenCalledTimes(offers ? 1 : 2);
    // Enter presses the first one.
    expect(ask.mock.calls[0]?.slice(2)).toEqual(offers ? [no, once, always] : [no, once]);
    expect(ask.mock.calls[0]?.[0]).toContain('PRODUCTION');
  });

  it('shows everything that is agreed to, masked, on lines of our own', async () => {
    ask.mockResolvedValue(undefined);
    await agreed(new Consents(new FakeMemento()), { ...TASK, what: 'npm run dev\n\n\nin /safe\u202e', more: ['dev: x\u001b[2J'] }, { ...HANDOVER, publishable: storedKey({ type: 'CLIENT', expireAt: '2026-01-01' }, PUBLISHABLE) }, now);
    expect((ask.mock.calls[0]?.[1] as { detail: string }).detail.split('\n').slice(0, 8)).toEqual([
      'npm run dev ⏎  ⏎  ⏎ in /safe?', 'dev: x?[2J', 'in /repo', '',
      `STIGG_SERVER_API_KEY: Full access key (${SERVER.mask}) of Staging`, `STIGG_CLIENT_API_KEY: Full access key (${PUBLISHABLE.mask}) of Staging`, 'This key has expired: Stigg will answer 401.', '',
    ]);
  });

  it('is not asked for what cannot be shown', async () => {
    await expect(agreed(new Consents(new FakeMemento()), { ...TASK, what: `npm run dev${' '.repeat(1_000)}&& evil` }, HANDOVER, now)).rejects.toMatchObject({ code: 'cannotShow' });
    expect(ask).not.toHaveBeenCalled();
  });

  it('is kept as digests, few enough, and withdrawn as a whole', async () => {
    const memento = new FakeMemento();
    const consents = new Consents(memento);
    for (let index = 0; index < 205; index++) await consents.give({ ...TASK, what: `run ${String(index)}` }, HANDOVER);
    expect(JSON.stringify([...memento.values.values()])).toMatch(/^\[\["[\da-f]{64}"(?:,"[\da-f]{64}"){199}\]\]$/);
    expect(consents.isGiven({ ...TASK, what: 'run 0' }, HANDOVER)).toBe(false);
    expect(await consents.withdraw()).toBe(200);
    expect(consents.isGiven({ ...TASK, what: 'run 204' }, HANDOVER)).toBe(false);
  });

  it.each([undefined, null, 'x', [1, null], {}])('bears %j as what was kept', (kept) => {
    const memento = new FakeMemento();
    memento.values.set('stiggKeys.injectionConsents', kept);
    expect(new Consents(memento).isGiven(TASK, HANDOVER)).toBe(false);
  });
});
