// @ts-check
// Whose work a product holds: told by esbuild's own account of the bundles and by the files that are copied beside them, never by a
// list that could be out of date. A component without a licence text, or with a licence nobody approved, ends the build.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { grammarFile } from '../grammars.mjs';
import { BUILT_IN, MISSING_TEXTS } from './carried.mjs';

/**
 * @typedef {object} Component what one package brings into the product
 * @property {string} name
 * @property {string} [version] unknown for what a package carries without saying which version it is
 * @property {string} license an SPDX expression
 * @property {string} text the licence, and the notice where there is one
 * @property {string} [homepage]
 * @property {string} [integrity] SHA-512 of the published package, in hexadecimal
 * @property {{ name: string, sha256: string }[]} files those that are in the product as they are in the package
 * @property {string[]} dependencies names of other components that it needs
 * @property {Component[]} carries
 */

/** @typedef {Pick<import('esbuild').Metafile, 'outputs'>} Bundles */

const APPROVED = new Set(['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0', 'Unlicense']);

/** Whether we may ship it: one alternative of an `OR`, every part of an `AND`. What is nested deeper is for a person to read. @param {string} expression */
export function isApproved(expression) {
  const bare = expression.replace(/^\(([^()]*)\)$/, '$1');
  return bare.split(' OR ').some((alternative) => alternative.split(' AND ').every((id) => APPROVED.has(id)));
}

/**
 * The folders, below `root`, of the packages whose code is in these bundles.
 * @param {Bundles} bundles @param {readonly string[]} outputs those of the product
 */
export function bundledPackages(bundles, outputs) {
  const folders = new Set();
  for (const output of outputs) {
    for (const [input, { bytesInOutput }] of Object.entries(bundles.outputs[output]?.inputs ?? {})) {
      const folder = /^.*(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  return [...folders].sort();
}

/**
 * @param {string} root of the repository
 * @param {Bundles} bundles
 * @param {readonly string[]} files the product's files, with `/`, relative to `root`
 * @returns {Promise<Component[]>} sorted by name
 */
export async function componentsOf(root, bundles, files) {
  const unaccounted = files.find((file) => /^dist\/.*\.c?js$/.test(file) && bundles.outputs[file] === undefined);
  if (unaccounted !== undefined) throw new Error(`esbuild gives no account of ${unaccounted}: whose work is in it?`);
  const lock = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8'));
  /** @type {Map<string, string[]>} by the package's folder, the files that are copied from it */
  const owners = new Map(bundledPackages(bundles, files).map((folder) => [folder, []]));
  for (const file of files) {
    const owner = ownerOf(file);
    if (owner !== undefined) owners.set(owner, [...owners.get(owner) ?? [], file]);
  }
  const found = await Promise.all([...owners].map(([folder, copied]) => componentIn(root, folder, copied, lock.packages[folder])));
  // One package can stand in several folders.
  const components = found.sort((one, other) => other.files.length - one.files.length).filter(({ name, version }, index) => index === found.findIndex((each) => each.name === name && each.version === version));
  const names = new Set(components.map(({ name }) => name));
  for (const component of components) component.dependencies = component.dependencies.filter((name) => names.has(name)).sort();
  return components.sort(byName);
}

/** The package that a copied file comes from. @param {string} file */
function ownerOf(file) {
  if (file.startsWith('dist/keytar/')) return 'node_modules/keytar';
  if (!file.endsWith('.wasm')) return undefined;
  return /node_modules[\\/].+(?=[\\/]wasm[\\/]|[\\/])/.exec(grammarFile(path.posix.basename(file)))?.[0].replaceAll('\\', '/').replace(/\/wasm$/, '');
}

/**
 * @param {string} root @param {string} folder @param {string[]} copied
 * @param {{ integrity?: string } | undefined} locked
 * @returns {Promise<Component>}
 */
async function componentIn(root, folder, copied, locked) {
  const manifest = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8'));
  const license = approved(manifest.name, manifest.license);
  const text = await licenseText(path.join(root, folder)) ?? MISSING_TEXTS.get(manifest.name);
  if (text === undefined) throw new Error(`${manifest.name} ${manifest.version} has no licence text. Look it up and add it to test/tools/packaging/carried.mjs, or do without the package.`);
  const files = await Promise.all(copied.map(async (name) => ({ name, sha256: createHash('sha256').update(await readFile(path.join(root, name))).digest('hex') })));
  const homepage = repositoryOf(manifest.repository);
  return {
    name: manifest.name, version: manifest.version, license, text,
    ...(homepage === undefined ? {} : { homepage }),
    ...(locked?.integrity?.startsWith('sha512-') === true ? { integrity: Buffer.from(locked.integrity.slice(7), 'base64').toString('hex') } : {}),
    files: files.sort(byName),
    dependencies: Object.keys(manifest.dependencies ?? {}),
    carries: await carriedBy(root, manifest.name, files),
  };
}

/**
 * What a package brings along that is not its own: grammars compiled into its files, headers compiled into its bindings.
 * @param {string} root @param {string} owner @param {Component['files']} files
 */
async function carriedBy(root, owner, files) {
  const names = files.map(({ name }) => path.posix.basename(name));
  /** @type {Component[]} */
  const carried = [];
  for (const part of BUILT_IN.filter((each) => each.owner === owner && names.some((name) => each.files.test(name)))) {
    const { name, version, homepage } = part;
    if ('folder' in part) {
      // What is installed here need not be what it was compiled with.
      const { version: _installed, ...rest } = await componentIn(root, part.folder, [], undefined);
      carried.push(rest);
    } else carried.push({ name, ...(version === undefined ? {} : { version }), license: approved(name, part.license), text: part.text, homepage, files: [], dependencies: [], carries: [] });
  }
  const unknown = owner === '@vscode/tree-sitter-wasm' ? names.find((name) => !BUILT_IN.some((part) => part.owner === owner && part.files.test(name))) : undefined;
  if (unknown !== undefined) throw new Error(`Nobody has said whose grammar ${unknown} is. Add it to test/tools/packaging/carried.mjs.`);
  return carried.sort(byName);
}

/** @param {string} name @param {unknown} license */
function approved(name, license) {
  if (typeof license !== 'string' || !isApproved(license)) {
    throw new Error(`${name} is under ${JSON.stringify(license ?? null)}, which is not among the licences that may be shipped (test/tools/packaging/components.mjs).`);
  }
  return license;
}

/** @param {string} folder @returns {Promise<string | undefined>} */
async function licenseText(folder) {
  const names = (await readdir(folder)).sort();
  const [license, notice] = [/^(licen[cs]e|copying)([-.](mit|md|txt))*$/i, /^notice(\.(md|txt))?$/i].map((pattern) => names.find((name) => pattern.test(name)));
  if (license === undefined) return undefined;
  const texts = await Promise.all([license, ...(notice === undefined ? [] : [notice])].map((name) => readFile(path.join(folder, name), 'utf8')));
  return texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
}

/** @param {unknown} repository as package.json has it */
function repositoryOf(repository) {
  const url = typeof repository === 'string' ? repository : /** @type {{ url?: string } | undefined} */ (repository)?.url;
  const slug = url?.match(/^(?:.*github\.com[/:])?([\w.-]+\/[\w.-]+?)(?:\.git)?$/)?.[1];
  return slug === undefined ? undefined : `https://github.com/${slug}`;
}

/** By code units: the same in every language. @param {{ name: string }} one @param {{ name: string }} other */
function byName(one, other) {
  return one.name < other.name ? -1 : Number(one.name > other.name);
}
