/** What git tracks, as its index file says. */
export interface GitIndex {
  /** Paths relative to the work tree, with `/`. */
  readonly paths: ReadonlySet<string>;
  /** Folders that a sparse index keeps as one entry: everything below them is tracked. With a trailing `/`. */
  readonly folders: readonly string[];
  /** For a split index: the name of the file that holds the rest. */
  readonly sharedIndex: string | undefined;
}

const SHA1 = 20;
const SHA256 = 32;
/** Entry fields before the object id: two times, device, inode, mode, owner, group, size. */
const STAT_BYTES = 40;
const MODE_OFFSET = 24;
const FOLDER_MODE = 0o040000;

/**
 * Reads a `.git/index` of version 2, 3 or 4. Undefined for anything else, so that the caller says "not known" rather than
 * "not tracked". Repositories with SHA-256 ids are told by the entries making sense only that way.
 */
export function parseGitIndex(bytes: Uint8Array): GitIndex | undefined {
  return parse(bytes, SHA1) ?? parse(bytes, SHA256);
}

function parse(bytes: Uint8Array, idBytes: number): GitIndex | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 + idBytes || view.getUint32(0) !== 0x44495243) return undefined;
  const version = view.getUint32(4);
  const count = view.getUint32(8);
  if (version < 2 || version > 4) return undefined;
  const decoder = new TextDecoder();
  const paths = new Set<string>();
  const folders: string[] = [];
  let previous: Uint8Array = new Uint8Array(0);
  let at = 12;
  for (let entry = 0; entry < count; entry++) {
    const start = at;
    const flagsAt = start + STAT_BYTES + idBytes;
    if (flagsAt + 2 > bytes.length) return undefined;
    const flags = view.getUint16(flagsAt);
    const mode = view.getUint32(start + MODE_OFFSET);
    if (!isMode(mode)) return undefined;
    at = flagsAt + 2 + (version >= 3 && (flags & 0x4000) !== 0 ? 2 : 0);
    let name: Uint8Array;
    if (version === 4) {
      const prefix = variableInt(bytes, at);
      if (prefix === undefined || prefix.value > previous.length) return undefined;
      const end = bytes.indexOf(0, prefix.end);
      if (end === -1) return undefined;
      name = concat(previous.subarray(0, previous.length - prefix.value), bytes.subarray(prefix.end, end));
      at = end + 1;
    } else {
      const end = bytes.indexOf(0, at);
      if (end === -1) return undefined;
      name = bytes.subarray(at, end);
      // Entries are padded with one to eight zeros to a multiple of eight.
      at = start + ((end - start + 8) & ~7);
    }
    if ((flags & 0xfff) !== Math.min(name.length, 0xfff)) return undefined;
    previous = name;
    const path = decoder.decode(name);
    if (mode === FOLDER_MODE) folders.push(path);
    else paths.add(path);
  }
  return { paths, folders, sharedIndex: sharedIndex(bytes, view, at, idBytes) };
}

function isMode(mode: number): boolean {
  return mode === FOLDER_MODE || mode === 0o120000 || mode === 0o160000 || (mode & 0o170000) === 0o100000;
}

/** The offset encoding of pack files, which version 4 uses for the length that is cut off. */
function variableInt(bytes: Uint8Array, from: number): { readonly value: number; readonly end: number } | undefined {
  let at = from;
  let byte = bytes[at++];
  if (byte === undefined) return undefined;
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = bytes[at++];
    if (byte === undefined || value > 0xffffff) return undefined;
    value = ((value + 1) << 7) | (byte & 0x7f);
  }
  return { value, end: at };
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/** The `link` extension of a split index names its other half by id. */
function sharedIndex(bytes: Uint8Array, view: DataView, from: number, idBytes: number): string | undefined {
  let at = from;
  while (at + 8 <= bytes.length - idBytes) {
    const signature = view.getUint32(at);
    const size = view.getUint32(at + 4);
    if (signature === 0x6c696e6b && at + 8 + idBytes <= bytes.length) {
      const id = Array.from(bytes.subarray(at + 8, at + 8 + idBytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
      return /^0+$/.test(id) ? undefined : `sharedindex.${id}`;
    }
    at += 8 + size;
  }
  return undefined;
}
