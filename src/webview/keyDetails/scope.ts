import { button, el, setAttribute, setDisabled, setText } from './dom.js';
import { icon } from './icons.js';
import type { Live } from './live.js';
import type { FromPanel, MatrixCell, Outcome, PresetView, ScopeView, Texts } from './protocol.js';
import { SaveBar } from './saveBar.js';

type Ready = Extract<ScopeView, { kind: 'ready' }>;

/** The matrix of what the key may do: with boxes to tick and presets for scoped keys, to read for the others. */
export class Scope {
  readonly element = el('div', { 'aria-busy': 'true' });
  readonly #texts: Texts;
  readonly #post: (message: FromPanel) => void;
  readonly #bar: SaveBar;
  readonly #changedNote = el('p', { class: 'note', hidden: true });
  readonly #boxes = new Map<string, { readonly cell: MatrixCell; readonly box: HTMLInputElement }>();
  readonly #presets: { readonly view: PresetView; readonly element: HTMLButtonElement }[] = [];
  #view: Ready | null = null;
  #base: readonly string[] = [];
  /** What was ticked before the page was made anew, until there is a matrix to tick it in. */
  #kept: readonly string[] | null = null;

  constructor(texts: Texts, post: (message: FromPanel) => void, live: Live) {
    this.#texts = texts;
    this.#post = post;
    this.#bar = new SaveBar('scope', texts, live, () => { this.#choose(this.#saved()); });
    this.#wait();
  }

  restore(cells: readonly string[] | null): void {
    this.#kept = cells;
  }

