import { both, queryOf, urlOf, type HttpClient, type Parts, type Request } from '../model.js';
import { python } from '../languages/python.js';

const { write } = python;

function sent(request: Request, parts: Parts): Parts | undefined {
  return request.use === undefined ? parts : both(parts, python.use({ expression: 'answer', shape: 'json' }, request.use));
}

function client(id: string, name: string, head: string, emit: (request: Request) => Parts | undefined): HttpClient {
  return { kind: 'http', id, name, language: python, head, write: emit };
}

const headersOf = ({ headers }: Request): string => write({ object: headers });
const typed = (request: Request): string => headersOf(request.isTyped && request.body !== undefined ? { ...request, headers: [...request.headers, ['Content-Type', { text: 'application/json' }]] } : request);
const params = ({ query }: Request): string[] => (query.length === 0 ? [] : [`params={${query.map(([name, value]) => `"${name}": ${value}`).join(', ')}}`]);
/** `json=` where the type is to be said. */
const body = ({ body, isTyped }: Request, raw: string): string[] => (body === undefined ? [] : [isTyped ? `json=${write(body)}` : `${raw}=json.dumps(${write(body)})`]);
const given = (request: Request, raw: string, headers: readonly string[]): string => [`"${urlOf(request)}"`, ...body(request, raw), ...params(request), ...headers].join(', ');

const requests = client('requests', 'requests', 'requests.', (request) => sent(request, {
  imports: ['import json', 'import requests'],
  statements: [`response = requests.${request.method.toLowerCase()}(${given(request, 'data', [`headers=${headersOf(request)}`, 'timeout=10'])})`, 'answer = response.json()'],
}));

const session = client('requests-session', 'requests sessions', 'session.', (request) => sent(request, {
  imports: ['import json', 'import requests'],
  statements: ['session = requests.Session()', `session.headers.update(${headersOf(request)})`, `answer = session.${request.method.toLowerCase()}(${given(request, 'data', [])}).json()`],
}));

const httpx = client('httpx', 'httpx', 'client.', (request) => sent(request, {
  imports: ['import json', 'import httpx'],
  statements: [
    `client = httpx.Client(base_url="${request.host}", headers=${headersOf(request)})`,
    `response = client.${request.method.toLowerCase()}(${given({ ...request, host: '' }, 'content', [])})`,
    'answer = response.json()',
  ],
}));

const aiohttp = client('aiohttp', 'aiohttp', 'session.', (request) => sent(request, {
  imports: ['import json', 'import aiohttp'],
  statements: [
    'async with aiohttp.ClientSession() as session:',
    `    async with session.${request.method.toLowerCase()}(${given(request, 'data', [`headers=${headersOf(request)}`])}) as response:`,
    '        answer = await response.json()',
  ],
}));

const urllib = client('urllib', 'urllib', 'urllib.request.Request', (request) => sent(request, {
  imports: ['import json', 'import urllib.request'],
  statements: [
    ...(request.body === undefined ? [] : [`body = ${write(request.body)}`]),
    `request = urllib.request.Request("${urlOf(request)}${queryOf(request)}", ${request.body === undefined ? '' : 'data=json.dumps(body).encode(), '}headers=${typed(request)}, method="${request.method}")`,
    'with urllib.request.urlopen(request) as response:',
    '    answer = json.load(response)',
  ],
}));

/** The HTTP clients of Python. */
export const PYTHON: readonly HttpClient[] = [requests, session, httpx, aiohttp, urllib];
