// The npm package as a person gets it: installed into an empty folder, offline and without scripts, and run from there.
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newToken } from '../sandbox/tokens.js';
import { npmPackagePath, repoRoot } from '../tools/paths.mjs';
import { npmCommand } from '../tools/processes.mjs';

let folder = '';
let installed = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-npm-')));
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  mkdirSync(path.join(folder, 'empty'));
  const result = npm('install', '--offline', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', npmPackagePath);
  expect(result.status, result.stderr).toBe(0);
  installed = path.join(folder, 'node_modules', 'stigg-keys');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Nothing of this machine but the programs: no keychain, no session bus, no cache of somebody's. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, ComSpec, PATHEXT } = process.env;
  return { PATH, SystemRoot, ComSpec, PATHEXT, HOME: path.join(folder, 'empty'), USERPROFILE: path.join(folder, 'empty'), npm_config_update_notifier: 'false' };
}

function npm(...args: string[]): SpawnSyncReturns<string> {
  const program = npmCommand(args);
  return spawnSync(program.command, program.args, { cwd: folder, env: environment(), encoding: 'utf8' });
}

function run(args: readonly string[], input?: string, program = path.join(installed, 'dist', 'cli.js')): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [program, ...args], { cwd: folder, env: environment(), encoding: 'utf8', ...(input === undefined ? {} : { input }) });
}

const leak = (): string => `export const key = '${newToken('server', randomUUID())}';\n`;

describe('the npm package, installed without optional packages and scripts', () => {
  it('stands alone', () => {
    expect(readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['stigg-keys']);
  });

  it('is started by npx, under the name of its command', () => {
    const { version } = JSON.parse(readFileSync(path.join(repoRoot, 'package.json'), 'utf8')) as { version: string };
    const result = npm('exec', '--offline', '--', 'stigg-keys', '--version');
    expect([result.status, result.stdout, result.stderr]).toEqual([0, `${version}\n`, '']);
  });

  it('explains itself', () => {
    const result = run(['--help']);
    expect(result.status, result.stderr).toBe(0);
    for (const word of ['stigg-keys', 'scan', 'run']) expect(result.stdout).toContain(word);
  });

  it('finds a key in every format, and says it masked', () => {
    mkdirSync(path.join(folder, 'project'), { recursive: true });
    for (const name of ['a.ts', 'b.py', 'c.yaml', 'd.cs', 'e.hcl', 'f.json']) {
      const text = leak();
      writeFileSync(path.join(folder, 'project', name), name.endsWith('.ts') ? text : `${name.endsWith('.json') ? '{"key": "' : name.endsWith('.cs') ? 'var key = "' : name.endsWith('.yaml') ? 'key: "' : 'key = "'}${/'(.*)'/.exec(text)?.[1] ?? ''}"${name.endsWith('.json') ? '}' : name.endsWith('.cs') ? ';' : ''}\n`);
    }
    for (const format of ['text', 'json', 'sarif', 'github']) {
      const result = run(['scan', 'project', '--format', format, '--fail-on', 'warning']);
      expect([result.status, result.stderr]).toEqual([1, '']);
      for (const name of ['a.ts', 'b.py', 'c.yaml', 'd.cs', 'e.hcl', 'f.json']) expect(result.stdout, format).toContain(`project/${name}`);
      expect(result.stdout).not.toMatch(/server-[0-9a-f]{8}-[0-9a-f]{4}-/);
    }
    const { findings } = JSON.parse(run(['scan', 'project', '--format', 'json']).stdout) as { findings: { rule: string }[] };
    expect(findings.map(({ rule }) => rule)).toEqual(Array.from({ length: 6 }, () => 'hardcoded-server-key'));
    expect(run(['scan', '--stdin', '--stdin-filename', 'x.ts', '--fail-on', 'warning'], leak()).status).toBe(1);
    expect(run(['scan', '--stdin', '--stdin-filename', 'x.ts'], 'export const key = process.env.KEY;\n').status).toBe(0);
  });

  it.runIf(existsSync(path.join(repoRoot, 'node_modules', '@vscode', 'ripgrep')))('finds the same with ripgrep beside it', () => {
    const without = run(['scan', 'project', '--format', 'json']).stdout;
    const scope = path.join(folder, 'node_modules', '@vscode');
    mkdirSync(scope);
    for (const name of readdirSync(path.join(repoRoot, 'node_modules', '@vscode')).filter((each) => each.startsWith('ripgrep'))) symlinkSync(path.join(repoRoot, 'node_modules', '@vscode', name), path.join(scope, name), 'junction');
    try {
      const findings = (json: string): unknown => (JSON.parse(json) as { findings: unknown }).findings;
      expect(findings(run(['scan', 'project', '--format', 'json']).stdout)).toEqual(findings(without));
    } finally {
      rmSync(scope, { recursive: true });
    }
  });

  it.runIf(process.platform === 'linux')('says why, and what to do, where there is no keychain', () => {
    const result = run(['run', '--env', 'staging', '--', process.execPath, '-e', '0']);
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(/^stigg-keys: .*(keychain|Secret Service|D-Bus)/i);
  });

  it('says so where there is no native code at all, and scans all the same', () => {
    const copy = path.join(folder, 'without');
    cpSync(installed, copy, { recursive: true });
    rmSync(path.join(copy, 'dist', 'keytar'), { recursive: true });
    const program = path.join(copy, 'dist', 'cli.js');
    const result = run(['run', '--env', 'staging', '--', process.execPath, '-e', '0'], undefined, program);
    expect([result.status, result.stdout]).toEqual([2, '']);
    expect(result.stderr).toContain('no keychain module for this system');
    expect(result.stderr).not.toMatch(/internal error|\n\s+at /);
    expect(run(['scan', 'project', '--fail-on', 'warning'], undefined, program).status).toBe(1);
  });
});
