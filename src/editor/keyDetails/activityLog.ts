import { t } from '@vscode/l10n';
import { isCancelled } from '../../errors.js';
import type { KeyEvent } from '../../keys/model.js';
import { managementSecret } from '../../keys/storedKey.js';
import type { ActivityRow, ErrorView } from '../../webview/keyDetails/protocol.js';
import { dateTimeWords } from '../environments/wording.js';
import type { KeyDetailsDeps, KeyIds, Port } from './deps.js';
import { errorView } from './failure.js';

/** What happened to one key, page by page. Events that come again, because the log has grown meanwhile, are shown once. */
export class ActivityLog {
  readonly #deps: Pick<KeyDetailsDeps, 'api' | 'vault' | 'reportError'>;
  readonly #port: Port;
  readonly #ids: KeyIds;
  readonly #seen = new Set<string>();
  #rows: ActivityRow[] = [];
  /** Where the next page begins; null when there is none, or before the first. */
  #next: string | null = null;
  #reading: AbortController | undefined;
  #isLoaded = false;
  #error: ErrorView | null = null;
  /** Why it may not be read at all. */
  #refusal: string | null = null;

  constructor(deps: Pick<KeyDetailsDeps, 'api' | 'vault' | 'reportError'>, port: Port, ids: KeyIds) {
    this.#deps = deps;
    this.#port = port;
    this.#ids = ids;
  }

  /** Everything so far, for a page that is new. */
  post(): void {
    this.#post(0);
  }

  /** From the beginning, where nothing is there yet or it is asked for anew. */
  async load(refusal: string | null, again = false): Promise<void> {
    this.#refusal = refusal;
    if (refusal !== null || (!again && (this.#isLoaded || this.#reading !== undefined))) {
      this.#post(0);
      return;
    }
    this.#reading?.abort();
    await this.#read(null);
  }

  async more(): Promise<void> {
    if (this.#reading !== undefined || this.#next === null) return;
    await this.#read(this.#next);
  }

  dispose(): void {
    this.#reading?.abort();
  }

  async #read(after: string | null): Promise<void> {
    const reading = new AbortController();
    this.#reading = reading;
    this.#error = null;
    this.#post(this.#rows.length);
    const { api, vault } = this.#deps;
    const { environmentId, keyId } = this.#ids;
    let from = this.#rows.length;
    try {
      const page = await api.keyActivity(await managementSecret(vault, environmentId), { environmentId, id: keyId }, after, reading.signal);
      if (reading.signal.aborted) return;
      if (after === null) {
        this.#rows = [];
        this.#seen.clear();
        from = 0;
      }
      for (const event of page.items) {
        if (this.#seen.has(event.id)) continue;
        this.#seen.add(event.id);
        this.#rows.push(rowOf(event));
      }
      this.#next = page.nextCursor;
      this.#isLoaded = true;
    } catch (error) {
      if (reading.signal.aborted || isCancelled(error)) return;
      this.#error = errorView(error, this.#deps.reportError);
    } finally {
      if (this.#reading === reading) this.#reading = undefined;
    }
    this.#post(from);
  }

  #post(from: number): void {
    this.#port.post({
      type: 'activity',
      view: { offset: from, rows: this.#rows.slice(from), isLoading: this.#reading !== undefined, hasMore: this.#next !== null, error: this.#error, refusal: this.#refusal },
    });
  }
}

function rowOf({ at, type, actor }: KeyEvent): ActivityRow {
  return { at: at.toISOString(), when: dateTimeWords(at), event: eventWords(type), actor };
}

/** Stigg's words for what happens to a key. */
function eventWords(type: string): string {
  switch (type) {
    case 'API_KEY_CREATED':
      return t('Key created');
    case 'API_KEY_ROTATED':
      return t('Key rotated');
    case 'API_KEY_UPDATED':
      // The console says "Scope updated"; names and grace periods are recorded by the same event.
      return t('Key updated: name, scope or expiry');
    case 'API_KEY_REVOKED':
      return t('Key revoked');
    default:
      return type;
  }
}
