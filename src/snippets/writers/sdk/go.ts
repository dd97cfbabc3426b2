import { FRESH, Placeholder } from '../../request.js';
import type { SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { goImport, joined } from '../code/frame.js';
import { GO, goFile, NEW_KEY } from '../code/go.js';
import { block, holdsFresh, placeholderIn, stringIn, valueIn } from '../code/notation.js';
import { callOf, DEFAULT_BASE_URL, hasUnionBody, pascal, singular, withInitialism, type SdkCall } from './call.js';

const SDK = 'github.com/stiggio/stigg-go';

/**
 * Source: the SDK's README, api.md and tests. Its parameters have a Go type for every field, which a request does not tell; what it names
 * besides them (`option.WithJSONSet`, `option.WithQuery`, `option.WithHeader`) takes every value as it is.
 */
export const goSdk: Writer = {
  id: 'sdk-go',
  title: () => 'Stigg SDK (Go, stigg-go)',
  languageIds: ['go'],
  before: /^package\b/,
  write: (request, options) => {
    const call = callOf(request);
    if (call === undefined || hasUnionBody(call)) return undefined;
    const fresh = usesFresh(call);
    return { head: ['context', ...(fresh ? ['crypto/rand', 'encoding/hex'] : []), 'fmt', 'log', 'os', SDK, `${SDK}/option`].map(goImport), parts: partsOf(call, request.query.map(({ name, value }) => ({ name, value })), options) };
  },
  file: goFile,
};

function usesFresh(call: SdkCall): boolean {
  return call.idempotencyKey || holdsFresh(call.body);
}

/** `retrieveEntitlements` is GetEntitlements, `createDraft` NewDraft. */
function methodOf(method: string): string {
  return pascal(method).replace(/^Retrieve/, 'Get').replace(/^Create/, 'New');
}

function partsOf(call: SdkCall, query: readonly { readonly name: string; readonly value: string | Placeholder }[], { baseUrl, keyVariable }: WriterOptions): SnippetParts {
  const method = methodOf(call.method);
  const type = `stigg.${call.resources.map((resource) => pascal(singular(resource))).join('')}${method}Params`;
  const args: SnippetParts[] = [
    ['context.TODO()'],
    ...call.path.slice(-1).map(({ value }) => placeholderIn(GO, value)),
    [type, '{', ...call.path.slice(0, -1).flatMap(({ name, value }) => [`${pascal(withInitialism(name))}: `, ...placeholderIn(GO, value)]), '}'],
    ...query.map(({ name, value }) => [`option.WithQuery(${stringIn(GO, name)}, `, ...placeholderOrText(value), ')']),
    ...Object.entries(call.body).map(([name, value]) => [`option.WithJSONSet(${stringIn(GO, name)}, `, ...valueIn(GO, value, 1), ')']),
    ...(call.idempotencyKey ? [['option.WithHeader("Idempotency-Key", ', ...valueIn(GO, FRESH), ')']] : []),
  ];
  return joined([
    ...(usesFresh(call) ? NEW_KEY : []),
    ['client := stigg.NewClient(', ...(baseUrl === DEFAULT_BASE_URL ? [] : [`option.WithBaseURL(${stringIn(GO, baseUrl)}), `]), `option.WithAPIKey(os.Getenv("${keyVariable}")))`],
    [`response, err := client.${call.resources.map(pascal).join('.')}.${method}`, ...block(GO, { open: '(', close: ')', empty: '()' }, args, 0)],
    'if err != nil {',
    '\tlog.Fatal(err)',
    '}',
    'fmt.Printf("%+v\\n", response.Data)',
  ]);
}

function placeholderOrText(value: string | Placeholder): SnippetParts {
  return typeof value === 'string' ? [stringIn(GO, value)] : placeholderIn(GO, new Placeholder(value.stop, String(value.sample)));
}
