import { FRESH, type JsonObject } from '../../request.js';
import type { SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { head } from '../../customerToken/code.js';
import { fileOf, joined } from '../code/frame.js';
import { JAVASCRIPT } from '../code/javascript.js';
import { placeholderIn, stringIn, valueIn } from '../code/notation.js';
import { callOf, DEFAULT_BASE_URL, type SdkCall } from './call.js';

/** Source: the SDK's README, its tests (`integrations.retrieve('integrationId', { id: 'id' })`) and sdk-init.md: the last value of the path stands alone. */
export const typescriptSdk: Writer = {
  id: 'sdk-typescript',
  title: () => 'Stigg SDK (@stigg/typescript)',
  languageIds: ['typescript', 'javascript', 'typescriptreact', 'javascriptreact'],
  before: /^['"]use [a-z]+['"];?$/,
  write: (request, options) => {
    const call = callOf(request);
    return call === undefined ? undefined : { head: [head("import Stigg from '@stigg/typescript';", /@stigg\/typescript['"]/)], parts: partsOf(call, options) };
  },
  file: ({ head: headLines, parts }) => fileOf(headLines, parts),
};

function partsOf(call: SdkCall, { baseUrl, keyVariable }: WriterOptions): SnippetParts {
  const host = baseUrl === DEFAULT_BASE_URL ? '' : `, baseURL: ${stringIn(JAVASCRIPT, baseUrl)}`;
  const params: JsonObject = { ...Object.fromEntries(call.path.slice(0, -1).map(({ name, value }) => [name, value])), ...call.query, ...call.body };
  const args = [
    ...call.path.slice(-1).map(({ value }) => placeholderIn(JAVASCRIPT, value)),
    ...(Object.keys(params).length > 0 || call.idempotencyKey ? [valueIn(JAVASCRIPT, params)] : []),
    ...(call.idempotencyKey ? [valueIn(JAVASCRIPT, { headers: { 'Idempotency-Key': FRESH } })] : []),
  ];
  return joined([
    `const client = new Stigg({ apiKey: process.env.${keyVariable}${host} });`,
    [`const response = await client.${[...call.resources, call.method].join('.')}(`, ...args.flatMap((arg, index) => (index === 0 ? arg : [', ', ...arg])), ');'],
    'console.dir(response.data, { depth: null });',
  ]);
}
