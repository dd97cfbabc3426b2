import { gunzipSync, gzipSync } from 'node:zlib';
import { unzipSync, zipSync, type Zippable } from 'fflate';
import { expect, it } from 'vitest';
import { reproducibleGzip, reproducibleZip } from '../../tools/packaging/archives.mjs';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it('a ZIP of the same files is the same, whatever their order, times, modes and compression', () => {
  const one: Zippable = { 'b.txt': [bytes('two'), { mtime: new Date(2001, 3, 5), attrs: 0o100600 * 0x10000, os: 3 }], 'a/ä.txt': [bytes('one'.repeat(100)), { level: 1 }], 'empty': bytes('') };
  const other: Zippable = { 'empty': bytes(''), 'a/ä.txt': [bytes('one'.repeat(100)), { level: 9, mtime: new Date(2031, 0, 1) }], 'b.txt': [bytes('two'), { level: 0 }] };
  const [first, second] = [one, other].map((files) => reproducibleZip(zipSync(files)));
  expect(Buffer.compare(first ?? bytes(''), second ?? bytes('other'))).toBe(0);
  expect(Object.entries(unzipSync(first ?? bytes(''))).map(([name, content]) => [name, Buffer.from(content).toString()])).toEqual([['a/ä.txt', 'one'.repeat(100)], ['b.txt', 'two'], ['empty', '']]);
  expect(Buffer.compare(first ?? bytes(''), reproducibleZip(zipSync({ ...other, 'b.txt': bytes('Two') })))).not.toBe(0);
});

it('so is a gzip, which says neither when nor where it was made', () => {
  const tar = Buffer.from('not quite a tar '.repeat(1_000));
  const [first, second] = [1, 9].map((level) => reproducibleGzip(gzipSync(tar, { level })));
  expect(Buffer.compare(first ?? bytes(''), second ?? bytes('other'))).toBe(0);
  expect([...(first ?? []).slice(4, 8)]).toEqual([0, 0, 0, 0]);
  expect(gunzipSync(first ?? bytes('')).equals(tar)).toBe(true);
});
