import { bodyOf, type ApiRequest } from '../../request.js';
import type { SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { jsonParts, merged } from './json.js';
import { freshValue, inDoubleQuotes, quotedJson, SCRIPT_HEAD } from './posix.js';
import { urlParts } from './url.js';

/** curl for bash and zsh, laid out as Stigg's documentation does it. */
export const curl: Writer = {
  id: 'curl',
  title: () => 'curl (bash, zsh)',
  languageIds: ['shellscript', 'plaintext', 'markdown', 'mdx'],
  write: (request, options) => ({ parts: command(request, options), head: [] }),
  file: ({ parts }) => [SCRIPT_HEAD, ...failing(parts, /^curl/, 'curl --fail-with-body'), '\n'],
};

function command(request: ApiRequest, options: WriterOptions): SnippetParts {
  const body = bodyOf(request);
  return merged([
    `curl -X ${request.method} "`,
    ...urlParts(request, options, inDoubleQuotes),
    '"',
    ...keyOptions(options).map((option) => NEXT + option),
    `${NEXT}-H "Content-Type: application/json"`,
    ...(request.idempotencyKey ? [`${NEXT}-H "Idempotency-Key: ${freshValue(options)}"`] : []),
    ...(body === undefined ? [] : [`${NEXT}-d '`, ...jsonParts(body, quotedJson(options), '  '), "'"]),
  ]);
}

/** Options stand on lines of their own. */
const NEXT = ' \\\n  ';

/**
 * In the documentation's form the shell expands the variable, so the value is visible in the process list while curl runs. In the
 * hidden one curl (8.3 and later) reads the variable itself.
 */
function keyOptions({ keyVariable, keyHeader }: WriterOptions): readonly string[] {
  return keyHeader === 'docs' ? [`-H "X-API-KEY: $${keyVariable}"`] : [`--variable %${keyVariable}`, `--expand-header "X-API-KEY: {{${keyVariable}}}"`];
}

/** The command as a program needs it: an answer of 400 and above is a failure, and its body is shown all the same. */
export function failing(parts: SnippetParts, name: RegExp, replacement: string): SnippetParts {
  return parts.map((part, index) => (index === 0 && typeof part === 'string' ? part.replace(name, () => replacement) : part));
}
