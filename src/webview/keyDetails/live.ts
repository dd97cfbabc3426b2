import { el } from './dom.js';

/** Says to a screen reader what others see happen. */
export class Live {
  readonly element = el('div', { role: 'status', 'aria-live': 'polite', class: 'visuallyHidden' });

  say(text: string): void {
    // A new node each time: the same words twice are said twice.
    this.element.replaceChildren(el('span', {}, text));
  }
}
