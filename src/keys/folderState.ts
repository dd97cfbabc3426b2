import { watch, type FSWatcher } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Emitter } from '../event.js';
import type { SharedState } from './vault.js';

const NAME = /^[a-z0-9][\w.-]{0,120}$/i;
/** Long enough for the few events that one rename makes. */
const SETTLE_MS = 40;
const POLL_MS = 1_500;
/** Of a window that crashed between writing and renaming. */
const STALE_MS = 10 * 60_000;
const TEMPORARY = '.tmp-';

/**
 * SharedState over a folder of this machine, one file for each name. Written beside its place and renamed over it, so that a
 * reader, and a crash, see the old or the new text. Changes by other processes come from the system's file events.
 */
export class FolderState implements SharedState {
  readonly #folder: string;
  readonly #emitter = new Emitter<string>();
  readonly onDidChange = this.#emitter.event;
  #known: Map<string, string> | undefined;
  #ready: Promise<void> | undefined;
  #watcher: FSWatcher | undefined;
  #poll: NodeJS.Timeout | undefined;
  #settling: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #disposed = false;

  constructor(folder: string) {
    this.#folder = folder;
    // Changes are heard from the beginning; a folder that cannot be made is told by the first call.
    this.#prepare().catch(ignore);
  }

  async list(prefix: string): Promise<readonly string[]> {
    await this.#prepare();
    return (await this.#names()).filter((name) => name.startsWith(prefix));
  }

  async read(name: string): Promise<string | undefined> {
    const file = this.#fileOf(name);
    try {
      return await retried(() => readFile(file, 'utf8'));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async write(name: string, text: string): Promise<void> {
    const file = this.#fileOf(name);
    await this.#prepare();
    // "Forget everything" of another window removes the folder.
    await mkdir(this.#folder, { recursive: true });
    const temporary = path.join(this.#folder, `${TEMPORARY}${crypto.randomUUID()}`);
    try {
      // Flushed before it takes its place: after a power cut the journal is whole, old or new.
      await writeFile(temporary, text, { encoding: 'utf8', mode: 0o600, flush: true });
      await retried(() => rename(temporary, file));
    } catch (error) {
      await rm(temporary, { force: true }).catch(ignore);
      throw error;
    }
    await this.check();
  }

  async delete(name: string): Promise<void> {
    const file = this.#fileOf(name);
    await retried(() => rm(file, { force: true }));
    await this.check();
  }

  /** Looks for changes now; where file events are slow or missing, call it when the window gets the focus. */
  check(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look()).catch(ignore);
    return this.#looking;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#settling);
    clearInterval(this.#poll);
    this.#watcher?.close();
    this.#emitter.dispose();
  }

  #fileOf(name: string): string {
    if (!NAME.test(name)) throw new TypeError(`Not a name for shared state: ${JSON.stringify(name)}`);
    return path.join(this.#folder, name);
  }

  #prepare(): Promise<void> {
    this.#ready ??= this.#open().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  async #open(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    this.#listen();
    await this.check();
    await this.#sweep();
  }

  #listen(): void {
    if (this.#disposed || this.#watcher !== undefined || this.#poll !== undefined) return;
    try {
      this.#watcher = watch(this.#folder, { persistent: false }, () => {
        this.#settling ??= setTimeout(() => {
          this.#settling = undefined;
          void this.check();
        }, SETTLE_MS).unref();
      });
      this.#watcher.on('error', () => {
        this.#watcher?.close();
        this.#watcher = undefined;
        this.#startPolling();
      });
    } catch {
      this.#startPolling();
    }
  }

  /** The system has run out of watches, or the file system has none. */
  #startPolling(): void {
    if (this.#disposed) return;
    this.#poll ??= setInterval(() => void this.check(), POLL_MS).unref();
  }

  async #look(): Promise<void> {
    const now = new Map<string, string>();
    for (const name of await this.#names()) {
      const seen = await stat(path.join(this.#folder, name), { bigint: true }).catch(ignore);
      // Every write is a new file, so the inode alone would nearly do; times and size tell it on systems without inodes.
      if (seen !== undefined) now.set(name, `${String(seen.ino)} ${String(seen.mtimeNs)} ${String(seen.size)}`);
    }
    const before = this.#known;
    this.#known = now;
    if (before === undefined || this.#disposed) return;
    const names = new Set([...before.keys(), ...now.keys()]);
    for (const name of names) {
      if (before.get(name) !== now.get(name)) this.#tell(name);
    }
  }

  async #names(): Promise<readonly string[]> {
    try {
      return (await readdir(this.#folder, { withFileTypes: true })).filter((entry) => entry.isFile() && NAME.test(entry.name)).map((entry) => entry.name);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      // The watch went with the folder, and nothing would tell that it is back.
      this.#watcher?.close();
      this.#watcher = undefined;
      this.#startPolling();
      return [];
    }
  }

  #tell(name: string): void {
    try {
      this.#emitter.fire(name);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  async #sweep(): Promise<void> {
    for (const name of (await readdir(this.#folder).catch(() => [])).filter((entry) => entry.startsWith(TEMPORARY))) {
      const file = path.join(this.#folder, name);
      const left = await stat(file).catch(ignore);
      if (left !== undefined && Date.now() - left.mtimeMs > STALE_MS) await rm(file, { force: true }).catch(ignore);
    }
  }
}

/** Windows refuses for a moment what another process has open. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 5 || !['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error) ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt));
    }
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function ignore(): undefined {
  return undefined;
}
