import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ScanAtStart } from '../../../../src/editor/workspaceScan/atStart.js';
import { Emitter } from '../../../../src/event.js';

const workspace = vi.hoisted(() => ({
  isTrusted: true,
  wanted: true,
  workspaceFolders: [{}] as unknown[] | undefined,
  getConfiguration: () => ({ get: () => workspace.wanted }),
  onDidGrantWorkspaceTrust: undefined,
}));
vi.mock('vscode', () => ({ workspace }));

const trusted = new Emitter<undefined>();
beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(workspace, { isTrusted: true, wanted: true, workspaceFolders: [{}], onDidGrantWorkspaceTrust: trusted.event });
});
afterEach(() => { vi.useRealTimers(); });

it.each<[string, Partial<typeof workspace>, scans: number]>([
  ['scans at the start where that is wanted', {}, 1],
  ['does not where it is not', { wanted: false }, 0],
  ['does not where no folder is open', { workspaceFolders: undefined }, 0],
  ['does not in a folder that nobody has trusted', { isTrusted: false }, 0],
])('%s', (_name, facts, scans) => {
  Object.assign(workspace, facts);
  const start = vi.fn();
  const atStart = new ScanAtStart(start);
  vi.advanceTimersByTime(2_000);
  expect(start).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(start).toHaveBeenCalledTimes(scans);
  atStart.dispose();
});

it('scans once the folder is trusted, and not after it was ended', () => {
  workspace.isTrusted = false;
  const start = vi.fn();
  const atStart = new ScanAtStart(start);
  vi.advanceTimersByTime(60_000);
  workspace.isTrusted = true;
  trusted.fire(undefined);
  vi.advanceTimersByTime(60_000);
  expect(start).toHaveBeenCalledTimes(1);
  atStart.dispose();
  const ended = new ScanAtStart(start);
  ended.dispose();
  vi.advanceTimersByTime(60_000);
  expect(start).toHaveBeenCalledTimes(1);
});
