import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenIn } from '../../../src/editor/diagnostics/tokenIn.js';
import type { Engine } from '../../../src/scan/engine.js';
import { Secret } from '../../../src/secret.js';
import { legacyKey, preparedEngine, serverKey } from '../scan/support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const KEY = serverKey('wanted');
const LEGACY = legacyKey('wanted');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const from = async (text: string, key: string, languageId = 'plaintext', near = 0): Promise<string | undefined> =>
  (await tokenIn(engine, { path: '', languageId, text }, new Secret(key).fingerprint, near))?.reveal();

describe('taking a key out of a document', () => {
  it('finds it by its fingerprint, wherever it has moved to', async () => {
    expect(await from(`const a = "${serverKey('other')}";\nconst b = "${KEY}";\n`, KEY)).toBe(KEY);
  });

  it('says so when it is gone or was changed by a character', async () => {
    expect(await from('nothing here', KEY)).toBeUndefined();
    expect(await from(`"${KEY.slice(0, -1)}"`, KEY)).toBeUndefined();
    expect(await from(`"${KEY.slice(0, -1)}${KEY.endsWith('0') ? '1' : '0'}"`, KEY)).toBeUndefined();
  });

  it.each([
    ['a legacy key with escaped dollar signs', 'dotenv', `KEY=${LEGACY.replaceAll('$', '\\$')}\n`, LEGACY],
    ['a legacy key in a compose file', 'yaml', `KEY: ${LEGACY.replaceAll('$', '$$$$')}\n`, LEGACY],
    ['percent-encoded', 'plaintext', `https://x/?h=${encodeURIComponent(JSON.stringify({ 'X-API-KEY': KEY }))}\n`, KEY],
    ['base64', 'plaintext', `Authorization: Basic ${base64(`${KEY}:`)}\n`, KEY],
    ['put together', 'typescript', `const k = 'server-' + '${KEY.slice(7, 43)}' + ':' + '${KEY.slice(44)}';\n`, KEY],
    ['loose, in a file about Stigg', 'typescript', `const stiggServerKey = '${KEY.slice(0, 43)}';\n`, KEY.slice(0, 43)],
  ])('gives the key itself: %s', async (_, languageId, text, key) => {
    expect(await from(text, key, languageId)).toBe(key);
  });
});
