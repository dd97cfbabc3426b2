import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ActiveEnvironment, type ChosenEnvironment } from '../../../src/editor/activeEnvironment.js';
import { statusLook, type Health } from '../../../src/editor/statusBar/health.js';
import { registerStatusBar } from '../../../src/editor/statusBar/index.js';
import { ExpectedError } from '../../../src/errors.js';
import { Emitter } from '../../../src/event.js';
import type { EnvironmentRow, InventorySnapshot, KeyRow } from '../../../src/keys/inventory.js';
import type { Environment } from '../../../src/keys/model.js';
import { fake } from './fakeVscode.js';
import { production, row } from './rows.js';

vi.mock('vscode', async () => (await import('./fakeVscode.js')).fake);

const HOUR = 3_600_000;
const sandbox: Environment = { ...production, id: 'e2', displayName: 'Playground', type: 'SANDBOX', account: { id: 'a', displayName: 'Acme Inc' } };
const of = (environment: Environment, keys: readonly KeyRow[] = [row({ type: 'SERVER', stored: true, isManagement: true })], more: Partial<EnvironmentRow> = {}): EnvironmentRow => ({ environment, keys, permissions: {}, loading: false, error: null, ...more });
const snapshot = (environments: readonly EnvironmentRow[] = [], more: Partial<InventorySnapshot> = {}): InventorySnapshot => ({ loaded: true, environments, vaultError: null, ...more });
const notLoaded = snapshot([], { loaded: false });
const chose = ({ id, displayName, type }: Environment): ChosenEnvironment => ({ id, displayName, type });
const unreachable = new ExpectedError('unreachable', 'Stigg did not answer.', 'Check the network.');

describe('what the status bar says', () => {
  it.each<[string, InventorySnapshot, EnvironmentRow | undefined, ChosenEnvironment | undefined, Health | undefined, string | undefined]>([
    ['nothing before anybody looked', notLoaded, undefined, undefined, undefined, undefined],
    ['the kept choice before anybody looked', notLoaded, undefined, chose(sandbox), 'notLookedAt', '$(key) Stigg: Playground'],
    ['production before anybody looked', notLoaded, undefined, chose(production), 'notLookedAt', '$(warning) Stigg: PRODUCTION'],
    ['nothing added', snapshot(), undefined, undefined, 'nothingAdded', '$(key) Stigg: nothing added'],
    ['none chosen', snapshot([of(production), of(sandbox)]), undefined, undefined, 'noneChosen', '$(key) Stigg: choose environment'],
    ['a chosen one that is gone', snapshot([of(production)]), undefined, chose(sandbox), 'gone', '$(question) Stigg: choose environment'],
    ['all is well', snapshot(), of(sandbox), chose(sandbox), 'fine', '$(key) Stigg: Playground'],
    ['all is well in production', snapshot(), of(production), chose(production), 'fine', '$(warning) Stigg: PRODUCTION'],
    ['production of another name', snapshot(), of({ ...production, displayName: 'Live EU' }), undefined, 'fine', '$(warning) Stigg: PRODUCTION (Live EU)'],
    ['a key expires soon', snapshot(), of(sandbox, [row({ stored: true, expires: HOUR })]), undefined, 'attention', '$(watch) Stigg: Playground · 1 key expires soon'],
    ['keys expired in production', snapshot(), of(production, [row({ stored: true, expires: -HOUR }), row({ stored: true, expires: -HOUR })]), undefined, 'attention', '$(warning) Stigg: PRODUCTION · 2 keys have expired'],
    ['both', snapshot(), of(sandbox, [row({ stored: true, expires: -HOUR }), row({ stored: true, expires: HOUR })]), undefined, 'attention', '$(watch) Stigg: Playground · 2 keys have expired or expire soon'],
    ['the management key ends', snapshot(), of(sandbox, [row({ stored: true, isManagement: true, expires: HOUR })]), undefined, 'attention', '$(watch) Stigg: Playground · 1 key expires soon'],
    ['somebody else\'s key ends', snapshot(), of(sandbox, [row({ expires: HOUR })]), undefined, 'fine', '$(key) Stigg: Playground'],
    ['not reachable', snapshot(), of(sandbox, [], { error: unreachable }), undefined, 'unreachable', '$(error) Stigg: Playground · cannot be reached'],
    ['refused', snapshot(), of(sandbox, [], { error: new ExpectedError('unauthenticated', 'x.', 'y.') }), undefined, 'unreachable', '$(error) Stigg: Playground · refused'],
    ['not reachable, production', snapshot(), of(production, [], { error: unreachable }), undefined, 'unreachable', '$(warning) Stigg: PRODUCTION · cannot be reached'],
    ['value missing', snapshot(), of(sandbox, [], { error: new ExpectedError('valueMissing', 'x.', 'y.') }), undefined, 'valueMissing', '$(error) Stigg: Playground · value missing'],
    ['loading', snapshot(), of(sandbox, [], { loading: true }), undefined, 'loading', '$(loading~spin) Stigg: Playground'],
    ['no keychain', snapshot([], { vaultError: new ExpectedError('vaultLocked', 'Locked.', 'Unlock it.') }), undefined, undefined, 'vaultError', '$(error) Stigg: keychain · cannot be read'],
    ['no keychain, production chosen', snapshot([], { vaultError: new ExpectedError('vaultLocked', 'Locked.', 'Unlock it.') }), undefined, chose(production), 'vaultError', '$(error) Stigg: PRODUCTION · cannot be read'],
    ['a hostile name', snapshot(), of({ ...sandbox, displayName: `$(bug)\nx${'y'.repeat(100)}` }), undefined, 'fine', `$(key) Stigg: $\u200b(bug) x${'y'.repeat(30)}…`],
  ])('%s', (_name, known, active, chosen, health, text) => {
    const look = statusLook(known, active, chosen);
    expect(look?.health).toBe(health);
    expect(look?.text).toBe(text);
    if (look === undefined) return;
    expect(look.isProduction).toBe(look.text.includes('PRODUCTION'));
    expect(look.lines.length).toBeGreaterThan(1);
    if (look.health !== 'vaultError') expect(look.lines.at(-1)).toMatch(/^Select to/);
    for (const line of look.lines) expect(line).toMatch(/[.a-z]$/i);
  });
});