  update(view: ScopeView): void {
    setAttribute(this.element, 'aria-busy', view.kind === 'loading' ? 'true' : null);
    if (view.kind === 'loading') {
      // What is there stays there while it is asked for anew.
      if (this.#view === null) this.#wait();
      return;
    }
    if (view.kind === 'error') {
      if (this.#isDirty()) this.#kept = this.#chosen();
      this.#view = null;
      this.element.replaceChildren(el('p', { class: 'error', role: 'alert' }, `${view.error.text} ${view.error.nextStep}`), button(this.#texts.tryAgain, 'secondary', () => { this.#post({ type: 'loadScope' }); }));
      return;
    }
    const draft = this.#kept ?? (this.#isDirty() ? this.#chosen() : null);
    const before = this.#view === null ? null : this.#saved();
    this.#kept = null;
    this.#view = view;
    if (draft === null) this.#base = this.#saved();
    this.#draw(view);
    if (draft !== null && view.refusal === null) {
      if (before === null) this.#base = this.#saved();
      this.#select(draft);
    }
    this.#changedNote.hidden = !(this.#isDirty() && !same(this.#base, this.#saved()));
  }

  finish(outcome: Outcome): void {
    this.#bar.finish(outcome, null);
    this.#base = this.#saved();
    if (outcome.kind === 'saved') this.#changedNote.hidden = true;
    this.#compare();
  }

  save(): void {
    if (this.#view === null || this.#view.refusal !== null || !this.#bar.isReady) return;
    this.#bar.start();
    this.#post({ type: 'saveScope', cells: this.#chosen(), base: this.#base });
  }

  #wait(): void {
    this.element.replaceChildren(el('p', { class: 'note' }, this.#texts.loading));
  }

  #draw(view: Ready): void {
    this.#boxes.clear();
    this.#presets.splice(0);
    const focused = document.hasFocus() ? (document.activeElement?.id ?? '') : '';
    const head = [el('p', { class: 'lead' }, view.summary)];
    if (view.refusal !== null) head.push(el('p', { class: 'note' }, view.refusal));
    const table = el('table', { class: 'matrix' }, el('caption', { class: 'visuallyHidden' }, this.#texts.permissions),
      el('thead', {}, el('tr', {}, ...[this.#texts.resource, this.#texts.read, this.#texts.write].map((text) => el('th', { scope: 'col' }, text)))),
      el('tbody', {}, ...view.rows.map(({ label, read, write }) => el('tr', {}, el('th', { scope: 'row' }, label), this.#cell(read, view), this.#cell(write, view)))));
    if (view.refusal !== null) {
      this.element.replaceChildren(...head, table);
      return;
    }
    const refusals = view.presets.flatMap(({ refusal }, at) => (refusal === null ? [] : [el('li', { id: `preset-why-${at}` }, refusal)]));
    const presets = el('div', { class: 'presets', role: 'group', 'aria-label': this.#texts.presets }, ...view.presets.map((preset, at) => {
      const element = button(preset.label, 'secondary', () => { this.#choose(preset.cells); }, { id: `preset-${at}` });
      setDisabled(element, preset.refusal === null ? null : `preset-why-${at}`);
      this.#presets.push({ view: preset, element });
      return element;
    }));
    setText(this.#changedNote, this.#texts.scopeChanged);
    const form = el('form', { novalidate: true }, el('h2', {}, this.#texts.presets), presets, ...(refusals.length === 0 ? [] : [el('ul', { class: 'refusals' }, ...refusals)]), el('h2', {}, this.#texts.permissions), table, this.#changedNote, this.#bar.element);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.save();
    });
    this.element.replaceChildren(...head, form);
    // Drawn anew under somebody's hands: they go on where they were.
    if (focused !== '') this.element.querySelector<HTMLElement>(`[id="${CSS.escape(focused)}"]`)?.focus();
    this.#compare();
  }

  #cell(cell: MatrixCell | null, { refusal }: Ready): HTMLElement {
    if (cell === null) return el('td', {}, el('span', { class: 'note' }, this.#texts.unavailable));
    if (refusal !== null) return el('td', {}, el('span', { class: 'fact', 'data-tone': cell.isOn ? 'good' : 'plain' }, ...(cell.isOn ? [icon('good')] : []), cell.isOn ? this.#texts.allowed : this.#texts.notAllowed));
    const box = el('input', { type: 'checkbox', id: `cell-${cell.id}`, 'aria-label': cell.label, 'aria-disabled': cell.refusal === null ? null : 'true' });
    box.checked = cell.isOn;
    box.addEventListener('click', (event) => { if (cell.refusal !== null || this.#bar.isBusy) event.preventDefault(); });
    box.addEventListener('change', () => {
      this.#follow(cell, box.checked);
      this.#tell();
    });
    this.#boxes.set(cell.id, { cell, box });
    if (cell.refusal === null) return el('td', {}, box);
    box.setAttribute('aria-describedby', `cell-why-${cell.id}`);
    return el('td', {}, box, el('span', { class: 'note', id: `cell-why-${cell.id}` }, ` ${cell.refusal}`));
  }

  /** Writing implies reading: one brings the other, and takes it along. */
  #follow(cell: MatrixCell, isOn: boolean): void {
    if (isOn) {
      const implied = cell.implies === null ? undefined : this.#boxes.get(cell.implies);
      if (implied !== undefined) implied.box.checked = true;
      return;
    }
    for (const other of this.#boxes.values()) if (other.cell.implies === cell.id) other.box.checked = false;
  }

  #saved(): readonly string[] {
    return (this.#view?.rows ?? []).flatMap(({ read, write }) => [read, write]).flatMap((cell) => (cell?.isOn === true ? [cell.id] : []));
  }

  #chosen(): readonly string[] {
    return [...this.#boxes].flatMap(([id, { box }]) => (box.checked ? [id] : []));
  }

  #isDirty(): boolean {
    return this.#view?.refusal === null && !same(this.#chosen(), this.#saved());
  }

  #select(cells: readonly string[]): void {
    for (const [id, { box }] of this.#boxes) box.checked = cells.includes(id);
    this.#compare();
  }

  #choose(cells: readonly string[]): void {
    if (this.#bar.isBusy) return;
    this.#select(cells);
    this.#tell();
  }

  #tell(): void {
    this.#compare();
    this.#post({ type: 'scopeDraft', cells: this.#isDirty() ? this.#chosen() : null });
  }

  #compare(): void {
    const chosen = this.#chosen();
    for (const { view, element } of this.#presets) setAttribute(element, 'aria-pressed', String(same(view.cells, chosen)));
    this.#bar.setDirty(this.#isDirty());
    if (!this.#isDirty()) this.#changedNote.hidden = true;
  }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}
