import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync, unzipSync } from 'fflate';
import { npmPackagePath, vsixPath } from '../tools/paths.mjs';

export type Files = ReadonlyMap<string, Buffer>;

function bytesOf(file: string): Buffer {
  if (!existsSync(file)) throw new Error(`${file} is missing: run \`npm run package\` first.`);
  return readFileSync(file);
}

/** What VS Code unpacks as the extension: the files of the VSIX below extension/. */
export function vsixFiles(): Files {
  const entries = Object.entries(unzipSync(bytesOf(vsixPath))).filter(([name]) => name.startsWith('extension/'));
  return new Map(entries.map(([name, content]) => [name.slice('extension/'.length), Buffer.from(content)]));
}

/** The files of the npm package; its tar has no names that are longer than the header's field. */
export function npmFiles(): Files {
  const tar = Buffer.from(gunzipSync(bytesOf(npmPackagePath)));
  const files = new Map<string, Buffer>();
  for (let at = 0; tar[at] !== 0 && at < tar.length;) {
    const text = (from: number, length: number): string => tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    if (text(156, 1) !== '0') throw new Error(`${text(0, 100)} is no plain file`);
    files.set(text(0, 100).replace(/^package\//, ''), tar.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
