import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActivityRow, KeyView, ToPanel } from '../../src/webview/keyDetails/protocol.js';
import { pageTexts } from '../../src/editor/keyDetails/texts.js';
import { newToken } from '../sandbox/tokens.js';
import { findBrowser } from '../tools/setup.mjs';
import { everythingIn, heapHolds, violations } from './panel.js';

/** The page of the panel alone in a browser, with the policy it has in VS Code: what would take long to show in a whole VS Code. */
const dist = path.resolve(import.meta.dirname, '../../dist/webview');
const NONCE = 'cGFnZQ';
const html = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Key details</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${NONCE}'; style-src 'self'; base-uri 'none'; form-action 'none'">
<link rel="stylesheet" href="/keyDetails.css"></head><body>
<script nonce="${NONCE}">window.sent = []; window.acquireVsCodeApi = () => ({ postMessage: (message) => { window.sent.push(message); }, setState: (state) => { window.kept = state; } });</script>
<script nonce="${NONCE}" src="/keyDetails.js"></script></body></html>`;

const KEY: KeyView = {
  keyId: 'k1', name: 'billing-service', description: '', subtitle: 'Scoped · Sandbox', isProduction: false, status: { text: 'Active', tone: 'good' }, renameRefusal: null,
  mask: 'server-1234…abcd', valueNote: null, revealRefusal: null, facts: [{ label: 'Type', text: 'Scoped key', note: null, tone: 'plain' }],
  actions: [{ action: 'rotate', label: 'Rotate…', refusal: null }, { action: 'revoke', label: 'Revoke…', refusal: 'It cannot be revoked. Rotate it first.' }], banners: [],
};
const LONG = 'long'.repeat(2_500);
const MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{7*7}} &lt;b&gt;';
const TURNED = '\u202egnp.txt\u2066\u200f after';

let server: Server;
let browser: Browser;
let page: Page;
const violated: string[] = [];

const send = async (message: ToPanel): Promise<void> => page.evaluate(`window.postMessage(${JSON.stringify(message)})`);
const sent = (): Promise<readonly { body: { type: string } }[]> => page.evaluate('window.sent');
const start = async (view: KeyView = KEY): Promise<void> => {
  await send({ type: 'start', texts: pageTexts(), environmentId: 'e1', keyId: 'k1', tab: 'overview', draft: null, scopeDraft: null });
  await send({ type: 'key', view });
  await page.getByRole('tablist').waitFor();
};
/** Presses Show and answers it. */
const reveal = async (value: string, forMs = 30_000): Promise<void> => {
  await page.getByRole('button', { name: 'Show' }).click();
  await send({ type: 'value', keyId: 'k1', value, forMs });
};

beforeAll(async () => {
  if (!existsSync(path.join(dist, 'keyDetails.js'))) throw new Error('dist/webview is missing: run `npm run package` first.');
  server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? '';
    response.setHeader('content-type', name.endsWith('.js') ? 'text/javascript' : name.endsWith('.css') ? 'text/css' : 'text/html');
    response.end(/^keyDetails\.(js|css)$/.test(name) ? readFileSync(path.join(dist, name)) : html);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  browser = await chromium.launch({ executablePath: findBrowser() ?? '', headless: true, args: ['--disable-dev-shm-usage', '--disable-gpu'] });
});
afterAll(async () => {
  await browser.close();
  server.close();
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 800, height: 700 } });
  page.setDefaultTimeout(30_000);
  page.on('console', (message) => { if (message.text().includes('Content Security Policy')) violated.push(message.text()); });
  await page.goto(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  return () => page.close();
});

describe('a value', () => {
  const token = newToken('server', crypto.randomUUID());
  const random = token.slice('server-'.length, -10);

  it('is in one text node while it is shown, and nowhere once it is hidden: page, attributes, state, messages, heap', async () => {
    await start();
    await reveal(token);
    await page.locator('code.plain').getByText(token).waitFor();
    const shown = await everythingIn({ page });
    expect(shown.split(random)).toHaveLength(2);
    await page.getByRole('button', { name: 'Hide' }).click();
    await page.locator('code.plain').waitFor({ state: 'detached' });
    expect(await everythingIn({ page })).not.toContain(random);
    expect(JSON.stringify(await sent())).not.toContain(random);
    expect(await page.evaluate('window.kept')).toEqual({ environmentId: 'e1', keyId: 'k1' });
    expect(await heapHolds(page, random)).toBe(false);
    // The search finds what there is to find.
    await page.evaluate((text) => { (globalThis as unknown as { held: string }).held = `${text}!`; }, random);
    expect(await heapHolds(page, random)).toBe(true);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['Hide is pressed', () => page.getByRole('button', { name: 'Hide' }).click()],
    ['another tab is opened', () => page.getByRole('tab', { name: 'Activity' }).click()],
    ['the page goes out of sight', () => page.evaluate("Object.defineProperty(document, 'hidden', { value: true }); document.dispatchEvent(new Event('visibilitychange'))")],
    ['the page is left', () => page.evaluate("window.dispatchEvent(new Event('pagehide'))")],
    ['the extension says so', () => send({ type: 'hideValue', error: null })],
    ['the key may no longer be read', () => send({ type: 'key', view: { ...KEY, revealRefusal: 'It is gone.' } })],
    ['the panel is given to another key', () => start()],
  ])('is hidden when %s', async (_what, act) => {
    await start();
    await reveal(token);
    await page.locator('code.plain').waitFor();
    await act();
    await page.locator('code.plain').waitFor({ state: 'detached' });
    expect(await everythingIn({ page })).not.toContain(random);
    expect(JSON.stringify(await sent())).not.toContain(random);
  });

  it('is hidden when its time is over', async () => {
    await start();
    // Long enough to be seen.
    await reveal(token, 3_000);
    await page.locator('code.plain').waitFor();
    await page.locator('code.plain').waitFor({ state: 'detached' });
    await expect.poll(async () => (await sent()).map(({ body }) => body.type)).toEqual(expect.arrayContaining(['reveal', 'hide']));
  });

  it('that nobody asked for, that comes too late, or that is of another key is not shown', async () => {
    await start();
    await send({ type: 'value', keyId: 'k1', value: token, forMs: 30_000 });
    await page.getByRole('button', { name: 'Show' }).click();
    await send({ type: 'value', keyId: 'k2', value: token, forMs: 30_000 });
    await page.getByRole('button', { name: 'Hide' }).click();
    await send({ type: 'value', keyId: 'k1', value: token, forMs: 30_000 });
    await send({ type: 'hideValue', error: { text: 'No.', nextStep: 'Try later.' } });
    await page.locator('#value-error').getByText('No. Try later.').waitFor();
    expect(await everythingIn({ page })).not.toContain(random);
  });
});

describe('others\' words', () => {
  it.each([['markup', MARKUP], ['text that turns its surroundings', TURNED], ['10 kB', LONG]])('%s stays text inside its place', async (_what, text) => {
    const row: ActivityRow = { at: '2026-01-01T00:00:00.000Z', when: text, event: text, actor: text };
    await page.setViewportSize({ width: 320, height: 700 });
    for (const view of [{ ...KEY, name: text, description: text }, { ...KEY, name: text, description: text, renameRefusal: text, revealRefusal: text }]) {
      await start({
        ...view, subtitle: text, mask: text, status: { text, tone: 'warning' }, valueNote: text, facts: [{ label: text, text, note: text, tone: 'bad' }],
        actions: [{ action: 'revoke', label: text, refusal: text }], banners: [{ tone: 'bad', text, button: { action: 'refresh', label: text, refusal: null } }],
      });
      await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe(text);
      await send({ type: 'activity', view: { offset: 0, rows: [row], isLoading: false, hasMore: false, error: { text, nextStep: text }, refusal: null } });
      await send({ type: 'scope', view: { kind: 'ready', refusal: null, summary: text, presets: [{ label: text, cells: [], refusal: text }], rows: [{ label: text, read: { id: 'A:READ', label: text, isOn: true, refusal: text, implies: null }, write: null }] } });
      for (const tab of ['Scope', 'Activity', 'Overview']) {
        await page.getByRole('tab', { name: tab }).click();
        expect(await page.evaluate('document.scrollingElement.scrollWidth'), tab).toBeLessThanOrEqual(320);
      }
    }
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('main img, main script').count()).toBe(0);
  });

  it('a message that is none of ours changes nothing', async () => {
    await start();
    const before = await page.locator('main').innerHTML();
    for (const message of ['text', null, { type: 'key', view: { ...KEY, name: 5 } }, { type: 'value', keyId: 'k1' }, { type: 'start' }, { constructor: 'key' }, []]) {
      await page.evaluate(`window.postMessage(${JSON.stringify(message)})`);
    }
    expect(await page.locator('main').innerHTML()).toBe(before);
  });
});

describe('what is typed', () => {
  const scope = (on: readonly string[]): ToPanel => ({
    type: 'scope',
    view: {
      kind: 'ready', refusal: null, summary: 'A scope', presets: [{ label: 'Reading', cells: ['A:READ'], refusal: null }],
      rows: [{ label: 'Customers', read: { id: 'A:READ', label: 'Customers: Read', isOn: on.includes('A:READ'), refusal: null, implies: null }, write: { id: 'A:WRITE', label: 'Customers: Write', isOn: on.includes('A:WRITE'), refusal: null, implies: 'A:READ' } }],
    },
  });

  it('survives a refresh, and says what the key is called meanwhile', async () => {
    await start();
    await page.getByLabel('Name').fill('mine');
    await send({ type: 'key', view: { ...KEY, name: 'theirs' } });
    await page.getByText('Changed at Stigg meanwhile, to: theirs').waitFor();
    await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('mine');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect.poll(async () => (await sent()).at(-1)).toEqual({ keyId: 'k1', body: { type: 'saveDetails', draft: { name: 'mine', description: '' }, base: { name: 'billing-service', description: '' } } });
    await send({ type: 'outcome', form: 'overview', outcome: { kind: 'failed', field: null, error: { text: 'Changed meanwhile.', nextStep: 'Save again.' } } });
    await page.locator('#overview-error').getByText('Changed meanwhile.').waitFor();
    await page.getByLabel('Name').press('Enter');
    await expect.poll(async () => (await sent()).at(-1)).toMatchObject({ body: { type: 'saveDetails', base: { name: 'theirs' } } });
    await send({ type: 'key', view: { ...KEY, name: 'mine' } });
    await send({ type: 'outcome', form: 'overview', outcome: { kind: 'saved', text: 'Saved' } });
    await page.locator('#overview-state').getByText('Saved').waitFor();
    await expect.poll(() => page.getByRole('status').last().textContent()).toContain('Saved');
  });

  it('an error stands beside its field, which has the focus', async () => {
    await start();
    await page.getByLabel('Name').fill(' ');
    await page.getByLabel('Name').press('Enter');
    const name = page.getByLabel('Name');
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => name.getAttribute('aria-describedby')).toBe('name-error');
    await expect.poll(() => page.locator('#name-error').textContent()).toContain('needs a name');
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('name');
    expect((await sent()).some(({ body }) => body.type === 'saveDetails')).toBe(false);
  });

  it('writing brings reading, and reading takes writing along; a preset replaces both', async () => {
    await start();
    await send(scope([]));
    await page.getByRole('tab', { name: 'Scope' }).click();
    const [read, write] = [page.getByLabel('Customers: Read'), page.getByLabel('Customers: Write')];
    await write.check();
    await expect.poll(() => read.isChecked()).toBe(true);
    await read.uncheck();
    await expect.poll(() => write.isChecked()).toBe(false);
    await write.check();
    await page.getByRole('button', { name: 'Reading' }).click();
    await expect.poll(async () => [await read.isChecked(), await write.isChecked()]).toEqual([true, false]);
    await expect.poll(() => page.getByRole('button', { name: 'Reading' }).getAttribute('aria-pressed')).toBe('true');
    // Others change it meanwhile.
    await send(scope(['A:READ', 'A:WRITE']));
    await page.getByText('The scope was changed at Stigg meanwhile.').waitFor();
    await expect.poll(async () => [await read.isChecked(), await write.isChecked()]).toEqual([true, false]);
    await page.keyboard.press('Control+s');
    await expect.poll(async () => (await sent()).at(-1)).toEqual({ keyId: 'k1', body: { type: 'saveScope', cells: ['A:READ'], base: [] } });
  });

  it('comes back with a page that is made anew', async () => {
    await send({ type: 'start', texts: pageTexts(), environmentId: 'e1', keyId: 'k1', tab: 'scope', draft: { name: 'mine', description: 'too' }, scopeDraft: ['A:READ'] });
    await send({ type: 'key', view: KEY });
    await send(scope([]));
    await expect.poll(() => page.getByLabel('Customers: Read').isChecked()).toBe(true);
    await page.getByRole('tab', { name: 'Overview' }).click();
    await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('mine');
    await page.getByRole('button', { name: 'Discard' }).first().click();
    await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('billing-service');
    await expect.poll(async () => (await sent()).at(-1)).toMatchObject({ body: { type: 'draft', draft: null } });
  });
});

describe('without a mouse', () => {
  it('tabs are one stop; arrows, Home and End move', async () => {
    await start();
    await page.getByRole('tab', { name: 'Overview' }).focus();
    for (const [key, tab] of [['ArrowRight', 'Scope'], ['ArrowRight', 'Activity'], ['ArrowRight', 'Overview'], ['ArrowLeft', 'Activity'], ['Home', 'Overview'], ['End', 'Activity']] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => page.locator('[role=tab][aria-selected=true]').textContent()).toBe(tab);
      await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe(tab);
    }
    expect(await page.locator('[role=tab][tabindex="0"]').count()).toBe(1);
  });

  it('a button that cannot be pressed can be reached, does nothing, and says why', async () => {
    await start();
    const revoke = page.getByRole('button', { name: 'Revoke…' });
    await revoke.focus();
    await page.keyboard.press('Enter');
    expect((await sent()).some(({ body }) => body.type === 'action')).toBe(false);
    const reason = page.locator(`[id="${(await revoke.getAttribute('aria-describedby')) ?? ''}"]`);
    expect(await reason.textContent()).toBe('Revoke: It cannot be revoked. Rotate it first.');
    expect(await reason.isVisible()).toBe(true);
  });

  it('loading more keeps the focus, and goes on to the end of the list', async () => {
    await start();
    const rows = (count: number, from: number): ActivityRow[] => Array.from({ length: count }, (_none, at) => ({ at: '2026-01-01T00:00:00.000Z', when: `Day ${from + at}`, event: 'Key updated', actor: 'Dana' }));
    await page.getByRole('tab', { name: 'Activity' }).click();
    await send({ type: 'activity', view: { offset: 0, rows: rows(50, 0), isLoading: false, hasMore: true, error: null, refusal: null } });
    await page.getByRole('button', { name: 'Load more' }).press('Enter');
    await expect.poll(async () => (await sent()).at(-1)).toMatchObject({ body: { type: 'loadMore' } });
    await send({ type: 'activity', view: { offset: 50, rows: [], isLoading: true, hasMore: true, error: null, refusal: null } });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Load more');
    await send({ type: 'activity', view: { offset: 50, rows: rows(3, 50), isLoading: false, hasMore: false, error: null, refusal: null } });
    await page.getByText('All events are shown: 53').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('activity-note');
    await expect.poll(() => page.locator('tbody tr').count()).toBe(53);
    await expect.poll(() => page.getByRole('status').last().textContent()).toBe('3 more events');
  });
});

it.each([320, 640, 1280])('axe has nothing against it at a width of %i', async (width) => {
  await page.setViewportSize({ width, height: 700 });
  await start({ ...KEY, banners: [{ tone: 'warning', text: 'It was rotated.', button: { action: 'successor', label: 'Show the New Key', refusal: null } }] });
  await send({ type: 'activity', view: { offset: 0, rows: [{ at: '2026-01-01T00:00:00.000Z', when: 'Today', event: 'Key created', actor: 'Dana' }], isLoading: false, hasMore: true, error: { text: 'Cut off.', nextStep: 'Try again.' }, refusal: null } });
  await send({ type: 'scope', view: { kind: 'ready', refusal: null, summary: 'A scope', presets: [{ label: 'Reading', cells: [], refusal: 'Not available.' }], rows: [{ label: 'Customers', read: { id: 'A:READ', label: 'Customers: Read', isOn: true, refusal: 'Needed.', implies: null }, write: null }] } });
  for (const tab of ['Overview', 'Scope', 'Activity']) {
    await page.getByRole('tab', { name: tab }).click();
    expect(await violations(page.mainFrame()), tab).toEqual([]);
  }
});

it('asked for nothing that its policy forbids', () => {
  expect(violated).toEqual([]);
});
