import { both, queryOf, urlOf, type HttpClient, type Language, type Parts, type Request } from '../model.js';
import { powerShell } from '../languages/documents.js';
import { typescript } from '../languages/ecmascript.js';
import { php } from '../languages/php.js';
import { python } from '../languages/python.js';
import { ruby } from '../languages/ruby.js';

const TYPE = ['Content-Type', { text: 'application/json' }] as const;
const typed = ({ headers, body, isTyped }: Request): Request['headers'] => (isTyped && body !== undefined ? [...headers, TYPE] : headers);

function client(language: Language, id: string, name: string, head: string, emit: (request: Request) => Parts, expression = 'answer'): HttpClient {
  return {
    kind: 'http', id, name, language, head,
    write(request) {
      const parts = emit(request);
      return request.use === undefined ? parts : both(parts, language.use({ expression, shape: 'json' }, request.use));
    },
  };
}

const requestObject = client(typescript, 'request-object', 'Request objects', 'new Request', (request) => ({
  imports: [],
  statements: [
    `const headers = new Headers(${typescript.write({ object: typed(request) })});`,
    `const request = new Request('${urlOf(request)}${queryOf(request)}', { method: '${request.method}', headers${request.body === undefined ? '' : `, body: JSON.stringify(${typescript.write(request.body)})`} });`,
    'const response = await fetch(request);',
    'const answer = await response.json();',
  ],
}));

const httpClient = client(python, 'http-client', 'http.client', 'connection.request', (request) => ({
  imports: ['import http.client', 'import json'],
  statements: [
    `connection = http.client.HTTPSConnection("${request.host.replace('https://', '')}")`,
    `connection.request("${request.method}", "${request.path}${queryOf(request)}", ${request.body === undefined ? '' : `body=json.dumps(${python.write(request.body)}), `}headers=${python.write({ object: typed(request) })})`,
    'answer = json.loads(connection.getresponse().read())',
  ],
}));

const bare = (headers: Request['headers']): string => headers.map(([name, value]) => `"${name}" => ${ruby.write(value)}`).join(', ');
const queryHash = ({ query }: Request): string => `{ ${query.map(([name, value]) => `${name}: ${value}`).join(', ')} }`;

const restClient = client(ruby, 'rest-client', 'rest-client', 'RestClient.', (request) => ({
  imports: ['require "rest-client"'],
  statements: [
    `response = RestClient.${request.method.toLowerCase()}("${urlOf(request)}"${request.body === undefined ? '' : `, ${ruby.write(request.body)}.to_json`}, { ${bare(typed(request))}${request.query.length === 0 ? '' : `, params: ${queryHash(request)}`} })`,
    'answer = JSON.parse(response.body)',
  ],
}));

const httpRb = client(ruby, 'http-rb', 'HTTP.rb', 'HTTP', (request) => ({
  imports: ['require "http"'],
  statements: [
    `response = HTTP.headers(${bare(request.headers)}).${request.method.toLowerCase()}("${urlOf(request)}"${request.query.length === 0 ? '' : `, params: ${queryHash(request)}`}${request.body === undefined ? '' : request.isTyped ? `, json: ${ruby.write(request.body)}` : `, body: ${ruby.write(request.body)}.to_json`})`,
    'answer = response.parse',
  ],
}));

const typhoeus = client(ruby, 'typhoeus', 'Typhoeus', 'Typhoeus.', (request) => ({
  imports: ['require "typhoeus"'],
  statements: [
    `response = Typhoeus.${request.method.toLowerCase()}("${urlOf(request)}", headers: { ${bare(typed(request))} }${request.query.length === 0 ? '' : `, params: ${queryHash(request)}`}${request.body === undefined ? '' : `, body: ${ruby.write(request.body)}.to_json`})`,
    'answer = JSON.parse(response.body)',
  ],
}));

const symfony = client(php, 'symfony', "Symfony's HttpClient", '$client->request', (request) => ({
  imports: ['use Symfony\\Component\\HttpClient\\HttpClient;'],
  statements: [
    '$client = HttpClient::create();',
    `$response = $client->request('${request.method}', '${urlOf(request)}', [`,
    `    'headers' => ${php.write({ object: request.headers })},`,
    ...(request.query.length === 0 ? [] : [`    'query' => [${request.query.map(([name, value]) => `'${name}' => ${value}`).join(', ')}],`]),
    ...(request.body === undefined ? [] : [request.isTyped ? `    'json' => ${php.write(request.body)},` : `    'body' => json_encode(${php.write(request.body)}),`]),
    ']);',
    '$answer = $response->toArray();',
  ],
}), '$answer');

const streams = client(php, 'php-streams', 'file_get_contents', 'file_get_contents', (request) => {
  const line = (name: string, written: string): string => (written.startsWith("'") ? `'${name}: ${written.slice(1)}` : `'${name}: ' . ${written}`);
  return {
    imports: [],
    statements: [
      `$context = stream_context_create(['http' => [`,
      `    'method' => '${request.method}',`,
      `    'header' => [${typed(request).map(([name, value]) => line(name, php.write(value))).join(', ')}],`,
      ...(request.body === undefined ? [] : [`    'content' => json_encode(${php.write(request.body)}),`]),
      ']]);',
      `$answer = json_decode(file_get_contents('${urlOf(request)}${queryOf(request)}', false, $context), true);`,
    ],
  };
}, '$answer');

const webRequest = client(powerShell, 'invoke-webrequest', 'Invoke-WebRequest', 'Invoke-WebRequest', (request) => ({
  imports: [],
  statements: [
    '$call = @{',
    `    Method = '${request.method}'`,
    `    Uri = '${urlOf(request)}${queryOf(request)}'`,
    `    Headers = ${powerShell.write({ object: request.headers })}`,
    ...(request.body === undefined ? [] : [`    Body = ${powerShell.write(request.body)} | ConvertTo-Json -Depth 5`, ...(request.isTyped ? ["    ContentType = 'application/json'"] : [])]),
    '}',
    '$answer = (Invoke-WebRequest @call).Content | ConvertFrom-Json',
  ],
}), '$answer');

/** Further clients of TypeScript. */
export const MORE_JAVASCRIPT: readonly HttpClient[] = [requestObject];
export const MORE_PYTHON: readonly HttpClient[] = [httpClient];
export const MORE_RUBY: readonly HttpClient[] = [restClient, httpRb, typhoeus];
export const MORE_PHP: readonly HttpClient[] = [symfony, streams];
export const MORE_POWERSHELL: readonly HttpClient[] = [webRequest];
