import { t } from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';
import { refusalOf } from '../../keys/keyActions.js';
import type { Action, Draft, Form, FromPanel, Outcome, Tab } from '../../webview/keyDetails/protocol.js';
import { keyNode, type KeyNode } from '../environments/nodes.js';
import { ActivityLog } from './activityLog.js';
import type { KeyDetailsDeps, KeyIds, Port } from './deps.js';
import { keyView, missingKeyView } from './keyView.js';
import { saveDetails } from './saveDetails.js';
import { ScopeTab } from './scopeTab.js';
import { ShownValue } from './shownValue.js';
import { successorOf } from './successor.js';
import { pageTexts } from './texts.js';

const COMMANDS: Readonly<Partial<Record<Action, string>>> = {
  rotate: 'stiggKeys.rotateKey', grace: 'stiggKeys.changeGracePeriod', revoke: 'stiggKeys.revokeKey', console: 'stiggKeys.openConsole', store: 'stiggKeys.storeKey',
};

/**
 * The page of one key, seen from the extension: follows the key, answers the page, and keeps what the person has typed while the page is
 * out of sight. It knows no value of a key.
 */
export class KeyDetails {
  readonly ids: KeyIds;
  readonly #deps: KeyDetailsDeps;
  readonly #port: Port;
  readonly #value: ShownValue;
  readonly #scope: ScopeTab;
  readonly #activity: ActivityLog;
  readonly #subscription: { dispose(): void };
  readonly #saving = new Set<Form>();
  /** The key as it was last seen. */
  #last: KeyNode | undefined;
  #tab: Tab = 'overview';
  #draft: Draft | null = null;
  #scopeDraft: readonly string[] | null = null;
  /** False while it may still turn up. */
  #isSettled = false;
  #isDisposed = false;
  #posted = '';
  #identity = '';
  #isLogStale = false;

  constructor(deps: KeyDetailsDeps, port: Port, ids: KeyIds) {
    this.#deps = deps;
    this.#port = port;
    this.ids = ids;
    this.#value = new ShownValue(deps, port);
    this.#scope = new ScopeTab(deps, port);
    this.#activity = new ActivityLog(deps, port, ids);
    this.#subscription = deps.inventory.onDidChange(() => { this.#follow(); });
  }

  /** Whether there is something to lose. */
  get isDirty(): boolean {
    return this.#draft !== null || this.#scopeDraft !== null || this.#saving.size > 0;
  }

  /** What was typed and not saved, for a page that takes this one's place. */
  get drafts(): { readonly draft: Draft | null; readonly scopeDraft: readonly string[] | null } {
    return { draft: this.#draft, scopeDraft: this.#scopeDraft };
  }

  get name(): string {
    return this.#last?.row.key.displayName ?? '';
  }

  /** Fills a page that has just been made. */
  start(drafts?: KeyDetails['drafts']): void {
    if (drafts !== undefined) {
      this.#draft = drafts.draft;
      this.#scopeDraft = drafts.scopeDraft;
      this.#tab = drafts.draft === null && drafts.scopeDraft !== null ? 'scope' : this.#tab;
    }
    this.#value.dispose();
    this.#port.post({ type: 'start', texts: pageTexts(), ...this.ids, tab: this.#tab, draft: this.#draft, scopeDraft: this.#scopeDraft });
    this.#posted = '';
    this.#follow();
    this.#scope.post();
    this.#activity.post();
    if (this.#last === undefined) void this.#look();
    else this.#opened();
  }

  /** Out of sight: the value goes. */
  hideValue(): void {
    this.#value.hide();
  }

  receive(message: FromPanel): void {
    switch (message.type) {
      case 'tab':
        this.#tab = message.tab;
        this.#value.hide();
        // Others add to the log without our knowing: opening it asks again.
        this.#isLogStale = true;
        this.#opened();
        return;
      case 'draft':
        this.#draft = message.draft;
        return;
      case 'scopeDraft':
        this.#scopeDraft = message.cells;
        return;
      case 'saveDetails': {
        const { draft, base } = message;
        void this.#save('overview', () => saveDetails(this.#deps, this.ids.environmentId, () => this.#current(), (node) => this.#refusal('rename', node), draft, base));
        return;
      }
      case 'saveScope': {
        const { cells, base } = message;
        void this.#save('scope', async () => {
          const node = this.#current();
          return node === undefined ? gone() : this.#scope.save(node, cells, base, this.#refusal('scope', node));
        });
        return;
      }
      case 'reveal':
        this.#reveal();
        return;
      case 'hide':
        this.#value.hide();
        return;
      case 'copy':
        this.#run('stiggKeys.copyKey');
        return;
      case 'loadScope':
        this.#loadScope();
        return;
      case 'loadActivity':
        this.#loadActivity(true);
        return;
      case 'loadMore':
        void this.#activity.more();
        return;
      case 'action':
        this.#act(message.action);
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#subscription.dispose();
    this.#value.dispose();
    this.#scope.dispose();
    this.#activity.dispose();
  }

  #current(): KeyNode | undefined {
    const found = this.#deps.inventory.environment(this.ids.environmentId);
    const row = found?.keys.find(({ key }) => key.id === this.ids.keyId);
    return found === undefined || row === undefined ? undefined : keyNode(found, row);
  }

