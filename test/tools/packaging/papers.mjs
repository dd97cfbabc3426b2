// @ts-check
// The papers that go with a product: whose work is in it, and under which licence.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { componentsOf } from './components.mjs';
import { noticesText } from './notices.mjs';
import { sbomText } from './sbom.mjs';

export const NOTICES = 'THIRD_PARTY_NOTICES.txt';
export const SBOM = 'sbom.cdx.json';

/**
 * Writes both into `folder`.
 * @param {string} root of the repository
 * @param {string} folder
 * @param {import('./sbom.mjs').Product & { title: string }} product
 * @param {import('./components.mjs').Bundles} bundles
 * @param {readonly string[]} files the product's files, with `/`, relative to `root`
 */
export async function writePapers(root, folder, product, bundles, files) {
  const components = await componentsOf(root, bundles, files);
  await writeFile(path.join(folder, NOTICES), noticesText(product.title, components));
  await writeFile(path.join(folder, SBOM), sbomText(product, components));
}
