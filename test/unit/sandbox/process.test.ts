import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.js';
import { ask, at } from './helpers.js';

const PROBE = 'query Probe { sdkConfiguration { showWatermark } }';

describe('the controls', () => {
  const post = (url: string, name: string, body: unknown) => fetch(`${url}/__sandbox/${name}`, { method: 'POST', body: JSON.stringify(body) });

  test('are closed unless asked for', async () => {
    const closed = await startSandbox();
    try {
      expect((await fetch(`${closed.url}/__sandbox/keys`)).status).toBe(404);
    } finally {
      await closed.close();
    }
  });

  test('faults, clock, requests and keys from another process', async () => {
    const sandbox = await startSandbox({ admin: true });
    try {
      const { url } = sandbox;
      const production = at(sandbox, 0);
      expect((await post(url, 'faults', { operation: 'Probe', status: 503 })).status).toBe(200);
      expect(await ask(url, production.fullAccess, PROBE)).toMatchObject({ status: 503 });
      expect((await post(url, 'faults', { kind: 'nonsense' })).status).toBe(400);
      expect((await post(url, 'clock', {})).status).toBe(400);
      expect(await ask(url, production.expiring, PROBE)).toMatchObject({ status: 200 });
      await post(url, 'clock', { advance: 21 * 3_600_000 });
      expect(await ask(url, production.expiring, PROBE)).toMatchObject({ status: 401 });
      expect(((await (await post(url, 'clock', { set: '2030-01-01T00:00:00Z' })).json()) as { now: string }).now).toMatch(/^2030-01-01T00:00:0/);
      expect(await (await fetch(`${url}/__sandbox/requests`)).json()).toMatchObject([{ status: 503 }, { status: 200 }, { status: 401 }]);
      const keys = (await (await fetch(`${url}/__sandbox/keys`)).json()) as { token: string }[];
      expect(keys.map((key) => key.token)).toContain(production.fullAccess);
      expect(await (await fetch(`${url}/__sandbox/environments`)).json()).toHaveLength(3);
      expect((await fetch(`${url}/__sandbox/faults`, { method: 'DELETE' })).status).toBe(200);
      expect((await fetch(`${url}/__sandbox/other`)).status).toBe(404);
    } finally {
      await sandbox.close();
    }
  });
});

describe('as a process of its own, bundled', () => {
  let folder = '';
  let program = '';
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'stigg-sandbox-'));
    program = path.join(folder, 'sandbox.mjs');
    await build({ entryPoints: [path.join(import.meta.dirname, '../../sandbox/main.ts')], bundle: true, platform: 'node', format: 'esm', outfile: program, logLevel: 'error' });
  });
  afterEach(() => {
    child?.kill('SIGKILL');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function start(...args: string[]) {
    const started = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    child = started;
    const lines: string[] = [];
    const reader = createInterface({ input: started.stdout });
    reader.on('line', (line) => lines.push(line));
    await once(reader, 'line');
    const hello = JSON.parse(lines[0] ?? '') as { url: string; environments: { name: string; type: string; id: string; account: string; fullAccess: string; publishable: string }[] };
    return { started, lines, hello };
  }

  test('says where it is in one line, and ends with its parent', async () => {
    const { started, lines, hello } = await start('--globex', '--admin');
    expect(hello.environments.map(({ account, name }) => `${account}/${name}`)).toEqual(['Acme Inc/Production', 'Acme Inc/Staging', 'Acme Inc/Sandbox', 'Globex/Production']);
    expect(await ask(hello.url, hello.environments[0]?.fullAccess, PROBE)).toMatchObject({ status: 200 });
    expect((await fetch(`${hello.url}/__sandbox/requests`)).status).toBe(200);
    started.stdin.end();
    expect(await once(started, 'exit')).toEqual([0, null]);
    expect(lines).toHaveLength(1);
  });

  test('ends on SIGTERM, takes a port, refuses nonsense', async () => {
    const { started, hello } = await start();
    const { port } = new URL(hello.url);
    started.kill('SIGTERM');
    expect(await once(started, 'exit')).toEqual([0, null]);
    const again = await start('--port', port);
    expect(again.hello.url).toBe(hello.url);
    const bad = spawn(process.execPath, [program, '--port', 'x'], { stdio: 'ignore' });
    expect(await once(bad, 'exit')).toEqual([2, null]);
  });
});
