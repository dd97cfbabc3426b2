import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../../../src/scan/engine.js';
import { requests } from '../../../../../src/snippets/catalogue/index.js';
import type { ApiRequest } from '../../../../../src/snippets/request.js';
import { toPlainText, toSnippetText } from '../../../../../src/snippets/snippet.js';
import type { Writer, WrittenRequest } from '../../../../../src/snippets/writer.js';
import { CODE_WRITERS } from '../../../../../src/snippets/writers/code/index.js';
import { SDK_WRITERS } from '../../../../../src/snippets/writers/sdk/index.js';
import { contextOf, hasSyntaxError, preparedEngine } from '../../../scan/support.js';
import { HOSTS } from './hosts.js';
import { inserted, readSnippet } from './inserting.js';
import { OPTIONS, SAMPLES } from './samples.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const ALL: readonly ApiRequest[] = [...requests(), ...SAMPLES];
const written = (writer: Writer): (readonly [ApiRequest, WrittenRequest])[] =>
  ALL.flatMap((request) => {
    const one = writer.write(request, OPTIONS);
    return one === undefined ? [] : [[request, one] as const];
  });
const WRITERS = [...CODE_WRITERS, ...SDK_WRITERS];

describe.each(WRITERS.map((writer) => [writer.id, writer] as const))('%s', (_id, writer) => {
  it('writes every request of the catalogue, or says that there is no such call', () => {
    const missing = ALL.filter((request) => writer.write(request, OPTIONS) === undefined);
    expect(missing.filter(({ sdkCall }) => !writer.id.startsWith('sdk-') || sdkCall === undefined).map(({ id }) => id)).toEqual(
      writer.id.startsWith('sdk-') ? ALL.filter(({ sdkCall }) => sdkCall === undefined).map(({ id }) => id) : [],
    );
  });

  describe.each(writer.languageIds.map((id) => [id]))('in %s', (languageId) => {
    it.each<[string, (one: WrittenRequest) => { file: string; text: string }]>([
      ['a whole file', (one) => ({ file: HOSTS[languageId]?.file ?? '', text: toPlainText(writer.file(one)) })],
      ['a function that is there', (one) => inserted(writer, one, languageId)],
    ])('%s: parses, and none of our own rules says a word', async (_form, textOf) => {
      for (const [request, one] of written(writer)) {
        const { file, text } = textOf(one);
        const source = { path: file, languageId, text };
        expect(await hasSyntaxError(source), `${request.id}\n${text}`).toBe(false);
        expect(engine.scan(source, contextOf({ dependencies: [] })), `${request.id}\n${text}`).toEqual([]);
      }
    }, 120_000);
  });

  it('its snippet means its text, with every stop of the request in order', () => {
    for (const [request, one] of written(writer)) {
      for (const parts of [one.parts, writer.file(one)]) {
        expect(readSnippet(toSnippetText(parts)), request.id).toBe(toPlainText(parts));
        const stops = parts.flatMap((part) => (typeof part === 'string' ? [] : [part.stop]));
        expect(new Set(stops).size, request.id).toBe(stops.length);
        expect(parts.some((part) => typeof part !== 'string' && /[\n\r]/.test(part.text)), request.id).toBe(false);
      }
    }
  });

  it('takes the key from the variable, and whole statements without an end', () => {
    for (const [request, one] of written(writer)) {
      const text = toPlainText(one.parts);
      expect(text, request.id).toContain(OPTIONS.keyVariable);
      expect(text, request.id).toBe(text.trim());
      expect(toPlainText(writer.file(one)), request.id).toMatch(/[^\n]\n$/);
    }
  });

  it('puts at the head of a file only what is not there', () => {
    for (const [request, one] of written(writer)) {
      const file = toPlainText(writer.file(one));
      expect(one.head.filter(({ present }) => !present(file)).map(({ text }) => text), request.id).toEqual([]);
      expect(one.head.filter(({ present }) => present('')).map(({ text }) => text), request.id).toEqual([]);
    }
  });
});

it('no two writers have one id', () => {
  expect(new Set(WRITERS.map(({ id }) => id)).size).toBe(WRITERS.length);
});
