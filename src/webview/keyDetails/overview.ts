import { el, fill, setAttribute, setText } from './dom.js';
import { icon } from './icons.js';
import type { Live } from './live.js';
import type { Draft, Fact, FromPanel, KeyView, Outcome, Texts } from './protocol.js';
import { SaveBar } from './saveBar.js';
import { ValueRow } from './value.js';

type Field = 'name' | 'description';

/** Name and description, editable where the key allows it, the value, and the facts. */
export class Overview {
  readonly element: HTMLElement;
  readonly value: ValueRow;
  readonly #texts: Texts;
  readonly #post: (message: FromPanel) => void;
  readonly #form: HTMLFormElement;
  readonly #inputs: Readonly<Record<Field, HTMLInputElement | HTMLTextAreaElement>>;
  readonly #errors: Readonly<Record<Field, HTMLElement>>;
  readonly #notes: Readonly<Record<Field, HTMLElement>>;
  readonly #bar: SaveBar;
  readonly #fixed = el('dl', { class: 'facts' });
  readonly #facts = el('dl', { class: 'facts' });
  /** What the key says, and what it said when the person began to type. */
  #current: Draft = { name: '', description: '' };
  #base: Draft = this.#current;
  #isEditable = false;

  constructor(texts: Texts, post: (message: FromPanel) => void, live: Live) {
    this.#texts = texts;
    this.#post = post;
    this.value = new ValueRow(texts, post, live);
    this.#inputs = {
      name: el('input', { id: 'name', type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: '1000' }),
      description: el('textarea', { id: 'description', rows: '2', maxlength: '10000' }),
    };
    this.#errors = { name: el('p', { id: 'name-error', class: 'error', hidden: true }), description: el('p', { id: 'description-error', class: 'error', hidden: true }) };
    this.#notes = { name: el('p', { id: 'name-note', class: 'note', hidden: true }), description: el('p', { id: 'description-note', class: 'note', hidden: true }) };
    this.#bar = new SaveBar('overview', texts, live, () => { this.#fill(this.#current); });
    const field = (name: Field): HTMLElement => el('div', { class: 'field' }, el('label', { for: name }, texts[name]), el('div', {}, this.#inputs[name], this.#errors[name], this.#notes[name]));
    this.#form = el('form', { novalidate: true, autocomplete: 'off' }, field('name'), field('description'), el('div', { class: 'field' }, el('span'), this.#bar.element));
    this.#form.addEventListener('input', () => { this.#changed(); });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.save();
    });
    const valueLine = el('dl', { class: 'facts' }, el('dt', {}, texts.value), el('dd', {}, this.value.element));
    this.element = el('div', {}, this.#form, this.#fixed, valueLine, this.#facts);
  }

  update(view: KeyView): void {
    const wasDirty = this.#isDirty();
    this.#current = { name: view.name, description: view.description };
    this.#isEditable = view.renameRefusal === null;
    this.#form.hidden = !this.#isEditable;
    this.#fixed.hidden = this.#isEditable;
    if (!wasDirty) this.#fill(this.#current);
    else this.#compare();
    this.#drawFixed(view);
    this.value.update(view);
    const draw = (fact: Fact): readonly HTMLElement[] => {
      const what = el('dd', {}, el('span', { class: 'fact', 'data-tone': fact.tone }, ...(fact.tone === 'plain' ? [] : [icon(fact.tone)]), fact.text));
      if (fact.note !== null) what.append(el('p', { class: 'note' }, fact.note));
      return [el('dt', {}, fact.label), what];
    };
    this.#facts.replaceChildren(...view.facts.flatMap(draw));
  }

  /** What was typed before the page was made anew. */
  restore(draft: Draft | null): void {
    if (draft === null) return;
    this.#fill(draft);
    this.#changed();
  }

  save(): void {
    if (!this.#isEditable || !this.#bar.isReady) return;
    const draft = this.#typed();
    this.#clearErrors();
    if (draft.name.trim() === '') {
      this.#fail('name', this.#texts.emptyName);
      return;
    }
    this.#bar.start();
    this.#setReadOnly(true);
    this.#post({ type: 'saveDetails', draft, base: this.#base });
  }

  finish(outcome: Outcome): void {
    this.#setReadOnly(false);
    this.#bar.finish(outcome, outcome.kind === 'failed' && outcome.field !== null ? this.#errors[outcome.field] : null);
    // What has changed meanwhile stands beside the fields by now: who saves again means it.
    this.#base = this.#current;
    if (outcome.kind === 'saved') this.#fill(this.#current, false);
    else if (outcome.field !== null) this.#fail(outcome.field, `${outcome.error.text} ${outcome.error.nextStep}`);
  }

  /** While it is saved: what is typed meanwhile would be lost, or saved without having been meant. */
  #setReadOnly(isReadOnly: boolean): void {
    this.#inputs.name.readOnly = isReadOnly;
    this.#inputs.description.readOnly = isReadOnly;
  }

  #typed(): Draft {
    return { name: this.#inputs.name.value, description: this.#inputs.description.value };
  }

  #isDirty(): boolean {
    const { name, description } = this.#typed();
    return this.#isEditable && (name !== this.#current.name || description !== this.#current.description);
  }

  #fill(draft: Draft, tells = true): void {
    this.#base = this.#current;
    for (const field of ['name', 'description'] as const) if (this.#inputs[field].value !== draft[field]) this.#inputs[field].value = draft[field];
    this.#clearErrors();
    this.#compare();
    if (tells && draft === this.#current) this.#post({ type: 'draft', draft: null });
  }

  #changed(): void {
    this.#clearErrors();
    this.#compare();
    this.#post({ type: 'draft', draft: this.#isDirty() ? this.#typed() : null });
  }

  #compare(): void {
    for (const field of ['name', 'description'] as const) {
      const note = this.#notes[field];
      const isOvertaken = this.#isDirty() && this.#current[field] !== this.#base[field];
      setText(note, isOvertaken ? fill(this.#texts.nowAtStigg, this.#current[field] === '' ? this.#texts.none : this.#current[field]) : '');
      note.hidden = !isOvertaken;
      this.#describe(field);
    }
    this.#bar.setDirty(this.#isDirty());
  }

  #fail(field: Field, text: string): void {
    setText(this.#errors[field], text);
    this.#errors[field].hidden = false;
    this.#describe(field);
    if (document.hasFocus()) this.#inputs[field].focus();
  }

  #clearErrors(): void {
    for (const field of ['name', 'description'] as const) {
      setText(this.#errors[field], '');
      this.#errors[field].hidden = true;
      this.#describe(field);
    }
  }

  #describe(field: Field): void {
    const shown = [this.#errors[field], this.#notes[field]].filter(({ hidden }) => !hidden).map(({ id }) => id);
    setAttribute(this.#inputs[field], 'aria-invalid', this.#errors[field].hidden ? null : 'true');
    setAttribute(this.#inputs[field], 'aria-describedby', shown.length === 0 ? null : shown.join(' '));
  }

  #drawFixed({ name, description, renameRefusal }: KeyView): void {
    const rows = [el('dt', {}, this.#texts.name), el('dd', {}, el('span', { class: 'fact' }, name), el('p', { class: 'note' }, renameRefusal ?? ''))];
    if (description !== '') rows.push(el('dt', {}, this.#texts.description), el('dd', {}, el('span', { class: 'fact' }, description)));
    this.#fixed.replaceChildren(...rows);
  }
}
