import { bodyOf, type ApiRequest } from '../../request.js';
import type { SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions, WrittenRequest } from '../../writer.js';
import { addressIn, queryValueIn } from './address.js';
import { goImport, indented, joined, merged, needsContentType, usesFresh } from './frame.js';
import { stringIn, valueIn, type Notation } from './notation.js';
import { quoteUtf32 } from './quotes.js';

const string = (text: string): string => stringIn({ quote: quoteUtf32 }, text);

/** Go: `map[string]any` and `[]any`. Also for the SDK. */
export const GO: Notation = {
  quote: quoteUtf32,
  literals: { true: 'true', false: 'false', null: 'nil' },
  fresh: 'newKey()',
  indent: '\t',
  object: { open: 'map[string]any{', close: '}', empty: 'map[string]any{}' },
  array: { open: '[]any{', close: '}', empty: '[]any{}' },
  key: (name) => `${string(name)}: `,
  trailingComma: true,
};

/** What `newKey()` is: the standard library has no UUIDs, and Stigg takes any text that was not used before. */
export const NEW_KEY: readonly string[] = ['newKey := func() string {', '\tkey := make([]byte, 16)', '\tif _, err := rand.Read(key); err != nil {', '\t\tlog.Fatal(err)', '\t}', '\treturn hex.EncodeToString(key)', '}'];

/** net/http of the standard library. */
export const goWriter: Writer = {
  id: 'go',
  title: () => 'Go (net/http)',
  languageIds: ['go'],
  before: /^package\b/,
  write: (request, options) => ({ head: importsOf(request).map(goImport), parts: netHttpOf(request, options) }),
  file: goFile,
};

/** A program whose main function holds the statements. Also for the SDK. */
export function goFile({ head, parts }: WrittenRequest): SnippetParts {
  const imports = head.map(({ text }) => `\t${text.slice('import '.length)}\n`);
  return merged(['package main\n\nimport (\n', ...imports, ')\n\nfunc main() {\n', ...indented(parts, '\t'), '\n}\n']);
}

function importsOf(request: ApiRequest): readonly string[] {
  const body = bodyOf(request) !== undefined;
  return [
    ...(body ? ['bytes'] : []),
    ...(usesFresh(request) ? ['crypto/rand', 'encoding/hex'] : []),
    ...(body || request.surface === 'graphql' ? ['encoding/json'] : []),
    'fmt',
    'io',
    'log',
    'net/http',
    ...(request.query.length > 0 ? ['net/url'] : []),
    'os',
  ];
}

const FATAL = ['if err != nil {', '\tlog.Fatal(err)', '}'] as const;

function netHttpOf(request: ApiRequest, { baseUrl, keyVariable }: WriterOptions): SnippetParts {
  const body = bodyOf(request);
  const method = `http.Method${request.method.charAt(0)}${request.method.slice(1).toLowerCase()}`;
  const address = addressIn(GO.quote, request, baseUrl);
  return joined([
    ...(usesFresh(request) ? NEW_KEY : []),
    ...(request.query.length > 0 ? ['query := url.Values{}', ...request.query.map((parameter) => [`query.Set(${string(parameter.name)}, `, ...queryValueIn(GO, parameter, true), ')'])] : []),
    ...(body === undefined ? [] : [['body, err := json.Marshal(', ...valueIn(GO, body), ')'], ...FATAL]),
    [`request, err := http.NewRequest(${method}, `, ...address, request.query.length > 0 ? '+"?"+query.Encode()' : '', body === undefined ? ', nil)' : ', bytes.NewReader(body))'],
    ...FATAL,
    `request.Header.Set("X-API-KEY", os.Getenv("${keyVariable}"))`,
    needsContentType(request) ? 'request.Header.Set("Content-Type", "application/json")' : undefined,
    request.idempotencyKey ? `request.Header.Set("Idempotency-Key", ${GO.fresh})` : undefined,
    'response, err := http.DefaultClient.Do(request)',
    ...FATAL,
    'defer response.Body.Close()',
    'text, err := io.ReadAll(response.Body)',
    ...FATAL,
    'if response.StatusCode < 200 || response.StatusCode > 299 {',
    '\tlog.Fatalf("Stigg answered %s: %s", response.Status, text)',
    '}',
    ...(request.surface === 'graphql'
      ? [
          'var answer struct{ Data, Errors json.RawMessage }',
          'if err := json.Unmarshal(text, &answer); err != nil {',
          '\tlog.Fatal(err)',
          '}',
          '// GraphQL answers errors with status 200.',
          'if answer.Errors != nil {',
          '\tlog.Fatalf("Stigg answered errors: %s", answer.Errors)',
          '}',
          'fmt.Println(string(answer.Data))',
        ]
      : ['fmt.Println(string(text))']),
  ]);
}
