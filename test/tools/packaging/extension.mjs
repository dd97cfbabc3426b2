// @ts-check
// The VSIX, and the papers in it.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { reproducibleZip } from './archives.mjs';
import { writePapers } from './papers.mjs';

/** esbuild's account of the bundles; not shipped, but the npm package is made from it. */
export const META = 'meta.json';

/**
 * Called at the end of a release build: the papers, and the account of the bundles.
 * @param {string} root @param {readonly import('esbuild').Metafile[]} metafiles
 */
export async function describeExtension(root, metafiles) {
  const dist = path.join(root, 'dist');
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const words = JSON.parse(await readFile(path.join(root, 'package.nls.json'), 'utf8'));
  const bundles = { outputs: Object.assign({}, ...metafiles.map(({ outputs }) => outputs)) };
  await writeFile(path.join(dist, META), JSON.stringify(bundles));
  const product = {
    title: words.displayName, name: manifest.name, version: manifest.version, license: manifest.license, description: words.description, type: /** @type {const} */ ('application'),
    purl: `pkg:vscode-extension/${manifest.publisher}/${manifest.name}@${manifest.version}`, repository: manifest.repository.url.replace(/\.git$/, ''),
  };
  await writePapers(root, dist, product, bundles, await filesBelow(root, 'dist'));
}

/** Runs the release build (`vscode:prepublish`) and packs it. @param {string} root @param {string} vsix */
export async function packExtension(root, vsix) {
  await createVSIX({ cwd: root, packagePath: vsix, dependencies: false });
  await writeFile(vsix, reproducibleZip(await readFile(vsix)));
}

/** @param {string} root @param {string} folder @returns {Promise<string[]>} sorted, with `/`, relative to `root` */
export async function filesBelow(root, folder) {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/')).sort();
}
