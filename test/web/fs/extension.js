// @ts-check
/* global exports, require, TextEncoder */
// A workspace without a disk, as vscode.dev has for a repository on a server: under the scheme that GitHub's has there, filled from what the test's
// server lists. It also leaves VS Code's API where a test can reach it through the worker (see ../window.ts).
// The worker of a browser loads CommonJS only.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const vscode = require('vscode');

const SCHEME = 'vscode-vfs';

/** @typedef {{ type: vscode.FileType, mtime: number, bytes: Uint8Array }} Entry */

class Memory {
  /** @type {Map<string, Entry>} by path, without a slash at the end */
  #entries = new Map([['/', { type: vscode.FileType.Directory, mtime: 1, bytes: new Uint8Array() }]]);
  #changed = new vscode.EventEmitter();
  #clock = 1;
  onDidChangeFile = this.#changed.event;

  watch() {
    return new vscode.Disposable(() => undefined);
  }

  /** @param {vscode.Uri} uri */
  stat(uri) {
    const { type, mtime, bytes } = this.#get(uri);
    return { type, ctime: 1, mtime, size: bytes.length };
  }

  /** @param {vscode.Uri} uri */
  readDirectory(uri) {
    this.#get(uri);
    const folder = uri.path.replace(/\/*$/, '/');
    return [...this.#entries].filter(([path]) => path !== '/' && path.startsWith(folder) && !path.slice(folder.length).includes('/') && path.length > folder.length)
      .map(([path, { type }]) => [path.slice(folder.length), type]);
  }

  /** @param {vscode.Uri} uri */
  readFile(uri) {
    return this.#get(uri).bytes;
  }

  /** @param {vscode.Uri} uri @param {Uint8Array} bytes */
  writeFile(uri, bytes) {
    const isNew = !this.#entries.has(uri.path);
    this.createDirectory(vscode.Uri.joinPath(uri, '..'));
    this.#entries.set(uri.path, { type: vscode.FileType.File, mtime: ++this.#clock, bytes });
    this.#tell(isNew ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed, uri);
  }

  /** @param {vscode.Uri} uri */
  createDirectory(uri) {
    if (this.#entries.has(uri.path)) return;
    this.createDirectory(vscode.Uri.joinPath(uri, '..'));
    this.#entries.set(uri.path, { type: vscode.FileType.Directory, mtime: ++this.#clock, bytes: new Uint8Array() });
  }

  /** @param {vscode.Uri} uri */
  delete(uri) {
    this.#get(uri);
    for (const path of [...this.#entries.keys()]) if (path === uri.path || path.startsWith(`${uri.path}/`)) this.#entries.delete(path);
    this.#tell(vscode.FileChangeType.Deleted, uri);
  }

  /** @param {vscode.Uri} from @param {vscode.Uri} to */
  rename(from, to) {
    for (const [path, entry] of [...this.#entries]) {
      if (path !== from.path && !path.startsWith(`${from.path}/`)) continue;
      this.#entries.delete(path);
      this.#entries.set(to.path + path.slice(from.path.length), entry);
    }
    this.#tell(vscode.FileChangeType.Deleted, from);
    this.#tell(vscode.FileChangeType.Created, to);
  }

  files() {
    return [...this.#entries].filter(([, { type }]) => type === vscode.FileType.File).map(([path]) => path);
  }

  /** @param {vscode.Uri} uri @returns {Entry} */
  #get(uri) {
    const entry = this.#entries.get(uri.path.replace(/(?<=.)\/$/, ''));
    if (entry === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return entry;
  }

  /** @param {vscode.FileChangeType} type @param {vscode.Uri} uri */
  #tell(type, uri) {
    setTimeout(() => { this.#changed.fire([{ type, uri }]); }, 5);
  }
}

exports.activate = async (/** @type {vscode.ExtensionContext} */ context) => {
  const memory = new Memory();
  const response = await fetch(vscode.Uri.joinPath(context.extensionUri, '..', 'workspace.json').toString(true));
  for (const [path, text] of Object.entries(/** @type {Record<string, string>} */ (await response.json()))) memory.writeFile(vscode.Uri.from({ scheme: SCHEME, authority: 'github', path }), new TextEncoder().encode(text));
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider(SCHEME, /** @type {any} */ (memory), { isCaseSensitive: true }));
  // Proposed API, which the test's product configuration allows: without it `findFiles` and quick open find nothing in a scheme of one's own.
  const search = /** @type {any} */ (vscode.workspace).registerFileSearchProvider;
  if (search !== undefined) {
    context.subscriptions.push(search.call(vscode.workspace, SCHEME, {
      provideFileSearchResults: (/** @type {unknown} */ _query, /** @type {{ folder: vscode.Uri }} */ { folder }) =>
        memory.files().filter((path) => path.startsWith(folder.path)).map((path) => folder.with({ path })),
    }));
  }
  /** @type {any} */ (globalThis).testApi = vscode;
};
