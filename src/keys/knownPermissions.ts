import { ExpectedError } from '../errors.js';
import { Emitter, type Disposable } from '../event.js';
import type { Secret } from '../secret.js';
import type { Scope } from './model.js';
import { PermissionLessons, type Caller, type Lessons, type Limit } from './permissionLessons.js';
import { EVERYTHING_ALLOWED, type KeyAction, type Permissions } from './permissions.js';
import type { permissionsFrom } from './permissionWords.js';
import { isSame } from './same.js';
import type { StiggApi } from './stiggApi.js';
import { UNLISTED } from './storedKey.js';
import type { SharedState, StoredKey } from './vault.js';

/** What the inventory asks about permissions. */
export interface PermissionSource {
  /** What is known now, without asking anybody. */
  of(management: StoredKey): Permissions;
  /** Asks Stigg what can be asked. Never rejects: what is not known is allowed. */
  look(management: StoredKey, auth: Secret, signal?: AbortSignal): Promise<void>;
  readonly onDidChange: (listener: () => unknown) => Disposable;
}

export interface KnownPermissionsDeps {
  readonly api: Pick<StiggApi, 'keyScopes' | 'availableScopes'>;
  readonly state: SharedState;
  readonly now: () => Date;
}

/**
 * What the stored management keys may not do. A scoped key's own scope is asked for at every refresh; roles and plans cannot be asked
 * for by a key, and are learned from what Stigg answers (see PermissionLessons). A failure to ask means: not known, hence allowed.
 */
export class KnownPermissions implements PermissionSource, Disposable {
  readonly #deps: KnownPermissionsDeps;
  readonly #lessons: PermissionLessons;
  readonly #changed = new Emitter<undefined>();
  readonly #subscription: Disposable;
  readonly #callers = new Map<string, Caller>();
  readonly #scopes = new Map<string, readonly Scope[]>();
  readonly #learned = new Map<string, Lessons>();
  /** Loaded before anything is known that would need its words. */
  #permissionsFrom: typeof permissionsFrom | undefined;
  /** Keys whose account's plan was asked about in this window. */
  readonly #planAsked = new Set<string>();

  readonly onDidChange = this.#changed.event as (listener: () => unknown) => Disposable;

  constructor(deps: KnownPermissionsDeps) {
    this.#deps = deps;
    this.#lessons = new PermissionLessons(deps.state, deps.now);
    this.#subscription = deps.state.onDidChange((name) => {
      if (PermissionLessons.isOurs(name)) void this.#readAgain();
    });
  }

  of(management: StoredKey): Permissions {
    const name = nameOf(management);
    const [scopes, lessons] = [this.#scopes.get(name), this.#learned.get(name)];
    if (this.#permissionsFrom === undefined || (scopes === undefined && lessons === undefined)) return EVERYTHING_ALLOWED;
    return this.#permissionsFrom(management, scopes, lessons ?? {});
  }

  async look(management: StoredKey, auth: Secret, signal?: AbortSignal): Promise<void> {
    const name = nameOf(management);
    const before = this.of(management);
    this.#callers.set(name, management);
    try {
      await this.#loadWords();
      await Promise.all([this.#askScopes(management, auth, signal), this.#askPlan(management, auth, signal)]);
      this.#learned.set(name, await this.#lessons.read(management));
    } catch {
      // Neither Stigg nor the folder that remembers can be asked: what was known stays known.
    }
    if (!isSame(before, this.of(management))) this.#changed.fire(undefined);
  }

  /** Remembers what Stigg has answered to an action of a management key; null: it was allowed. Never rejects. */
  async learn(caller: Caller, actions: readonly KeyAction[], limit: Limit | null): Promise<void> {
    try {
      if (!(await this.#lessons.learn(caller, actions, limit))) return;
      this.#callers.set(nameOf(caller), caller);
      await this.#readAgain();
    } catch {
      // It will be learned again.
    }
  }

  /** Stigg has let `actions` happen: what was refused for the role among `decided` is allowed again, what the plan rules out is not. Never rejects. */
  async allow(caller: Caller, actions: readonly KeyAction[], decided: readonly KeyAction[]): Promise<void> {
    const lessons = this.#learned.get(nameOf(caller)) ?? {};
    await this.learn(caller, [...new Set([...actions, ...decided.filter((action) => lessons[action]?.limit === 'forbidden')])], null);
  }

  /** True when one of these actions was refused to some key of ours. */
  remembers(actions: readonly KeyAction[]): boolean {
    return [...this.#learned.values()].some((lessons) => actions.some((action) => lessons[action] !== undefined));
  }

  /** "Check Again": everything that was learned is forgotten, and asked for anew by the next refresh. */
  async forget(): Promise<void> {
    await this.#lessons.forget();
    this.#learned.clear();
    this.#scopes.clear();
    this.#planAsked.clear();
    this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #askScopes(management: StoredKey, auth: Secret, signal: AbortSignal | undefined): Promise<void> {
    if (management.type !== 'SCOPED' || management.keyId.startsWith(UNLISTED)) return;
    try {
      this.#scopes.set(nameOf(management), await this.#deps.api.keyScopes(auth, { environmentId: management.environmentId, id: management.keyId }, signal));
    } catch {
      // Not known: the last answer, or nothing, stays.
    }
  }

  async #askPlan(management: StoredKey, auth: Secret, signal: AbortSignal | undefined): Promise<void> {
    const name = nameOf(management);
    if (this.#planAsked.has(name)) return;
    this.#planAsked.add(name);
    try {
      const { planLacksScopedKeys } = await import('./unverified.js');
      const limit = planLacksScopedKeys(await this.#deps.api.availableScopes(auth, signal)) ? 'planLimit' : null;
      // Stigg's word on the plan says nothing about the role: only what the plan forbade is allowed again.
      const lessons = await this.#lessons.read(management);
      const actions = SCOPED_KEY_ACTIONS.filter((action) => limit !== null || lessons[action]?.limit === 'planLimit');
      if (actions.length > 0) await this.#lessons.learn(management, actions, limit);
    } catch (error) {
      if (error instanceof ExpectedError && error.code === 'planLimit') await this.#lessons.learn(management, SCOPED_KEY_ACTIONS, 'planLimit');
      else this.#planAsked.delete(name);
    }
  }

  async #loadWords(): Promise<void> {
    this.#permissionsFrom ??= (await import('./permissionWords.js')).permissionsFrom;
  }

  async #readAgain(): Promise<void> {
    try {
      if (this.#callers.size > 0) await this.#loadWords();
      for (const [name, caller] of this.#callers) this.#learned.set(name, await this.#lessons.read(caller));
    } catch {
      // What was known stays known.
    }
    this.#changed.fire(undefined);
  }
}

/** What a plan without scoped keys rules out. */
const SCOPED_KEY_ACTIONS: readonly KeyAction[] = ['create', 'scope'];

function nameOf({ environmentId, keyId }: Caller): string {
  return `${environmentId}/${keyId}`;
}
