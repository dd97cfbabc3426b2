import type { Span } from '../languages/language.js';
import { lineEndAt } from '../lines.js';
import { TEST_FILE } from '../side/tests.js';
import type { ScanFile } from '../scanFile.js';
import type { StiggRequest } from './request.js';

/** Where something about a whole request is said: at what is called, on one line. */
export function headOf({ start, end, call }: Pick<StiggRequest, 'start' | 'end' | 'call'>, text: string): Span {
  const callee = call?.kind === 'call' && call.listStart > start && call.listStart <= end ? call.listStart : end;
  return { start, end: Math.max(start + 1, Math.min(callee, lineEndAt(text, start), text.length)) };
}

/** Requests that are shown or sent by hand: documents with examples, request files. */
export function isByHand({ document }: ScanFile): boolean {
  return /^(?:markdown|mdx|http|rest|ipynb|jupyter)$/.test(document.languageId) || /\.(?:mdx?|markdown|http|rest|rst|adoc|asciidoc|ipynb)$/i.test(document.path);
}

/** Code of tests, which does on purpose what programs should not. */
export function isTest({ path }: Pick<ScanFile, 'path'>): boolean {
  return TEST_FILE.test(path) || /(?:^|\/)(?:tests?|specs?|e2e|__mocks__)\/|(?:^|\/)(?:test_\w+|\w+_(?:test|spec))\.\w+$|(?:Test|Tests|Spec|IT)\.(?:java|kt|cs|php)$/.test(path);
}

/** The requests with that fault, once each: what a function of the program does wrong by itself is said there, not of everyone who calls it. */
export function withFault(requests: readonly StiggRequest[], isFaulty: (request: StiggRequest) => boolean): readonly StiggRequest[] {
  return requests.filter((request) => isFaulty(request) && !(request.through !== undefined && isFaulty(request.through)));
}
