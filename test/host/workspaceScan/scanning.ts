import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { FindingsStore } from '../../../src/editor/findings/store.js';
import type { Scanner } from '../../../src/editor/workspaceScan/scanner.js';
import { WorkspaceScan } from '../../../src/editor/workspaceScan/workspaceScan.js';
import { Engine } from '../../../src/scan/engine.js';

export const dist = path.join(path.dirname(createRequire(import.meta.url).resolve('../../../package.json')), 'dist');

export function newEngine(): Engine {
  return new Engine({ readWasm: (name) => readFile(path.join(dist, 'wasm', name)) });
}

/** A folder of the workspace for one suite. */
export function folderOf(name: string): { readonly root: string; uriOf(file: string): vscode.Uri; write(files: Readonly<Record<string, string>>): Promise<void> } {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (folder === undefined) throw new Error('Open a folder');
  const root = path.join(folder, name);
  return {
    root,
    uriOf: (file) => vscode.Uri.file(path.join(root, file)),
    write: async (files) => {
      for (const [file, content] of Object.entries(files)) {
        await mkdir(path.dirname(path.join(root, file)), { recursive: true });
        await writeFile(path.join(root, file), content);
      }
    },
  };
}

/** A scan of the opened workspace that shows nothing. */
export function scanWith(...scanners: Scanner[]): { readonly scan: WorkspaceScan; readonly store: FindingsStore } {
  const store = new FindingsStore();
  const knownKeys = { all: () => new Map(), environmentNames: () => [], onDidChange: () => new vscode.Disposable(() => undefined) };
  return { store, scan: new WorkspaceScan({ store, scanners, knownKeys, logError: () => undefined }) };
}
