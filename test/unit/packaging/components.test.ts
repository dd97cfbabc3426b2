import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundledPackages, componentsOf, isApproved, type Bundles } from '../../tools/packaging/components.mjs';
import { noticesText } from '../../tools/packaging/notices.mjs';
import { sbomText, type Product } from '../../tools/packaging/sbom.mjs';
import { sbomErrors } from './sbomSchema.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'components-'));
  write('package-lock.json', JSON.stringify({ packages: { 'node_modules/one': { integrity: `sha512-${Buffer.alloc(64, 7).toString('base64')}` } } }));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), text);
}

function install(name: string, manifest: Record<string, unknown>, files: Readonly<Record<string, string>> = { LICENSE: `The text of ${name}` }): void {
  write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.2.3', license: 'MIT', ...manifest }));
  for (const [file, text] of Object.entries(files)) write(`node_modules/${name}/${file}`, text);
}

/** An account of esbuild's: by output, what went into it and how much is left of it. */
function bundles(outputs: Readonly<Record<string, Readonly<Record<string, number>>>>): Bundles {
  return {
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, inputs]) => [name, {
      bytes: 1, imports: [], exports: [], inputs: Object.fromEntries(Object.entries(inputs).map(([input, bytesInOutput]) => [input, { bytesInOutput }])),
    }])),
  };
}

const product: Product = { name: 'product', version: '9.0.0', license: 'MIT', description: 'What it is', repository: 'https://example.com/product', type: 'application', purl: 'pkg:npm/product@9.0.0' };

describe('isApproved', () => {
  it.each([
    ['MIT', true], ['Apache-2.0', true], ['0BSD', true], ['(MIT OR GPL-3.0-or-later)', true], ['MIT AND ISC', true],
    ['GPL-3.0-only', false], ['MIT AND GPL-3.0-only', false], ['SEE LICENSE IN LICENSE.txt', false], ['UNLICENSED', false], ['', false], ['(GPL-2.0 OR LGPL-2.1) AND MIT', false], ['(MIT OR ISC) AND (GPL-2.0)', false],
  ])('%s: %s', (expression, expected) => {
    expect(isApproved(expression)).toBe(expected);
  });
});

it('counts the packages whose code is left in the product\'s bundles', () => {
  const account = bundles({
    'dist/a.js': { 'src/a.ts': 5, 'node_modules/one/lib/x.js': 10, 'node_modules/@scope/two/node_modules/three/y.js': 1, 'node_modules/shaken/index.js': 0 },
    'dist/b.js': { 'node_modules/four/z.js': 3 },
  });
  expect(bundledPackages(account, ['dist/a.js'])).toEqual(['node_modules/@scope/two/node_modules/three', 'node_modules/one']);
});

it('names each with version, licence, text, notice, address, digest and what it needs', async () => {
  install('one', { dependencies: { two: '^1', absent: '^1' }, repository: { url: 'git+https://github.com/someone/one.git' } }, { 'LICENSE-MIT': 'Text\r\nof one\n', NOTICE: 'Notice of one' });
  install('two', { repository: 'someone/two', license: 'ISC' });
  const components = await componentsOf(root, bundles({ 'dist/a.js': { 'node_modules/two/x.js': 1, 'node_modules/one/x.js': 1 } }), ['dist/a.js', 'dist/other.css']);
  expect(components).toEqual([
    { name: 'one', version: '1.2.3', license: 'MIT', text: 'Text\nof one\n\nNotice of one', homepage: 'https://github.com/someone/one', integrity: '07'.repeat(64), files: [], dependencies: ['two'], carries: [] },
    { name: 'two', version: '1.2.3', license: 'ISC', text: 'The text of two', homepage: 'https://github.com/someone/two', files: [], dependencies: [], carries: [] },
  ]);
});

