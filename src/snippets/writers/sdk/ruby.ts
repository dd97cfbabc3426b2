import { FRESH, type JsonObject } from '../../request.js';
import type { SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { fileOf, joined, rubyRequire } from '../code/frame.js';
import { block, holdsFresh, placeholderIn, stringIn, valueIn } from '../code/notation.js';
import { RUBY } from '../code/ruby.js';
import { callOf, DEFAULT_BASE_URL, renamed, type SdkCall, separated, snake } from './call.js';

/** Source: the SDK's README (`request_options: {extra_headers: …}`) and tests (`integrations.retrieve("integrationId", id: "id")`). */
export const rubySdk: Writer = {
  id: 'sdk-ruby',
  title: () => 'Stigg SDK (Ruby, stigg)',
  languageIds: ['ruby'],
  write: (request, options) => {
    const call = callOf(request);
    if (call === undefined) return undefined;
    const usesUuid = call.idempotencyKey || holdsFresh(call.body);
    return { head: [...(usesUuid ? ['securerandom'] : []), 'stigg'].map(rubyRequire), parts: partsOf(separated(call), options) };
  },
  file: ({ head, parts }) => fileOf(head, parts),
};

function partsOf(call: SdkCall, { baseUrl, keyVariable }: WriterOptions): SnippetParts {
  const host = baseUrl === DEFAULT_BASE_URL ? '' : `, base_url: ${stringIn(RUBY, baseUrl)}`;
  const params: JsonObject = {
    ...renamed({ ...Object.fromEntries(call.path.slice(0, -1).map(({ name, value }) => [name, value])), ...call.query, ...call.body }, snake),
    ...(call.idempotencyKey ? { request_options: { extra_headers: { 'Idempotency-Key': FRESH } } } : {}),
  };
  const args = [
    ...call.path.slice(-1).map(({ value }) => placeholderIn(RUBY, value)),
    ...Object.entries(params).map(([name, value]) => [RUBY.key(name), ...valueIn(RUBY, value, 1)]),
  ];
  return joined([
    `stigg = Stigg::Client.new(api_key: ENV.fetch("${keyVariable}")${host})`,
    [`response = stigg.${[...call.resources, call.method].map(snake).join('.')}`, ...block(RUBY, { open: '(', close: ')', empty: '' }, args, 0)],
    'puts response.data',
  ]);
}
