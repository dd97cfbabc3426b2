import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { requests } from '../../../../../src/snippets/catalogue/index.js';
import type { ApiRequest, JsonObject } from '../../../../../src/snippets/request.js';
import { toPlainText } from '../../../../../src/snippets/snippet.js';
import type { Writer, WriterOptions } from '../../../../../src/snippets/writer.js';
import { SHELL_WRITERS } from '../../../../../src/snippets/writers/shell/index.js';
import { startCapture, type CaptureServer } from './captureServer.js';
import { expected, HOSTILE, hostile, isSegment, KEY_VARIABLE, manyHostile, options, request, SAMPLES, UUID, type Sent } from './samples.js';
import { asBatch, asHttpFile, asPowershell, canHide, hasCurl, hasHttpie, hasZsh, inShell, textOf, type Send } from './send.js';

const writer = (id: string): Writer => {
  const found = SHELL_WRITERS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`No writer ${id}`);
  return found;
};

interface Way {
  readonly name: string;
  readonly id: string;
  readonly send: Send;
  /** What is not installed is left out, and stands among the skipped by its name. */
  readonly runs: boolean;
  readonly more: Partial<WriterOptions>;
  /** How dear it is to start; 1 starts nothing. */
  readonly starts: number;
  /** The form that most people get. */
  readonly isPlain?: boolean;
}
const bash = inShell('bash');
const zsh = inShell('zsh');
const WAYS: readonly Way[] = [
  { name: 'curl in bash', id: 'curl', send: bash, runs: hasCurl, more: {}, starts: 6, isPlain: true },
  { name: 'curl in zsh', id: 'curl', send: zsh, runs: hasCurl && hasZsh, more: {}, starts: 12 },
  { name: 'curl with a value of its own, as in Markdown', id: 'curl', send: bash, runs: hasCurl, more: { languageId: 'markdown' }, starts: 12 },
  { name: 'curl 8.3 that reads the variable itself', id: 'curl', send: bash, runs: canHide, more: { keyHeader: 'hidden' }, starts: 12 },
  { name: 'curl in cmd, by a model of cmd', id: 'cmd', send: asBatch, runs: hasCurl, more: {}, starts: 6, isPlain: true },
  { name: 'curl 8.3 in cmd that reads the variable itself, by a model of cmd', id: 'cmd', send: asBatch, runs: canHide, more: { keyHeader: 'hidden' }, starts: 12 },
  { name: 'PowerShell, by a model of PowerShell', id: 'powershell', send: asPowershell, runs: true, more: {}, starts: 1, isPlain: true },
  { name: 'a request file', id: 'http', send: asHttpFile, runs: true, more: {}, starts: 1, isPlain: true },
  { name: 'HTTPie in bash', id: 'httpie', send: bash, runs: hasHttpie, more: {}, starts: 12, isPlain: true },
  { name: 'HTTPie in zsh, with the key out of the process list', id: 'httpie', send: zsh, runs: hasHttpie && hasZsh, more: { keyHeader: 'hidden' }, starts: 40 },
  { name: 'HTTPie in bash, with the key out of the process list', id: 'httpie', send: bash, runs: hasHttpie, more: { keyHeader: 'hidden' }, starts: 40 },
];

let server: CaptureServer;
beforeAll(async () => { server = await startCapture(); });
afterAll(() => server.close());
beforeEach(() => { server.take(); });

const KEY = 'a key: of nobody';

/** Sends them one after the other, and tells what arrived; everything that the requests say was checked. */
async function check(all: readonly ApiRequest[], { id, send, more }: Way): Promise<readonly Sent[]> {
  const text = all.map((from) => textOf(writer(id), writer(id).write(from, options(server.url, more))));
  // Statements of a shell: one start of it for all.
  for (const one of /^(?:curl|httpie)$/.test(id) ? [text.join('\n')] : text) await send(one, KEY);
  const arrived = server.take();
  expect(arrived.length, text.join('\n')).toBe(all.length);
  for (const [index, from] of all.entries()) {
    const { method, path: sentPath, query, headers = {}, body } = arrived[index] ?? {};
    expect({ method, path: sentPath, query, body }, text[index]).toEqual(expected(from, expect.stringMatching(UUID)));
    expect(headers['x-api-key'], text[index]).toBe(KEY);
    if (from.method !== 'GET') expect(headers['content-type'], text[index]).toMatch(/^application\/json(?:$|;)/);
    if (from.idempotencyKey) expect(headers['idempotency-key'], text[index]).toMatch(UUID);
    else expect(headers['idempotency-key'], text[index]).toBeUndefined();
  }
  return arrived;
}

