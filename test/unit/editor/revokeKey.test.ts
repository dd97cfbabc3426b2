import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyCommandDeps } from '../../../src/editor/keyCommands/deps.js';
import { revokeKey } from '../../../src/editor/keyCommands/revokeKey.js';
import { whatBreaks } from '../../../src/editor/keyCommands/whatBreaks.js';
import type { Node } from '../../../src/editor/environments/nodes.js';
import type { Usage, Usages, UsageSearch } from '../../../src/editor/usages/usages.js';
import { CancelledError, ExpectedError } from '../../../src/errors.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { Secret } from '../../../src/secret.js';
import { fake } from './fakeVscode.js';
import { inventoryOf, production, row } from './rows.js';

vi.mock('vscode', async () => (await import('./fakeVscode.js')).fake);

const nothing: UsageSearch = { usages: [], terminals: [], files: 1, skipped: [] };
const find = vi.fn<Usages['find']>();

const api = { revokeKey: vi.fn<StiggApi['revokeKey']>(), probe: vi.fn<StiggApi['probe']>(() => Promise.resolve('invalid')) };

const leaveOldKey = vi.fn<() => Promise<void>>(() => Promise.resolve());
/** What the sidebar knows once the person has answered; the same as before unless told. */
let inventory = inventoryOf;

/** Runs the command on a node, as the sidebar or another extension would, for a key of that name in production. */
async function revoke(name: string, typed: string | undefined, node?: (real: Node) => Node): Promise<unknown> {
  const known = row({ name, stored: true });
  const management = row({ isManagement: true, stored: true }).stored;
  const deps = {
    now: () => new Date(),
    wait: () => Promise.resolve(),
    usages: { find },
    api, inventory: inventory(known), rotation: { leaveOldKey },
    vault: { list: () => Promise.resolve([management]), read: () => Promise.resolve(new Secret('x')), delete: () => Promise.resolve() },
  } as unknown as KeyCommandDeps;
  fake.window.showInputBox.mockImplementation((options) => Promise.resolve(typed === undefined || options.validateInput(typed) !== undefined ? undefined : typed));
  const real: Node = { kind: 'key', environment: production, permissions: {}, row: known };
  return revokeKey(deps, node === undefined ? real : node(real)).catch((error: unknown) => error);
}

beforeEach(() => {
  vi.clearAllMocks();
  inventory = inventoryOf;
  find.mockResolvedValue(nothing);
  fake.window.showWarningMessage.mockImplementation((...args) => Promise.resolve(args.at(-1)));
});

describe('revoking a production key', () => {
  it.each([
    ['its name', 'billing service', 'billing service', true],
    ['white space around it and doubled', 'billing service', ' billing  service ', true],
    ['accents encoded the other way', 'caf\u0065\u0301', 'caf\u00e9', true],
    ['another name', 'billing service', 'billing', false],
    ['another case', 'billing service', 'Billing service', false],
    ['nothing', 'billing service', '', false],
    ['Escape', 'billing service', undefined, false],
  ])('after %s was typed', async (_what, name, typed, happens) => {
    expect(await revoke(name, typed)).toBeUndefined();
    expect(api.revokeKey).toHaveBeenCalledTimes(happens ? 1 : 0);
  });

  it('asks for the name also when the node says that this is no production', async () => {
    await revoke('billing', undefined, (real) => (real.kind === 'key' ? { ...real, environment: { ...production, type: 'SANDBOX' } } : real));
    expect(api.revokeKey).not.toHaveBeenCalled();
  });

  it('refuses a node that the sidebar does not have', async () => {
    const error = await revoke('billing', 'billing', (real) => (real.kind === 'key' ? { ...real, row: { ...real.row, key: { ...real.row.key, id: 'other' } } } : real));
    expect(error).toMatchObject({ code: 'noKey' });
    expect(api.revokeKey).not.toHaveBeenCalled();
  });

  it('does nothing when the key has become the one we talk to Stigg with while the question stood there', async () => {
    let isAsked = false;
    fake.window.showWarningMessage.mockImplementation((...args) => {
      isAsked = true;
      return Promise.resolve(args.at(-1));
    });
    inventory = (...known) => {
      const before = inventoryOf(...known);
      const after = inventoryOf(...known.map((one) => ({ ...one, isManagement: true })));
      return { ...before, environment: (id: string) => (isAsked ? after : before).environment(id) };
    };
    expect(await revoke('billing', 'billing')).toMatchObject({ code: 'managementKey' });
    expect(api.revokeKey).not.toHaveBeenCalled();
  });

  it('takes what a rotation still meant to do with the key off its list', async () => {
    api.probe.mockResolvedValueOnce('invalid').mockResolvedValueOnce('valid');
    await revoke('billing', 'billing');
    expect(leaveOldKey).toHaveBeenCalledTimes(1);
  });

  it('does not pass over in silence that a cancellation may have come too late', async () => {
    api.revokeKey.mockRejectedValueOnce(new CancelledError());
    await revoke('billing', 'billing');
    expect(fake.window.showWarningMessage.mock.lastCall?.[0]).toMatch(/may have revoked/);
  });
});

