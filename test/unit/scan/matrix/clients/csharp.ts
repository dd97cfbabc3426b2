import { both, pascal, queryOf, urlOf, type HttpClient, type Parts, type Request } from '../model.js';
import { csharp } from '../languages/csharp.js';

const { write } = csharp;

function sent(request: Request, parts: Parts): Parts | undefined {
  return request.use === undefined ? parts : both(parts, csharp.use({ expression: 'answer', shape: 'json' }, request.use));
}

const IMPORTS = ['System.Net.Http', 'System.Text', 'System.Text.Json'];
const contentOf = ({ body, isTyped }: Request): string => (body === undefined ? 'null' : `new StringContent(JsonSerializer.Serialize(${write(body)})${isTyped ? ', Encoding.UTF8, "application/json"' : ''})`);
const READ = 'var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;';

const postAsync: HttpClient = {
  kind: 'http', id: 'httpclient', name: 'HttpClient', language: csharp, head: 'http.',
  write: (request) => sent(request, {
    imports: IMPORTS,
    statements: [
      `var http = new HttpClient { BaseAddress = new Uri("${request.host}") };`,
      ...request.headers.map(([name, value]) => `http.DefaultRequestHeaders.Add("${name}", ${write(value)});`),
      ...(request.body === undefined ? [] : [`var content = ${contentOf(request)};`]),
      `var response = await http.${pascal(request.method.toLowerCase())}Async("${request.path}${queryOf(request)}"${request.body === undefined ? '' : ', content'});`,
      READ,
    ],
  }),
};

const requestMessage: HttpClient = {
  kind: 'http', id: 'httprequestmessage', name: 'HttpRequestMessage', language: csharp, head: 'new HttpRequestMessage',
  write: (request) => sent(request, {
    imports: IMPORTS,
    members: ['private readonly HttpClient http = new();'],
    statements: [
      `using var request = new HttpRequestMessage(HttpMethod.${pascal(request.method.toLowerCase())}, "${urlOf(request)}${queryOf(request)}");`,
      ...request.headers.map(([name, value]) => `request.Headers.Add("${name}", ${write(value)});`),
      ...(request.body === undefined ? [] : [`request.Content = ${contentOf(request)};`]),
      'using var response = await http.SendAsync(request);',
      READ,
    ],
  }),
};

const restSharp: HttpClient = {
  kind: 'http', id: 'restsharp', name: 'RestSharp', language: csharp, head: 'new RestRequest',
  write: (request) => sent(request, {
    imports: ['RestSharp', 'System.Text.Json'],
    statements: [
      `var client = new RestClient("${request.host}");`,
      `var request = new RestRequest("${request.path}", Method.${pascal(request.method.toLowerCase())});`,
      ...request.headers.map(([name, value]) => `request.AddHeader("${name}", ${write(value)});`),
      ...request.query.map(([name, value]) => `request.AddQueryParameter("${name}", "${value}");`),
      ...(request.body === undefined ? [] : [request.isTyped ? `request.AddJsonBody(${write(request.body)});` : `request.AddStringBody(JsonSerializer.Serialize(${write(request.body)}), "text/plain");`]),
      'var response = await client.ExecuteAsync(request);',
      'var answer = JsonDocument.Parse(response.Content).RootElement;',
    ],
  }),
};

/** The HTTP clients of C#. */
export const CSHARP: readonly HttpClient[] = [postAsync, requestMessage, restSharp];
