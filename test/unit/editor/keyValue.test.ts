import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Node } from '../../../src/editor/environments/nodes.js';
import type { KeyCommandDeps } from '../../../src/editor/keyCommands/deps.js';
import { copyKey, storeKey } from '../../../src/editor/keyCommands/keyValue.js';
import type { KeyRow } from '../../../src/keys/inventory.js';
import { Secret } from '../../../src/secret.js';
import { MemoryVault } from '../keys/support/memory.js';
import { fake } from './fakeVscode.js';
import { inventoryOf, production, row } from './rows.js';

vi.mock('vscode', async () => {
  const { fake: base } = await import('./fakeVscode.js');
  return { ...base, workspace: { ...base.workspace, getConfiguration: () => ({ get: () => 60 }) } };
});

const copy = vi.fn<() => Promise<void>>(() => Promise.resolve());
const revealToken = vi.fn<() => Promise<Secret>>(() => Promise.resolve(new Secret('fresh')));
let vault: MemoryVault;

function run(command: typeof copyKey, known: KeyRow, node: (real: Node) => Node | undefined = (real) => real): Promise<unknown> {
  const deps = {
    api: { revealToken }, vault, inventory: inventoryOf(known), clipboard: { copy },
  } as unknown as KeyCommandDeps;
  const real: Node = { kind: 'key', environment: production, permissions: {}, row: known };
  return command(deps, node(real)).catch((error: unknown) => error);
}

beforeEach(async () => {
  vi.clearAllMocks();
  vault = new MemoryVault();
  const { stored } = row({ stored: true, isManagement: true });
  if (stored !== null) await vault.save({ ...stored, retired: ['1'.repeat(32)] }, new Secret('kept'));
});

describe('copying a key', () => {
  const forged = (real: Node): Node => (real.kind === 'key' ? { kind: 'key', environment: { id: real.environment.id }, row: { key: { id: real.row.key.id } } } as unknown as Node : real);

  it.each<[string, ((real: Node) => Node) | undefined, string | undefined, number, number]>([
    ['a row that a person has chosen is not asked about', undefined, undefined, 0, 1],
    ['what another extension made up is asked about', forged, undefined, 1, 0],
    ['and copied with a yes', forged, 'Copy Key', 1, 1],
  ])('%s', async (_what, node, answer, questions, copies) => {
    fake.window.showWarningMessage.mockResolvedValue(answer);
    expect(await run(copyKey, row({ stored: true }), node)).toBeUndefined();
    expect(fake.window.showWarningMessage).toHaveBeenCalledTimes(questions);
    expect(copy).toHaveBeenCalledTimes(copies);
  });

  it('gives nothing back to whoever called', async () => {
    expect(await run(copyKey, row({ stored: true }))).toBeUndefined();
  });

  it('of one that has ended and is not here is refused before anybody is asked', async () => {
    expect(await run(copyKey, row({ expires: -1 }))).toMatchObject({ code: 'valueMissing' });
    expect(revealToken).not.toHaveBeenCalled();
  });
});

describe('keeping a key', () => {
  it('leaves what is known of it: the key we talk to Stigg with stays that, whoever calls the command', async () => {
    await run(storeKey, row({ stored: true, isManagement: true }));
    expect([...vault.index.values()]).toMatchObject([{ manages: { id: production.id }, retired: ['1'.repeat(32)] }]);
    expect([...vault.values.values()]).toEqual(['fresh']);
  });

  it('of one that has ended is refused before Stigg is asked', async () => {
    expect(await run(storeKey, row({ expires: -1 }))).toMatchObject({ code: 'valueMissing' });
    expect(revealToken).not.toHaveBeenCalled();
  });
});
