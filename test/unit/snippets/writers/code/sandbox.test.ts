import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Placeholder, type ApiRequest } from '../../../../../src/snippets/request.js';
import { toPlainText } from '../../../../../src/snippets/snippet.js';
import { CODE_WRITERS } from '../../../../../src/snippets/writers/code/index.js';
import { startSandbox, type Sandbox } from '../../../../sandbox/index.js';
import { absent, isHere, PROGRAMS, runAll, type Outcome } from './programs.js';
import { OPTIONS, SAMPLES } from './samples.js';

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  folder = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const [sample] = SAMPLES;
if (sample === undefined) throw new Error('No sample');
const rest: ApiRequest = { ...sample, path: ['/api/v1/customers'] };
const graphql = (document: string): ApiRequest => ({ ...sample, surface: 'graphql', method: 'POST', path: ['/graphql'], document, operationName: undefined, body: undefined });

const create = (id: string): ApiRequest => ({ ...rest, method: 'POST', idempotencyKey: true, body: { id: new Placeholder(1, id), name: new Placeholder(2, `It's "${id}" \\ $1 🎉`) } });
const list: ApiRequest = { ...rest, query: [{ name: 'limit', value: new Placeholder(1, 100) }] };
const one = (id: string): ApiRequest => ({ ...rest, path: ['/api/v1/customers/', new Placeholder(1, id)] });

const serverKey = (): string => {
  const key = sandbox.keys(sandbox.environments[0]?.id).find(({ type, expireAt }) => type === 'SERVER' && expireAt === null);
  if (key === undefined) throw new Error('The sandbox has no server key');
  return key.token;
};

describe.each(CODE_WRITERS.filter(({ id }) => id in PROGRAMS).map((writer) => [writer.id, writer] as const))('%s', (id, writer) => {
  const run = (name: string, requests: readonly ApiRequest[], key: string): Promise<Outcome> => {
    const files = requests.map((request) => toPlainText(writer.file(writer.write(request, { ...OPTIONS, baseUrl: sandbox.url }) ?? { head: [], parts: [] })));
    return runAll(id, path.join(folder, `${id}-${name}`), files, { [OPTIONS.keyVariable]: key });
  };

  it.skipIf(!isHere(id))(`creates, lists and reads a customer, and asks in GraphQL${absent(id)}`, async () => {
    const customer = `ümlaut ${id}`;
    const { status, output } = await run('good', [create(customer), list, one(customer), graphql('query {\n  environments { edges { node { slug } } }\n}')], serverKey());
    expect(status, output).toBe(0);
    // Created, listed and read.
    expect(output.split(id).length, output).toBeGreaterThan(3);
    expect(output).toContain(sandbox.environments[0]?.slug);
  }, 120_000);

  it.skipIf(!isHere(id)).each<[string, () => ApiRequest, () => string, RegExp]>([
    ['a key that is none', () => list, () => 'not a key', /401[^]*UNAUTHENTICATED/],
    ['what is not there', () => one('nobody'), serverKey, /404[^]*CUSTOMER_NOT_FOUND/],
    ['errors that GraphQL answers with status 200', () => graphql('query {\n  environment(id: 1) { slug }\n  nothing\n}'), serverKey, /Cannot query field|GRAPHQL_VALIDATION_FAILED/],
  ])(`does not swallow %s${absent(id)}`, async (name, request, key, message) => {
    const { status, output } = await run(name.replaceAll(' ', '-'), [request()], key());
    expect(status, output).not.toBe(0);
    expect(output).toMatch(message);
    expect(output).not.toContain(key() === 'not a key' ? 'no such text' : key());
  }, 120_000);
});
