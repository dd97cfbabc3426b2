import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClipboardGuard } from '../../../src/editor/keyCommands/clipboard.js';
import { Secret } from '../../../src/secret.js';
import { fake, windowState } from './fakeVscode.js';

vi.mock('vscode', async () => (await import('./fakeVscode.js')).fake);

const first = new Secret('first');
const second = new Secret('second');
let content: string;
let guard: ClipboardGuard;

beforeEach(() => {
  vi.useFakeTimers();
  content = 'mine';
  fake.env.clipboard.readText.mockImplementation(() => Promise.resolve(content));
  fake.env.clipboard.writeText.mockImplementation((text) => {
    content = text;
    return Promise.resolve();
  });
  guard = new ClipboardGuard();
});
afterEach(() => {
  guard.dispose();
  vi.useRealTimers();
});

describe('the clipboard', () => {
  it('is cleared in time, and only if it still holds the key', async () => {
    await guard.copy(first, 60_000);
    await vi.advanceTimersByTimeAsync(59_999);
    expect(content).toBe('first');
    await vi.advanceTimersByTimeAsync(1);
    expect(content).toBe('');
    await guard.copy(first, 60_000);
    content = 'something else';
    await vi.advanceTimersByTimeAsync(60_000);
    expect(content).toBe('something else');
  });

  it('gives a second copy its whole time, also when both came at once', async () => {
    await Promise.all([guard.copy(first, 60_000), guard.copy(second, 90_000)]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(content).toBe('second');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(content).toBe('');
  });

  it('keeps what it held when copying fails', async () => {
    await guard.copy(first, 60_000);
    fake.env.clipboard.writeText.mockRejectedValueOnce(new Error('no clipboard'));
    await expect(guard.copy(second, 60_000)).rejects.toThrow('no clipboard');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(content, 'the first one is still taken back').toBe('');
  });

  it('is cleared as soon as the window may, where it needs the focus for it', async () => {
    await guard.copy(first, 60_000);
    fake.env.clipboard.readText.mockRejectedValueOnce(new Error('Document is not focused'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(content).toBe('first');
    windowState.fire({ focused: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(content).toBe('');
  });

  it('is cleared at the end, which never fails because of it', async () => {
    await guard.copy(first, 60_000);
    fake.env.clipboard.readText.mockRejectedValueOnce(new Error('gone'));
    await expect(guard.clear()).resolves.toBeUndefined();
    await guard.clear();
    expect(content).toBe('');
  });
});
