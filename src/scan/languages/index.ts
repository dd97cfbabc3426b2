import { astro } from './astro.js';
import { csharp } from './csharp.js';
import { dockerfile } from './dockerfile.js';
import { dotenv } from './dotenv.js';
import { ecmascript } from './ecmascript.js';
import { go } from './go.js';
import { graphql } from './graphql.js';
import { hcl } from './hcl.js';
import { html } from './html.js';
import { http } from './http.js';
import { ini } from './ini.js';
import { java } from './java.js';
import { json } from './json.js';
import { kotlin } from './kotlin.js';
import type { Language } from './language.js';
import { makefile } from './makefile.js';
import { markdown } from './markdown.js';
import { notebook } from './notebook.js';
import { php } from './php.js';
import { plainText } from './plainText.js';
import { powershell } from './powershell.js';
import { python } from './python.js';
import { ruby } from './ruby.js';
import { rust } from './rust.js';
import { shellScript } from './shellScript.js';
import { svelte } from './svelte.js';
import { toml } from './toml.js';
import { vue, vueExpression } from './vue.js';
import { yaml } from './yaml.js';

/** Where two claim a file, the earlier one gets it. */
const LANGUAGES: readonly Language[] = [ecmascript, python, go, java, kotlin, csharp, rust, ruby, php, shellScript, powershell, json, yaml, toml, hcl, dockerfile, makefile, http, graphql, ini, dotenv, html, vue, vueExpression, svelte, astro, markdown, notebook];
const BY_ID = new Map(LANGUAGES.flatMap((language) => language.ids.map((id) => [id, language] as const)));
const FILES = LANGUAGES.flatMap(({ files }) => files);

/** The syntax family of a language id; plain text for those that have none. */
export function languageFor(languageId: string): Language {
  return BY_ID.get(languageId) ?? plainText;
}

/** The language id by the path: VS Code's, or our own where it has none. `plaintext` where the path does not tell. */
export function languageIdFor(path: string): string {
  return FILES.find(({ pattern }) => pattern.test(path))?.languageId ?? 'plaintext';
}

/** The grammars that may be loaded at all: what the build has to ship. */
export function grammarNames(): string[] {
  return [...new Set(LANGUAGES.flatMap((language) => language.ids.flatMap((id) => language.grammar(id) ?? [])))].sort();
}

/** The ids of all languages that are more than plain text. */
export function languageIds(): string[] {
  return [...BY_ID.keys()];
}