describe('what will break is said before a key is revoked', () => {
  const usage = (path: string): Usage => ({ uri: { path, toString: () => path }, range: {}, fingerprint: '', mask: '', kind: 'code', isOutside: false }) as unknown as Usage;
  const detail = (): string => (fake.window.showWarningMessage.mock.calls[0]?.[1] as { detail: string }).detail;
  const buttons = (): unknown[] => fake.window.showWarningMessage.mock.calls[0]?.slice(2) ?? [];

  it.each<[string, UsageSearch | Error, RegExp, unknown[]]>([
    ['places and terminals', { ...nothing, usages: [usage('/.env.production'), usage('/src/app.ts'), usage('/src/app.ts')], terminals: [{ terminal: {}, fingerprint: '' }] as never }, /This will break: 3 places in 2 files: \.env\.production, src\/app\.ts; 1 terminal\. Other machines, CI and hosting are not seen/, ['Revoke', 'Show Usages']],
    ['nothing', nothing, /Nothing here is known to use it\. Other machines, CI and hosting are not seen/, ['Revoke']],
    ['a search that cannot be made', new ExpectedError('x', 'The folder is locked.', 'Unlock it.'), /could not be searched for: The folder is locked/, ['Revoke']],
  ])('%s', async (_what, found, words, expected) => {
    if (found instanceof Error) find.mockRejectedValue(found);
    else find.mockResolvedValue(found);
    fake.window.showWarningMessage.mockResolvedValue(undefined);
    await revoke('billing', 'billing');
    expect(detail()).toMatch(words);
    expect(detail()).toMatch(/cannot be undone/);
    expect(buttons()).toEqual(expected);
    expect(api.revokeKey).not.toHaveBeenCalled();
  });

  it('shows the usages instead, on request', async () => {
    find.mockResolvedValue({ ...nothing, usages: [usage('/.env')] });
    fake.window.showWarningMessage.mockResolvedValue('Show Usages');
    await revoke('billing', 'billing');
    expect(fake.commands.executeCommand).toHaveBeenCalledWith('stiggKeys.findUsages', expect.objectContaining({ kind: 'key' }));
    expect(api.revokeKey).not.toHaveBeenCalled();
  });

  it('a cancelled search revokes nothing', async () => {
    find.mockRejectedValue(new CancelledError());
    expect(await revoke('billing', 'billing')).toBeInstanceOf(CancelledError);
    expect(api.revokeKey).not.toHaveBeenCalled();
  });

  it('asks Stigg for a value that is not stored, searches for it, and keeps nothing', async () => {
    find.mockResolvedValue({ ...nothing, usages: [usage('/.env')] });
    const value = new Secret('not stored');
    const words = await whatBreaks({ find } as unknown as Usages, row({ name: 'billing' }), () => Promise.resolve(value.fingerprint), new AbortController().signal);
    expect(words).toEqual({ isShowable: false, words: expect.stringMatching(/This will break: 1 place in 1 file: \.env/) as string });
    expect(find.mock.calls[0]?.[0]).toEqual(new Set([value.fingerprint]));
  });

  it.each<[string, () => Promise<string | undefined>, RegExp]>([
    ['which nobody gives out', () => Promise.resolve(undefined), /not stored here, so what uses it cannot be searched/],
    ['which Stigg does not give out now', () => Promise.reject(new ExpectedError('serverError', 'Stigg failed.', 'Wait.')), /could not be searched for: Stigg failed/],
  ])('says that a value %s cannot be searched for', async (_what, fingerprintOf, words) => {
    expect(await whatBreaks({ find } as unknown as Usages, row({ name: 'billing' }), fingerprintOf, new AbortController().signal)).toEqual({ isShowable: false, words: expect.stringMatching(words) as string });
    expect(find).not.toHaveBeenCalled();
  });
});
