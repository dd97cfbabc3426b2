import { button, el, isDisabled, setDisabled, setText } from './dom.js';
import type { Live } from './live.js';
import type { Outcome, Texts } from './protocol.js';

/** Save and Discard at the end of a form, with the form's state in words between them and what went wrong above. */
export class SaveBar {
  readonly element: HTMLElement;
  readonly #texts: Texts;
  readonly #live: Live;
  readonly #save: HTMLButtonElement;
  readonly #discard: HTMLButtonElement;
  readonly #state: HTMLElement;
  readonly #error: HTMLElement;
  #isBusy = false;
  #isDirty = false;
  #saved = '';

  /** @param name unique in the page */
  constructor(name: string, texts: Texts, live: Live, discard: () => void) {
    this.#texts = texts;
    this.#live = live;
    this.#save = el('button', { type: 'submit', class: 'primary' }, texts.save);
    this.#discard = button(texts.discard, 'secondary', () => {
      discard();
      this.#save.focus();
    });
    this.#state = el('span', { class: 'state', id: `${name}-state` });
    this.#error = el('p', { class: 'error', id: `${name}-error`, hidden: true });
    this.element = el('div', { class: 'saveBar' }, this.#error, el('div', { class: 'saveLine' }, this.#save, this.#discard, this.#state));
    this.#draw();
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** True when pressing Save does something. */
  get isReady(): boolean {
    return !isDisabled(this.#save);
  }

  setDirty(isDirty: boolean): void {
    if (isDirty !== this.#isDirty) this.#saved = '';
    this.#isDirty = isDirty;
    if (!isDirty && !this.#isBusy) this.#setError('');
    this.#draw();
  }

  start(): void {
    this.#isBusy = true;
    this.#setError('');
    this.#live.say(this.#texts.saving);
    this.#draw();
  }

  /** @param field what the error stands beside instead, where it does */
  finish(outcome: Outcome, field: HTMLElement | null): void {
    this.#isBusy = false;
    if (outcome.kind === 'saved') {
      this.#saved = outcome.text;
      this.#live.say(outcome.text);
    } else {
      const words = `${outcome.error.text} ${outcome.error.nextStep}`;
      if (field === null) this.#setError(words);
      this.#live.say(words);
    }
    this.#draw();
  }

  #setError(text: string): void {
    setText(this.#error, text);
    this.#error.hidden = text === '';
  }

  #draw(): void {
    const { saving, unsaved, noChange } = this.#texts;
    setText(this.#state, this.#isBusy ? saving : this.#isDirty ? unsaved : this.#saved === '' ? noChange : this.#saved);
    const reason = this.#isBusy || !this.#isDirty ? this.#state.id : null;
    setDisabled(this.#save, reason);
    setDisabled(this.#discard, reason);
  }
}
