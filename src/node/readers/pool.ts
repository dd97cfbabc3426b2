import { EventEmitter, once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { BatchAnswer } from './batch.js';

/** Files that a thread is given at once: some milliseconds. */
const BATCH = 128;
/** Batches that wait at a thread: enough to do until we have time for it again. */
const AHEAD = 10;
/** Batches that wait with us. More would only need memory. */
const WAITING = 64;
/** Reading files is bound by the system, which more threads would only get in each other's way in. */
const MOST_THREADS = 3;
/** They hold a file at a time, and that outside of V8's heap. */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 };

/** How many threads read, so that a core is left for what they find; none where there is one core alone. */
export function threadCount(cores = availableParallelism()): number {
  return Math.min(MOST_THREADS, cores - 1);
}

interface Thread {
  readonly worker: Worker;
  /** What it was given and has not answered; the first is answered first. */
  readonly open: (readonly string[])[];
}

/**
 * Threads that read files and tell which have something in them, while the thread that owns them judges those. A thread that breaks gives back
 * what it was given: nothing is left out, at worst everything is read by the owner.
 */
export class ReaderPool {
  readonly #threads = new Set<Thread>();
  readonly #onIrrelevant: (files: number, bytes: number) => void;
  readonly #waiting: (readonly string[])[] = [];
  readonly #found: string[] = [];
  readonly #changes = new EventEmitter();
  #gathered: string[] = [];

  /**
   * @param script of the threads, by its absolute path
   * @param onIrrelevant told of files that have nothing to do with us
   */
  constructor(script: string, count: number, onIrrelevant: (files: number, bytes: number) => void) {
    this.#onIrrelevant = onIrrelevant;
    for (let left = count; left > 0; left--) this.#start(script);
  }

  /** Absolute paths, each once. */
  add(paths: readonly string[]): void {
    for (const path of paths) this.#gathered.push(path);
    if (this.#gathered.length >= BATCH) this.#give();
  }

  /** No more are added. */
  end(): void {
    this.#give();
  }

  /** Enough is added for now. */
  get isFull(): boolean {
    return this.#waiting.length >= WAITING;
  }

  /** Everything that was added was told of. */
  get isDone(): boolean {
    return this.#gathered.length === 0 && this.#waiting.length === 0 && this.#found.length === 0 && !this.#isReading;
  }

  /** A file with something in it, or one that cannot be read. */
  takeFound(): string | undefined {
    return this.#found.pop();
  }

  /** Files that no thread has begun with, for an owner with nothing better to do. */
  takeUnread(): readonly string[] | undefined {
    return this.#waiting.pop();
  }

  /** Resolves when a thread has answered or is gone. Rejects when the signal says so. */
  async changed(signal: AbortSignal | undefined): Promise<void> {
    if (!this.#isReading) return;
    try {
      await once(this.#changes, 'change', signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  }

  /** Ends the threads, whatever they are at. */
  async close(): Promise<void> {
    await Promise.all(Array.from(this.#threads, ({ worker }) => worker.terminate()));
  }

  get #isReading(): boolean {
    for (const { open } of this.#threads) if (open.length > 0) return true;
    return false;
  }

  #start(script: string): void {
    const worker = startedWith(script);
    if (worker === undefined) return;
    const thread: Thread = { worker, open: [] };
    this.#threads.add(thread);
    worker.on('message', (answer: BatchAnswer) => { this.#answered(thread, answer); });
    worker.on('error', () => { this.#gone(thread); });
    worker.on('exit', () => { this.#gone(thread); });
  }

  #answered({ open }: Thread, { files, bytes, others }: BatchAnswer): void {
    const paths = open.shift() ?? [];
    for (const place of others) {
      const path = paths[place];
      if (path !== undefined) this.#found.push(path);
    }
    this.#onIrrelevant(files, bytes);
    this.#give();
    this.#changes.emit('change');
  }

  #gone(thread: Thread): void {
    if (!this.#threads.delete(thread)) return;
    this.#waiting.push(...thread.open.splice(0));
    this.#give();
    this.#changes.emit('change');
  }

  #give(): void {
    const gathered = this.#gathered;
    this.#gathered = [];
    for (let at = 0; at < gathered.length; at += BATCH) this.#waiting.push(gathered.slice(at, at + BATCH));
    for (const { worker, open } of this.#threads) {
      while (open.length < AHEAD) {
        const paths = this.#waiting.shift();
        if (paths === undefined) return;
        open.push(paths);
        worker.postMessage(paths);
      }
    }
  }
}

function startedWith(script: string): Worker | undefined {
  try {
    // Nothing of how this process was started concerns them, such as an inspector's port.
    return new Worker(script, { execArgv: [], resourceLimits: LIMITS });
  } catch {
    // Node can be told to allow no threads; then there are none.
    return undefined;
  }
}
