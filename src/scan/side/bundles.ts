import * as l10n from '@vscode/l10n';
import type { Source } from '../source.js';

const BUILD = /^(?:dist|build|out)$/;
/** Where build tools leave what browsers download: folders that stand in each other. */
const FOLDERS: readonly (readonly RegExp[])[] = [
  [/^[._]next$/, /^static$/],
  [/^\.output$/, /^public$/],
  [/^_nuxt$/],
  [/^\.svelte-kit$/, /^output$/, /^client$/],
  [/^\.vercel$/, /^output$/, /^static$/],
  [BUILD, /^(?:client|browser|assets|static|public|js)$/],
  [BUILD, /^[\w.@-]+$/, /^(?:assets|browser)$/],
  [/^(?:public|www)$/, /^(?:build|dist)$/],
  [/^(?:storybook-static|web-build)$/],
];
/** Folders of build tools and of people alike: what is in there is a bundle where it looks like one. */
const SHARED_FOLDERS: readonly (readonly RegExp[])[] = [
  [/^(?:public|www)$/, /^(?:assets|static|js)$/],
  [/^static$/, /^(?:js|chunks)$/],
];
/** `main.8c1f02.js`, `index-B2c4xYz1.js`: a name with a digest of the content. */
const DIGEST = /[.-](?=[\w-]{0,30}\d)(?:[\da-f]{4,40}|[\w-]{8,40})\.[cm]?js(?:\.map)?$/;
const SERVER_FOLDERS = /(?:^|\/)(?:server|ssr|functions|node_modules|lambda)\//;
const BUNDLE = /\.(?:bundle|min|chunk|iife|umd)\.[cm]?js(?:\.map)?$/;
const FILES = /\.(?:[cm]?js|js\.map|[cm]js\.map|css|html|json)$/;
/** Folders of any build, for browsers and servers alike. */
const OUTPUT = /(?:^|\/)(?:dist|build|out|output|release)\//;
const BROWSER_CODE = /\b(?:document\.(?:createElement|querySelector|getElementById|body|head)|window\.(?:location|document|addEventListener))\b/;
/** Nobody writes lines of this length. */
const MINIFIED_LINE = 1_000;

/** Says why the file is a bundle that browsers download; undefined where it may as well be source, or a server's. */
export function browserBundle({ path, text }: Source): string | undefined {
  if (!FILES.test(path) || SERVER_FOLDERS.test(path)) return undefined;
  const folders = path.split('/').slice(0, -1);
  const folder = browserFolder(folders, FOLDERS) ?? (isBuilt(path, text) ? browserFolder(folders, SHARED_FOLDERS) : undefined);
  if (folder !== undefined) return l10n.t('a bundle in {0}/', folder);
  if (BUNDLE.test(path)) return l10n.t('a bundle by its name');
  return OUTPUT.test(path) && isMinified(text) && BROWSER_CODE.test(text) ? l10n.t('a minified bundle that uses what browsers have') : undefined;
}

function isBuilt(path: string, text: string): boolean {
  return DIGEST.test(path.slice(path.lastIndexOf('/') + 1)) || isMinified(text);
}

function browserFolder(folders: readonly string[], rows: readonly (readonly RegExp[])[]): string | undefined {
  for (const at of folders.keys()) {
    const row = rows.find((patterns) => patterns.every((pattern, step) => pattern.test(folders[at + step] ?? '')));
    if (row !== undefined) return folders.slice(at, at + row.length).join('/');
  }
  return undefined;
}

function isMinified(text: string): boolean {
  let lineStart = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', lineStart)) {
    if (end - lineStart > MINIFIED_LINE) return true;
    lineStart = end + 1;
  }
  return text.length - lineStart > MINIFIED_LINE;
}
