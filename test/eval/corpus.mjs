// The labelled corpus: small projects whose lines say which rules have to speak there.
//
// Hand-written projects are the folders of test/fixtures/corpus, generated ones come from generated.mjs. In a file `«kind:seed»` stands for a
// key (tokens.mjs), and `«!rule»` at the end of a line labels it; labels are removed before the file is written. A name that starts with `_`
// stands for a hidden file, one with `__` for a file that tools of this repository must not take for theirs (`__package.json`).
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fillIn } from './tokens.mjs';

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures');
/** Keys and where they stand; money and requests that are right; mistakes about both. */
export const CORPORA = ['corpus', 'money', 'mistakes'];

/** @typedef {{ readonly path: string, readonly text: string }} CorpusFile */
/** @typedef {{ readonly name: string, readonly files: readonly CorpusFile[] }} Project */
/** @typedef {{ readonly rule: string, readonly path: string, readonly line: number }} Label */

/** The hand-written projects of one of the corpora. @param {string} corpus @returns {Project[]} */
export function handWritten(corpus) {
  const root = path.join(FIXTURES, corpus);
  return readdirSync(root).filter((name) => statSync(path.join(root, name)).isDirectory()).sort().map((name) => {
    const folder = path.join(root, name);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(path.join(folder, file)).isFile())
      .sort()
      .map((file) => ({ path: file.split(path.sep).map(realName).join('/'), text: readFileSync(path.join(folder, file), 'utf8') }));
    return { name: corpus === 'corpus' ? name : `${corpus}-${name}`, files };
  });
}

/** @param {string} name */
function realName(name) {
  if (name.startsWith('__') && !name.endsWith('__')) return name.slice(2);
  return name.startsWith('_') && !/^_(?:_|app|document|error|layout|index|nuxt)/.test(name) ? `.${name.slice(1)}` : name;
}

/** The text as it is written, and the labels of its lines. @param {CorpusFile} file @returns {{ text: string, labels: Label[] }} */
export function materialise({ path: name, text }) {
  /** @type {Label[]} */
  const labels = [];
  const lines = text.split('\n').map((line, index) => line.replace(/[ \t]*«!([a-z-]+)»/g, (_, /** @type {string} */ rule) => {
    labels.push({ rule, path: name, line: index + 1 });
    return '';
  }));
  return { text: fillIn(lines.join('\n')), labels };
}

/** Writes the project below the folder. @param {Project} project @param {string} folder @returns {Label[]} */
export function write(project, folder) {
  return project.files.flatMap((file) => {
    const { text, labels } = materialise(file);
    const target = path.join(folder, file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    return labels;
  });
}
