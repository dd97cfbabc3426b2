import { CancelledError } from '../../errors.js';

/** The passing of time, injectable so that no test waits. Milliseconds throughout. */
export interface Timing {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `callback` once after `ms`; returns a function that calls it off. */
  schedule(ms: number, callback: () => void): () => void;
}

/** The platform's own clock and timers. */
export const systemTiming: Timing = {
  now: () => Date.now(),
  schedule: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Resolves after `ms`; rejects with CancelledError, and stops the timer, as soon as `signal` fires. */
export function pause(timing: Timing, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(new CancelledError());
      return;
    }
    const cancel = (): void => {
      stop();
      reject(new CancelledError());
    };
    const stop = timing.schedule(ms, () => {
      signal?.removeEventListener('abort', cancel);
      resolve();
    });
    signal?.addEventListener('abort', cancel, { once: true });
  });
}

/** Settles as `work` does, or rejects with the signal's reason as soon as it fires, whether or not `work` heeds it. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new CancelledError());
    };
    if (signal.aborted) {
      // Whatever becomes of the abandoned work is nobody's unhandled rejection.
      work.catch(() => undefined);
      abort();
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
