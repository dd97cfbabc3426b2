// @ts-check
// A person at the workbench: Chromium driven by Playwright, with the few moves that the suites need.
//
//   import { openWorkbench } from '../tools/browser.mjs';
//   const bench = await openWorkbench(code, { folder: '/abs/workspace', screenshots: '/abs/folder' });
//   await bench.runCommand('Stigg: Add Environment');     command palette
//   await bench.answer('text');                           the open quick input: type and Enter
//   await bench.pick(/Production/);                       the open quick pick: choose a row
//   await bench.notification(/was rotated/);              waits for it; .press('Button') chooses its button
//   await bench.pressInDialog('Revoke');                  modal dialog
//   await bench.openView('Stigg'); await bench.treeRow('Production'); await bench.treeAction('Production', 'Refresh');
//   await bench.openFile('app/pricing.tsx'); await bench.goTo(12, 5); await bench.quickFix(/Move to keychain/);
//   await bench.screenshot('03-rotated'); await bench.reload(); await bench.close();
// `bench.page` is Playwright's own page for everything else. Texts are matched as a person reads them (string: contains).
import { mkdirSync, rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { artifactsDir } from './paths.mjs';
import { ToolError } from './processes.mjs';
import { findBrowser } from './setup.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */
/** @typedef {string | RegExp} Text */

/**
 * @typedef {object} OpenOptions
 * @property {string} [folder] absolute path of the workspace folder
 * @property {[string, string][]} [payload] more entries for the workbench, such as extensionDevelopmentPath
 * @property {string} [profile] Chromium's own folder, to keep it (storage of the web workbench) over restarts; else temporary
 * @property {string} [screenshots] folder for screenshots; .vscode-test/artifacts when left out
 * @property {(page: Page) => Promise<void>} [prepare] runs before the workbench loads, for page.exposeFunction and the like
 * @property {boolean} [waitUntilReady] false returns as soon as the page loads
 */

/**
 * @param {{ workbenchUrl: (open: { folder?: string, payload?: [string, string][] }) => string }} code a running VS Code
 * @param {OpenOptions} [options]
 */
export async function openWorkbench(code, options = {}) {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new ToolError('No Chromium or Chrome was found: run `npm run setup` first.');
  const profile = options.profile ?? mkdtempSync(path.join(tmpdir(), 'stigg-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    permissions: ['clipboard-read', 'clipboard-write'],
    args: ['--disable-dev-shm-usage', '--disable-gpu', '--no-first-run'],
  });
  context.setDefaultTimeout(60_000);
  const page = context.pages()[0] ?? (await context.newPage());
  const bench = new Workbench(page, options.screenshots ?? artifactsDir, async () => {
    await context.close();
    if (options.profile === undefined) rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });
  try {
    await options.prepare?.(page);
    /** @type {{ folder?: string, payload?: [string, string][] }} */
    const open = {};
    if (options.folder !== undefined) open.folder = options.folder;
    if (options.payload !== undefined) open.payload = options.payload;
    await page.goto(code.workbenchUrl(open), { waitUntil: 'domcontentloaded', timeout: 60_000 });
    if (options.waitUntilReady !== false) await bench.ready();
  } catch (error) {
    await bench.screenshot('workbench-did-not-open').catch(() => undefined);
    await bench.close();
    throw error;
  }
  return bench;
}

export class Workbench {
  #close;
  #screenshots;
  /** @type {string[]} */
  #console = [];

  /** @param {Page} page @param {string} screenshots @param {() => Promise<void>} close */
  constructor(page, screenshots, close) {
    this.page = page;
    this.#screenshots = screenshots;
    this.#close = close;
    page.on('console', (message) => this.#console.push(`[${message.type()}] ${message.text()}`));
    page.on('pageerror', (error) => this.#console.push(`[page error] ${error.message}`));
    // "Leave site?" when a reload finds unsaved files.
    page.on('dialog', (dialog) => { dialog.accept().catch(() => undefined); });
  }

  /** What the page wrote to its console: the workbench's own log and, with the smoke test driver, the extension host's. */
  consoleText() {
    return this.#console.join('\n');
  }

  /** Waits until the workbench stands and its extension host has started. */
  async ready() {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.page.locator('.part.statusbar .statusbar-item').first().waitFor({ timeout: 30_000 });
    await this.page.locator('.activitybar .action-item').first().waitFor({ timeout: 30_000 });
    // The status bar says "Opening Remote..." until the connection to the server stands.
    await this.page.locator('.statusbar-item', { hasText: /Opening Remote|Connecting/ }).waitFor({ state: 'hidden', timeout: 60_000 });
  }

  /** @param {string} name file name without extension; returns the file's path */
  async screenshot(name) {
    const file = path.join(this.#screenshots, `${name}.png`);
    mkdirSync(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
    return file;
  }

  /** Keeps the page's console beside the screenshots, for a look after a failure. @param {string} name */
  saveConsole(name) {
    mkdirSync(this.#screenshots, { recursive: true });
    writeFileSync(path.join(this.#screenshots, `${name}.log`), this.consoleText());
  }

  async reload() {
    await this.page.reload({ waitUntil: 'domcontentloaded' });
    await this.ready();
  }

  async close() {
    await this.#close();
  }

  // --- quick input -------------------------------------------------------------------------------------------

  get #quickInput() {
    return this.page.locator('.quick-input-widget');
  }

  get #quickInputBox() {
    return this.#quickInput.locator('.quick-input-box input, .quick-input-filter input').first();
  }

  /** @param {string} title as the palette shows it, with its category */
  async runCommand(title) {
    await this.#chooseInQuickInput('F1', `>${title}`, this.#quickInput.locator('.quick-input-list .monaco-list-row').filter({ has: this.page.locator('.label-name').getByText(title, { exact: true }) }).first());
    // The palette holds the command's words: whoever waits for a list of that name must not be given the palette.
    for (let attempt = 0; attempt < 400; attempt++) {
      const typed = await this.#quickInputBox.isVisible() ? await this.#quickInputBox.inputValue({ timeout: 1_000 }).catch(() => '') : '';
      if (typed !== `>${title}`) return;
      await this.page.waitForTimeout(50);
    }
    throw new Error(`The palette did not close after ${title} was chosen.`);
  }

  /** Opens the quick input and chooses a row. @param {string} key @param {string} text @param {Locator} row */
  async #chooseInQuickInput(key, text, row) {
    for (let left = 4; ; left--) {
      try {
        await this.#openQuickInput(key, text);
        await row.click({ timeout: left > 0 ? 5_000 : 60_000 });
        return;
      } catch (error) {
        // A page that has just opened (a walkthrough, a web view) may take the focus, and that closes the quick input.
        if (left === 0) throw error;
      }
    }
  }

  /** F1 and the like do nothing while a window still loads, so ask until the box is there. @param {string} key @param {string} text */
  async #openQuickInput(key, text) {
    for (let left = 4; ; left--) {
      await this.page.keyboard.press(key);
      try {
        await this.#quickInputBox.waitFor({ timeout: 3_000 });
        await this.#quickInputBox.fill(text, { timeout: 3_000 });
        return;
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }

  /** Waits for an open quick input (box or list) and gives it; `title` and message are part of its text. @param {Text} [text] */
  async quickInput(text) {
    const widget = text === undefined ? this.#quickInput : this.#quickInput.filter({ hasText: text });
    await widget.waitFor();
    return widget;
  }

  /** What the open quick input says: title, message, placeholder and whether what is typed is masked. */
  async readQuickInput() {
    await this.#quickInput.waitFor();
    return {
      title: (await this.#quickInput.locator('.quick-input-title').textContent()) ?? '',
      message: (await this.#quickInput.locator('.quick-input-message').textContent()) ?? '',
      placeholder: (await this.#quickInputBox.getAttribute('placeholder')) ?? '',
      masked: (await this.#quickInputBox.getAttribute('type')) === 'password',
      rows: await this.#quickInput.locator('.quick-input-list .monaco-list-row').allInnerTexts(),
    };
  }

  /** Types into the open input and presses Enter. @param {string} text @param {{ accept?: boolean }} [options] */
  async answer(text, options = {}) {
    await this.#quickInputBox.waitFor();
    await this.#quickInputBox.fill(text);
    if (options.accept !== false) await this.#quickInputBox.press('Enter');
  }

  /** Chooses a row of the open quick pick. @param {Text} label */
  async pick(label) {
    await this.#quickInput.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first().click();
  }

  async cancelQuickInput() {
    await this.page.keyboard.press('Escape');
    await this.#quickInput.waitFor({ state: 'hidden' });
  }

  // --- notifications and dialogs -------------------------------------------------------------------------------

  /** Waits for a notification. @param {Text} text @param {{ timeout?: number }} [options] */
  async notification(text, options = {}) {
    const item = this.page.locator('.notification-toast .notification-list-item').filter({ hasText: text }).first();
    await item.waitFor(options);
    return {
      text: async () => ((await item.locator('.notification-list-item-message').textContent()) ?? '').trim(),
      buttons: () => item.locator('.notification-list-item-buttons-container .monaco-button').allInnerTexts(),
      /** @param {Text} button */
      press: async (button) => {
        await item.hover();
        await item.locator('.monaco-button').filter({ hasText: button }).first().click();
      },
      dismiss: async () => {
        await item.hover();
        await item.locator('.codicon-notifications-clear').first().click();
      },
    };
  }

  async notifications() {
    return this.page.locator('.notification-toast .notification-list-item-message').allInnerTexts();
  }

  async clearNotifications() {
    await this.runCommand('Notifications: Clear All Notifications');
  }

  /** Waits for a modal dialog and gives its text. @param {Text} [text] */
  async dialog(text) {
    const box = this.page.locator('.monaco-dialog-box').filter(text === undefined ? {} : { hasText: text });
    await box.waitFor();
    return box.innerText();
  }

  /** @param {Text} button */
  async pressInDialog(button) {
    await this.page.locator('.monaco-dialog-box .monaco-button').filter({ hasText: button }).first().click();
  }

  // --- sidebar -------------------------------------------------------------------------------------------------

  /** Shows a view container of the activity bar. @param {string} title */
  async openView(title) {
    const item = this.page.locator('.activitybar .action-item').filter({ has: this.page.locator(`.action-label[aria-label^=${JSON.stringify(title)}]`) }).first();
    const shown = this.page.locator('.part.sidebar .composite.title').filter({ hasText: new RegExp(title, 'i') });
    // After a reload the view may come back by itself in the moment in which it is pressed, and the press then closes it.
    for (let left = 3; left > 0; left--) {
      if (!/checked/.test((await item.getAttribute('class')) ?? '')) await item.click();
      const isShown = await shown.waitFor({ timeout: left > 1 ? 7_000 : 20_000 }).then(() => true, (error) => { if (left === 1) throw error; return false; });
      if (isShown) return;
    }
  }

  /** The first row of the sidebar's trees that reads like this; waits for it. @param {Text} text @param {{ timeout?: number }} [options] */
  async treeRow(text, options = {}) {
    const row = this.page.locator('.part.sidebar .monaco-list-row').filter({ hasText: text }).first();
    await row.waitFor(options);
    return row;
  }

  /** The visible rows of the sidebar's trees, as read from top to bottom. */
  async treeRows() {
    const rows = await this.page.locator('.part.sidebar .monaco-list-row').evaluateAll((elements) => elements.map((element) => ({ index: Number(element.getAttribute('data-index')), text: element.textContent.trim() })));
    return rows.sort((a, b) => a.index - b.index).map((row) => row.text);
  }

  /** Presses an inline action of a row. @param {Text} row @param {string} action its tooltip */
  async treeAction(row, action) {
    for (let left = 3; ; left--) {
      const target = await this.treeRow(row);
      try {
        await target.hover({ timeout: 7_000 });
        await target.locator(`.actions .action-label[aria-label^=${JSON.stringify(action)}]`).first().click({ timeout: 7_000 });
        return;
      } catch (error) {
        // A tree that is drawn anew takes the row, and with it the hover that shows the actions.
        if (left === 0) throw error;
      }
    }
  }

  /** Chooses from a row's context menu. @param {Text} row @param {Text} action */
  async treeMenu(row, action) {
    await (await this.treeRow(row)).click({ button: 'right' });
    const item = this.page.locator('.monaco-menu .action-item').filter({ hasText: action }).first();
    await item.hover();
    // A menu takes no click for a moment after it has opened: the press that opened it may still end there.
    await this.page.waitForTimeout(500);
    await item.click();
  }

  /** Presses a button of a view's title bar. @param {string} view @param {string} action */
  async viewAction(view, action) {
    const header = this.page.locator('.part.sidebar').locator('.pane-header, .composite.title').filter({ hasText: new RegExp(view, 'i') }).first();
    await header.hover();
    await header.locator(`.action-label[aria-label^=${JSON.stringify(action)}]`).first().click();
  }

  // --- editor --------------------------------------------------------------------------------------------------

  /** Opens a file of the workspace by its path and waits until it can be typed into. @param {string} file */
  async openFile(file) {
    const name = path.posix.basename(file);
    // Not Enter: until the search is done the list may begin with the file that was open last.
    await this.#chooseInQuickInput('Control+p', file, this.#quickInput.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first());
    await this.page.locator('.tab.active').filter({ hasText: name }).waitFor();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
  }

  /** Puts the cursor somewhere; both 1-based. @param {number} line @param {number} [column] */
  async goTo(line, column = 1) {
    await this.#openQuickInput('Control+g', `:${line}:${column}`);
    await this.#quickInputBox.press('Enter');
    await this.#quickInput.waitFor({ state: 'hidden' });
  }

  /**
   * Types at the cursor, as a person does. `instantly` inserts in one go, so brackets are not closed and suggestions stay away.
   * @param {string} text @param {{ instantly?: boolean }} [options]
   */
  async type(text, options = {}) {
    if (options.instantly === true) await this.page.keyboard.insertText(text);
    else await this.page.keyboard.type(text, { delay: 10 });
  }

  /** Asks for a save. A tab that is not dirty yet looks like a saved one, so what is on disk has to be polled. */
  async save() {
    await this.page.keyboard.press('Control+s');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
  }

  /** Waits for a squiggle in the open editor. @param {'error' | 'warning' | 'info'} severity */
  async squiggle(severity) {
    const squiggle = this.page.locator(`.editor-instance .squiggly-${severity}`).first();
    await squiggle.waitFor({ state: 'attached' });
    return squiggle;
  }

  /** The rows of the Problems panel, which is opened for it. */
  async problems() {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.runCommand('View: Focus Problems (Errors, Warnings, Infos)').catch(() => this.page.keyboard.press('Control+Shift+m'));
    await panel.waitFor();
    return panel.locator('.monaco-list-row').allInnerTexts();
  }

  /** Opens the quick fixes at the cursor and chooses one. @param {Text} title */
  async quickFix(title) {
    const row = this.page.locator('.action-widget:visible').first().locator('.monaco-list-row').filter({ hasText: title }).first();
    await this.#openQuickFixes(row);
    await row.click();
  }

  /** A list that was closed a moment ago takes the first press with it, and one that came before the warnings stays as it is. @param {Locator} wanted */
  async #openQuickFixes(wanted) {
    for (let left = 4; ; left--) {
      await this.page.keyboard.press('Control+.');
      const isShown = await wanted.waitFor({ timeout: left > 0 ? 7_000 : 30_000 }).then(() => true, (error) => { if (left === 0) throw error; return false; });
      if (isShown) return;
      await this.page.keyboard.press('Escape');
    }
  }

  /** Titles of the quick fixes at the cursor. */
  async quickFixes() {
    const list = this.page.locator('.action-widget:visible').first();
    await this.#openQuickFixes(list);
    const titles = await list.locator('.monaco-list-row.action').allInnerTexts();
    await this.page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    return titles;
  }

  /** The lines of the open editor that are on screen. */
  async editorText() {
    const lines = await this.page.locator('.editor-group-container.active .editor-instance .view-line').evaluateAll((elements) => elements
      .map((element) => ({ top: element.offsetTop, text: element.textContent }))
      .sort((a, b) => a.top - b.top).map((line) => line.text));
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  // --- terminal ------------------------------------------------------------------------------------------------

  /** The text on screen in the active terminal. */
  async terminalText() {
    const rows = this.page.locator('.terminal-wrapper.active .xterm-rows > div');
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
  }

  /** Types a command into the active terminal. @param {string} command */
  async runInTerminal(command) {
    // What is drawn lies under other layers; the keyboard goes to this one.
    await this.page.locator('.terminal-wrapper.active .xterm-helper-textarea').focus();
    await this.page.keyboard.insertText(command);
    await this.page.keyboard.press('Enter');
  }

  /** Waits until the active terminal shows this. @param {RegExp} text @param {{ timeout?: number }} [options] */
  async waitForTerminal(text, options = {}) {
    const deadline = Date.now() + (options.timeout ?? 60_000);
    let seen = '';
    while (Date.now() < deadline) {
      seen = await this.terminalText();
      if (text.test(seen)) return seen;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`The terminal did not show ${String(text)}; it shows:\n${seen}`);
  }
}
