import { bodyOf, type ApiRequest } from '../../request.js';
import type { SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { addressIn, queryIn } from './address.js';
import { fileOf, joined, needsContentType, rubyRequire, usesFresh } from './frame.js';
import { stringIn, valueIn, type Notation } from './notation.js';
import { quoteRuby } from './quotes.js';

const string = (text: string): string => stringIn({ quote: quoteRuby }, text);

/** Ruby: hashes with symbols for keys. Also for the SDK. */
export const RUBY: Notation = {
  quote: quoteRuby,
  literals: { true: 'true', false: 'false', null: 'nil' },
  fresh: 'SecureRandom.uuid',
  indent: '  ',
  object: { open: '{', close: '}', empty: '{}' },
  array: { open: '[', close: ']', empty: '[]' },
  key: (name) => `${/^[A-Za-z_]\w*$/.test(name) ? name : string(name)}: `,
  trailingComma: false,
};

/** Net::HTTP of the standard library. */
export const rubyWriter: Writer = {
  id: 'ruby',
  title: () => 'Ruby (net/http)',
  languageIds: ['ruby'],
  write: (request, options) => ({
    head: ['json', 'net/http', ...(usesFresh(request) ? ['securerandom'] : [])].map(rubyRequire),
    parts: netHttpOf(request, options),
  }),
  file: ({ head, parts }) => fileOf(head, parts),
};

function netHttpOf(request: ApiRequest, { baseUrl, keyVariable }: WriterOptions): SnippetParts {
  const body = bodyOf(request);
  const method = request.method.charAt(0) + request.method.slice(1).toLowerCase();
  return joined([
    ['uri = URI(', ...addressIn(RUBY.quote, request, baseUrl), ')'],
    request.query.length > 0 ? ['uri.query = URI.encode_www_form(', ...queryIn({ ...RUBY, key: (name) => `${string(name)} => ` }, request, false), ')'] : undefined,
    `request = Net::HTTP::${method}.new(uri)`,
    `request["X-API-KEY"] = ENV.fetch("${keyVariable}")`,
    needsContentType(request) ? 'request["Content-Type"] = "application/json"' : undefined,
    request.idempotencyKey ? `request["Idempotency-Key"] = ${RUBY.fresh}` : undefined,
    body === undefined ? undefined : ['request.body = JSON.generate(', ...valueIn(RUBY, body), ')'],
    'response = Net::HTTP.start(uri.hostname, uri.port, use_ssl: uri.scheme == "https") { |http| http.request(request) }',
    'raise "Stigg answered #{response.code}: #{response.body}" unless response.is_a?(Net::HTTPSuccess)',
    ...(request.surface === 'graphql'
      ? ['answer = JSON.parse(response.body)', '# GraphQL answers errors with status 200.', 'raise "Stigg answered errors: #{response.body}" if answer["errors"]', 'puts JSON.pretty_generate(answer["data"])']
      : ['puts response.body.to_s.empty? ? response.code : JSON.pretty_generate(JSON.parse(response.body))']),
  ]);
}
