// @ts-check
// The local Stigg as a process of its own, for tools in plain JavaScript: test/sandbox/main.ts, built on the fly.
//
//   const sandbox = await startSandboxProcess({ port: 0 });   { url, environments, pid, dispose() }
//
// `environments` holds the sandbox's throw-away tokens. Suites in TypeScript import test/sandbox/index.ts instead.
import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { repoRoot } from './paths.mjs';
import { endTree, ToolError } from './processes.mjs';

/** @typedef {{ name: string, type: string, id: string, account: string, fullAccess: string, publishable: string }} SandboxEnvironment */

/** @param {{ port?: number, admin?: boolean }} [options] */
export async function startSandboxProcess(options = {}) {
  const { build } = await import('esbuild');
  const outfile = path.join(repoRoot, 'dist-test', 'sandbox', 'main.mjs');
  await build({ absWorkingDir: repoRoot, entryPoints: ['test/sandbox/main.ts'], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', logLevel: 'error' });
  const args = [outfile, '--port', String(options.port ?? 0), ...(options.admin === true ? ['--admin'] : [])];
  // It ends when its standard input does, so it never outlives this process, however that ends.
  // In a group of its own, so that Ctrl-C in the terminal reaches only us and things end in order.
  const child = spawn(process.execPath, args, { cwd: repoRoot, stdio: ['pipe', 'pipe', 'inherit'], detached: process.platform !== 'win32' });
  /** @type {string} */
  const line = await new Promise((resolve, reject) => {
    let text = '';
    child.once('error', reject);
    child.once('exit', (code) => { reject(new ToolError(`The sandbox ended at once (exit code ${String(code)}).`)); });
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end !== -1) resolve(text.slice(0, end));
    });
  });
  const { url, environments } = /** @type {{ url: string, environments: SandboxEnvironment[] }} */ (JSON.parse(line));
  return { url, environments, pid: child.pid ?? 0, dispose: () => endTree(child.pid) };
}
