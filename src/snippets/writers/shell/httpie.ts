import { bodyOf, FRESH, Placeholder, type ApiRequest, type JsonObject, type JsonTemplate, type QueryParameter } from '../../request.js';
import { tabStop, type SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { failing } from './curl.js';
import { jsonParts, merged } from './json.js';
import { freshValue, inDoubleQuotes, inSingleQuotes, quotedJson, SCRIPT_HEAD, word } from './posix.js';
import { urlParts } from './url.js';

/*
 * HTTPie finds the first of `: = := == @ ;` in an item, drops backslashes before such a character wherever it stands, and takes a value
 * that starts with @ for the name of a file. What that could change goes into the address or is written as JSON, whose own escapes
 * HTTPie leaves alone.
 */

/** HTTPie 3. Without `--ignore-stdin` it would wait for a body where there is no terminal. */
export const httpie: Writer = {
  id: 'httpie',
  title: () => 'HTTPie',
  languageIds: ['shellscript'],
  write: (request, options) => ({ parts: command(request, options), head: [] }),
  file: ({ parts }) => [SCRIPT_HEAD, ...failing(parts, /^http --ignore-stdin/, 'http --ignore-stdin --check-status'), '\n'],
};

function command(request: ApiRequest, options: WriterOptions): SnippetParts {
  const body = bodyOf(request);
  const items = request.query.filter(isItem);
  return merged([
    `http --ignore-stdin ${request.method} "`,
    ...urlParts(request, options, inDoubleQuotes, request.query.filter((parameter) => !isItem(parameter))),
    '"',
    `${NEXT}X-API-KEY:${keyValue(options)}`,
    // Given with a body anyway; Stigg turns a POST without it away, even one without a body.
    ...(body === undefined && request.method !== 'GET' ? [`${NEXT}Content-Type:application/json`] : []),
    ...(request.idempotencyKey ? [`${NEXT}Idempotency-Key:"${freshValue(options)}"`] : []),
    ...items.flatMap(({ name, value }) => [`${NEXT}${word(name)}==`, ...(value instanceof Placeholder ? ["'", tabStop(value.stop, inSingleQuotes(String(value.sample))), "'"] : [word(value)])]),
    ...(body === undefined ? [] : bodyParts(body, options)),
  ]);
}

const NEXT = ' \\\n  ';

/** Arguments are visible in the process list. A file is not, and what `printf`, a part of the shell, writes into a pipe is none. */
function keyValue({ keyVariable, keyHeader }: WriterOptions): string {
  return keyHeader === 'docs' ? `"$${keyVariable}"` : `@<(printf %s "$${keyVariable}")`;
}

function isItem({ name, value }: QueryParameter): boolean {
  const text = value instanceof Placeholder ? String(value.sample) : value;
  return /^[\w.[\]-]+$/.test(name) && !/^@|[\\\p{Cc}\p{Surrogate}]/u.test(text);
}

function bodyParts(body: JsonObject, options: WriterOptions): SnippetParts {
  const members = Object.entries(body);
  // Other names mean something to HTTPie: brackets nest, and a number is an index.
  const isRaw = members.length === 0 || members.some(([name]) => !/^[A-Za-z_][\w-]*$/.test(name));
  if (isRaw) return [`${NEXT}--raw '`, ...jsonParts(body, quotedJson(options), '  '), "'"];
  return members.flatMap(([name, value]) => [`${NEXT}${name}`, ...valueParts(value, options)]);
}

function valueParts(value: JsonTemplate, options: WriterOptions): SnippetParts {
  if (value === FRESH) return [`="${freshValue(options)}"`];
  const sample = value instanceof Placeholder ? value.sample : value;
  if (typeof sample === 'string' && isPlain(sample)) return value instanceof Placeholder ? ["='", tabStop(value.stop, inSingleQuotes(sample)), "'"] : [`=${word(sample)}`];
  const json = jsonParts(value, quotedJson(options), '  ');
  // Numbers, true, false and null need no quotes.
  return typeof sample === 'object' || typeof sample === 'string' ? (sample === null ? [':=null'] : [":='", ...json, "'"]) : [':=', ...json];
}

/** A text that an item with `=` hands over as it is. */
function isPlain(text: string): boolean {
  return !/^[@=]|[\\\p{Cc}\p{Surrogate}]/u.test(text);
}
