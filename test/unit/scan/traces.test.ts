import { describe, expect, test } from 'vitest';
import { mayConcernStigg, mayConcernStiggAsData, mayHoldSplitToken, mayHoldToken } from '../../../src/scan/tokens/trace.js';
import { classify } from '../../../src/node/readText.js';
import { languageFor, languageIdFor } from '../../../src/scan/languages/index.js';
import { Traces } from '../../../src/scan/traces.js';
import { serverKey } from './support.js';

const DIGITS = '-1b2c-3d4e';
const HASH = ['$2b', '10', 'x'.repeat(53)].join('$');

describe('what is a trace of a token', () => {
  test.each([
    ['a token', serverKey()],
    ['a kind and digits', `['server', '${DIGITS}'].join('-')`],
    ['a kind with a hyphen', `"server-" + "a${DIGITS}"`],
    ['behind an escape', `"\\nserver-" + "a${DIGITS}"`],
    ['behind other words', `"key: server-" + "a${DIGITS}"`],
    ['at the end of a text that goes on', `'Bearer server' + '-' + 'a${DIGITS}'`],
    ['beside another text', `"key=server" "-a${DIGITS}"`],
    ['behind an escape that ends in letters', `'\\ufeffserver-' + 'a${DIGITS}'`],
    ['a hash and digits', `${HASH}:a${DIGITS}`],
    ['in what is escaped twice', `\\"client\\" ${DIGITS}`],
  ])('%s', (_what, text) => {
    expect([mayHoldToken(text), mayConcernStigg(text), new Traces(text).token]).toEqual([true, true, true]);
  });

  test.each([
    ['a kind without digits', "['server', id].join('-')"],
    ['a word that ends so', `"observer-" + "a${DIGITS}", "DefaultServer", '${DIGITS}'`],
    ['a word that goes on from another', `"x-client-" + "a${DIGITS}"`],
    ['an apostrophe', `// the server's id is ${DIGITS}`],
    ['a hash alone', HASH],
  ])('%s is none', (_what, text) => {
    expect([mayHoldToken(text), mayConcernStigg(text), new Traces(text).token]).toEqual([false, false, false]);
  });
});

test('a text that nobody writes by hand is searched for whole tokens alone', () => {
  const split = `['server', '${DIGITS}'].join('-');`;
  const filler = ' '.repeat(256 * 1024);
  // However many bytes they are.
  const cyrillic = String.fromCharCode(0x436).repeat(200 * 1024);
  expect([split, split + cyrillic, split + filler].map((text) => [mayHoldSplitToken(text), new Traces(text).token])).toEqual([[true, true], [true, true], [false, false]]);
  expect(classify(Buffer.from(split + cyrillic)).kind).toBe('text');
  for (const text of [filler + serverKey(), filler + `${HASH}:a${DIGITS}`]) expect([mayHoldToken(text), mayHoldSplitToken(text)]).toEqual([true, false]);
});

test('base64 is decoded before it counts', () => {
  const encoded = (text: string): string => Buffer.from(text).toString('base64');
  expect([mayHoldToken(encoded('server-side')), new Traces(encoded('server-side')).token]).toEqual([true, false]);
  expect(new Traces(encoded(serverKey())).token).toBe(true);
});

test.each([
  [`{"server": "a", "id": "x${DIGITS}"}`, false],
  [`{"key": "${serverKey()}"}`, true],
  [`{"key": "${HASH}:a${DIGITS}"}`, true],
  ['{"name": "Stigg"}', true],
  ['{"grantType": "PROMOTIONAL"}', true],
  [`{"key": "${Buffer.from(serverKey()).toString('base64')}"}`, true],
])('data: %#', (text, expected) => {
  expect([mayConcernStigg(text), mayConcernStiggAsData(text)]).toEqual([true, expected]);
});

test('languages of data put nothing together', () => {
  for (const path of ['a.json', 'a.map', 'a.csv', 'a.sql', 'a.xml', 'a.svg', 'a.txt', 'a.log', 'a.lock']) {
    const languageId = languageIdFor(path);
    const text = `["server", "-", "${serverKey().slice(7)}"]`;
    expect(Array.from(languageFor(languageId).constantTexts({ path, languageId, text, syntax: undefined, imports: [] }))).toEqual([]);
  }
});
