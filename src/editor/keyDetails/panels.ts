import * as vscode from 'vscode';
import { fromPanel, type ToPanel } from '../../webview/keyDetails/protocol.js';
import type { KeyNode } from '../environments/nodes.js';
import type { KeyDetailsDeps, KeyIds, Port } from './deps.js';
import { pageHtml } from './html.js';
import { KeyDetails } from './keyDetails.js';
import { VIEW_TYPE } from './viewType.js';

type Drafts = KeyDetails['drafts'];

export type PanelsDeps = Omit<KeyDetailsDeps, 'open'> & { readonly extensionUri: vscode.Uri };

/**
 * The panels that are open. As with a preview editor one panel shows whichever key is selected; it stays with its key once it is pinned
 * or holds unsaved changes.
 */
export class Panels implements vscode.Disposable {
  readonly #deps: PanelsDeps;
  readonly #open = new Set<Panel>();

  constructor(deps: PanelsDeps) {
    this.#deps = deps;
  }

  show(node: KeyNode, preserveFocus: boolean): void {
    this.#show(idsOf(node), node.row.key.displayName, preserveFocus);
  }

  /** A panel that VS Code brings back after a reload: shown for its key, with the value hidden. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const ids = idsIn(state);
    if (ids === undefined) {
      panel.dispose();
      return;
    }
    this.#own(panel, ids);
  }

  dispose(): void {
    for (const panel of [...this.#open]) panel.close();
  }

  #show(ids: KeyIds, title: string, preserveFocus: boolean, drafts?: Drafts): void {
    const panels = [...this.#open];
    const shown = panels.find((panel) => panel.isFor(ids));
    if (shown !== undefined) {
      shown.reveal(preserveFocus);
      return;
    }
    const free = drafts === undefined ? panels.find((panel) => panel.isFree) : undefined;
    if (free !== undefined) {
      free.showKey(ids, title);
      free.reveal(preserveFocus);
      return;
    }
    const folder = vscode.Uri.joinPath(this.#deps.extensionUri, 'dist', 'webview');
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, title, { viewColumn: vscode.ViewColumn.Active, preserveFocus }, { enableScripts: true, localResourceRoots: [folder] });
    this.#own(panel, ids, drafts);
  }

  #own(panel: vscode.WebviewPanel, ids: KeyIds, drafts?: Drafts): void {
    const own = new Panel({ ...this.#deps, open: (node) => { this.show(node, false); } }, panel, ids, drafts, (left) => {
      this.#open.delete(own);
      if (left !== undefined) void this.#offer(left);
    });
    this.#open.add(own);
  }

  /** A panel cannot be kept from closing; what was typed can be kept from being lost. */
  async #offer({ ids, name, drafts }: Left): Promise<void> {
    const reopen = vscode.l10n.t('Reopen');
    const choice = await vscode.window.showWarningMessage(vscode.l10n.t('The changes to "{0}" were not saved.', name), reopen);
    if (choice === reopen) this.#show(ids, name, false, drafts);
  }
}

interface Left {
  readonly ids: KeyIds;
  readonly name: string;
  readonly drafts: Drafts;
}

/** One panel and the key that it shows now. */
class Panel {
  readonly #deps: KeyDetailsDeps;
  readonly #panel: vscode.WebviewPanel;
  readonly #port: Port;
  #details: KeyDetails;
  #drafts: Drafts | undefined;
  #isReady = false;
  #isClosedByUs = false;

  constructor(deps: KeyDetailsDeps & Pick<PanelsDeps, 'extensionUri'>, panel: vscode.WebviewPanel, ids: KeyIds, drafts: Drafts | undefined, closed: (left: Left | undefined) => void) {
    this.#deps = deps;
    this.#panel = panel;
    this.#drafts = drafts;
    const folder = vscode.Uri.joinPath(deps.extensionUri, 'dist', 'webview');
    this.#port = {
      get isVisible() { return panel.visible; },
      post: (message: ToPanel) => { if (this.#isReady) void panel.webview.postMessage(message); },
      setTitle: (title) => { if (panel.title !== title) panel.title = title; },
    };
    this.#details = new KeyDetails(deps, this.#port, ids);
    const icon = (theme: 'light' | 'dark'): vscode.Uri => vscode.Uri.joinPath(deps.extensionUri, 'media', `stigg-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const subscription = vscode.Disposable.from(
      panel.webview.onDidReceiveMessage((message: unknown) => { this.#receive(message); }),
      panel.onDidChangeViewState(() => {
        if (panel.visible) return;
        this.#details.hideValue();
        // The page is gone until it is seen again, and says when it is ready then.
        this.#isReady = false;
      }),
    );
    panel.onDidDispose(() => {
      const left: Left | undefined = this.#details.isDirty && !this.#isClosedByUs ? { ids: this.#details.ids, name: this.#details.name, drafts: this.#details.drafts } : undefined;
      this.#isReady = false;
      this.#details.dispose();
      subscription.dispose();
      closed(left?.drafts.draft === null && left.drafts.scopeDraft === null ? undefined : left);
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    panel.webview.html = pageHtml(panel.webview, folder);
  }

  isFor({ environmentId, keyId }: KeyIds): boolean {
    return this.#details.ids.environmentId === environmentId && this.#details.ids.keyId === keyId;
  }

  /** Whether it may be given to another key. */
  get isFree(): boolean {
    return !this.#details.isDirty && !this.#isPinned;
  }

  /** VS Code tells of tabs, and not which panel is in them: its column and title do. */
  get #isPinned(): boolean {
    const tabs = vscode.window.tabGroups.all.filter(({ viewColumn }) => viewColumn === this.#panel.viewColumn).flatMap((group) => group.tabs);
    return tabs.some((tab) => tab.isPinned && tab.label === this.#panel.title && tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith(VIEW_TYPE));
  }

  reveal(preserveFocus: boolean): void {
    this.#panel.reveal(undefined, preserveFocus);
  }

  showKey(ids: KeyIds, title: string): void {
    this.#details.hideValue();
    this.#details.dispose();
    this.#details = new KeyDetails(this.#deps, this.#port, ids);
    this.#port.setTitle(title);
    if (this.#isReady) this.#details.start();
  }

  close(): void {
    this.#isClosedByUs = true;
    this.#panel.dispose();
  }

  #receive(message: unknown): void {
    const sent = fromPanel(message);
    if (sent === undefined) return;
    if (sent.keyId === null) {
      this.#isReady = true;
      this.#details.start(this.#drafts);
      this.#drafts = undefined;
    } else if (sent.keyId === this.#details.ids.keyId) {
      this.#details.receive(sent.body);
    }
  }
}

function idsOf({ environment, row }: KeyNode): KeyIds {
  return { environmentId: environment.id, keyId: row.key.id };
}

/** The ids in what VS Code kept for a panel; undefined when it is anything else. */
function idsIn(state: unknown): KeyIds | undefined {
  const { environmentId, keyId } = (typeof state === 'object' && state !== null ? state : {}) as Readonly<Record<string, unknown>>;
  const isId = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(value);
  return isId(environmentId) && isId(keyId) ? { environmentId, keyId } : undefined;
}
