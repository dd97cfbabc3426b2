// @ts-check
// What no package.json tells: the grammars and headers that are compiled into files of other packages, and licence texts that a package
// forgot. Copyright lines were read from the LICENSE files of the npm packages of the same name.

/** @param {string} copyright */
const mit = (copyright) => `MIT License

${copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;

/** Packages whose manifest says MIT, without the text. */
export const MISSING_TEXTS = new Map([
  ['@vscode/l10n', mit('Copyright (c) Microsoft Corporation.')],
]);

/** @param {string} name @param {RegExp} files @param {string} copyright @param {string} [version] only where the owner says it */
const grammar = (name, files, copyright, version) => ({
  owner: '@vscode/tree-sitter-wasm', name, files, version, license: 'MIT', text: mit(`Copyright (c) ${copyright}`), homepage: `https://github.com/tree-sitter/${name}`,
});

/** By the package whose files it is compiled into. */
export const BUILT_IN = [
  // Its cgmanifest.json names this version.
  grammar('tree-sitter', /^tree-sitter\.wasm$/, '2018-2024 Max Brunsfeld', '0.25.1'),
  grammar('tree-sitter-bash', /-bash\.wasm$/, '2017 Max Brunsfeld'),
  grammar('tree-sitter-c-sharp', /-c-sharp\.wasm$/, '2014-2023 Max Brunsfeld, Damien Guard, Amaan Qureshi, and contributors.'),
  grammar('tree-sitter-go', /-go\.wasm$/, '2014 Max Brunsfeld'),
  grammar('tree-sitter-java', /-java\.wasm$/, '2017 Ayman Nadeem'),
  grammar('tree-sitter-javascript', /-javascript\.wasm$/, '2014 Max Brunsfeld'),
  grammar('tree-sitter-php', /-php\.wasm$/, '2017 Josh Vera, GitHub'),
  grammar('tree-sitter-python', /-python\.wasm$/, '2016 Max Brunsfeld'),
  grammar('tree-sitter-ruby', /-ruby\.wasm$/, '2016 Rob Rix'),
  grammar('tree-sitter-rust', /-rust\.wasm$/, '2017 Maxim Sokolov'),
  grammar('tree-sitter-typescript', /-(typescript|tsx)\.wasm$/, '2017 Max Brunsfeld'),
  // Headers only; it is installed, so its own manifest and licence are read.
  { owner: '@github/keytar', name: 'node-addon-api', files: /^keytar\.node$/, version: undefined, homepage: 'https://github.com/nodejs/node-addon-api', folder: 'node_modules/node-addon-api' },
];
