import { KEY_ACTIONS, type KeyAction } from './permissions.js';
import type { SharedState } from './vault.js';

/** How Stigg refused an action: to this caller (403), or to this plan. */
export type Limit = 'forbidden' | 'planLimit';

/** What Stigg has refused to one management key, by action. */
export type Lessons = Readonly<Partial<Record<KeyAction, { readonly limit: Limit; /** ISO date. */ readonly at: string }>>>;

/** The key that made the calls. */
export interface Caller {
  readonly environmentId: string;
  readonly keyId: string;
}

/** Roles and plans change, and nobody tells us. */
const FORGOTTEN_MS = 24 * 3_600_000;
const PREFIX = 'permission-';

/**
 * What Stigg's answers have taught about a key's role and its account's plan, kept outside of the window: ids, times and the kind of
 * refusal. One record per environment and management key; another key starts anew.
 */
export class PermissionLessons {
  readonly #state: SharedState;
  readonly #now: () => Date;

  constructor(state: SharedState, now: () => Date) {
    this.#state = state;
    this.#now = now;
  }

  /** True for a name of SharedState that holds lessons. */
  static isOurs(name: string): boolean {
    return name.startsWith(PREFIX);
  }

  /** What is remembered, without what is too old to be believed. A record that cannot be understood teaches nothing. */
  async read(caller: Caller): Promise<Lessons> {
    const text = await this.#state.read(await nameOf(caller));
    if (text === undefined) return {};
    const oldest = this.#now().getTime() - FORGOTTEN_MS;
    return Object.fromEntries(Object.entries(parse(text)).filter(([, { at }]) => Date.parse(at) > oldest && Date.parse(at) <= this.#now().getTime()));
  }

  /** Remembers a refusal; null forgets it, because Stigg has let it happen. Resolves with true when something changed. */
  async learn(caller: Caller, refused: readonly KeyAction[], limit: Limit | null): Promise<boolean> {
    const before = await this.read(caller);
    // A plan rules an action out whatever the role is, and says what would help.
    const actions = limit === 'forbidden' ? refused.filter((action) => before[action]?.limit !== 'planLimit') : refused;
    const isNews = actions.some((action) => before[action]?.limit !== (limit ?? undefined));
    if (!isNews) return false;
    const rest = Object.entries(before).filter(([action]) => !actions.some((each) => each === action));
    const at = this.#now().toISOString();
    const next: Lessons = Object.fromEntries([...rest, ...(limit === null ? [] : actions.map((action) => [action, { limit, at }] as const))]);
    if (Object.keys(next).length === 0) await this.#state.delete(await nameOf(caller));
    else await this.#state.write(await nameOf(caller), JSON.stringify({ environmentId: caller.environmentId, keyId: caller.keyId, lessons: next }));
    return true;
  }

  /** Forgets everything that was learned, of every key. */
  async forget(): Promise<void> {
    for (const name of await this.#state.list(PREFIX)) await this.#state.delete(name);
  }
}

/** Ids of any length give a name of one length. */
async function nameOf({ environmentId, keyId }: Caller): Promise<string> {
  const [{ sha256 }, { bytesToHex, utf8ToBytes }] = await Promise.all([import('@noble/hashes/sha2.js'), import('@noble/hashes/utils.js')]);
  return `${PREFIX}${bytesToHex(sha256(utf8ToBytes(`${environmentId}/${keyId}`))).slice(0, 32)}.json`;
}

function parse(text: string): Readonly<Record<string, { limit: Limit; at: string }>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {};
  }
  const lessons: unknown = typeof value === 'object' && value !== null ? (value as { lessons?: unknown }).lessons : undefined;
  if (typeof lessons !== 'object' || lessons === null) return {};
  return Object.fromEntries(Object.entries(lessons).flatMap(([action, lesson]: [string, unknown]) => {
    const { limit, at } = typeof lesson === 'object' && lesson !== null ? (lesson as { limit?: unknown; at?: unknown }) : {};
    const isKnown = KEY_ACTIONS.some((known) => known === action) && (limit === 'forbidden' || limit === 'planLimit') && typeof at === 'string' && !Number.isNaN(Date.parse(at));
    return isKnown ? [[action, { limit: limit, at: at }] as const] : [];
  }));
}
