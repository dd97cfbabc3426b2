import type { Draft } from './draft.js';
import { seemsStiggs, type StiggHosts } from './hosts.js';
import { httpDrafts } from './httpFile.js';
import type { Fresh } from './httpVariables.js';
import { fencedCode } from './markdown.js';
import { curlDrafts } from './shell.js';

/** A document whose requests are looked for. */
export interface RequestSource {
  readonly languageId: string;
  /** Its ending tells what plain text is. */
  readonly path: string;
  readonly text: string;
}

const SHELLS = new Set(['shellscript', 'shell', 'sh', 'bash', 'zsh', 'console', 'shell-session', 'terminal', 'curl', 'plaintext', 'text', 'txt', '']);
const MARKDOWN = new Set(['markdown', 'mdx', 'quarto', 'rmd', 'prompt', 'instructions']);
/** Past this many characters nothing is offered: nobody writes such files by hand. */
export const LARGEST = 1_000_000;

/** Languages whose scripts the engine has to be asked for, see `fetchDraft`. */
const SCRIPTS = /^(?:java|type)script(?:react)?$|^(?:vue|svelte|astro|html|markdown|mdx)$/;

export function mayHoldFetch({ languageId, text }: RequestSource): boolean {
  return SCRIPTS.test(languageId) && text.length <= LARGEST && text.includes('fetch');
}

/** Whether the document's language is one that requests are looked for in. */
export function isAsked({ languageId, path }: Pick<RequestSource, 'languageId' | 'path'>): boolean {
  return SCRIPTS.test(languageId) || MARKDOWN.has(languageId) || SHELLS.has(languageId) || isHttp(languageId, path);
}

function isHttp(languageId: string, path: string): boolean {
  return languageId === 'http' || languageId === 'rest' || ((languageId === 'plaintext' || languageId === '') && /\.(?:http|rest)$/i.test(path));
}

/** The requests written as text, whatever they are for, in order. Never throws. */
export function writtenRequests({ languageId, path, text }: RequestSource, fresh: Fresh): Draft[] {
  if (text.length > LARGEST) return [];
  if (isHttp(languageId, path)) return httpDrafts(text, fresh);
  if (MARKDOWN.has(languageId)) {
    return fencedCode(text).flatMap(({ language, start, text: code }) => (language === 'http' || language === 'rest' ? httpDrafts(code, fresh, start) : SHELLS.has(language) ? curlDrafts(code, start) : []));
  }
  return SHELLS.has(languageId) ? curlDrafts(text) : [];
}

/** Those that are meant for Stigg, by position. */
export function stiggRequests(drafts: readonly Draft[], hosts: StiggHosts): Draft[] {
  return drafts.filter(({ url }) => seemsStiggs(url, hosts)).sort((a, b) => a.start - b.start);
}

/** The request that the cursor is in, or on the same line: of several the smallest. */
export function requestAtOffset(drafts: readonly Draft[], text: string, offset: number): Draft | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const stop = text.indexOf('\n', offset);
  const lineEnd = stop === -1 ? text.length : stop;
  const touching = drafts.filter(({ start, end }) => start <= lineEnd && end >= lineStart);
  const around = touching.filter(({ start, end }) => start <= offset && offset <= end);
  return (around.length > 0 ? around : touching).sort((a, b) => a.end - a.start - (b.end - b.start))[0];
}
