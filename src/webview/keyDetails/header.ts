import { button, el, setAttribute, setDisabled, setText } from './dom.js';
import { icon } from './icons.js';
import type { Action, ActionView, Banner, KeyView, Texts } from './protocol.js';

/** Name, status, what has happened to the key, and what can be done with it. */
export class Header {
  readonly element: HTMLElement;
  readonly #act: (action: Action) => void;
  readonly #title = el('h1');
  readonly #status = el('span', { class: 'status' });
  readonly #production = el('span', { class: 'production' });
  readonly #subtitle = el('span');
  readonly #banners = el('div', { class: 'banners' });
  readonly #actions: HTMLElement;
  readonly #refusals = el('ul', { class: 'refusals' });
  readonly #buttons = new Map<Action, HTMLButtonElement>();
  #shown = '';
  #refused = '';

  constructor(texts: Texts, act: (action: Action) => void) {
    this.#act = act;
    this.#production.append(texts.production);
    this.#actions = el('div', { role: 'group', 'aria-label': texts.actions, class: 'actions' });
    this.element = el('header', {},
      el('div', { class: 'titleLine' }, this.#title, this.#status),
      el('p', { class: 'subtitle' }, this.#production, this.#subtitle),
      this.#banners, this.#actions, this.#refusals);
  }

  update(view: KeyView): void {
    setText(this.#title, view.name);
    setAttribute(this.#status, 'data-tone', view.status.tone);
    if (this.#status.textContent !== view.status.text) this.#status.replaceChildren(icon(view.status.tone), view.status.text);
    setText(this.#subtitle, view.subtitle);
    this.#production.hidden = !view.isProduction;
    this.#drawBanners(view.banners);
    this.#drawActions(view.actions);
  }

  #drawBanners(banners: readonly Banner[]): void {
    const text = JSON.stringify(banners);
    // Untouched while nothing changes: somebody may be on its button, and it would be read out again.
    if (text === this.#shown) return;
    this.#shown = text;
    this.#banners.replaceChildren(...banners.map((banner) => {
      const element = el('div', { class: 'banner', role: 'status', 'data-tone': banner.tone }, icon(banner.tone), el('p', {}, banner.text));
      if (banner.button !== null) element.append(this.#button(banner.button));
      return element;
    }));
  }

  #drawActions(actions: readonly ActionView[]): void {
    for (const [action, element] of this.#buttons) {
      if (actions.some((view) => view.action === action)) continue;
      element.remove();
      this.#buttons.delete(action);
    }
    for (const view of actions) {
      const element = this.#buttons.get(view.action) ?? this.#button(view);
      if (!this.#buttons.has(view.action)) {
        this.#buttons.set(view.action, element);
        this.#actions.append(element);
      }
      setText(element, view.label);
      setDisabled(element, view.refusal === null ? null : `why-${view.action}`);
      setAttribute(element, 'class', view.action === 'rotate' && view.refusal === null ? 'primary' : 'secondary');
    }
    const refused = actions.flatMap(({ action, label, refusal }) => (refusal === null ? [] : [{ id: `why-${action}`, label, refusal }]));
    const text = JSON.stringify(refused);
    if (text !== this.#refused) this.#refusals.replaceChildren(...refused.map(({ id, label, refusal }) => el('li', { id }, el('strong', {}, `${label.replace('…', '')}: `), el('span', {}, refusal))));
    this.#refused = text;
    this.#refusals.hidden = refused.length === 0;
  }

  #button({ action, label }: ActionView): HTMLButtonElement {
    return button(label, 'secondary', () => { this.#act(action); });
  }
}
