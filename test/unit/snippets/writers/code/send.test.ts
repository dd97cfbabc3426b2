import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '../../../../tools/fastCheck.js';
import { requests } from '../../../../../src/snippets/catalogue/index.js';
import { bodyOf, FRESH, Placeholder, type ApiRequest, type JsonTemplate } from '../../../../../src/snippets/request.js';
import { toPlainText } from '../../../../../src/snippets/snippet.js';
import type { Writer } from '../../../../../src/snippets/writer.js';
import { CODE_WRITERS } from '../../../../../src/snippets/writers/code/index.js';
import { absent, isHere, PROGRAMS, runAll } from './programs.js';
import { startRecorder, type Recorder } from './recorder.js';
import { OPTIONS, SAMPLES } from './samples.js';

let recorder: Recorder;
let folder: string;
beforeAll(async () => {
  recorder = await startRecorder();
  folder = mkdtempSync(path.join(tmpdir(), 'requests-'));
});
afterAll(async () => {
  await recorder.close();
  rmSync(folder, { recursive: true, force: true });
});

const FIRST = 'a value nobody used before';

/** The JSON that is meant. `fresh` gets what stands where a fresh value belongs. */
function meant(template: JsonTemplate, actual: unknown, fresh: Set<string>): unknown {
  if (template instanceof Placeholder) return template.sample;
  if (template === FRESH) {
    if (typeof actual !== 'string' || actual.length < 32 || fresh.has(actual)) return FIRST;
    fresh.add(actual);
    return actual;
  }
  if (template === null || typeof template !== 'object') return template;
  if (Array.isArray(template)) return (template as readonly JsonTemplate[]).map((entry, index) => meant(entry, (actual as unknown[] | undefined)?.[index], fresh));
  return Object.fromEntries(Object.entries(template).map(([name, entry]) => [name, meant(entry, (actual as Record<string, unknown> | undefined)?.[name], fresh)]));
}

/** Runs the requests in the writer's language and compares what arrives with what is meant. */
async function send(writer: Writer, name: string, wanted: readonly ApiRequest[]): Promise<void> {
  recorder.take();
  const files = wanted.map((request) => {
    const written = writer.write(request, { ...OPTIONS, baseUrl: recorder.url });
    if (written === undefined) throw new Error(`${writer.id} does not write ${request.id}`);
    return toPlainText(writer.file(written));
  });
  const { status, output } = await runAll(writer.id, path.join(folder, `${writer.id}-${name}`), files, { [OPTIONS.keyVariable]: 'a key' });
  expect(status, output.slice(-4000)).toBe(0);
  const recorded = recorder.take();
  expect(recorded.length).toBe(wanted.length);
  const fresh = new Set<string>();
  for (const [index, request] of wanted.entries()) {
    const actual = recorded[index];
    const url = new URL(actual?.url ?? '', recorder.url);
    const body = bodyOf(request);
    const actualBody: unknown = actual?.body === '' ? undefined : JSON.parse(actual?.body ?? 'null');
    expect({ method: actual?.method, path: url.pathname, query: [...url.searchParams].sort(), body: actualBody }, request.id).toEqual({
      method: request.method,
      path: request.path.map((part) => (part instanceof Placeholder ? encodeURIComponent(String(part.sample)) : part)).join(''),
      query: request.query.map(({ name: parameter, value }) => [parameter, String(value instanceof Placeholder ? value.sample : value)]).sort(),
      body: body === undefined ? undefined : meant(body, actualBody, fresh),
    });
    expect(actual?.headers['x-api-key'], request.id).toBe('a key');
    if (request.method !== 'GET') expect(actual?.headers['content-type'], request.id).toMatch(/^application\/json(?:;|$)/);
    const key = actual?.headers['idempotency-key'];
    expect(typeof key === 'string' && key.length >= 32 && !fresh.has(key), request.id).toBe(request.idempotencyKey);
    if (typeof key === 'string') fresh.add(key);
  }
}

describe.each(CODE_WRITERS.filter(({ id }) => id in PROGRAMS).map((writer) => [writer.id, writer] as const))('%s', (id, writer) => {
  it.skipIf(!isHere(id))(`sends every request of the catalogue, and those that no catalogue would hold, as it is meant${absent(id)}`, async () => {
    await send(writer, 'catalogue', [...requests(), ...SAMPLES]);
  }, 300_000);

  it.skipIf(!isHere(id))(`sends any text as it is${absent(id)}`, async () => {
    // One process for all: what a property is, with the texts in one request.
    const texts = [...fc.sample(fc.string({ unit: 'binary', maxLength: 24 }), 300), ...fc.sample(fc.string({ unit: fc.constantFrom('\\', "'", '"', '`', '$', '{', '}', '#', '@', '%', '?', '<', '>', '\n', '\r', '\t', ' ', '/', '*'), maxLength: 12 }), 300)];
    const numbers = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), 50);
    const [sample] = SAMPLES.filter(({ method }) => method === 'PATCH');
    if (sample === undefined) throw new Error('No sample');
    await send(writer, 'texts', [{ ...sample, path: ['/api/v1/customers/', new Placeholder(1, 'x')], body: { texts: texts.map((text, index) => new Placeholder(index + 2, text)), fixed: texts.slice(0, 100), numbers: numbers.map((number) => (Object.is(number, -0) ? 0 : number)) } }]);
  }, 120_000);
});
