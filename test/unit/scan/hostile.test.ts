import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import type { Finding } from '../../../src/scan/finding.js';
import type { Source } from '../../../src/scan/source.js';
import { document, DOCUMENTS, edited, edits, SECRETS } from './generators.js';
import { contextOf, preparedEngine } from './support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const context = contextOf({ dependencies: ['next', 'react'], tracked: true });

/** So much of a secret may nobody be told; a mask shows eleven characters and four. */
const PIECE = 12;
const PIECES = new Set(SECRETS.flatMap((secret) => Array.from({ length: secret.length - PIECE + 1 }, (_, at) => secret.slice(at, at + PIECE).toLowerCase())));

function tells(said: string): boolean {
  const text = said.toLowerCase();
  for (let at = 0; at + PIECE <= text.length; at++) if (PIECES.has(text.slice(at, at + PIECE))) return true;
  return false;
}

/** What is wrong with the findings of a text. */
function* wrongs(text: string, findings: readonly Finding[]): Iterable<string> {
  let last = 0;
  for (const { rule, start, end, message, mask = '', fingerprint = '', related = [], fixes } of findings) {
    if (start < last) yield `${rule}: not in order`;
    last = start;
    for (const place of [{ start, end }, ...related]) {
      if (!(place.start >= 0 && place.start < place.end && place.end <= text.length)) yield `${rule}: ${place.start}–${place.end} of ${text.length}`;
    }
    for (const said of [message, mask, fingerprint, ...related.map((place) => place.message), ...fixes.map(({ title }) => title)]) if (tells(said)) yield `${rule}: tells a secret: ${said.length}`;
    for (const { title, edits: own } of fixes) {
      let free = 0;
      for (const edit of own.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
        if (!(edit.start >= free && edit.start <= edit.end && edit.end <= text.length)) yield `${rule}: ${title}: edit ${edit.start}–${edit.end}, free from ${free}, of ${text.length}`;
        if (tells(edit.text)) yield `${rule}: ${title}: writes a secret`;
        free = edit.end;
      }
    }
  }
}

function look(source: Source): readonly string[] {
  return [...wrongs(source.text, engine.scan(source, context))];
}

test('no document makes the engine throw, and its findings are in order, in place and discreet', () => {
  fc.assert(fc.property(document, (source) => {
    expect(look(source)).toEqual([]);
  }), { numRuns: 1_500 });
}, 60_000);

test('a document that was edited has the findings of one that was opened as it is', () => {
  fc.assert(fc.property(document, edits, (source, changes) => {
    const open = engine.open(source);
    try {
      let { text } = source;
      for (const change of changes) {
        text = edited(text, change);
        open.update(text);
        expect(open.findings(context)).toEqual(engine.scan({ ...source, text }, context));
      }
    } finally {
      open.dispose();
    }
  }), { numRuns: 250 });
}, 60_000);

test('every document, cut off anywhere', () => {
  DOCUMENTS.forEach((source, index) => {
    // Every offset of some, every seventeenth of the others, each time other ones.
    const step = index % 23 === 0 ? 1 : 17;
    for (let end = index % step; end < source.text.length; end += step) {
      expect(look({ ...source, text: source.text.slice(0, end) }), `${source.path} ${index} ${end}`).toEqual([]);
    }
  });
}, 60_000);

test('line ends and a byte order mark change nothing', () => {
  for (const source of DOCUMENTS) {
    const scan = (text: string): unknown => engine.scan({ ...source, text }, context).map(({ rule, message }) => [rule, message]);
    const usual = scan(source.text);
    expect(scan(source.text.replaceAll('\n', '\r\n')), source.text).toEqual(usual);
    expect(scan(`\uFEFF${source.text}`), source.text).toEqual(usual);
  }
}, 60_000);
