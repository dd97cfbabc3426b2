import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { vi } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/index.js';
import { openWorkbench } from '../tools/browser.mjs';
import { startKeychain } from '../tools/keychain.mjs';
import { startVSCode } from '../tools/vscodeServer.mjs';
import { LeakFinder, type Leak } from './leaks.js';

export type Bench = Awaited<ReturnType<typeof openWorkbench>>;
export type Code = Awaited<ReturnType<typeof startVSCode>>;
export type Keychain = Awaited<ReturnType<typeof startKeychain>>;

const repository = path.resolve(import.meta.dirname, '../..');
export const vsix = path.join(repository, 'dist/stigg-key-hygiene.vsix');

/** Straight into Restricted Mode, without the question at the start. */
const RESTRICTED = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' };

/** Everything a person has in front of them, on real parts: VS Code with the packaged extension, a keychain, a Stigg. */
export interface World {
  readonly sandbox: Sandbox;
  readonly keychain: Keychain;
  readonly code: Code;
  readonly bench: Bench;
  /** The opened folder. */
  readonly workspace: string;
  /** Holds every file that VS Code, the browser, the shell and the workspace may write. */
  readonly root: string;
  /** Ends VS Code and the browser, and keeps the files. */
  quit(): Promise<void>;
  /** Quits, and looks for every token of the sandbox in every file that was written; also how many files that were. */
  leaks(): Promise<{ readonly leaks: readonly Leak[]; readonly files: number }>;
  dispose(): Promise<void>;
}

export interface WorldOptions {
  readonly sandbox?: SandboxOptions;
  readonly keychain?: 'unlocked' | 'locked' | 'none' | 'no-bus';
  /** More of the person's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Replaces the sandbox as the endpoint, for a Stigg that is not there. */
  readonly endpoint?: string;
  /** Written into the workspace before it is opened: quick open remembers which files there are. */
  readonly files?: (sandbox: Sandbox) => Readonly<Record<string, string>>;
  /** Opens the folder in Restricted Mode, as a folder that nobody has trusted yet. */
  readonly isUntrusted?: boolean;
  /** Another build of the extension than the one that is published. */
  readonly vsix?: string;
  /** Subfolder of .vscode-test/artifacts for this suite's pictures. */
  readonly pictures: string;
}

/** Enter in the open quick input, wherever the focus is. */
export async function acceptQuickInput({ page }: Bench): Promise<void> {
  await page.locator('.quick-input-widget').locator('.quick-input-box input, .quick-input-filter input').first().press('Enter');
}

/** Keys that are pressed before the editor has the focus go elsewhere. */
export async function editorHasFocus({ page }: Bench): Promise<void> {
  await page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
}

/** A dialog or a list can be seen a moment before it takes keys. */
export async function hasFocus({ page }: Bench, place: string): Promise<void> {
  await vi.waitFor(async () => {
    if (!await page.evaluate<boolean>(`document.activeElement?.closest(${JSON.stringify(place)}) != null`)) throw new Error(`The focus is not in ${place}`);
  }, { timeout: 20_000 });
}

/** Shows the hover at the cursor until it says this: a hover does not follow what becomes known after it was opened. */
export async function hoverShows(bench: Bench, words: RegExp): Promise<void> {
  const hover = bench.page.locator('.monaco-hover').filter({ hasText: words }).first();
  await vi.waitFor(async () => {
    await bench.runCommand('Show or Focus Hover');
    try {
      await hover.waitFor({ timeout: 10_000 });
    } catch (error) {
      await bench.page.keyboard.press('Escape');
      throw error;
    }
  }, { timeout: 90_000 });
}

/** Opens the quick fixes at the cursor until this is among them. The first time all of TypeScript is loaded before the list shows. */
export async function quickFixesShow({ page }: Bench, shown: Locator): Promise<void> {
  await vi.waitFor(async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    await shown.waitFor({ timeout: 15_000 });
  }, { timeout: 120_000 });
}

/** Starts a world of its own for one suite. */
export async function startWorld(options: WorldOptions): Promise<World> {
  if (!existsSync(vsix)) throw new Error('The VSIX is missing: run `npm run package` first.');
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-ui-')));
  const workspace = path.join(root, 'workspace');
  cpSync(path.join(repository, 'test/sample-workspace'), workspace, { recursive: true });
  const home = path.join(root, 'home');
  const temporary = path.join(root, 'tmp');
  for (const folder of [home, temporary]) mkdirSync(folder, { recursive: true });
  const endings: (() => Promise<void>)[] = [];
  const end = async (): Promise<void> => {
    for (const ending of endings.splice(0).reverse()) await ending();
  };
  try {
    const sandbox = await startSandbox(options.sandbox);
    for (const [name, text] of Object.entries(options.files?.(sandbox) ?? {})) {
      mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
      writeFileSync(path.join(workspace, name), text);
    }
    const keychain = await startKeychain({ mode: options.keychain ?? 'unlocked' });
    const code = await startVSCode({
      root: path.join(root, 'code'),
      vsix: options.vsix ?? vsix,
      // The seeds have old keys; a reminder of them would lie over what the suites look at.
      settings: { 'stiggKeys.api.endpoint': options.endpoint ?? sandbox.url, 'stiggKeys.reminders.enabled': false, ...(options.isUntrusted === true ? RESTRICTED : {}), ...options.settings },
      ...(options.isUntrusted === true ? { workspaceTrust: true } : {}),
      // Its own home and temporary folder: whatever is written anywhere is written under `root`.
      env: { ...keychain.env, HOME: home, TMPDIR: temporary, HISTFILE: path.join(home, '.bash_history'), SHELL: '/bin/bash' },
    });
    endings.push(() => code.dispose({ keep: true }));
    const pictures = path.join(repository, '.vscode-test/artifacts', options.pictures);
    const bench = await openWorkbench(code, { folder: workspace, profile: path.join(root, 'chromium'), screenshots: pictures });
    endings.push(() => bench.close());
    // For machines with something else to do.
    bench.page.setDefaultTimeout(60_000);
    return {
      sandbox, keychain, code, bench, workspace, root,
      quit: end,
      async leaks() {
        await end();
        const finder = new LeakFinder(new Map(sandbox.keys().map((key) => [`${key.name} (${key.type}, ${key.id})`, key.token])));
        return { leaks: finder.inFolder(root), files: finder.files };
      },
      async dispose() {
        await end();
        await keychain.dispose();
        await sandbox.close();
        rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
