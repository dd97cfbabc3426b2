import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyCommandDeps } from '../../../src/editor/keyCommands/deps.js';
import { registerRevokeKey } from '../../../src/editor/keyCommands/revokeKey.js';
import type { Node } from '../../../src/editor/environments/nodes.js';
import { CancelledError } from '../../../src/errors.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { Secret } from '../../../src/secret.js';
import { fake } from './fakeVscode.js';
import { inventoryOf, production, row } from './rows.js';

vi.mock('vscode', async () => (await import('./fakeVscode.js')).fake);

const api = { revokeKey: vi.fn<StiggApi['revokeKey']>(), probe: vi.fn<StiggApi['probe']>(() => Promise.resolve('invalid')) };

/** Runs the command on a node, as the sidebar or another extension would, for a key of that name in production. */
async function revoke(name: string, typed: string | undefined, node?: (real: Node) => Node): Promise<unknown> {
  const known = row({ name, stored: true });
  let run: ((node?: Node) => Promise<void>) | undefined;
  const management = row({ isManagement: true, stored: true }).stored;
  registerRevokeKey({
    now: () => new Date(),
    api, inventory: inventoryOf(known),
    vault: { list: () => Promise.resolve([management]), read: () => Promise.resolve(new Secret('x')), delete: () => Promise.resolve() },
    reporter: { command: (_id: string, command: typeof run) => {
      run = command;
      return { dispose: () => undefined };
    } },
  } as unknown as KeyCommandDeps);
  fake.window.showInputBox.mockImplementation((options) => Promise.resolve(typed === undefined || options.validateInput(typed) !== undefined ? undefined : typed));
  const real: Node = { kind: 'key', environment: production, permissions: {}, row: known };
  return run?.(node === undefined ? real : node(real)).catch((error: unknown) => error);
}

beforeEach(() => {
  vi.clearAllMocks();
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

  it('does not pass over in silence that a cancellation may have come too late', async () => {
    api.revokeKey.mockRejectedValueOnce(new CancelledError());
    await revoke('billing', 'billing');
    expect(fake.window.showWarningMessage.mock.lastCall?.[0]).toMatch(/may have revoked/);
  });
});
