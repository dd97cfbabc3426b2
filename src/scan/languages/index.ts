import { ecmascript } from './ecmascript.js';
import type { Language } from './language.js';
import { plainText } from './plainText.js';

const LANGUAGES: readonly Language[] = [ecmascript];
const BY_ID = new Map(LANGUAGES.flatMap((language) => language.ids.map((id) => [id, language] as const)));

const IDS_BY_EXTENSION: Readonly<Record<string, string>> = {
  ts: 'typescript', mts: 'typescript', cts: 'typescript', tsx: 'typescriptreact',
  js: 'javascript', mjs: 'javascript', cjs: 'javascript', jsx: 'javascriptreact',
  json: 'json', jsonc: 'jsonc', yml: 'yaml', yaml: 'yaml', md: 'markdown', sh: 'shellscript', html: 'html', vue: 'vue', svelte: 'svelte',
};

/** The syntax family of a language id; plain text for those that have none. */
export function languageFor(languageId: string): Language {
  return BY_ID.get(languageId) ?? plainText;
}

/** VS Code's language id by the path's extension, for callers without an editor. */
export function languageIdFor(path: string): string {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase();
  return (extension === undefined ? undefined : IDS_BY_EXTENSION[extension]) ?? 'plaintext';
}
