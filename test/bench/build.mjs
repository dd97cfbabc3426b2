// @ts-check
// The program as it is shipped, built from the sources as they are into a folder of the bench's own: dist/ of this checkout stays as it is.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { repoRoot } from '../tools/paths.mjs';
import { run } from '../tools/processes.mjs';
import { benchDir } from './peers.mjs';

/** @typedef {{ readonly name: string, readonly bytes: number, readonly gzipBytes?: number, readonly goalBytes?: number }} Part */

const SOURCES = ['src', 'media', 'l10n', 'test/tools'];

/** A copy of what builds need. @param {string} name */
function copyOfSources(name) {
  const folder = path.join(benchDir, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(repoRoot, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name);
  for (const source of [...files, ...SOURCES]) if (existsSync(path.join(repoRoot, source))) cpSync(path.join(repoRoot, source), path.join(folder, source), { recursive: true });
  symlinkSync(path.join(repoRoot, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  return folder;
}

/** The release build; with `packages` the VSIX and the npm package as well. @param {{ packages: boolean }} options @returns {Promise<string>} the folder that holds dist/ */
export async function releaseBuild({ packages }) {
  const folder = copyOfSources('release');
  const script = packages ? ['test/tools/packaging/package.mjs'] : ['esbuild.mjs', '--release'];
  await run(process.execPath, script, { cwd: folder, log: path.join(benchDir, 'build.log'), what: `node ${script.join(' ')}` });
  return folder;
}

/** With names that a profile can be read by. @returns {Promise<string>} */
export async function readableBuild() {
  const folder = copyOfSources('readable');
  await run(process.execPath, ['esbuild.mjs'], { cwd: folder, log: path.join(benchDir, 'build.log'), what: 'node esbuild.mjs' });
  return folder;
}

/** What is shipped, and what of it is loaded when. @param {string} folder @returns {Part[]} */
export function sizesOf(folder) {
  const dist = path.join(folder, 'dist');
  /** @type {Part[]} */
  const parts = [];
  const scripts = readdirSync(dist).filter((name) => name.endsWith('.js')).sort();
  for (const name of scripts) {
    const content = readFileSync(path.join(dist, name));
    // The goal is about what has to be read before the extension is there: the file and all it imports at once.
    const atOnce = ['extension.js', 'cli.js'].includes(name) ? importedAtOnce(dist, name) : [name];
    parts.push({ name: `dist/${name}`, bytes: content.length, gzipBytes: gzipSync(content).length });
    if (atOnce.length > 1) {
      const all = Buffer.concat(atOnce.map((each) => readFileSync(path.join(dist, each))));
      parts.push({ name: `dist/${name} and the ${atOnce.length - 1} chunks that it imports at once`, bytes: all.length, gzipBytes: gzipSync(all).length, ...(name === 'extension.js' ? { goalBytes: 150_000 } : {}) });
    } else if (name === 'extension.js') parts[parts.length - 1] = { ...parts[parts.length - 1], name: `dist/${name}`, bytes: content.length, goalBytes: 150_000 };
  }
  const chunks = filesBelow(path.join(dist, 'chunks')).filter((file) => file.endsWith('.js'));
  if (chunks.length > 0) parts.push({ name: `${chunks.length} chunks, each loaded when it is needed`, bytes: sum(chunks) });
  for (const [name, words] of /** @type {const} */ ([['wasm', 'grammars (WebAssembly)'], ['keytar', 'keychain bindings of all platforms'], ['webview', 'key details page']])) {
    if (existsSync(path.join(dist, name))) parts.push({ name: words, bytes: sum(filesBelow(path.join(dist, name))) });
  }
  for (const name of readdirSync(dist).filter((each) => /\.(?:vsix|tgz)$/.test(each)).sort()) parts.push({ name: name.endsWith('.vsix') ? 'VSIX' : 'npm package', bytes: statSync(path.join(dist, name)).size });
  return parts;
}

/** A bundle and what it imports statically, directly or not. @param {string} dist @param {string} entry */
function importedAtOnce(dist, entry) {
  const seen = [entry];
  for (const file of seen) {
    const text = readFileSync(path.join(dist, file), 'utf8');
    for (const [, target = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g)) {
      const resolved = path.join(path.dirname(file), target);
      if (!seen.includes(resolved) && existsSync(path.join(dist, resolved))) seen.push(resolved);
    }
  }
  return seen;
}

/** @param {string} folder */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** @param {readonly string[]} files */
const sum = (files) => files.reduce((total, file) => total + statSync(file).size, 0);
