import * as vscode from 'vscode';
import { Emitter } from '../../event.js';
import type { SharedState } from '../../keys/vault.js';

const NAME = /^[a-z0-9][\w.-]{0,120}$/i;
/** Other windows of the same browser are looked after this often. */
const POLL_MS = 1_500;

/**
 * SharedState where there is no disk: VS Code for the Web keeps the global storage folder in the browser's own database, where a file
 * is replaced in one transaction. What other windows change is seen by looking, while this window has the focus.
 */
export class BrowserState implements SharedState {
  readonly #folder: vscode.Uri;
  readonly #emitter = new Emitter<string>();
  readonly onDidChange = this.#emitter.event;
  readonly #subscription: vscode.Disposable;
  readonly #timer: ReturnType<typeof setInterval>;
  #known: ReadonlyMap<string, string> | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(folder: vscode.Uri) {
    this.#folder = folder;
    this.#timer = setInterval(() => { if (vscode.window.state.focused) this.#look(); }, POLL_MS);
    this.#subscription = vscode.window.onDidChangeWindowState(({ focused }) => { if (focused) this.#look(); });
    this.#look();
  }

  async list(prefix: string): Promise<readonly string[]> {
    return (await this.#entries()).filter((name) => name.startsWith(prefix));
  }

  async read(name: string): Promise<string | undefined> {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.#fileOf(name)));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async write(name: string, text: string): Promise<void> {
    const file = this.#fileOf(name);
    await vscode.workspace.fs.createDirectory(this.#folder);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    this.#look();
  }

  async delete(name: string): Promise<void> {
    try {
      await vscode.workspace.fs.delete(this.#fileOf(name));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    this.#look();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#subscription.dispose();
    this.#emitter.dispose();
  }

  #fileOf(name: string): vscode.Uri {
    if (!NAME.test(name)) throw new Error('Not a name of the shared state');
    return vscode.Uri.joinPath(this.#folder, name);
  }

  async #entries(): Promise<string[]> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(this.#folder);
      return entries.filter(([name, type]) => type === vscode.FileType.File && NAME.test(name)).map(([name]) => name);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  #look(): void {
    // What cannot be read now is looked at again, and told by whoever needs it.
    this.#looking = this.#looking.then(() => this.#compare()).catch(() => undefined);
  }

  /** By the text: two changes within a millisecond have the same time. The records are few and small. */
  async #compare(): Promise<void> {
    const now = new Map<string, string>();
    for (const name of await this.#entries()) now.set(name, (await this.read(name)) ?? '');
    const before = this.#known;
    this.#known = now;
    if (before === undefined) return;
    for (const name of new Set([...before.keys(), ...now.keys()])) if (before.get(name) !== now.get(name)) this.#emitter.fire(name);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
