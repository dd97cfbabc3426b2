// @ts-check
// A copy of test/sample-workspace, with keys put where the placeholders stand. Token-shaped text is never committed
// (marketplaces and push protection reject it), so it is made when the copy is.
//
//   copySampleWorkspace('/abs/target', { serverKey })   without a key, one that no Stigg has ever given out
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { repoRoot } from './paths.mjs';

const placeholder = '@@SERVER_KEY@@';

/** @param {string} target replaced when it is there @param {{ serverKey?: string, envKey?: string }} [options] `envKey` goes into .env.local */
export function copySampleWorkspace(target, options = {}) {
  const serverKey = options.serverKey ?? `server-${randomUUID()}:${randomUUID()}`;
  rmSync(target, { recursive: true, force: true });
  cpSync(path.join(repoRoot, 'test', 'sample-workspace'), target, { recursive: true });
  for (const name of readdirSync(target, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(target, name);
    if (!statSync(file).isFile()) continue;
    const text = readFileSync(file, 'utf8');
    if (text.includes(placeholder)) writeFileSync(file, text.replaceAll(placeholder, serverKey));
  }
  if (options.envKey !== undefined) writeFileSync(path.join(target, '.env.local'), `STIGG_SERVER_API_KEY=${options.envKey}\n`);
}