  #refusal(action: 'rename' | 'scope' | 'activity' | 'reveal', { row, permissions }: KeyNode): string | null {
    const refusal = refusalOf(action, row, permissions, this.#deps.now());
    return refusal === undefined ? null : `${refusal.reason} ${refusal.nextStep}`;
  }

  /** Shows the key as the inventory has it now. */
  #follow(): void {
    if (this.#isDisposed) return;
    const { inventory, vault, now } = this.#deps;
    const found = inventory.environment(this.ids.environmentId);
    const current = this.#current();
    const isGone = current === undefined && found !== undefined && !found.loading && found.error === null;
    this.#last = current ?? this.#last;
    const node = this.#last;
    if (node === undefined) {
      this.#post(this.#isSettled ? missingKeyView(this.ids.keyId) : null);
      return;
    }
    this.#port.setTitle(node.row.key.displayName);
    const presence = current !== undefined ? 'here' : isGone ? 'gone' : found === undefined && inventory.snapshot.loaded ? 'removed' : 'here';
    if (presence !== 'here') this.#value.dispose();
    this.#post(keyView({
      environment: found?.environment ?? node.environment,
      permissions: node.permissions,
      row: node.row,
      presence, found,
      successor: successorOf(node.row, found?.keys ?? []),
      store: vault.kind === 'keychain' ? t('the keychain') : t('VS Code\'s secret storage'),
      hardening: this.#deps.hardeningCommand === undefined ? null : node.permissions.harden,
    }, now()));
    // What has happened to the key is in its log, and may have changed what can be done with it.
    const { displayName, description, expireAt } = node.row.key;
    const identity = JSON.stringify([displayName, description, expireAt, presence, this.#refusal('scope', node), node.row.isManagement]);
    const isChanged = this.#identity !== '' && this.#identity !== identity;
    this.#identity = identity;
    if (!isChanged) return;
    if (this.#tab === 'activity') this.#loadActivity(true);
    else this.#isLogStale = true;
    if (this.#tab === 'scope' && !this.#saving.has('scope')) this.#loadScope();
  }

  #post(view: ReturnType<typeof keyView> | null): void {
    const text = JSON.stringify(view);
    if (text === this.#posted) return;
    this.#posted = text;
    this.#port.post({ type: 'key', view });
  }

  /** Nobody has asked yet, as after a reload of the window. */
  async #look(): Promise<void> {
    await this.#deps.inventory.refresh(this.#deps.inventory.snapshot.loaded ? this.ids.environmentId : undefined);
    this.#isSettled = true;
    this.#follow();
    this.#opened();
  }

  /** Loads what the tab that is open needs. */
  #opened(): void {
    if (this.#isDisposed) return;
    if (this.#tab === 'scope') this.#loadScope();
    if (this.#tab === 'activity') this.#loadActivity(this.#isLogStale);
  }

  #loadScope(): void {
    const node = this.#last;
    if (node !== undefined) void this.#scope.load(node, this.#refusal('scope', node));
  }

  #loadActivity(again: boolean): void {
    const node = this.#last;
    if (node === undefined) return;
    this.#isLogStale = false;
    void this.#activity.load(node.permissions.activity === undefined ? null : this.#refusal('activity', node), again);
  }

  #reveal(): void {
    const node = this.#current();
    const refusal = node === undefined ? t('This key is no longer there.') : this.#refusal('reveal', node);
    if (node === undefined || refusal !== null) this.#port.post({ type: 'hideValue', error: { text: refusal ?? '', nextStep: '' } });
    else if (this.#tab === 'overview') void this.#value.show(node);
  }

  #act(action: Action): void {
    if (action === 'refresh') {
      void this.#look();
      return;
    }
    if (action === 'successor') {
      const found = this.#deps.inventory.environment(this.ids.environmentId);
      const next = this.#last === undefined ? undefined : successorOf(this.#last.row, found?.keys ?? []);
      if (found !== undefined && next !== undefined) this.#deps.open(keyNode(found, next));
      return;
    }
    const command = action === 'harden' ? this.#deps.hardeningCommand : COMMANDS[action];
    if (command !== undefined) this.#run(command);
  }

  #run(command: string): void {
    // The commands look the key up themselves, and say so when it is gone.
    const node = this.#current() ?? this.#last;
    if (node !== undefined) Promise.resolve(this.#deps.run(command, node)).catch(this.#deps.reportError);
  }

  async #save(form: Form, save: () => Promise<Outcome>): Promise<void> {
    if (this.#saving.has(form)) return;
    this.#saving.add(form);
    let outcome: Outcome;
    try {
      outcome = await save();
    } finally {
      this.#saving.delete(form);
    }
    if (outcome.kind === 'saved') {
      if (form === 'overview') this.#draft = null;
      else this.#scopeDraft = null;
    }
    if (!this.#isDisposed) this.#port.post({ type: 'outcome', form, outcome });
    // Nobody sees the page any more: an error must not go unseen with it.
    else if (outcome.kind === 'failed') this.#deps.reportError(new ExpectedError('notSaved', outcome.error.text, outcome.error.nextStep));
  }
}

function gone(): Outcome {
  return { kind: 'failed', field: null, error: { text: t('Stigg no longer lists this key: nothing was saved.'), nextStep: t('Refresh to see its state.') } };
}
