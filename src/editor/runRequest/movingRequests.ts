import type * as vscode from 'vscode';
import type { Disposable } from '../../event.js';
import type { Draft } from '../../runRequest/draft.js';
import { unref } from '../../unref.js';

/** In a document this short all requests are found faster than anybody types. */
const SHORT = 10_000;
/** Longer than between two letters. */
const REST_MS = 1_500;

type Place = Pick<Draft, 'start' | 'end' | 'url'>;

interface Found {
  readonly version: number;
  readonly languageId: string;
  readonly text: string;
  readonly drafts: Promise<readonly Place[]>;
  /** Runs while the text is newer than what was found. */
  timer?: ReturnType<typeof setTimeout>;
  isDue: boolean;
}

/**
 * Where the requests of documents stand, for the lenses above them. VS Code asks for these after every few letters, and to look through a long module costs
 * more than all else that a letter causes: so while somebody types, the requests that were found move along with the text, and they are looked for anew
 * once it rests. What is run by a lens is read from the text of that moment in any case.
 */
export class MovingRequests implements Disposable {
  readonly #find: (document: vscode.TextDocument) => Promise<readonly Place[]>;
  readonly #rested: () => void;
  readonly #found = new Map<string, Found>();

  /** `rested` is called when it is worth asking again. */
  constructor(find: (document: vscode.TextDocument) => Promise<readonly Place[]>, rested: () => void) {
    this.#find = find;
    this.#rested = rested;
  }

  /** By position in the document as it stands. */
  async of(document: vscode.TextDocument): Promise<readonly Place[]> {
    const found = this.#found.get(document.uri.toString());
    if (found?.languageId !== document.languageId || found.isDue) return this.#anew(document);
    if (found.version === document.version) return found.drafts;
    const text = document.getText();
    if (text.length <= SHORT) return this.#anew(document);
    clearTimeout(found.timer);
    found.timer = setTimeout(() => {
      found.isDue = true;
      this.#rested();
    }, REST_MS);
    unref(found.timer);
    return moved(await found.drafts, found.text, text);
  }

  forget(uri: vscode.Uri): void {
    const address = uri.toString();
    clearTimeout(this.#found.get(address)?.timer);
    this.#found.delete(address);
  }

  dispose(): void {
    for (const { timer } of this.#found.values()) clearTimeout(timer);
    this.#found.clear();
  }

  #anew(document: vscode.TextDocument): Promise<readonly Place[]> {
    this.forget(document.uri);
    const drafts = this.#find(document);
    const found: Found = { version: document.version, languageId: document.languageId, text: document.getText(), drafts, isDue: false };
    const address = document.uri.toString();
    this.#found.set(address, found);
    // A failure, which is told to whoever waits for it, is no answer for the next time.
    drafts.catch(() => {
      if (this.#found.get(address) === found) this.forget(document.uri);
    });
    return drafts;
  }
}

/** The places of `before` in `after`: what stands behind the changed stretch moves, and what begins in it is gone. */
export function moved(places: readonly Place[], before: string, after: string): readonly Place[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (tail < shorter - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail += 1;
  const end = before.length - tail;
  const by = after.length - before.length;
  return places.flatMap((place) => {
    if (place.end <= start) return [place];
    if (place.start >= end) return [{ ...place, start: place.start + by, end: place.end + by }];
    // Something was typed into it, or over its end.
    return place.start <= start ? [{ ...place, end: Math.max(place.end, end) + by }] : [];
  });
}
