import { bodyOf, FRESH, type ApiRequest, type JsonTemplate } from '../../request.js';
import type { SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { failing } from './curl.js';
import { escapeUnit, isLeaf, jsonParts, merged, type JsonStyle } from './json.js';
import { urlParts } from './url.js';

/*
 * A line of a batch file is read three times. First cmd replaces %NAME%, so a literal percent sign has to be doubled. Then it looks for
 * operators and carets outside of quotes, and every double quote, escaped or not, switches between outside and inside. At last the
 * program takes its command line apart, where a backslash makes a double quote a part of the argument.
 *
 * The body therefore starts with ^", a quote that does not count for cmd. From there on each \" of the JSON counts: names and texts are
 * inside for cmd (an & that somebody types there is just that), and the structure between them is outside, so that a caret at the end
 * of a line goes on with the next one. What would break this in a sample is written as JSON's \u escape: double quotes, backslashes,
 * percent signs, the two characters that delayed expansion reads, and all that is no ASCII, because cmd reads files in the code page of
 * the system.
 */

/** curl.exe, which Windows 10 and later bring along, in a batch file. */
export const cmd: Writer = {
  id: 'cmd',
  title: () => 'curl (cmd)',
  languageIds: ['bat'],
  write: (request, options) => ({ parts: command(request, options), head: [] }),
  file: ({ parts }) => ['@echo off\nsetlocal DisableDelayedExpansion\n\n', ...failing(parts, /curl\.exe/, 'curl.exe --fail-with-body'), '\nexit /b %ERRORLEVEL%\n'],
};

/** Makes a value nobody used before as %%k; cmd itself has no way to. */
const MAKE_FRESH = `for /f %%k in ('powershell -NoProfile -Command "[guid]::NewGuid().ToString()"') do `;

function command(request: ApiRequest, options: WriterOptions): SnippetParts {
  const body = bodyOf(request);
  const isFresh = request.idempotencyKey || (body !== undefined && holdsFresh(body));
  return merged([
    `${isFresh ? MAKE_FRESH : ''}curl.exe -X ${request.method} "`,
    ...urlParts(request, options, doubled),
    '"',
    ...keyOptions(options).map((option) => NEXT + option),
    `${NEXT}-H "Content-Type: application/json"`,
    ...(request.idempotencyKey ? [`${NEXT}-H "Idempotency-Key: %%k"`] : []),
    ...(body === undefined ? [] : [`${NEXT}-d ^"`, ...jsonParts(body, batchJson(), '  '), '^"']),
  ]);
}

const NEXT = ' ^\n  ';

function keyOptions({ keyVariable, keyHeader }: WriterOptions): readonly string[] {
  return keyHeader === 'docs' ? [`-H "X-API-KEY: %${keyVariable}%"`] : [`--variable %%${keyVariable}`, `--expand-header "X-API-KEY: {{${keyVariable}}}"`];
}

function doubled(text: string): string {
  return text.replaceAll('%', '%%');
}

function batchJson(): JsonStyle {
  let made = 0;
  return {
    quote: '\\"',
    newline: '^\n',
    text: (text) => text.replace(/["\\%!^]|[^\x20-\x7e]/gu, escapeUnit),
    // Several in one body must differ from each other.
    fresh: () => (made++ === 0 ? '%%k' : `%%k-${made}`),
  };
}

function holdsFresh(value: JsonTemplate): boolean {
  return value === FRESH || (!isLeaf(value) && Object.values(value).some((member: JsonTemplate) => holdsFresh(member)));
}
