import { bodyOf, Placeholder, type ApiRequest } from '../../request.js';
import { tabStop, type SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { addressIn } from './address.js';
import { csharpUsing, fileOf, joined, needsContentType } from './frame.js';
import { stringIn, valueIn, type Notation } from './notation.js';
import { quoteUtf32 } from './quotes.js';

const string = (text: string): string => stringIn({ quote: quoteUtf32 }, text);

/** C#: dictionaries, because an anonymous type cannot have every name that JSON has. Also for the SDK. */
export const CSHARP: Notation = {
  quote: quoteUtf32,
  literals: { true: 'true', false: 'false', null: 'null' },
  fresh: 'Guid.NewGuid().ToString()',
  indent: '    ',
  object: { open: 'new Dictionary<string, object?> {', close: '}', empty: 'new Dictionary<string, object?>()' },
  array: { open: 'new object?[] {', close: '}', empty: 'new object?[0]' },
  key: (name) => `[${string(name)}] = `,
  trailingComma: true,
};

/** The key from the environment. Also for the SDK. */
export function csharpKey(keyVariable: string): string {
  return `Environment.GetEnvironmentVariable("${keyVariable}") ?? throw new InvalidOperationException("${keyVariable} is not set")`;
}

/** HttpClient of .NET. */
export const csharpWriter: Writer = {
  id: 'csharp',
  title: () => 'C# (HttpClient)',
  languageIds: ['csharp'],
  write: (request, options) => ({
    head: ['System', ...(bodyOf(request) === undefined ? [] : ['System.Collections.Generic']), 'System.Net.Http', ...(needsContentType(request) ? ['System.Text'] : []), ...(bodyOf(request) === undefined ? [] : ['System.Text.Json'])].map(csharpUsing),
    parts: httpClientOf(request, options),
  }),
  file: ({ head, parts }) => fileOf(head, parts),
};

function httpClientOf(request: ApiRequest, { baseUrl, keyVariable }: WriterOptions): SnippetParts {
  const body = bodyOf(request);
  const method = request.method.charAt(0) + request.method.slice(1).toLowerCase();
  return joined([
    'using var client = new HttpClient();',
    [`using var request = new HttpRequestMessage(HttpMethod.${method}, `, ...addressIn(quoteUtf32, request, baseUrl), ...queryOf(request), ');'],
    `request.Headers.Add("X-API-KEY", ${csharpKey(keyVariable)});`,
    request.idempotencyKey ? `request.Headers.Add("Idempotency-Key", ${CSHARP.fresh});` : undefined,
    needsContentType(request) ? ['request.Content = new StringContent(', ...(body === undefined ? ['""'] : ['JsonSerializer.Serialize(', ...valueIn(CSHARP, body), ')']), ', Encoding.UTF8, "application/json");'] : undefined,
    'using var response = await client.SendAsync(request);',
    'var text = await response.Content.ReadAsStringAsync();',
    'if (!response.IsSuccessStatusCode) throw new HttpRequestException($"Stigg answered {(int)response.StatusCode}: {text}");',
    ...(request.surface === 'graphql'
      ? ['using var answer = JsonDocument.Parse(text);', '// GraphQL answers errors with status 200.', 'if (answer.RootElement.TryGetProperty("errors", out _)) throw new InvalidOperationException($"Stigg answered errors: {text}");', 'Console.WriteLine(answer.RootElement.GetProperty("data"));']
      : ['Console.WriteLine(text);']),
  ]);
}

/** The query after the address. */
function queryOf({ query }: ApiRequest): SnippetParts {
  return query.flatMap(({ name, value }, index) => {
    const quoted = quoteUtf32(String(value instanceof Placeholder ? value.sample : value));
    const inner = value instanceof Placeholder ? tabStop(value.stop, quoted.inner) : quoted.inner;
    return [`\n    + ${string(`${index === 0 ? '?' : '&'}${encodeURIComponent(name)}=`)} + Uri.EscapeDataString(`, quoted.open, inner, quoted.close, ')'];
  });
}
