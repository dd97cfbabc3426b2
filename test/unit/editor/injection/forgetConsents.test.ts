import { beforeEach, expect, it, vi } from 'vitest';
import { fake } from '../fakeVscode.js';
import { FakeMemento } from './support.js';

const nothing = () => ({ dispose: () => undefined });
vi.mock('vscode', async () => {
  const { fake: base } = await import('../fakeVscode.js');
  return {
    ...base,
    tasks: { registerTaskProvider: nothing },
    debug: { registerDebugConfigurationProvider: nothing, registerDebugAdapterTrackerFactory: nothing, onDidStartDebugSession: nothing },
    languages: { registerHoverProvider: nothing },
    window: Object.assign(base.window, { registerTerminalProfileProvider: nothing, onDidOpenTerminal: nothing }),
  };
});
const { registerInjection } = await import('../../../../src/editor/injection/index.js');
type Deps = Parameters<typeof registerInjection>[0];

beforeEach(() => { fake.window.showInformationMessage.mockReset(); });

it.each<[what: string, kept: readonly [name: string, value: unknown][], said: RegExp]>([
  ['nothing', [], /^Nothing was allowed/],
  ['a task\'s consent', [['stiggKeys.injectionConsents', ['a'.repeat(64)]]], /^Withdrawn/],
  ['an agent\'s consent', [['stiggKeys.agents.consents', { 'env-1': 'full' }]], /^Withdrawn\. .+ agents /],
  ['both', [['stiggKeys.injectionConsents', ['a'.repeat(64)]], ['stiggKeys.agents.consents', { 'env-1': 'full' }]], /^Withdrawn/],
])('one command withdraws %s', async (_what, kept, said) => {
  const workspaceState = new FakeMemento();
  for (const [name, value] of kept) workspaceState.values.set(name, value);
  workspaceState.values.set('another', 1);
  const commands = new Map<string, () => unknown>();
  const reporter = { command: (name: string, run: () => unknown) => { commands.set(name, run); return nothing(); } };
  const injection = registerInjection({ workspaceState, reporter } as unknown as Deps);
  await commands.get('stiggKeys.forgetConsents')?.();
  injection.dispose();
  expect([...workspaceState.values.keys()]).toEqual(['another']);
  expect(fake.window.showInformationMessage.mock.calls.map(([text]) => text)).toEqual([expect.stringMatching(said)]);
});
