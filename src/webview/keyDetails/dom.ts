type Child = Node | string;
type Attributes = Readonly<Record<string, string | boolean | null>>;

/**
 * An element with attributes and children. Strings become text nodes: nothing in this page is ever parsed as markup.
 * An attribute that is null or false is left out.
 */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children);
  return element;
}

/** Sets, or removes with null and false; leaves alone what is right already, so that nothing is read out twice. */
export function setAttribute(element: Element, name: string, value: string | boolean | null): void {
  const text = value === true ? '' : value;
  if (text === null || text === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/** Replaces an element's text where it differs. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A button that can be focused while it cannot be pressed, so that its reason can be read. */
export function setDisabled(button: HTMLButtonElement, reasonId: string | null): void {
  setAttribute(button, 'aria-disabled', reasonId === null ? null : 'true');
  setAttribute(button, 'aria-describedby', reasonId);
}

export function isDisabled(button: HTMLButtonElement): boolean {
  return button.getAttribute('aria-disabled') === 'true';
}

/** A button of ours: pressing it while it is disabled does nothing. */
export function button(label: string, kind: 'primary' | 'secondary', press: (pressed: HTMLButtonElement) => void, attributes: Attributes = {}): HTMLButtonElement {
  const element = el('button', { type: 'button', class: kind, ...attributes }, label);
  element.addEventListener('click', () => { if (!isDisabled(element)) press(element); });
  return element;
}

/** `{0}` in a text of ours. */
export function fill(text: string, value: string | number): string {
  return text.replace('{0}', () => String(value));
}
