// @ts-check
// Copies keytar's native bindings into the product, but only those that are what their folder's name says: a binding for
// another processor or another C library in the right folder would be loaded, fail, and look like a broken keychain.
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** What the product is offered for. */
export const WANTED = [
  'darwin-arm64', 'darwin-x64',
  'linux-arm64', 'linux-x64', 'linuxmusl-arm64', 'linuxmusl-x64',
  'win32-arm64', 'win32-x64',
];

const ELF_MACHINES = new Map([[3, 'ia32'], [40, 'arm'], [62, 'x64'], [183, 'arm64']]);
const PE_MACHINES = new Map([[0x014c, 'ia32'], [0x8664, 'x64'], [0xaa64, 'arm64']]);
const MACH_O_CPUS = new Map([[0x01000007, 'x64'], [0x0100000c, 'arm64']]);

/**
 * Reads which platforms a native binding was built for, from the file itself.
 * @param {Buffer} bytes
 * @returns {string[]} folder names such as `linux-x64`; empty when the file is not a binding we know
 */
export function targetsOf(bytes) {
  if (bytes.length < 64) return [];
  if (bytes.readUInt32BE(0) === 0x7f454c46) {
    const arch = ELF_MACHINES.get(bytes[5] === 2 ? bytes.readUInt16BE(18) : bytes.readUInt16LE(18));
    const libc = libcOf(bytes);
    return arch === undefined || libc === undefined ? [] : [`${libc}-${arch}`];
  }
  if (bytes.readUInt16BE(0) === 0x4d5a) {
    const at = bytes.readUInt32LE(0x3c);
    if (at + 6 > bytes.length || bytes.readUInt32BE(at) !== 0x50450000) return [];
    const arch = PE_MACHINES.get(bytes.readUInt16LE(at + 4));
    return arch === undefined ? [] : [`win32-${arch}`];
  }
  if (bytes.readUInt32LE(0) === 0xfeedfacf) return darwin([bytes.readUInt32LE(4)]);
  if (bytes.readUInt32BE(0) === 0xcafebabe) {
    const count = Math.min(bytes.readUInt32BE(4), Math.floor((bytes.length - 8) / 20));
    return darwin(Array.from({ length: count }, (_, index) => bytes.readUInt32BE(8 + index * 20)));
  }
  return [];
}

/** @param {number[]} cpus */
function darwin(cpus) {
  return cpus.flatMap((cpu) => MACH_O_CPUS.get(cpu) ?? []).map((arch) => `darwin-${arch}`);
}

/**
 * The C library that an ELF file asks for. The names of needed libraries stand in it as NUL-terminated strings.
 * @param {Buffer} bytes
 */
function libcOf(bytes) {
  const glibc = bytes.includes('\0libc.so.6\0', 0, 'latin1');
  const musl = bytes.includes('\0libc.musl-', 0, 'latin1') || bytes.includes('\0libc.so\0', 0, 'latin1');
  if (glibc === musl) return undefined;
  return glibc ? 'linux' : 'linuxmusl';
}

/**
 * @param {string} fromDir holds `<platform>-<arch>/keytar.node`
 * @returns {Promise<{ folder: string, taken: boolean, reason: string }[]>} every folder found or wanted, with the verdict
 */
export async function inspectKeytarPrebuilds(fromDir) {
  const found = (await readdir(fromDir, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const folders = [...new Set([...found, ...WANTED])].sort();
  return Promise.all(folders.map(async (folder) => {
    /** @type {Buffer} */
    let bytes;
    try {
      bytes = await readFile(path.join(fromDir, folder, 'keytar.node'));
    } catch {
      return { folder, taken: false, reason: 'there is no keytar.node' };
    }
    const targets = targetsOf(bytes);
    if (!targets.includes(folder)) {
      return { folder, taken: false, reason: targets.length === 0 ? 'its header says no platform we know' : `it was built for ${targets.join(' and ')}` };
    }
    return WANTED.includes(folder) ? { folder, taken: true, reason: 'its header agrees' } : { folder, taken: false, reason: 'VS Code does not run there' };
  }));
}

/**
 * Copies the bindings whose header agrees with their folder.
 * @param {string} fromDir @param {string} toDir
 * @returns {Promise<{ folder: string, taken: boolean, reason: string }[]>} what was taken, and why the others were left out
 */
export async function copyKeytarPrebuilds(fromDir, toDir) {
  const verdicts = await inspectKeytarPrebuilds(fromDir);
  for (const { folder } of verdicts.filter((verdict) => verdict.taken)) {
    await mkdir(path.join(toDir, folder), { recursive: true });
    await cp(path.join(fromDir, folder, 'keytar.node'), path.join(toDir, folder, 'keytar.node'));
  }
  return verdicts;
}
