// @ts-check
// VS Code for the Web: static files and a browser, nothing of Node behind it. The workbench is that of .vscode-test/server; its page
// would connect to the server that it comes from, which is taken out of the script on its way. Extensions run in the worker of the
// browser alone.
//
//   const web = await startWebVSCode({ extension: '/abs/folder with package.json and dist/', files: { '/project/app.ts': '...' }, settings: {} });
//   await openWorkbench(web, {});
//   await web.dispose();
import { randomBytes } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { serverParts } from '../tools/setup.mjs';
import { quietSettings } from '../tools/vscodeServer.mjs';
import { ToolError } from '../tools/processes.mjs';
import { page } from './page.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const WORKBENCH = '/build/out/vs/code/browser/workbench/workbench.js';
/** What makes the page of a server connect back to it, and keep the person's data there; and what vscode.dev has in its place. */
const REPLACEMENTS = [[',remoteAuthority:location.host}', '}'], ['.vscodeRemote}),"User")', '.vscodeUserData}),"User")']];
/** @type {Record<string, string>} */
const TYPES = { '.js': 'text/javascript', '.cjs': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.ttf': 'font/ttf', '.wasm': 'application/wasm' };

/**
 * @typedef {object} WebOptions
 * @property {string} extension folder of the extension under test
 * @property {Record<string, string>} files of the workspace, by absolute path
 * @property {Record<string, unknown>} [settings] on top of `quietSettings`
 * @property {string} [folder] which is opened; /work when left out
 */

/** @param {WebOptions} options */
export async function startWebVSCode(options) {
  if (!existsSync(serverParts.vscode)) throw new ToolError('VS Code is not installed yet: run `npm run setup` first.');
  /** @type {[string, string][]} */
  const mounts = [['/build/', serverParts.vscode], ['/extension/', options.extension], ['/files/', path.join(here, 'fs')]];
  const secretHalf = randomBytes(32);
  let host = '';
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    // Webviews and the extension host have origins of their own, and load from the page's.
    const origin = request.headers.origin ?? '';
    if (origin.endsWith(`.${host}`) || origin === `http://${host}`) response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    if (pathname === '/') return send(response, '.html', page({ base: `http://${host}/build`, host, folder: { scheme: 'vscode-vfs', authority: 'github', path: options.folder ?? '/work' }, settings: { ...quietSettings, ...options.settings }, extensions: [at('/extension'), at('/files')] }));
    // Half of what secrets are sealed with in the browser; the other half is kept there.
    if (pathname === '/mint-key') return void response.end(secretHalf);
    if (pathname === '/workspace.json') return send(response, '.json', JSON.stringify(options.files));
    if (pathname === WORKBENCH) return send(response, '.js', withoutServer());
    const [prefix, root] = mounts.find(([prefix]) => pathname.startsWith(prefix)) ?? [];
    const file = prefix === undefined || root === undefined ? undefined : path.join(root, path.normalize(`/${decodeURIComponent(pathname.slice(prefix.length))}`));
    if (file === undefined || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', TYPES[path.extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  });
  const at = (/** @type {string} */ path) => ({ scheme: 'http', authority: host, path });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => { resolve(undefined); });
  });
  const address = server.address();
  // By name: subdomains of localhost are this machine as well.
  host = `localhost:${String(typeof address === 'object' ? address?.port : '')}`;
  return {
    url: `http://${host}/`,
    workbenchUrl: () => `http://${host}/`,
    dispose: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}

/** @returns {string} */
function withoutServer() {
  let text = readFileSync(path.join(serverParts.vscode, WORKBENCH.slice('/build/'.length)), 'utf8');
  for (const [from, to] of REPLACEMENTS) {
    const parts = text.split(from ?? '');
    if (parts.length !== 2) throw new ToolError('The workbench of this VS Code connects to its server in another way than the web suites know.');
    text = parts.join(to);
  }
  return text;
}

/** @param {import('node:http').ServerResponse} response @param {string} extension @param {string} text */
function send(response, extension, text) {
  response.writeHead(200, { 'Content-Type': `${TYPES[extension] ?? 'text/plain'}; charset=utf-8` });
  response.end(text);
}
