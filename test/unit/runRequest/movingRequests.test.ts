import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { moved, MovingRequests } from '../../../src/editor/runRequest/movingRequests.js';

const FETCH = "fetch('https://api.stigg.io/api/v1/usage');";
const PADDING = '// Nothing here.\n'.repeat(800);

/** Where each call stands, the cheap way. */
function places(text: string): { start: number; end: number; url: string[] }[] {
  return [...text.matchAll(/fetch\([^)]*\);/g)].map(({ index, 0: call }) => ({ start: index, end: index + call.length, url: ['https://api.stigg.io'] }));
}

class Document {
  version = 1;
  languageId = 'typescript';
  readonly uri = { toString: () => 'file:///a.ts' };
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  getText(): string {
    return this.text;
  }

  type(text: string): void {
    this.text = text;
    this.version += 1;
  }

  get own(): vscode.TextDocument {
    return this as unknown as vscode.TextDocument;
  }
}

describe('requests that move along', () => {
  const before = `// a\n${FETCH}\n// b\n${FETCH}\n// c\n`;
  it.each<[string, string, number]>([
    ['nothing changed', before, 2],
    ['a letter before both', before.replace('// a', '// aa'), 2],
    ['a line between them', before.replace('// b', '// b\n// bb'), 2],
    ['a letter after both', before.replace('// c', '// cc'), 2],
    ['a line taken away', before.replace('// b\n', ''), 2],
    ['a letter at the very beginning', `x${before}`, 2],
    ['everything taken away', '', 0],
  ])('%s', (_what, after, count) => {
    const result = moved(places(before), before, after);
    expect(result).toHaveLength(count);
    for (const { start, end } of result) expect(after.slice(start, end)).toBe(FETCH);
  });

  it('keeps one that is being typed into', () => {
    const after = before.replace('/usage', '/usages');
    expect(moved(places(before), before, after)).toEqual(places(after));
  });
});

describe('while somebody types', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  function moving(document: Document): { find: ReturnType<typeof vi.fn<() => Promise<ReturnType<typeof places>>>>; rested: ReturnType<typeof vi.fn<() => void>>; requests: MovingRequests } {
    const find = vi.fn(() => Promise.resolve(places(document.text)));
    const rested = vi.fn<() => void>();
    return { find, rested, requests: new MovingRequests(find, rested) };
  }

  it('looks through a long document once, and again when the text rests', async () => {
    const document = new Document(`${PADDING}${FETCH}\n`);
    const { find, rested, requests } = moving(document);
    expect(await requests.of(document.own)).toEqual(places(document.text));
    for (let letter = 0; letter < 10; letter++) {
      document.type(`x${document.text}`);
      expect(await requests.of(document.own)).toEqual(places(document.text));
      await vi.advanceTimersByTimeAsync(700);
    }
    expect(find).toHaveBeenCalledTimes(1);
    expect(rested).not.toHaveBeenCalled();
    // A request that nobody has seen yet.
    document.type(`${FETCH}\n${document.text}`);
    expect(await requests.of(document.own)).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(rested).toHaveBeenCalledTimes(1);
    expect(await requests.of(document.own)).toEqual(places(document.text));
    expect(find).toHaveBeenCalledTimes(2);
    requests.dispose();
  });

  it('looks through a short document at once', async () => {
    const document = new Document(FETCH);
    const { find, requests } = moving(document);
    await requests.of(document.own);
    document.type(`${FETCH}\n${FETCH}`);
    expect(await requests.of(document.own)).toHaveLength(2);
    expect(find).toHaveBeenCalledTimes(2);
    requests.dispose();
  });

  it('asks no more of a document that was closed', async () => {
    const document = new Document(`${PADDING}${FETCH}\n`);
    const { rested, requests } = moving(document);
    await requests.of(document.own);
    document.type(`x${document.text}`);
    await requests.of(document.own);
    requests.forget(document.own.uri);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(rested).not.toHaveBeenCalled();
    requests.dispose();
  });
});