it('names a package once that stands in several folders', async () => {
  install('one', {});
  install('two', {});
  write('node_modules/two/node_modules/one/package.json', JSON.stringify({ name: 'one', version: '1.2.3', license: 'MIT' }));
  write('node_modules/two/node_modules/one/LICENSE', 'The text of one');
  const components = await componentsOf(root, bundles({ 'dist/a.js': { 'node_modules/two/node_modules/one/x.js': 1, 'node_modules/one/x.js': 1, 'node_modules/two/x.js': 1 } }), ['dist/a.js']);
  expect(components.map(({ name }) => name)).toEqual(['one', 'two']);
});

it.each([
  ['a licence nobody approved', { license: 'GPL-3.0-only' }, undefined, /one is under "GPL-3\.0-only"/],
  ['no licence', { license: undefined }, undefined, /one is under null/],
  ['no text', {}, { 'README.md': 'MIT' }, /one 1\.2\.3 has no licence text/],
])('ends the build for a package with %s', async (_what, manifest, files, message) => {
  install('one', manifest, files);
  await expect(componentsOf(root, bundles({ 'dist/a.js': { 'node_modules/one/x.js': 1 } }), ['dist/a.js'])).rejects.toThrow(message);
});

it('ends the build for a script that no bundler gives an account of', async () => {
  await expect(componentsOf(root, bundles({}), ['dist/a.js'])).rejects.toThrow('dist/a.js');
});

it('prints a text that several share once, with all their names', async () => {
  for (const name of ['one', 'two']) install(name, {}, { LICENSE: 'A common text' });
  const text = noticesText('Product', await componentsOf(root, bundles({ 'dist/a.js': { 'node_modules/two/x.js': 1, 'node_modules/one/x.js': 1 } }), ['dist/a.js']));
  expect(text).toContain('one 1.2.3 (MIT)\ntwo 1.2.3 (MIT)\n\nA common text\n');
  expect(text.split('A common text')).toHaveLength(2);
});

it('makes a valid bill of materials, the same one each time, and another one of other content', async () => {
  install('one', { dependencies: { '@scope/two': '1' } });
  install('@scope/two', { license: '(MIT OR GPL-3.0-or-later)' });
  const components = await componentsOf(root, bundles({ 'dist/a.js': { 'node_modules/@scope/two/x.js': 1, 'node_modules/one/x.js': 1 } }), ['dist/a.js']);
  const text = sbomText({ ...product, optional: [{ name: '@scope/helper', version: '2.0.0', license: 'ISC' }] }, components);
  expect(sbomErrors(text)).toEqual([]);
  expect(JSON.parse(text)).toMatchObject({
    serialNumber: expect.stringMatching(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/) as unknown,
    components: [
      { group: '@scope', name: 'two', purl: 'pkg:npm/%40scope/two@1.2.3', licenses: [{ expression: 'MIT OR GPL-3.0-or-later' }] },
      { name: 'one', hashes: [{ alg: 'SHA-512', content: '07'.repeat(64) }], licenses: [{ license: { id: 'MIT' } }] },
      { name: '@scope/helper', scope: 'optional' },
    ],
    dependencies: [
      { ref: product.purl, dependsOn: ['pkg:npm/%40scope/two@1.2.3', 'pkg:npm/one@1.2.3', 'pkg:npm/%40scope/helper@2.0.0'] },
      { ref: 'pkg:npm/%40scope/two@1.2.3', dependsOn: [] }, { ref: 'pkg:npm/one@1.2.3', dependsOn: ['pkg:npm/%40scope/two@1.2.3'] }, { ref: 'pkg:npm/%40scope/helper@2.0.0', dependsOn: [] },
    ],
  });
  expect(sbomText(product, components)).toBe(sbomText(product, components));
  expect(serialOf(sbomText(product, components))).not.toBe(serialOf(text));
});

it('the schema can refuse', () => {
  expect(sbomErrors(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ type: 'library' }] }))).not.toEqual([]);
  expect(sbomErrors(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ type: 'library', name: 'x', licenses: [{ license: { id: 'No such licence' } }] }] }))).not.toEqual([]);
});

function serialOf(text: string): unknown {
  return (JSON.parse(text) as { serialNumber: unknown }).serialNumber;
}
