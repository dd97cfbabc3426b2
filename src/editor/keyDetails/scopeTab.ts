import { t } from '@vscode/l10n';
import { isCancelled } from '../../errors.js';
import { changeScopes } from '../../keys/keyChanges.js';
import type { KeyRow } from '../../keys/keyRows.js';
import type { Scope } from '../../keys/model.js';
import { presetScopes, sameScopes } from '../../keys/scopes.js';
import { managementSecret } from '../../keys/storedKey.js';
import type { Outcome, ScopeView } from '../../webview/keyDetails/protocol.js';
import type { KeyNode } from '../environments/nodes.js';
import type { KeyDetailsDeps, Port } from './deps.js';
import { errorView } from './failure.js';
import { scopesOf, scopeView } from './scopeView.js';

/** What one key may do: read when its tab is opened, changed when it is saved. */
export class ScopeTab {
  readonly #deps: KeyDetailsDeps;
  readonly #port: Port;
  #view: ScopeView | undefined;
  #available: readonly Scope[] = [];
  #reading: AbortController | undefined;

  constructor(deps: KeyDetailsDeps, port: Port) {
    this.#deps = deps;
    this.#port = port;
  }

  post(): void {
    if (this.#view !== undefined) this.#port.post({ type: 'scope', view: this.#view });
  }

  /** @param refusal why the scope cannot be changed; null where it can */
  async load(node: KeyNode, refusal: string | null): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    if (this.#view === undefined) this.#port.post({ type: 'scope', view: { kind: 'loading' } });
    let view: ScopeView;
    try {
      const [scopes, available] = await this.#read(node, refusal, reading.signal);
      this.#available = available;
      view = scopeView(node.row, scopes, available, refusal);
    } catch (error) {
      if (isCancelled(error)) return;
      view = { kind: 'error', error: errorView(error, this.#deps.reportError) };
    }
    if (!reading.signal.aborted) this.#show(view);
  }

  async save(node: KeyNode, cells: readonly string[], base: readonly string[], refusal: string | null): Promise<Outcome> {
    if (refusal !== null) return failed(refusal, '');
    const [wanted, seen] = [scopesOf(cells), scopesOf(base)];
    if (wanted === undefined || seen === undefined) return failed(t('The scope that was chosen is not known here.'), t('Close the panel and open it again.'));
    this.#reading?.abort();
    try {
      const { environmentId } = node.row.key;
      const now = await this.#deps.api.keyScopes(await managementSecret(this.#deps.vault, environmentId), node.row.key);
      if (!sameScopes(now, seen) && !sameScopes(now, wanted)) {
        this.#show(scopeView(node.row, now, this.#available, null));
        return failed(t('Somebody has changed the scope of "{0}" meanwhile; nothing was saved.', node.row.key.displayName), t('Save again to replace it by yours, or discard to see theirs.'));
      }
      const saved = await changeScopes(this.#deps, node.row.key, wanted);
      this.#show(scopeView(node.row, saved, this.#available, null));
      return { kind: 'saved', text: t('Saved') };
    } catch (error) {
      return { kind: 'failed', field: null, error: errorView(error, this.#deps.reportError) };
    }
  }

  dispose(): void {
    this.#reading?.abort();
  }

  async #read({ environment, row }: { readonly environment: { readonly id: string }; readonly row: KeyRow }, refusal: string | null, signal: AbortSignal): Promise<readonly [readonly Scope[], readonly Scope[]]> {
    // Documented for both: nothing has to be asked.
    if (row.key.type === 'SERVER') return [presetScopes('fullAccess'), []];
    if (row.key.type === 'CLIENT') return [[], []];
    const { api, vault } = this.#deps;
    const auth = await managementSecret(vault, environment.id);
    return Promise.all([api.keyScopes(auth, row.key, signal), refusal === null ? api.availableScopes(auth, signal) : []]);
  }

  #show(view: ScopeView): void {
    this.#view = view;
    this.post();
  }
}

function failed(text: string, nextStep: string): Outcome {
  return { kind: 'failed', field: null, error: { text, nextStep } };
}
