import { bodyOf, type ApiRequest } from '../../request.js';
import type { SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { addressIn, queryIn } from './address.js';
import { fileOf, joined, needsContentType, pythonImport, usesFresh } from './frame.js';
import { stringIn, valueIn, type Notation } from './notation.js';
import { quoteUtf32 } from './quotes.js';

/** Python: dictionaries and lists. Also for the SDK. */
export const PYTHON: Notation = {
  quote: quoteUtf32,
  literals: { true: 'True', false: 'False', null: 'None' },
  fresh: 'str(uuid.uuid4())',
  indent: '    ',
  object: { open: '{', close: '}', empty: '{}' },
  array: { open: '[', close: ']', empty: '[]' },
  key: (name) => `${stringIn({ quote: quoteUtf32 }, name)}: `,
  trailingComma: true,
};

/** The package requests. */
export const pythonWriter: Writer = {
  id: 'python',
  title: () => 'Python (requests)',
  languageIds: ['python'],
  before: /^from __future__ /,
  write: (request, options) => ({
    head: [pythonImport('os'), ...(usesFresh(request) ? [pythonImport('uuid')] : []), pythonImport('requests')],
    parts: requestsOf(request, options),
  }),
  file: ({ head, parts }) => fileOf(head, parts),
};

function requestsOf(request: ApiRequest, { baseUrl, keyVariable }: WriterOptions): SnippetParts {
  const body = bodyOf(request);
  return joined([
    `response = requests.${request.method.toLowerCase()}(`,
    ['    ', ...addressIn(PYTHON.quote, request, baseUrl), ','],
    request.query.length > 0 ? ['    params=', ...queryIn(PYTHON, request, false, 1), ','] : undefined,
    '    headers={',
    `        "X-API-KEY": os.environ["${keyVariable}"],`,
    // `json=` sets it where there is a body.
    needsContentType(request) && body === undefined ? '        "Content-Type": "application/json",' : undefined,
    request.idempotencyKey ? `        "Idempotency-Key": ${PYTHON.fresh},` : undefined,
    '    },',
    body === undefined ? undefined : ['    json=', ...valueIn(PYTHON, body, 1), ','],
    '    timeout=30,',
    ')',
    'if not response.ok:',
    '    raise RuntimeError(f"Stigg answered {response.status_code}: {response.text}")',
    ...(request.surface === 'graphql'
      ? ['answer = response.json()', '# GraphQL answers errors with status 200.', 'if answer.get("errors"):', '    raise RuntimeError(f"Stigg answered errors: {response.text}")', 'print(answer["data"])']
      : ['print(response.json() if response.text else response.status_code)']),
  ]);
}
