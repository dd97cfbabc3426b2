import { head } from '../../customerToken/code.js';
import { FRESH, type JsonObject } from '../../request.js';
import type { SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { fileOf, joined, pythonImport } from '../code/frame.js';
import { block, holdsFresh, stringIn, valueIn } from '../code/notation.js';
import { PYTHON } from '../code/python.js';
import { callOf, DEFAULT_BASE_URL, renamed, type SdkCall, separated, snake } from './call.js';

/** Words that Python does not take for a name; the SDK adds an underscore (`customers.import_`). */
const RESERVED: ReadonlySet<string> = new Set(['import', 'from', 'global', 'lambda', 'pass', 'with', 'class', 'is', 'in', 'not', 'and', 'or']);
const nameOf = (name: string): string => (RESERVED.has(name) ? `${snake(name)}_` : snake(name));

/** Source: the SDK's README, api.md and tests: every value by its name, snake_case down to the fields of nested objects. */
export const pythonSdk: Writer = {
  id: 'sdk-python',
  title: () => 'Stigg SDK (Python, stigg)',
  languageIds: ['python'],
  before: /^from __future__ /,
  write: (request, options) => {
    const call = callOf(request);
    if (call === undefined) return undefined;
    const usesUuid = call.idempotencyKey || holdsFresh(call.body);
    return { head: [pythonImport('os'), ...(usesUuid ? [pythonImport('uuid')] : []), head('from stigg import Stigg', /^from stigg import\b[^\n]{0,200}\bStigg\b/m)], parts: partsOf(separated(call), options) };
  },
  file: ({ head: headLines, parts }) => fileOf(headLines, parts),
};

function partsOf(call: SdkCall, { baseUrl, keyVariable }: WriterOptions): SnippetParts {
  const host = baseUrl === DEFAULT_BASE_URL ? '' : `, base_url=${stringIn(PYTHON, baseUrl)}`;
  const params: JsonObject = { ...Object.fromEntries(call.path.map(({ name, value }) => [name, value])), ...call.query, ...call.body };
  const args = Object.entries(renamed(params, snake)).map(([name, value]) => [`${nameOf(name)}=`, ...valueIn(PYTHON, value, 1)]);
  if (call.idempotencyKey) args.push(['extra_headers=', ...valueIn(PYTHON, { 'Idempotency-Key': FRESH }, 1)]);
  return joined([
    `client = Stigg(api_key=os.environ["${keyVariable}"]${host})`,
    [`response = client.${[...call.resources, call.method].map(nameOf).join('.')}`, ...block(PYTHON, { open: '(', close: ')', empty: '()' }, args, 0)],
    'print(response.data)',
  ]);
}
