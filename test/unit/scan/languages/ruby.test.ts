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

const E = 'ENV.fetch("STIGG_SERVER_API_KEY")';

describe('a server key is replaced by the look-up', () => {
  test.each([
    ['whole', `KEY = '${K}'\n`, `KEY = ${E}\n`],
    ['new client', `require "stigg"\nc = Stigg::Client.new(api_key: "${K}")\n`, `require "stigg"\nc = Stigg::Client.new(api_key: ${E})\n`],
    ['old client, legacy key', `require "stigg"\nc = Stigg.create_client("${L}")\n`, `require "stigg"\nc = Stigg.create_client(${E})\n`],
    ['header', `h = { "X-API-KEY" => "${K}" }\n`, `h = { "X-API-KEY" => ${E} }\n`],
    ['header by index', `req["X-API-KEY"] = "${K}"\r\n`, `req["X-API-KEY"] = ${E}\r\n`],
    ['part', `h = "Bearer ${K}!"\n`, `h = "Bearer #{${E}}!"\n`],
    ['part in single quotes', `h = 'Bearer ${K}'\n`, `h = 'Bearer ' + ${E}\n`],
    ['part of a receiver', `h = 'Bearer ${K}'.strip\n`, `h = ('Bearer ' + ${E}).strip\n`],
    ['fallback', `k = ENV.fetch("STIGG_API_KEY", "${K}")\n`, `k = ENV.fetch("STIGG_API_KEY", ${E})\n`],
    ['or', `k = ENV["STIGG_API_KEY"] || "${K}"\n`, `k = ENV["STIGG_API_KEY"] || ${E}\n`],
    ['comment', `# ${K}\n`, '# <STIGG_SERVER_API_KEY>\n'],
    ['broken code around', `f(api_key: "${K}"\n`, `f(api_key: ${E}\n`],
    ['array of words', `a = %w[${K} b]\n`, undefined],
  ])('%s', async (_, before, after) => {
    expect((await repair(engine, 'lib/billing.rb', before)).fixed).toBe(after);
  });
});

test('facts', async () => {
  const { definitions, reads, inits, texts } = await factsOf('a.rb', `require "stigg"
STIGG_SERVER_KEY = ENV["STIGG_SERVER_API_KEY"]
ENV["STIGG_API_KEY"] = "x"
client = Stigg::Client.new(api_key: STIGG_SERVER_KEY, base_url: "u")
PREFIX = "server-"
KEY = PREFIX + "abc" + ":#{PREFIX}d"
`);
  expect(definitions.map(({ name, isEnvironment }) => [name, isEnvironment])).toEqual([['STIGG_SERVER_KEY', false], ['STIGG_API_KEY', true]]);
  expect(reads.map(({ variable }) => variable)).toEqual(['STIGG_SERVER_API_KEY']);
  expect(inits[0]).toMatchObject({ module: 'stigg', key: { variable: 'STIGG_SERVER_API_KEY' } });
  expect([...(inits[0]?.arguments.keys() ?? [])]).toEqual(['api_key', 'base_url']);
  expect(texts.map(({ value }) => value)).toContain('server-abc:server-d');
});
