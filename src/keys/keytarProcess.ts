import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { KEYTAR_FUNCTIONS, type Keytar, type NativeKeychain } from './keytar.js';

/** No process could be started at all, which says nothing about the binding. */
export class ProcessUnavailable extends Error {
  override readonly name = 'ProcessUnavailable';
}

/** The process ended in the middle of a call. */
export class ProcessCrashed extends Error {
  override readonly name = 'ProcessCrashed';
}

/**
 * Runs in the child: one JSON request a line, one JSON answer a line. Values go through pipes alone, never through arguments,
 * the environment or files. When the parent is gone, a native call that still hangs must not keep this process alive.
 */
const SCRIPT = `'use strict';
const say = (answer) => { process.stdout.write(JSON.stringify(answer) + '\\n'); };
const reason = (error) => String((error && error.message) || error);
let keytar;
try {
  keytar = require(process.argv[1]);
  const missing = ${JSON.stringify(KEYTAR_FUNCTIONS)}.filter((name) => typeof keytar[name] !== 'function');
  if (missing.length > 0) throw new Error('The module lacks ' + missing.join(', '));
  say({ ready: true });
} catch (error) {
  say({ failed: reason(error) });
}
const lines = require('node:readline').createInterface({ input: process.stdin });
lines.on('line', async (line) => {
  const { id, name, args } = JSON.parse(line);
  try { say({ id, value: await keytar[name](...args) }); } catch (error) { say({ id, error: reason(error) }); }
});
lines.on('close', () => { process.kill(process.pid, 'SIGKILL'); });
`;

const IDLE_MS = 10_000;
const START_MS = 15_000;

/**
 * keytar in processes of its own, started when needed and ended when idle. Two of them: listing reads only the index and is the
 * call that can crash, so what a core dump of it would hold is never a secret.
 */
export class KeytarProcess implements NativeKeychain {
  readonly hidesLocked = true;
  readonly #index: Channel;
  readonly #values: Channel;
  readonly keytar: Keytar;

  private constructor(index: Channel, values: Channel) {
    this.#index = index;
    this.#values = values;
    this.keytar = {
      getPassword: (...args) => values.call('getPassword', args) as Promise<string | null>,
      setPassword: async (...args) => {
        await values.call('setPassword', args);
      },
      deletePassword: (...args) => values.call('deletePassword', args) as Promise<boolean>,
      findPassword: (...args) => values.call('findPassword', args) as Promise<string | null>,
      findCredentials: (...args) => index.call('findCredentials', args) as Promise<readonly { account: string; password: string }[]>,
    };
  }

  /** Rejects with what the system's loader said, or with ProcessUnavailable. */
  static async start(file: string): Promise<KeytarProcess> {
    const values = new Channel(file);
    await values.open();
    return new KeytarProcess(new Channel(file), values);
  }

  interrupt(): void {
    this.#index.close();
    this.#values.close();
  }

  dispose(): void {
    this.interrupt();
  }
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface Answer {
  readonly ready?: boolean;
  readonly failed?: string;
  readonly id?: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** One child process, and the calls that wait for it. */
class Channel {
  readonly #file: string;
  readonly #pending = new Map<number, Pending>();
  #child: Child | undefined;
  #opened: Promise<void> | undefined;
  #nextId = 1;
  #idle: NodeJS.Timeout | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  open(): Promise<void> {
    clearTimeout(this.#idle);
    this.#opened ??= this.#start();
    return this.#opened;
  }

  async call(name: keyof Keytar, args: readonly string[]): Promise<unknown> {
    await this.open();
    const child = this.#child;
    if (child === undefined) throw new ProcessCrashed('The keychain process ended');
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      clearTimeout(this.#idle);
      this.#hold(child, true);
      child.stdin.write(`${JSON.stringify({ id, name, args })}\n`);
    });
  }

  close(): void {
    const child = this.#child;
    this.#forget(new ProcessCrashed('The keychain process was ended'));
    child?.kill('SIGKILL');
  }

  #start(): Promise<void> {
    const env: NodeJS.ProcessEnv = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    // A debugger or loader meant for the parent would attach to the process that handles values.
    for (const name of ['NODE_OPTIONS', 'NODE_INSPECT_RESUME_ON_START', 'VSCODE_INSPECTOR_OPTIONS', 'NODE_V8_COVERAGE']) Reflect.deleteProperty(env, name);
    return new Promise<void>((resolve, reject) => {
      // A core dump lands in the working directory, which must not be the person's workspace.
      const child = spawn(process.execPath, ['-e', SCRIPT, this.#file], { env, cwd: '/', stdio: ['pipe', 'pipe', 'ignore'] });
      this.#child = child;
      const fail = (error: Error): void => {
        clearTimeout(late);
        if (this.#child === child) this.#forget(error);
        child.kill('SIGKILL');
        reject(error);
      };
      const late = setTimeout(() => {
        fail(new ProcessUnavailable('The keychain process did not start in time'));
      }, START_MS);
      child.once('error', (error) => {
        fail(new ProcessUnavailable(error.message));
      });
      child.once('exit', (code, signal) => {
        // A signal while loading means that the binding itself crashed: it must not be tried in our own process.
        fail(signal === null && code !== 0 ? new ProcessUnavailable(`The keychain process ended with ${String(code)}`) : new ProcessCrashed('The keychain process ended'));
      });
      // It can end while we write; its exit is told above.
      child.stdin.on('error', ignore);
      createInterface({ input: child.stdout }).on('line', (line) => {
        const answer = parse(line);
        if (answer?.ready === true) {
          clearTimeout(late);
          this.#rest(child);
          resolve();
        } else if (answer?.failed !== undefined) fail(new Error(answer.failed));
        else if (answer?.id !== undefined) this.#settle(child, answer.id, answer);
      });
    });
  }

  #settle(child: Child, id: number, answer: Answer): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (answer.error === undefined) pending?.resolve(answer.value ?? null);
    else pending?.reject(new Error(answer.error));
    if (this.#pending.size === 0) this.#rest(child);
  }

  /** Nothing waits: the process no longer keeps ours alive, and is ended when that lasts. */
  #rest(child: Child): void {
    this.#hold(child, false);
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      this.close();
    }, IDLE_MS);
    this.#idle.unref();
  }

  #hold(child: Child, wanted: boolean): void {
    for (const part of [child, child.stdin, child.stdout] as unknown as { ref(): void; unref(): void }[]) {
      if (wanted) part.ref();
      else part.unref();
    }
  }

  #forget(error: Error): void {
    clearTimeout(this.#idle);
    this.#child = undefined;
    this.#opened = undefined;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of waiting) pending.reject(error);
  }
}

function ignore(): void {
  // Told elsewhere.
}

/** The parser's own message would quote the line, and with it perhaps a value. */
function parse(line: string): Answer | undefined {
  try {
    return JSON.parse(line) as Answer;
  } catch {
    return undefined;
  }
}
