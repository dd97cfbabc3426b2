import { mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyKeytarPrebuilds, inspectKeytarPrebuilds, targetsOf } from '../../tools/keytarPrebuilds.mjs';

const shipped = path.resolve('node_modules/keytar/prebuilds');

function elf(machine: number, libc: string): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32BE(0x7f454c46, 0);
  bytes[4] = 2;
  bytes[5] = 1;
  bytes.writeUInt16LE(machine, 18);
  bytes.write(`\0libsecret-1.so.0\0${libc}\0`, 64, 'latin1');
  return bytes;
}

function pe(machine: number): Buffer {
  const bytes = Buffer.alloc(160);
  bytes.write('MZ', 0, 'latin1');
  bytes.writeUInt32LE(128, 0x3c);
  bytes.write('PE\0\0', 128, 'latin1');
  bytes.writeUInt16LE(machine, 132);
  return bytes;
}

function machO(cpu: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.writeUInt32LE(0xfeedfacf, 0);
  bytes.writeUInt32LE(cpu, 4);
  return bytes;
}

function fat(...cpus: number[]): Buffer {
  const bytes = Buffer.alloc(8 + 20 * cpus.length + 64);
  bytes.writeUInt32BE(0xcafebabe, 0);
  bytes.writeUInt32BE(cpus.length, 4);
  cpus.forEach((cpu, index) => bytes.writeUInt32BE(cpu, 8 + index * 20));
  return bytes;
}

describe('targetsOf', () => {
  it.each([
    ['ELF x86-64 over glibc', elf(62, 'libc.so.6'), ['linux-x64']],
    ['ELF aarch64 over glibc', elf(183, 'libc.so.6'), ['linux-arm64']],
    ['ELF x86-64 over musl', elf(62, 'libc.musl-x86_64.so.1'), ['linuxmusl-x64']],
    ['ELF that names no C library', elf(62, 'libother.so.6'), []],
    ['ELF for a processor we do not know', elf(243, 'libc.so.6'), []],
    ['PE x64', pe(0x8664), ['win32-x64']],
    ['PE arm64', pe(0xaa64), ['win32-arm64']],
    ['Mach-O x64', machO(0x01000007), ['darwin-x64']],
    ['Mach-O arm64', machO(0x0100000c), ['darwin-arm64']],
    ['universal Mach-O', fat(0x01000007, 0x0100000c), ['darwin-x64', 'darwin-arm64']],
    ['text', Buffer.from('x'.repeat(200)), []],
    ['an empty file', Buffer.alloc(0), []],
    ['a universal header that lies about its length', Buffer.concat([fat(0x01000007).subarray(0, 4), Buffer.alloc(60, 0xff)]), []],
    ['an MZ header that points outside the file', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(62, 0xff)]), []],
  ])('%s', (_name, bytes, expected) => {
    expect(targetsOf(bytes)).toEqual(expected);
  });
});

describe('copyKeytarPrebuilds', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'prebuilds-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('takes from the real package what we count on, and says why it leaves the others', async () => {
    const verdicts = await copyKeytarPrebuilds(shipped, folder);
    const taken = verdicts.filter((verdict) => verdict.taken).map((verdict) => verdict.folder);
    expect(taken).toEqual(expect.arrayContaining(['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-arm64', 'win32-x64']));
    expect((await readdir(folder)).sort()).toEqual(taken);
    // Known to be wrong in 7.10.6; when a later version mends them, this is the place to notice.
    expect(verdicts.find((verdict) => verdict.folder === 'linuxmusl-arm64')).toEqual({ folder: 'linuxmusl-arm64', taken: false, reason: 'it was built for linuxmusl-x64' });
    expect(verdicts.find((verdict) => verdict.folder === 'linux-arm')?.reason).toBe('it was built for linux-arm64');
  });

  it('leaves out a binding that lies in the wrong folder, and a folder without one', async () => {
    for (const [name, bytes] of [['linux-x64', elf(183, 'libc.so.6')], ['linux-arm64', elf(183, 'libc.so.6')]] as const) {
      await mkdir(path.join(folder, 'from', name), { recursive: true });
      await writeFile(path.join(folder, 'from', name, 'keytar.node'), bytes);
    }
    const verdicts = await inspectKeytarPrebuilds(path.join(folder, 'from'));
    expect(Object.fromEntries(verdicts.map((verdict) => [verdict.folder, verdict.reason]))).toMatchObject({
      'linux-x64': 'it was built for linux-arm64',
      'linux-arm64': 'its header agrees',
      'win32-x64': 'there is no keytar.node',
    });
  });
});
