import { randomUUID } from 'node:crypto';
import type { Keytar, NativeKeychain } from '../../../src/keys/keytar.js';
import { ExpectedError } from '../../../src/errors.js';
import { Emitter } from '../../../src/event.js';
import { KeychainVault } from '../../../src/keys/keychainVault.js';
import type { SharedState, StoredKey } from '../../../src/keys/vault.js';
import { Secret } from '../../../src/secret.js';

/** A server token that exists nowhere else; never written down in the sources. */
export function newToken(): Secret {
  return new Secret(['server', randomUUID()].join('-') + `:${randomUUID()}`);
}

export function storedKey(secret: Secret, over: Partial<StoredKey> = {}): StoredKey {
  return {
    environmentId: 'env-1', keyId: 'key-1', type: 'SERVER', displayName: 'Full access key', createdAt: '2026-01-01T00:00:00.000Z', expireAt: null,
    mask: secret.mask, fingerprint: secret.fingerprint, retired: [], manages: null, ...over,
  };
}

type Call = keyof Keytar;
type Fault = (call: Call, args: readonly string[], nth: number) => 'drop' | 'hang' | Error | undefined;

/** keytar over a map, with faults on demand and a record of what was called. */
export class FakeKeychain implements NativeKeychain {
  readonly hidesLocked: boolean;
  readonly entries = new Map<string, string>();
  readonly calls: { call: Call; args: readonly string[] }[] = [];
  fault: Fault = () => undefined;
  /** As libsecret: what is there is not found, nothing can be written, listing is fatal. */
  locked = false;
  interrupted = 0;
  disposed = false;
  running = 0;
  mostAtOnce = 0;
  readonly keytar: Keytar;
  #hanging: (() => void)[] = [];

  constructor(options: { hidesLocked?: boolean } = {}) {
    this.hidesLocked = options.hidesLocked ?? false;
    const at = (service: string, account: string): string => `${service}\n${account}`;
    this.keytar = {
      getPassword: (...args) => this.#run('getPassword', args, null, () => (this.locked ? null : this.entries.get(at(...args)) ?? null)),
      setPassword: (service, account, text) => this.#run('setPassword', [service, account, text], undefined, () => {
        if (this.locked) throw new Error('Cannot create an item in a locked collection');
        this.entries.set(at(service, account), text);
      }),
      deletePassword: (...args) => this.#run('deletePassword', args, true, () => !this.locked && this.entries.delete(at(...args))),
      findPassword: (service) => this.#run('findPassword', [service], null, () => (this.locked ? null : this.of(service)[0]?.password ?? null)),
      findCredentials: (service) => this.#run('findCredentials', [service], [], () => {
        if (this.locked && this.of(service).length > 0) throw new Error('this call would have ended the process');
        return this.of(service);
      }),
    };
  }

  /** What a service holds, whatever the keychain would answer. */
  of(service: string): { account: string; password: string }[] {
    return [...this.entries].flatMap(([name, password]) => {
      const [owner, account] = name.split('\n');
      return owner === service && account !== undefined ? [{ account, password }] : [];
    });
  }

  interrupt(): void {
    this.interrupted += 1;
    for (const end of this.#hanging.splice(0)) end();
  }

  dispose(): void {
    this.disposed = true;
  }

  async #run<T>(call: Call, args: readonly string[], dropped: T, work: () => T): Promise<T> {
    const fault = this.fault(call, args, this.calls.length);
    this.calls.push({ call, args });
    this.running += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running);
    try {
      await Promise.resolve();
      if (fault === 'hang') {
        await new Promise<void>((resolve) => this.#hanging.push(resolve));
        throw new Error('interrupted');
      }
      if (fault instanceof Error) throw fault;
      return fault === 'drop' ? dropped : work();
    } finally {
      this.running -= 1;
    }
  }
}

/** SharedState in memory, seen by every window that shares the map. */
export class MemoryState implements SharedState {
  readonly #texts = new Map<string, string>();
  readonly #emitter = new Emitter<string>();
  readonly onDidChange = this.#emitter.event;
  failing = false;

  list(prefix: string): Promise<readonly string[]> {
    return Promise.resolve([...this.#texts.keys()].filter((name) => name.startsWith(prefix)));
  }

  read(name: string): Promise<string | undefined> {
    return Promise.resolve(this.#texts.get(name));
  }

  write(name: string, text: string): Promise<void> {
    if (this.failing) return Promise.reject(new Error('The disk is full'));
    this.#texts.set(name, text);
    this.#emitter.fire(name);
    return Promise.resolve();
  }

  delete(name: string): Promise<void> {
    if (this.#texts.delete(name)) this.#emitter.fire(name);
    return Promise.resolve();
  }

  dispose(): void {
    this.#emitter.dispose();
  }
}

/** A vault over a fake keychain, and how often it said that it changed. */
export function open(options: { hidesLocked?: boolean; timeoutMs?: number; state?: MemoryState } = {}): { native: FakeKeychain; vault: KeychainVault; changes: () => number } {
  const native = new FakeKeychain(options);
  const vault = new KeychainVault({ load: () => Promise.resolve(native), state: options.state, timeoutMs: options.timeoutMs ?? 1000 });
  let changes = 0;
  vault.onDidChange(() => { changes += 1; });
  return { native, vault, changes: () => changes };
}

/** The ExpectedError that `work` rejects with; anything else fails the test. */
export async function failure(work: Promise<unknown>): Promise<ExpectedError> {
  const error = await work.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof ExpectedError)) throw new Error('Expected an ExpectedError', { cause: error });
  return error;
}
