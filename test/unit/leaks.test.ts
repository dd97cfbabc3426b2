import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LeakFinder } from '../ui/leaks.js';

const tokenOf = (type: string): string => `${type}-${randomUUID()}:${randomUUID()}`;
const tokens = new Map(Array.from({ length: 60 }, (_, index) => [`key ${String(index)}`, tokenOf(index % 3 === 0 ? 'client' : 'server')]));
const finder = new LeakFinder(tokens);
const secretsIn = (content: Buffer): string[] => [...new Set(finder.inBytes('a place', content).map(({ secret }) => secret))];

/** What a program may make of a text before it writes it. */
const FORMS: readonly (readonly [name: string, form: (token: string) => Buffer])[] = [
  ['text', (token) => Buffer.from(token)],
  ['text without its prefix', (token) => Buffer.from(token.replace(/^\w+-/, ''))],
  ['its first part', (token) => Buffer.from(token.replace(/^\w+-/, '').slice(0, 36))],
  ['UTF-16', (token) => Buffer.from(token, 'utf16le')],
  ['URL-encoded', (token) => Buffer.from(encodeURIComponent(token))],
  ['hex', (token) => Buffer.from(Buffer.from(token).toString('hex'))],
  ...[0, 1, 2].map((pad) => [`base64 after ${String(pad)} bytes`, (token: string) => Buffer.from(Buffer.from(`${'x'.repeat(pad)}${token} and more`).toString('base64'))] as const),
];

describe('the look for leaks', () => {
  test.each(FORMS)('finds %s wherever it lies', (_, form) => {
    for (const [name, token] of [...tokens].slice(0, 6)) {
      const bytes = form(token);
      for (let before = 0; before < 90; before++) expect(secretsIn(Buffer.concat([randomBytes(before), bytes, randomBytes(before % 5)]))).toEqual([name]);
    }
  });

  test('finds several, at the very beginning and the very end', () => {
    const [first, second, third] = [...tokens.values()];
    expect(secretsIn(Buffer.from(`${first ?? ''}${third ?? ''}${'x'.repeat(1_000)}${second ?? ''}`))).toEqual(['key 0', 'key 1', 'key 2']);
  });

  test('finds nothing in what is no secret, not even in a part of one', () => {
    expect(secretsIn(randomBytes(1_000_000))).toEqual([]);
    expect(secretsIn(Buffer.alloc(0))).toEqual([]);
    for (const [type, token] of [['server', tokenOf('server')], ['client', tokenOf('client')], ['server', [...tokens.values()][1]?.slice(0, -40) ?? '']] as const) expect(secretsIn(Buffer.from(`${type} ${token}`))).toEqual([]);
    expect(new LeakFinder(new Map()).inBytes('a place', randomBytes(100))).toEqual([]);
  });

  test('says as much as a search for each form by itself', () => {
    const [[name, token] = ['', '']] = [...tokens];
    const alone = new LeakFinder(new Map([[name, token]]));
    const content = Buffer.from(`${token} ${encodeURIComponent(token)}`);
    expect(finder.inBytes('a place', content)).toEqual(alone.inBytes('a place', content));
    expect(alone.inBytes('a place', content).map(({ form }) => form)).toEqual(['text', 'first part', 'URL-encoded']);
  });

  test('looks into every file of a folder and at its name', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'stigg-leaks-'));
    const [[name, token] = ['', ''], [other, second] = ['', '']] = [...tokens];
    try {
      writeFileSync(path.join(folder, 'clean'), 'nothing');
      writeFileSync(path.join(folder, 'dirty'), token);
      writeFileSync(path.join(folder, `${second.slice(7, 43)}.txt`), '');
      const mine = new LeakFinder(tokens);
      expect(new Set(mine.inFolder(folder).map(({ secret }) => secret))).toEqual(new Set([name, other]));
      expect(mine.files).toBe(3);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
