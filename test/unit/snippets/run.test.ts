import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REQUESTS } from '../../../src/snippets/catalogue.js';
import type { HeaderFlavour } from '../../../src/snippets/curl.js';
import { startSandbox, type Sandbox } from '../../sandbox/index.js';

const version = /^curl (\d+)\.(\d+)/.exec(spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout);
const canRun = version !== null && process.platform !== 'win32';
/** `--variable` came with 8.3. */
const canHide = Number(version?.[1]) * 100 + Number(version?.[2]) >= 803;

describe.runIf(canRun)('an inserted request, run as it stands', () => {
  let sandbox: Sandbox;
  beforeAll(async () => { sandbox = await startSandbox(); });
  afterAll(() => sandbox.close());

  async function run(id: string, flavour: HeaderFlavour, key: string): Promise<{ status: number; body: Record<string, unknown> }> {
    const template = REQUESTS.find((one) => one.id === id);
    if (template === undefined) throw new Error(`No request ${id}`);
    const { plain } = template.build({ baseUrl: sandbox.url, flavour, uuid: randomUUID });
    const env = { PATH: process.env.PATH, STIGG_SERVER_API_KEY: key, NO_PROXY: '*' };
    const { stdout } = await promisify(execFile)('sh', ['-c', `${plain} -s -w '\\n%{http_code}'`], { env });
    const at = stdout.lastIndexOf('\n');
    return { status: Number(stdout.slice(at + 1)), body: JSON.parse(stdout.slice(0, at)) as Record<string, unknown> };
  }

  const serverKey = (): string => {
    const [environment] = sandbox.environments;
    const key = sandbox.keys(environment?.id).find(({ type, expireAt }) => type === 'SERVER' && expireAt === null);
    if (key === undefined) throw new Error('The sandbox has no server key');
    return key.token;
  };

  const flavours: HeaderFlavour[] = canHide ? ['docs', 'hidden'] : ['docs'];
  it.each(REQUESTS.flatMap(({ id }) => flavours.map((flavour) => [id, flavour] as const)))('%s (%s) succeeds with a key and is refused without', async (id, flavour) => {
    const answer = await run(id, flavour, serverKey());
    // The second customer of the same id is a conflict, which proves the key as well.
    expect(answer.status, JSON.stringify(answer.body)).toBeOneOf(id === 'create-customer' ? [200, 201, 409] : [200]);
    expect(answer.body).not.toHaveProperty('errors');
    expect((await run(id, flavour, 'not a key')).status).toBe(401);
  });
});
