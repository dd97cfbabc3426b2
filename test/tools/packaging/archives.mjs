// @ts-check
// Archives whose bytes depend on what is in them and on nothing else: no time, no user, no umask, no order of a directory, and no zlib
// of the machine, whose output differs between versions and processors (fflate is plain JavaScript).
import { gunzipSync, gzipSync, unzipSync, zipSync } from 'fflate';

/** The earliest that a ZIP can say. Made of local parts, because that is how it is written. */
const EPOCH = new Date(1980, 0, 1);
const REGULAR_FILE = 0o100644 * 0x10000;
const UNIX = 3;
/** A tenth of a percent above the best, for a third of its time. */
const LEVEL = 8;

/** The same files as in this ZIP. @param {Uint8Array} zip */
export function reproducibleZip(zip) {
  const entries = unzipSync(zip);
  /** @type {import('fflate').Zippable} */
  const sorted = {};
  for (const name of Object.keys(entries).sort()) sorted[name] = [entries[name] ?? new Uint8Array(), { level: LEVEL, mtime: EPOCH, attrs: REGULAR_FILE, os: UNIX }];
  return zipSync(sorted);
}

/** The same archive as in this gzip; npm has made the tar inside reproducible already. @param {Uint8Array} gzip */
export function reproducibleGzip(gzip) {
  return gzipSync(gunzipSync(gzip), { level: LEVEL, mtime: 0 });
}
