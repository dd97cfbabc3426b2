import { bodyOf, type ApiRequest } from '../../request.js';
import type { SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { addressIn, queryIn } from './address.js';
import { fileOf, joined, needsContentType } from './frame.js';
import { valueIn, type Notation } from './notation.js';
import { quoteJavascript } from './quotes.js';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const text = (value: string): string => `'${quoteJavascript(value).inner}'`;

/** JavaScript, and TypeScript just so: what is written has the types it needs. Also for the SDK. */
export const JAVASCRIPT: Notation = {
  quote: quoteJavascript,
  literals: { true: 'true', false: 'false', null: 'null' },
  fresh: 'crypto.randomUUID()',
  indent: '  ',
  object: { open: '{', close: '}', empty: '{}' },
  array: { open: '[', close: ']', empty: '[]' },
  // An object literal takes `__proto__` for its prototype and not for a property, unless the name is computed.
  key: (name) => (name === '__proto__' ? "['__proto__']: " : `${IDENTIFIER.test(name) ? name : text(name)}: `),
  trailingComma: true,
};

/** fetch, of Node.js 20 and newer. */
export const fetchWriter: Writer = {
  id: 'fetch',
  title: () => 'JavaScript, TypeScript (fetch)',
  languageIds: ['javascript', 'typescript', 'javascriptreact', 'typescriptreact'],
  before: /^['"]use [a-z]+['"];?$/,
  write: (request, options) => ({ head: [], parts: fetchOf(request, options) }),
  file: ({ head, parts }) => fileOf(head, parts),
};

function fetchOf(request: ApiRequest, { baseUrl, keyVariable }: WriterOptions): SnippetParts {
  const body = bodyOf(request);
  const address = addressIn(JAVASCRIPT.quote, request, baseUrl);
  const hasQuery = request.query.length > 0;
  return joined([
    // A header of `undefined` would be sent as that word.
    `const apiKey = process.env.${keyVariable};`,
    `if (!apiKey) throw new Error('${keyVariable} is not set');`,
    hasQuery ? ['const query = new URLSearchParams(', ...queryIn(JAVASCRIPT, request, true), ');'] : undefined,
    ['const response = await fetch(', ...(hasQuery ? ['`', ...address.slice(1, -1).map(inTemplate), '?${query}`'] : address), ', {'],
    request.method === 'GET' ? undefined : `  method: '${request.method}',`,
    '  headers: {',
    "    'X-API-KEY': apiKey,",
    needsContentType(request) ? "    'Content-Type': 'application/json'," : undefined,
    request.idempotencyKey ? `    'Idempotency-Key': ${JAVASCRIPT.fresh},` : undefined,
    '  },',
    body === undefined ? undefined : ['  body: JSON.stringify(', ...valueIn(JAVASCRIPT, body, 1), '),'],
    '});',
    'const text = await response.text();',
    'if (!response.ok) throw new Error(`Stigg answered ${response.status}: ${text}`);',
    ...(request.surface === 'graphql'
      ? ['const { data, errors } = JSON.parse(text);', '// GraphQL answers errors with status 200.', 'if (errors) throw new Error(`Stigg answered errors: ${text}`);', 'console.dir(data, { depth: null });']
      : ["console.dir(text === '' ? response.status : JSON.parse(text), { depth: null });"]),
  ]);
}

/** The inside of `'…'` as the inside of a template: what ends it, and what begins an expression. */
function inTemplate(part: SnippetParts[number]): SnippetParts[number] {
  const escape = (inner: string): string => inner.replace(/[`$]/g, '\\$&');
  return typeof part === 'string' ? escape(part) : { ...part, text: escape(part.text) };
}

