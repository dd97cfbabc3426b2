import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { legacyKey, preparedEngine, serverKey } from '../support.js';
import { factsOf, repair } from './repair.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();
const L = legacyKey();
const E = 'os.environ["STIGG_SERVER_API_KEY"]';

describe('a server key is replaced by the look-up', () => {
  test.each([
    ['whole', `import os\nk = '${K}'\n`, `import os\nk = ${E}\n`],
    ['adds the import', `import json\nk = "${K}"\n`, `import os\nimport json\nk = ${E}\n`],
    ['adds it below a docstring, with CRLF', `"""Billing."""\r\nk = "${K}"\r\n`, `"""Billing."""\r\nimport os\r\nk = ${E}\r\n`],
    ['adds it below __future__', `from __future__ import annotations\nk = "${K}"\n`, `from __future__ import annotations\nimport os\nk = ${E}\n`],
    ['keyword argument', `import os\nfrom stigg import Stigg\nc = Stigg(api_key="${K}")\n`, `import os\nfrom stigg import Stigg\nc = Stigg(api_key=${E})\n`],
    ['legacy in an argument that carries the key', `import os\nfrom stigg import Stigg\nc = Stigg.create_client("${L}")\n`, `import os\nfrom stigg import Stigg\nc = Stigg.create_client(${E})\n`],
    ['header', `import os\nh = {"X-API-KEY": "${K}"}\n`, `import os\nh = {"X-API-KEY": ${E}}\n`],
    ['part', `import os\nh = "Bearer ${K}"\n`, `import os\nh = "Bearer " + ${E}\n`],
    ['part of a receiver', `import os\nh = "Bearer ${K}!".strip()\n`, `import os\nh = ("Bearer " + ${E} + "!").strip()\n`],
    ['part of an f-string with other quotes', `import os\nh = f'Bearer ${K} {x}'\n`, `import os\nh = f'Bearer {${E}} {x}'\n`],
    ['part of an f-string with the same quotes', `import os\nh = f"Bearer ${K} {x}"\n`, undefined],
    ['adjacent literals', `import os\nh = "a" "${K}"\n`, undefined],
    ['comment', `# ${K}\n`, '# <STIGG_SERVER_API_KEY>\n'],
    ['fallback', `import os\nk = os.getenv("STIGG_API_KEY", "${K}")\n`, `import os\nk = os.getenv("STIGG_API_KEY", ${E})\n`],
    ['touching a keyword', `import os\ndef f(): return"${K}"\n`, `import os\ndef f(): return ${E}\n`],
    ['broken code around', `import os\nf(api_key="${K}"`, `import os\nf(api_key=${E}`],
  ])('%s', async (_, before, after) => {
    expect((await repair(engine, 'billing/app.py', before)).fixed).toBe(after);
  });
});

test('facts', async () => {
  const { definitions, reads, inits, texts } = await factsOf('a.py', `
import os
from stigg import Stigg
STIGG_SERVER_KEY = os.environ["STIGG_SERVER_API_KEY"]
os.environ["STIGG_API_KEY"] = "x"
client = Stigg(api_key=STIGG_SERVER_KEY, base_url="u")
PREFIX = "server-"
KEY = PREFIX + "abc" ":" f"{PREFIX}d"
`);
  expect(definitions.map(({ name, isEnvironment }) => [name, isEnvironment])).toEqual([['STIGG_SERVER_KEY', false], ['STIGG_API_KEY', true]]);
  expect(reads.map(({ variable }) => variable)).toEqual(['STIGG_SERVER_API_KEY']);
  expect(inits).toHaveLength(1);
  expect(inits[0]).toMatchObject({ module: 'stigg', side: 'backend', key: { variable: 'STIGG_SERVER_API_KEY' } });
  expect([...(inits[0]?.arguments.keys() ?? [])]).toEqual(['api_key', 'base_url']);
  expect(texts.map(({ value }) => value)).toContain('server-abc:server-d');
});
