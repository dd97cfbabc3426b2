import { button, el, setDisabled, setText } from './dom.js';
import type { Live } from './live.js';
import type { ErrorView, FromPanel, KeyView, Texts } from './protocol.js';

/**
 * The key's value: its mask, and for a short while the value itself. Shown it stands in one text node and nowhere else: no attribute,
 * no state, no variable that outlives the call. Hiding takes that node out of the page.
 */
export class ValueRow {
  readonly element: HTMLElement;
  readonly #texts: Texts;
  readonly #post: (message: FromPanel) => void;
  readonly #live: Live;
  readonly #holder = el('span', { class: 'value' });
  readonly #note = el('p', { class: 'note', id: 'value-note' });
  readonly #refusal = el('p', { class: 'note', id: 'value-refusal' });
  readonly #error = el('p', { class: 'error', id: 'value-error', hidden: true });
  readonly #show: HTMLButtonElement;
  readonly #copy: HTMLButtonElement;
  #mask = '';
  #restingNote = '';
  #state: 'hidden' | 'reading' | 'shown' = 'hidden';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(texts: Texts, post: (message: FromPanel) => void, live: Live) {
    this.#texts = texts;
    this.#post = post;
    this.#live = live;
    this.#show = button(texts.show, 'secondary', () => {
      if (this.#state === 'hidden') this.#ask();
      else this.#hideAndTell();
    });
    this.#copy = button(texts.copy, 'secondary', () => { post({ type: 'copy' }); });
    this.element = el('div', {}, el('div', { class: 'valueLine' }, this.#holder, el('span', { class: 'buttons' }, this.#show, this.#copy)), this.#error, this.#note, this.#refusal);
  }

  update(view: KeyView): void {
    this.#mask = view.mask;
    this.#restingNote = view.valueNote ?? '';
    setText(this.#refusal, view.revealRefusal ?? '');
    this.#refusal.hidden = view.revealRefusal === null;
    if (view.revealRefusal !== null && this.#state !== 'hidden') this.#hideAndTell();
    setDisabled(this.#show, view.revealRefusal === null ? null : this.#refusal.id);
    setDisabled(this.#copy, view.revealRefusal === null ? null : this.#refusal.id);
    if (this.#state !== 'shown') this.#drawMask();
    this.#drawNote();
  }

  /** Shows it now. The caller keeps no reference either. */
  reveal(value: string, forMs: number): void {
    // Hidden meanwhile: an answer that comes late shows nothing.
    if (this.#state !== 'reading') return;
    this.#state = 'shown';
    this.#holder.replaceChildren(el('code', { class: 'plain' }, value));
    setText(this.#show, this.#texts.hide);
    this.#drawNote();
    this.#live.say(this.#texts.shown);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#hideAndTell(); }, forMs);
  }

  /** Takes the value out of the page. */
  hide(error: ErrorView | null = null): void {
    const wasShown = this.#state === 'shown';
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#state = 'hidden';
    this.#drawMask();
    setText(this.#show, this.#texts.show);
    this.#drawNote();
    setText(this.#error, error === null ? '' : `${error.text} ${error.nextStep}`);
    this.#error.hidden = error === null;
    if (error !== null) this.#live.say(this.#error.textContent);
    else if (wasShown) this.#live.say(this.#texts.hidden);
  }

  /** Hides it where it is shown or on its way, and lets the extension know. */
  conceal(): void {
    if (this.#state !== 'hidden') this.#hideAndTell();
  }

  #ask(): void {
    this.#state = 'reading';
    this.#error.hidden = true;
    setText(this.#show, this.#texts.hide);
    setText(this.#note, this.#texts.reading);
    this.#post({ type: 'reveal' });
  }

  #hideAndTell(): void {
    this.hide();
    this.#post({ type: 'hide' });
  }

  #drawMask(): void {
    const selection = getSelection();
    // A selection would hold on to the node that leaves.
    if (selection !== null && selection.rangeCount > 0 && this.#holder.contains(selection.anchorNode)) selection.removeAllRanges();
    this.#holder.replaceChildren(el('code', {}, this.#mask));
  }

  #drawNote(): void {
    setText(this.#note, this.#state === 'shown' ? this.#texts.shownNote : this.#state === 'reading' ? this.#texts.reading : this.#restingNote);
    this.#note.hidden = this.#note.textContent === '';
  }
}
