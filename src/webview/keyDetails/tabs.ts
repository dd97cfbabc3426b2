import { el, setAttribute } from './dom.js';
import { TABS, type Tab } from './protocol.js';

/** Tabs as the ARIA practices describe them: one stop of the Tab key, arrows, Home and End move and open. */
export class Tabs {
  readonly list: HTMLElement;
  readonly panels: Readonly<Record<Tab, HTMLElement>>;
  readonly #buttons: Readonly<Record<Tab, HTMLButtonElement>>;
  readonly #opened: (tab: Tab) => void;
  #current: Tab = 'overview';

  constructor(label: string, labels: Readonly<Record<Tab, string>>, opened: (tab: Tab) => void) {
    this.#opened = opened;
    const make = <T>(one: (tab: Tab) => T): Record<Tab, T> => ({ overview: one('overview'), scope: one('scope'), activity: one('activity') });
    this.#buttons = make((tab) => {
      const button = el('button', { type: 'button', role: 'tab', id: `tab-${tab}`, 'aria-controls': `panel-${tab}`, class: 'tab' }, labels[tab]);
      button.addEventListener('click', () => { this.#choose(tab); });
      return button;
    });
    this.panels = make((tab) => el('section', { role: 'tabpanel', id: `panel-${tab}`, 'aria-labelledby': `tab-${tab}`, tabindex: '0', class: 'tabPanel' }));
    this.list = el('div', { role: 'tablist', 'aria-label': label, class: 'tabs' }, ...TABS.map((tab) => this.#buttons[tab]));
    this.list.addEventListener('keydown', (event) => {
      const at = TABS.indexOf(this.#current);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[event.key];
      const tab = to === undefined ? undefined : TABS[(to + TABS.length) % TABS.length];
      if (tab === undefined) return;
      event.preventDefault();
      this.#choose(tab);
      this.#buttons[tab].focus();
    });
    this.show(this.#current);
  }

  get current(): Tab {
    return this.#current;
  }

  /** Shows a tab without telling anybody. */
  show(tab: Tab): void {
    this.#current = tab;
    for (const one of TABS) {
      setAttribute(this.#buttons[one], 'aria-selected', String(one === tab));
      setAttribute(this.#buttons[one], 'tabindex', one === tab ? '0' : '-1');
      this.panels[one].hidden = one !== tab;
    }
  }

  #choose(tab: Tab): void {
    if (tab === this.#current) return;
    this.show(tab);
    this.#opened(tab);
  }
}
