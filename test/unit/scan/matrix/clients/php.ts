import { both, queryOf, urlOf, type HttpClient, type Parts, type Request } from '../model.js';
import { php } from '../languages/php.js';

const { write } = php;

function sent(request: Request, parts: Parts): Parts | undefined {
  return request.use === undefined ? parts : both(parts, php.use({ expression: '$answer', shape: 'json' }, request.use));
}

const headersOf = ({ headers }: Request): string => write({ object: headers });
const pairs = ({ query }: Request): string => `[${query.map(([name, value]) => `'${name}' => ${value}`).join(', ')}]`;

const guzzle: HttpClient = {
  kind: 'http', id: 'guzzle', name: 'Guzzle', language: php, head: '$client->',
  write: (request) => sent(request, {
    imports: ['use GuzzleHttp\\Client;'],
    statements: [
      `$client = new Client(['base_uri' => '${request.host}']);`,
      `$response = $client->request('${request.method}', '${request.path}', [`,
      `    'headers' => ${headersOf(request)},`,
      ...(request.query.length === 0 ? [] : [`    'query' => ${pairs(request)},`]),
      ...(request.body === undefined ? [] : [request.isTyped ? `    'json' => ${write(request.body)},` : `    'body' => json_encode(${write(request.body)}),`]),
      ']);',
      '$answer = json_decode($response->getBody()->getContents(), true);',
    ],
  }),
};

const curl: HttpClient = {
  kind: 'http', id: 'php-curl', name: 'curl', language: php, head: 'curl_init',
  write(request) {
    const headers = request.isTyped && request.body !== undefined ? [...request.headers, ['Content-Type', { text: 'application/json' }] as const] : request.headers;
    const line = (name: string, written: string): string => (written.startsWith("'") ? `'${name}: ${written.slice(1)}` : `'${name}: ' . ${written}`);
    return sent(request, {
      imports: [],
      statements: [
        `$handle = curl_init('${urlOf(request)}${queryOf(request)}');`,
        'curl_setopt_array($handle, [',
        '    CURLOPT_RETURNTRANSFER => true,',
        `    CURLOPT_CUSTOMREQUEST => '${request.method}',`,
        `    CURLOPT_HTTPHEADER => [${headers.map(([name, value]) => line(name, write(value))).join(', ')}],`,
        ...(request.body === undefined ? [] : [`    CURLOPT_POSTFIELDS => json_encode(${write(request.body)}),`]),
        ']);',
        '$answer = json_decode(curl_exec($handle), true);',
        'curl_close($handle);',
      ],
    });
  },
};

const laravel: HttpClient = {
  kind: 'http', id: 'laravel', name: "Laravel's Http", language: php, head: 'Http::',
  write(request) {
    const { method, body, isTyped, query } = request;
    const url = `'${urlOf(request)}'`;
    const given = body === undefined ? (query.length === 0 ? url : `${url}, ${pairs(request)}`) : isTyped ? `${url}, ${write(body)}` : url;
    return sent(request, {
      imports: ['use Illuminate\\Support\\Facades\\Http;'],
      statements: [
        `$response = Http::withHeaders(${headersOf(request)})`,
        ...(body === undefined || isTyped ? [] : [`    ->withBody(json_encode(${write(body)}), 'text/plain')`]),
        `    ->${method.toLowerCase()}(${given});`,
        '$answer = $response->json();',
      ],
    });
  },
};

/** The HTTP clients of PHP. */
export const PHP: readonly HttpClient[] = [guzzle, curl, laravel];
