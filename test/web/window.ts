import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import type { Worker } from 'playwright-core';
import { vi } from 'vitest';
import type * as vscode from 'vscode';
import { openWorkbench } from '../tools/browser.mjs';
import { artifactsDir, vsixPath } from '../tools/paths.mjs';
import { startWebVSCode } from './server.mjs';

type Bench = Awaited<ReturnType<typeof openWorkbench>>;

declare global {
  /** VS Code's API, left by the extension in fs/; in the worker alone. */
  var testApi: typeof vscode;
}

/** A window of VS Code for the Web with the packaged extension. */
export interface WebWindow {
  readonly bench: Bench;
  /** Runs in the worker of the extensions, where `testApi` is VS Code's API. The function is sent as text: it sees nothing but its argument. */
  inside<T, A>(work: (argument: A) => T | PromiseLike<T>, argument: A): Promise<T>;
  /** What the page's console holds of ours: errors that name the extension's files. */
  ownErrors(): readonly string[];
  /** Closes the browser and gives the folder in which it has kept things. */
  quit(): Promise<string>;
  dispose(): Promise<void>;
}

export interface WebOptions {
  /** The files of the workspace, by their path below its folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Subfolder of .vscode-test/artifacts for this suite's pictures. */
  readonly pictures: string;
}

/** Waits until `assert` no longer throws: a browser that does everything by itself takes longer than a test of one module. */
export function eventually(assert: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(assert, { timeout: 60_000 });
}

export const FOLDER = '/acme/shop';

export async function openWeb({ files, settings = {}, pictures }: WebOptions): Promise<WebWindow> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-web-')));
  const extension = path.join(root, 'extension');
  for (const [name, content] of Object.entries(unzipSync(readFileSync(vsixPath)))) {
    if (!name.startsWith('extension/') || name.endsWith('/')) continue;
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const web = await startWebVSCode({ extension, folder: FOLDER, settings, files: Object.fromEntries(Object.entries(files).map(([name, text]) => [`${FOLDER}/${name}`, text])) });
  const profile = path.join(root, 'browser');
  let bench: Bench | undefined;
  const quit = async (): Promise<string> => {
    await bench?.close();
    bench = undefined;
    return profile;
  };
  const dispose = async (): Promise<void> => {
    await quit();
    await web.dispose();
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    const opened = (bench = await openWorkbench(web, { profile, screenshots: path.join(artifactsDir, 'web', pictures) }));
    opened.page.setDefaultTimeout(60_000);
    const inside = async <T, A>(work: (argument: A) => T | PromiseLike<T>, argument: A): Promise<T> => {
      // Extensions start once the window stands; a reload starts them anew.
      let worker: Worker | undefined;
      await eventually(async () => {
        for (const one of opened.page.workers()) if (await one.evaluate(() => 'testApi' in globalThis).catch(() => false)) worker = one;
        if (worker === undefined) throw new Error('The worker of the extensions has not started');
      });
      // Playwright's own type of an argument knows less than a function's.
      return (worker as unknown as { evaluate(work: (argument: A) => T | PromiseLike<T>, argument: A): Promise<T> }).evaluate(work, argument);
    };
    return {
      bench: opened, inside, quit, dispose,
      ownErrors: () => opened.consoleText().split('\n').filter((line) => /^\[(?:error|page error)\]/.test(line) && /stigg-key-hygiene|\/extension\/dist\//.test(line)),
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
