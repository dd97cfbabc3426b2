import { vi } from 'vitest';

/** Waits until `assert` no longer throws: long enough for a machine with something else to do, and no longer than it takes. */
export function eventually(assert: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(assert, { timeout: 15_000, interval: 20 });
}
