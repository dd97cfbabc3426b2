import { bodyOf, type ApiRequest } from '../../request.js';
import type { SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { jsonParts, merged, plainText, type JsonStyle } from './json.js';
import { urlParts } from './url.js';

/**
 * Request files of the REST Client extension, whose variables for the environment and for a UUID these are. JetBrains' client reads the
 * same format and has other names for the two.
 */
export const http: Writer = {
  id: 'http',
  title: () => '.http (REST Client)',
  languageIds: ['http'],
  write: (request, options) => ({ parts: command(request, options), head: [] }),
  file: ({ parts }) => [JETBRAINS, ...parts, '\n'],
};

const JETBRAINS = '# For the REST Client of VS Code. The HTTP client of JetBrains wants {{$env.NAME}} for {{$processEnv NAME}} and {{$random.uuid}} for {{$guid}}.\n\n';

function command(request: ApiRequest, options: WriterOptions): SnippetParts {
  const body = bodyOf(request);
  return merged([
    `### ${request.summary.replace(/\s+/g, ' ').trim()}\n${request.method} `,
    ...urlParts(request, options, (text) => text),
    `\nX-API-KEY: {{$processEnv ${options.keyVariable}}}`,
    // A GET has nothing to describe; Stigg turns a POST without it away, even one without a body.
    ...(request.method === 'GET' ? [] : ['\nContent-Type: application/json']),
    ...(request.idempotencyKey ? ['\nIdempotency-Key: {{$guid}}'] : []),
    ...(body === undefined ? [] : ['\n\n', ...jsonParts(body, STYLE)]),
  ]);
}

const STYLE: JsonStyle = {
  quote: '"',
  newline: '\n',
  // Two braces would be one of the client's variables.
  text: (text) => plainText(text).replaceAll('{{', '{\\u007b'),
  fresh: () => '{{$guid}}',
};
