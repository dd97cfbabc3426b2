import './keyDetails.css';
import { Activity } from './activity.js';
import { el } from './dom.js';
import { Header } from './header.js';
import { Live } from './live.js';
import { Overview } from './overview.js';
import { toPanel, type FromPanel, type Sent, type ToPanel } from './protocol.js';
import { Scope } from './scope.js';
import { Tabs } from './tabs.js';

interface VSCodeApi {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VSCodeApi;

type Start = Extract<ToPanel, { type: 'start' }>;

/** Everything on the page for one key. */
class Page {
  readonly element: HTMLElement;
  readonly #live = new Live();
  readonly #header: Header;
  readonly #tabs: Tabs;
  readonly #overview: Overview;
  readonly #scope: Scope;
  readonly #activity: Activity;
  readonly #start: Start;
  readonly #loading: HTMLElement;
  #hasKey = false;

  constructor(start: Start, post: (message: FromPanel) => void) {
    const { texts } = start;
    this.#start = start;
    this.#header = new Header(texts, (action) => { post({ type: 'action', action }); });
    this.#overview = new Overview(texts, post, this.#live);
    this.#scope = new Scope(texts, post, this.#live);
    this.#activity = new Activity(texts, post, this.#live);
    this.#tabs = new Tabs(texts.keyDetails, { overview: texts.overview, scope: texts.scope, activity: texts.activity }, (tab) => {
      this.conceal();
      post({ type: 'tab', tab });
    });
    this.#tabs.panels.overview.append(this.#overview.element);
    this.#tabs.panels.scope.append(this.#scope.element);
    this.#tabs.panels.activity.append(this.#activity.element);
    this.#tabs.show(start.tab);
    this.#scope.restore(start.scopeDraft);
    this.#loading = el('h1', { class: 'loading' }, texts.loading);
    this.element = el('div', { 'aria-busy': 'true' }, this.#loading);
  }

  take(message: Exclude<ToPanel, Start>): void {
    switch (message.type) {
      case 'key':
        if (message.view === null) return;
        this.#header.update(message.view);
        this.#overview.update(message.view);
        if (!this.#hasKey) {
          this.#hasKey = true;
          this.element.removeAttribute('aria-busy');
          this.element.replaceChildren(this.#header.element, this.#tabs.list, ...Object.values(this.#tabs.panels), this.#live.element);
          this.#overview.restore(this.#start.draft);
        }
        return;
      case 'scope':
        this.#scope.update(message.view);
        return;
      case 'activity':
        this.#activity.update(message.view);
        return;
      case 'outcome':
        (message.form === 'overview' ? this.#overview : this.#scope).finish(message.outcome);
        return;
      case 'value':
        if (message.keyId === this.#start.keyId && !document.hidden) this.#overview.value.reveal(message.value, message.forMs);
        return;
      case 'hideValue':
        this.#overview.value.hide(message.error);
    }
  }

  /** Hides the value, wherever it stands. */
  conceal(): void {
    this.#overview.value.conceal();
  }

  save(): void {
    if (this.#tabs.current === 'overview') this.#overview.save();
    if (this.#tabs.current === 'scope') this.#scope.save();
  }
}

function run(): void {
  const api = acquireVsCodeApi();
  const main = el('main');
  document.body.append(main);
  let page: Page | undefined;
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = toPanel(event.data);
    if (message === undefined) return;
    if (message.type === 'start') {
      page?.conceal();
      page = new Page(message, (body) => { api.postMessage({ keyId: message.keyId, body } satisfies Sent); });
      main.replaceChildren(page.element);
      // Ids alone: VS Code keeps this on disk.
      api.setState({ environmentId: message.environmentId, keyId: message.keyId });
      return;
    }
    page?.take(message);
  });
  document.addEventListener('visibilitychange', () => { if (document.hidden) page?.conceal(); });
  window.addEventListener('pagehide', () => { page?.conceal(); });
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    page?.save();
  });
  api.postMessage({ keyId: null, body: { type: 'ready' } } satisfies Sent);
}

run();