describe('the item', () => {
  const item = { text: '', tooltip: undefined as { value: string } | undefined, command: '', backgroundColor: undefined as { id: string } | undefined, accessibilityInformation: undefined as { label: string } | undefined, show: vi.fn(), hide: vi.fn(), dispose: vi.fn() };
  const window = fake.window as unknown as Record<string, unknown>;
  let select: (() => Promise<void>) | undefined;
  const changed = new Emitter<InventorySnapshot>();
  const inventory = {
    snapshot: notLoaded, onDidChange: changed.event,
    environment: (id: string) => inventory.snapshot.environments.find(({ environment }) => environment.id === id),
    refresh: vi.fn<() => Promise<void>>(() => {
      inventory.snapshot = snapshot([of(production), of(sandbox)]);
      return Promise.resolve();
    }),
  };
  let kept: unknown;
  let active: ActiveEnvironment;

  beforeEach(() => {
    vi.clearAllMocks();
    window.createStatusBarItem = () => item;
    (fake as unknown as Record<string, unknown>).StatusBarAlignment = { Left: 1, Right: 2 };
    inventory.snapshot = notLoaded;
    kept = undefined;
    active = new ActiveEnvironment(inventory, { get: () => kept as never, update: (_name, value) => Promise.resolve(void (kept = value)) });
    registerStatusBar({ inventory, active, reporter: { command: (_id: string, run: () => Promise<void>) => {
      select = () => run();
      return { dispose: () => undefined };
    } } } as unknown as Parameters<typeof registerStatusBar>[0]);
  });

  it('touches nothing when the extension starts', () => {
    expect(inventory.refresh).not.toHaveBeenCalled();
    expect(item.hide).toHaveBeenCalled();
    expect(item.show).not.toHaveBeenCalled();
  });

  it('fills in when the inventory was loaded for another reason', async () => {
    inventory.snapshot = snapshot([of(sandbox)]);
    changed.fire(inventory.snapshot);
    await vi.waitFor(() => { expect(item.text).toBe('$(key) Stigg: Playground'); }, { timeout: 15_000 });
    expect(item.show).toHaveBeenCalled();
    expect(item.backgroundColor).toBeUndefined();
  });

  it('asks for the environment, the active one first, and shows production in words and colour', async () => {
    fake.window.showQuickPick.mockImplementation((items) => Promise.resolve(items.find(({ label }) => label === 'Production')));
    await select?.();
    await vi.waitFor(() => { expect(item.text).toBe('$(warning) Stigg: PRODUCTION'); }, { timeout: 15_000 });
    expect(item.backgroundColor?.id).toBe('statusBarItem.warningBackground');
    expect(item.command).toBe('stiggKeys.selectEnvironment');
    expect(item.accessibilityInformation?.label).toMatch(/^Stigg: PRODUCTION .*real customers/);
    await active.choose(sandbox);
    await select?.();
    expect(fake.window.showQuickPick.mock.lastCall?.[0].map(({ label }) => label)).toEqual(['Playground', 'Production', 'None: ask each time']);
    fake.window.showQuickPick.mockImplementation((items) => Promise.resolve(items.at(-1)));
    await select?.();
    expect(kept).toBeUndefined();
    expect(item.text).toBe('$(key) Stigg: choose environment');
    expect(item.backgroundColor).toBeUndefined();
  });
});

it('its commands can be run from the palette', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: { commands: { command: string }[] } };
  const commands = contributes.commands.map(({ command }) => command);
  for (const command of ['selectEnvironment', 'addEnvironment', 'filterKeys', 'searchKeys', 'sortKeys', 'clearFilter', 'explainActions']) expect(commands).toContain(`stiggKeys.${command}`);
});
