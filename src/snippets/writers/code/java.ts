import { bodyOf, FRESH, Placeholder, type ApiRequest, type JsonObject, type JsonTemplate } from '../../request.js';
import { tabStop, type SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions, WrittenRequest } from '../../writer.js';
import { addressIn } from './address.js';
import { indented, javaImport, joined, merged, needsContentType, usesFresh } from './frame.js';
import { block, holdsFresh, isList, numberOf, stringIn } from './notation.js';
import { quoteJava } from './quotes.js';

const string = (text: string): string => stringIn({ quote: quoteJava }, text);
const HTTP = ['java.net.URI', 'java.net.http.HttpClient', 'java.net.http.HttpRequest', 'java.net.http.HttpResponse'] as const;

/** java.net.http of Java 15 and newer (text blocks). */
export const javaWriter: Writer = {
  id: 'java',
  title: () => 'Java (java.net.http)',
  languageIds: ['java'],
  before: /^package\b/,
  write: (request, options) => ({
    head: [...HTTP.slice(0, 1), ...(hasQuery(request) ? ['java.net.URLEncoder'] : []), ...HTTP.slice(1), ...(hasQuery(request) ? ['java.nio.charset.StandardCharsets'] : []), 'java.util.Objects', ...(usesFresh(request) ? ['java.util.UUID'] : [])].map(javaImport),
    parts: javaNetHttpOf(request, options),
  }),
  file: javaFile,
};

/** A program whose main method holds the statements. Also for the SDK. */
export function javaFile({ head, parts }: WrittenRequest): SnippetParts {
  return merged([...head.map(({ text }) => `${text}\n`), '\npublic class Main {\n  public static void main(String[] args) throws Exception {\n', ...indented(parts, '    '), '\n  }\n}\n']);
}

function hasQuery({ query }: ApiRequest): boolean {
  return query.length > 0;
}

function javaNetHttpOf(request: ApiRequest, { baseUrl, keyVariable }: WriterOptions): SnippetParts {
  const body = bodyOf(request);
  return joined([
    body === undefined ? undefined : ['String body = ', ...textBlock(body), ';'],
    ['HttpRequest request = HttpRequest.newBuilder(URI.create(', ...addressIn(quoteJava, request, baseUrl), ...queryOf(request), '))'],
    `    .header("X-API-KEY", Objects.requireNonNull(System.getenv("${keyVariable}"), "${keyVariable} is not set"))`,
    needsContentType(request) ? '    .header("Content-Type", "application/json")' : undefined,
    request.idempotencyKey ? '    .header("Idempotency-Key", UUID.randomUUID().toString())' : undefined,
    request.method === 'GET' ? undefined : `    .method("${request.method}", HttpRequest.BodyPublishers.${body === undefined ? 'noBody()' : 'ofString(body)'})`,
    '    .build();',
    'HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());',
    'if (response.statusCode() < 200 || response.statusCode() > 299) {',
    '  throw new IllegalStateException("Stigg answered " + response.statusCode() + ": " + response.body());',
    '}',
    ...(request.surface === 'graphql'
      ? ['// GraphQL answers errors with status 200.', 'if (response.body().contains("\\"errors\\":[")) {', '  throw new IllegalStateException("Stigg answered errors: " + response.body());', '}']
      : []),
    'System.out.println(response.body());',
  ]);
}

/** The query after the address. */
function queryOf({ query }: ApiRequest): SnippetParts {
  return query.flatMap(({ name, value }, index) => {
    const quoted = quoteJava(String(value instanceof Placeholder ? value.sample : value));
    const inner = value instanceof Placeholder ? tabStop(value.stop, quoted.inner) : quoted.inner;
    return [`\n    + ${string(`${index === 0 ? '?' : '&'}${encodeURIComponent(name)}=`)} + URLEncoder.encode(`, quoted.open, inner, quoted.close, ', StandardCharsets.UTF_8)'];
  });
}

/** The JSON in a text block; values that nobody used before are put in when it runs. */
function textBlock(body: JsonObject): SnippetParts {
  const formatted = holdsFresh(body);
  // What `formatted` would take for a format. A percent sign that is typed into a tab stop later is the person's to double.
  const escape = (json: string): string => inBlock(formatted ? json.replaceAll('%', '%%') : json);
  const keys: string[] = [];
  const parts = jsonOf(body, escape, keys, 0);
  const lines = parts.map((part) => (typeof part === 'string' ? part.replaceAll('\n', '\n    ') : part));
  return ['"""\n    ', ...lines, '"""', formatted ? `.formatted(${keys.join(', ')})` : ''];
}

/** A text block knows the escapes of a string. Quotes are left as they are, so long as there are not three of them. */
function inBlock(json: string): string {
  const { inner } = quoteJava(json);
  return inner.replaceAll('\\"', '"').replaceAll('"""', '\\"""');
}

/** JSON text; pushes an expression for every value that nobody used before. */
function jsonOf(value: JsonTemplate, escape: (json: string) => string, keys: string[], level: number): SnippetParts {
  if (value instanceof Placeholder) {
    if (typeof value.sample !== 'string') return [tabStop(value.stop, typeof value.sample === 'number' ? numberOf(value.sample) : String(value.sample))];
    return ['"', tabStop(value.stop, escape(JSON.stringify(value.sample).slice(1, -1))), '"'];
  }
  if (value === FRESH) {
    keys.push('UUID.randomUUID()');
    return ['"%s"'];
  }
  if (value === null || typeof value !== 'object') return [typeof value === 'number' ? numberOf(value) : escape(JSON.stringify(value))];
  const style = { indent: '  ', trailingComma: false };
  return isList(value)
    ? block(style, { open: '[', close: ']', empty: '[]' }, value.map((entry) => jsonOf(entry, escape, keys, level + 1)), level)
    : block(style, { open: '{', close: '}', empty: '{}' }, Object.entries(value).map(([name, entry]) => [`${escape(JSON.stringify(name))}: `, ...jsonOf(entry, escape, keys, level + 1)]), level);
}
