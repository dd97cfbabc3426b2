// @ts-check
/** @typedef {import('./components.mjs').Component} Component */

/**
 * The text that goes with the product: every component with its licence. The same text of several components stands once.
 * @param {string} product @param {readonly Component[]} components
 */
export function noticesText(product, components) {
  /** @type {Map<string, string[]>} */
  const byText = new Map();
  for (const [component, owner] of components.flatMap((each) => [/** @type {const} */ ([each, undefined]), ...each.carries.map((part) => /** @type {const} */ ([part, each]))])) {
    const { name, version, license, text, homepage } = component;
    const title = [name, version].filter((part) => part !== undefined).join(' ');
    const line = `${title} (${license})${owner === undefined ? '' : `, in ${owner.name}`}${homepage === undefined ? '' : `\n  ${homepage}`}`;
    byText.set(text, [...byText.get(text) ?? [], line]);
  }
  const rule = '-'.repeat(80);
  return `${[
    `${product} contains the work of others, under these licences.\nThis file is made by the build, from what is really in the product.`,
    ...[...byText].map(([text, lines]) => `${rule}\n${lines.join('\n')}\n\n${text}`),
  ].join('\n\n')}\n`;
}
