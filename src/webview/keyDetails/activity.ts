import { button, el, fill, setAttribute, setDisabled, setText } from './dom.js';
import type { Live } from './live.js';
import type { ActivityView, FromPanel, Texts } from './protocol.js';

/** What happened to the key, newest first, page by page. */
export class Activity {
  readonly element: HTMLElement;
  readonly #texts: Texts;
  readonly #live: Live;
  readonly #rows = el('tbody');
  readonly #table: HTMLTableElement;
  readonly #note = el('p', { class: 'note', id: 'activity-note', tabindex: '-1' });
  readonly #error = el('p', { class: 'error', hidden: true, role: 'alert' });
  readonly #more: HTMLButtonElement;
  #isRetry = false;

  constructor(texts: Texts, post: (message: FromPanel) => void, live: Live) {
    this.#texts = texts;
    this.#live = live;
    this.#table = el('table', { class: 'activity' }, el('caption', { class: 'visuallyHidden' }, texts.activity),
      el('thead', {}, el('tr', {}, ...[texts.timestamp, texts.event, texts.actor].map((text) => el('th', { scope: 'col' }, text)))), this.#rows);
    this.#more = button(texts.loadMore, 'secondary', () => { post({ type: this.#isRetry && this.#rows.childElementCount === 0 ? 'loadActivity' : 'loadMore' }); });
    this.element = el('div', {}, this.#table, this.#error, el('div', { class: 'more' }, this.#more, this.#note));
    this.update({ offset: 0, rows: [], isLoading: true, hasMore: false, error: null, refusal: null });
  }

  update({ offset, rows, isLoading, hasMore, error, refusal }: ActivityView): void {
    // Rows that do not continue what is here are of another list.
    if (offset === 0) this.#rows.replaceChildren();
    if (offset !== this.#rows.childElementCount) return;
    this.#rows.append(...rows.map((row) => el('tr', {}, el('td', {}, el('time', { datetime: row.at }, row.when)), el('td', {}, row.event), el('td', {}, row.actor))));
    const count = this.#rows.childElementCount;
    // A page that is not in use takes the focus from nobody.
    const hadFocus = document.hasFocus() && document.activeElement === this.#more;
    setAttribute(this.element, 'aria-busy', isLoading ? 'true' : null);
    this.#table.hidden = count === 0;
    const words = error === null ? (refusal ?? '') : `${error.text} ${error.nextStep}`;
    setText(this.#error, words);
    this.#error.hidden = words === '';
    this.#isRetry = error !== null;
    setText(this.#more, error === null ? this.#texts.loadMore : this.#texts.tryAgain);
    this.#more.hidden = !(error !== null || hasMore || (isLoading && count > 0));
    const { loading, loadingMore, noActivity, allLoaded } = this.#texts;
    setText(this.#note, isLoading ? (count === 0 ? loading : loadingMore) : words !== '' || hasMore ? '' : count === 0 ? noActivity : fill(allLoaded, count));
    this.#note.hidden = this.#note.textContent === '';
    setDisabled(this.#more, isLoading ? this.#note.id : null);
    if (hadFocus && this.#more.hidden) this.#note.focus();
    if (offset > 0 && rows.length > 0) this.#live.say(fill(this.#texts.moreLoaded, rows.length));
  }
}
