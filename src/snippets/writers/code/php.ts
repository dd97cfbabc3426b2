import { bodyOf, type ApiRequest } from '../../request.js';
import type { SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { addressIn, queryIn } from './address.js';
import { fileOf, joined, merged, needsContentType } from './frame.js';
import { stringIn, valueIn, type Notation } from './notation.js';
import { quotePhp } from './quotes.js';

const PHP: Notation = {
  quote: quotePhp,
  literals: { true: 'true', false: 'false', null: 'null' },
  // PHP has no UUIDs of its own; Stigg takes any text that was not used before.
  fresh: 'bin2hex(random_bytes(16))',
  indent: '    ',
  // An empty array would become the JSON `[]`.
  object: { open: '[', close: ']', empty: 'new \\stdClass()' },
  array: { open: '[', close: ']', empty: '[]' },
  key: (name) => `${stringIn({ quote: quotePhp }, name)} => `,
  trailingComma: true,
};

/** The extension curl. */
export const phpWriter: Writer = {
  id: 'php',
  title: () => 'PHP (curl)',
  languageIds: ['php'],
  before: /^(?:declare\(|namespace\b)/,
  write: (request, options) => ({ head: [], parts: curlOf(request, options) }),
  file: ({ head, parts }) => merged(['<?php\n\n', ...fileOf(head, parts)]),
};

function curlOf(request: ApiRequest, { baseUrl, keyVariable }: WriterOptions): SnippetParts {
  const body = bodyOf(request);
  const address = addressIn(PHP.quote, request, baseUrl);
  return joined([
    request.query.length > 0
      ? ['$curl = curl_init(', ...address, " . '?' . http_build_query(", ...queryIn(PHP, request, false), '));']
      : ['$curl = curl_init(', ...address, ');'],
    'curl_setopt_array($curl, [',
    request.method === 'GET' ? undefined : `    CURLOPT_CUSTOMREQUEST => '${request.method}',`,
    '    CURLOPT_HTTPHEADER => [',
    `        'X-API-KEY: ' . getenv('${keyVariable}'),`,
    needsContentType(request) ? "        'Content-Type: application/json'," : undefined,
    request.idempotencyKey ? `        'Idempotency-Key: ' . ${PHP.fresh},` : undefined,
    '    ],',
    postFields(request, body),
    '    CURLOPT_RETURNTRANSFER => true,',
    ']);',
    '$body = curl_exec($curl);',
    'if ($body === false) {',
    '    throw new \\RuntimeException(curl_error($curl));',
    '}',
    '$status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);',
    'if ($status < 200 || $status > 299) {',
    '    throw new \\RuntimeException("Stigg answered $status: $body");',
    '}',
    ...(request.surface === 'graphql'
      ? [
          '$answer = json_decode($body, true, 512, JSON_THROW_ON_ERROR);',
          '// GraphQL answers errors with status 200.',
          "if (isset($answer['errors'])) {",
          '    throw new \\RuntimeException("Stigg answered errors: $body");',
          '}',
          "print_r($answer['data']);",
        ]
      : ["print_r($body === '' ? $status : json_decode($body, true, 512, JSON_THROW_ON_ERROR));"]),
  ]);
}

/** Without any field curl would leave the length of an empty body out. */
function postFields(request: ApiRequest, body: ReturnType<typeof bodyOf>): SnippetParts | undefined {
  if (body !== undefined) return ['    CURLOPT_POSTFIELDS => json_encode(', ...valueIn(PHP, body, 1), ', JSON_THROW_ON_ERROR),'];
  return request.method === 'POST' || request.method === 'PUT' ? ["    CURLOPT_POSTFIELDS => '',"] : undefined;
}
