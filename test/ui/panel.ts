import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';
import type { Bench } from './world.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The page of the key details panel that is in sight: an iframe in an iframe. */
export async function panelFrame({ page }: Bench): Promise<Frame> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    for (const frame of page.frames()) {
      // Frames come and go while panels open and close.
      const isOurs = frame.url().includes('/webview/browser/pre/fake.html') && await frame.locator('main [role=tablist]').isVisible().catch(() => false);
      if (isOurs && await frame.frameElement().then(async (element) => element.isVisible(), () => false)) return frame;
    }
    await page.waitForTimeout(100);
  }
  throw new Error('The key details panel did not appear');
}

export interface Violation {
  readonly rule: string;
  readonly impact: string | null | undefined;
  readonly nodes: readonly string[];
}

/** What axe has against the page as it is now. */
export async function violations(frame: Frame): Promise<readonly Violation[]> {
  await frame.evaluate(axeSource);
  return frame.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; impact?: string | null; nodes: { html: string; failureSummary?: string }[] }[] }> } };
    const { violations: found } = await axe.run();
    return found.map(({ id, impact, nodes }) => ({ rule: id, impact, nodes: nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`) }));
  });
}

/** Text, attributes, form values and what is stored, of every frame of the window: as a search for leftovers. */
export async function everythingIn({ page }: Pick<Bench, 'page'>): Promise<string> {
  const script = `[
    document.documentElement.outerHTML,
    ...[...document.querySelectorAll('input, textarea')].map(({ value }) => value),
    ...[history.state, { ...sessionStorage }, { ...localStorage }].map((value) => JSON.stringify(value)),
  ].join('\\n')`;
  // Frames without storage of their own, or that leave meanwhile, have nothing to say.
  const texts = await Promise.all(page.frames().map(async (frame) => frame.evaluate<string>(script).catch(async () => frame.evaluate<string>('document.documentElement.outerHTML').catch(() => ''))));
  return texts.join('\n');
}

/** Whether any live object of the page holds the text. Takes a minute for the whole of VS Code: for a page that stands alone. */
export async function heapHolds(page: Page, text: string): Promise<boolean> {
  const session = await page.context().newCDPSession(page);
  try {
    for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
    let found = false;
    let tail = '';
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
      // A string may be cut between two chunks.
      const joined = tail + chunk;
      found ||= joined.includes(text);
      tail = joined.slice(-text.length);
    });
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    return found;
  } finally {
    await session.detach();
  }
}