describe.each(WAYS)('$name', (way) => {
  const { id, isPlain = false, starts } = way;
  const sends = it.runIf(way.runs);

  // The other forms differ from the plain one in how the key and a fresh value are written.
  const samples = SAMPLES.filter((sample) => isPlain || starts < 40 || sample.id === 'post');
  sends.each(samples.map((sample) => [sample.id, sample] as const))('sends %s', async (_id, sample) => {
    await check([sample], way);
  });

  sends('sends texts as they are, whatever they hold and wherever they stand', async () => {
    for (let at = 0; at < HOSTILE.length; at += starts) {
      const share = HOSTILE.slice(at, at + starts);
      await check([manyHostile(share), ...(starts === 1 ? share.map((text) => hostile(text, isSegment(text))) : [])], way);
    }
  });

  sends('makes values that nobody used before', async () => {
    const [sent] = await check(SAMPLES.filter((sample) => sample.id === 'fresh'), way);
    const { events, transactionId } = sent?.body as { events: { idempotencyKey: string }[]; transactionId: string };
    expect(new Set([...events.map(({ idempotencyKey }) => idempotencyKey), transactionId]).size).toBe(3);
  });

  const names = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('id', 'name', 'amount', 'planId'));
  const anyBody = fc.dictionary(names, fc.jsonValue({ maxDepth: 3 }).map((value) => value as JsonObject), { maxKeys: 6 });
  sends('sends any JSON', async () => {
    await fc.assert(fc.asyncProperty(anyBody, async (body) => {
      // PowerShell's tables know no two names that differ by their case alone; Stigg has none.
      fc.pre(id !== 'powershell' || !hasTwins(body));
      await check([request({ body })], way);
    }), { numRuns: starts === 1 ? 150 : 120 / starts });
  });

  // Each language once; HTTPie is slow to start.
  it.runIf(way.runs && isPlain)('sends the requests of the catalogue', async () => {
    const all = requests().filter((_, index) => id !== 'httpie' || index % 20 === 3);
    for (let at = 0; at < all.length; at += 20) await check(all.slice(at, at + 20), way);
  });
});

function hasTwins(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const names = Array.isArray(value) ? [] : Object.keys(value).map((name) => name.toLowerCase());
  return new Set(names).size < names.length || Object.values(value).some(hasTwins);
}

describe('a whole file', () => {
  let folder: string;
  beforeAll(() => { folder = mkdtempSync(path.join(tmpdir(), 'request-')); });
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

  const RUNNABLE = [['curl', hasCurl], ['httpie', hasHttpie]] as const;
  describe.each(RUNNABLE)('%s', (id, runs) => {
    const [sample] = SAMPLES;
    const file = (): string => {
      const written = sample === undefined ? undefined : writer(id).write(sample, options(server.url));
      if (written === undefined) throw new Error('Nothing was written');
      const place = path.join(folder, `${id}.sh`);
      writeFileSync(place, toPlainText(writer(id).file(written)), { mode: 0o755 });
      return place;
    };

    it.runIf(runs)('runs as it is', async () => {
      await inShell('bash')(`exec ${file()} < /dev/null`, KEY);
      expect(server.take()).toHaveLength(1);
    });

    it.runIf(runs)('stops where the variable is missing', async () => {
      await expect(inShell('bash')(`unset ${KEY_VARIABLE}; exec ${file()} < /dev/null`, KEY)).rejects.toThrow(/unbound variable/);
      expect(server.take()).toEqual([]);
    });
  });
});
