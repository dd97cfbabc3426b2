import type * as vscode from 'vscode';
import type { Engine } from '../../scan/engine.js';
import type { Draft } from '../../runRequest/draft.js';
import { fetchDraft } from '../../runRequest/fetchDraft.js';

import type { Fresh } from '../../runRequest/httpVariables.js';
import { isAsked, LARGEST, mayHoldFetch, writtenRequests } from '../../runRequest/requests.js';
import { sourceOf } from '../diagnostics/documents.js';

interface Kept {
  readonly version: number;
  readonly languageId: string;
  readonly drafts: Promise<readonly Draft[]>;
}

/** What differs each time, from the platform. */
const FRESH: Fresh = { uuid: () => globalThis.crypto.randomUUID(), now: () => Date.now(), random: () => Math.random(), processVariable: (name) => process.env[name] };

/** The requests of documents, whatever they are for; worked out once for each version. */
export class RequestFinder {
  readonly #engine: () => Promise<Engine>;
  readonly #kept = new Map<string, Kept>();

  constructor(engine: () => Promise<Engine>) {
    this.#engine = engine;
  }

  /** Of the document as it stands, by position. Values that differ each time (`{{$guid}}`) are those of this version, see `freshly`. */
  of(document: vscode.TextDocument): Promise<readonly Draft[]> {
    const address = document.uri.toString();
    const kept = this.#kept.get(address);
    if (kept?.version === document.version && kept.languageId === document.languageId) return kept.drafts;
    const drafts = this.freshly(document);
    this.#kept.set(address, { version: document.version, languageId: document.languageId, drafts });
    // A failure, which is told to whoever waits for it, is no answer for the next time.
    drafts.catch(() => {
      if (this.#kept.get(address)?.drafts === drafts) this.#kept.delete(address);
    });
    return drafts;
  }

  /** The same with new values: a request that is sent again must not have the idempotency key of the last time. */
  async freshly(document: vscode.TextDocument): Promise<readonly Draft[]> {
    const text = document.getText();
    const source = sourceOf(document, text);
    if (!isAsked(source) || text.length > LARGEST) return [];
    const written = writtenRequests(source, FRESH);
    return [...written, ...(await this.#scripts(source))].sort((a, b) => a.start - b.start);
  }

  async #scripts(source: ReturnType<typeof sourceOf>): Promise<Draft[]> {
    if (!mayHoldFetch(source)) return [];
    const engine = await this.#engine();
    await engine.prepare(source);
    return engine.fetchCalls(source).map((call) => fetchDraft(call, FRESH));
  }

  forget(uri: vscode.Uri): void {
    this.#kept.delete(uri.toString());
  }
}

/** Tells whether a request is still the one it was. 32 bits of FNV-1a: nothing hangs on it but which one is run. */
export function hashOf(document: vscode.TextDocument, { start, end }: Pick<Draft, 'start' | 'end'>): number {
  let hash = 0x811c9dc5;
  const text = document.getText().slice(start, end);
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
