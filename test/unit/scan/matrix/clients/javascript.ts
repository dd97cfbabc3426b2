import { both, queryOf, urlOf, type Answer, type HttpClient, type Parts, type Request, type Tree } from '../model.js';
import { typescript } from '../languages/ecmascript.js';

const { write } = typescript;

/** Statements, and what they do with the answer. */
function sent(request: Request, parts: Parts, expression: string): Parts | undefined {
  const answer: Answer = { expression, shape: 'json' };
  return request.use === undefined ? parts : both(parts, typescript.use(answer, request.use));
}

const quoted = (text: string): string => `'${text}'`;
const JSON_TYPE = ['Content-Type', { text: 'application/json' }] as const;
const headersOf = (headers: Request['headers']): string => write({ object: headers });
/** The headers with the one for the type, where the client has to be told. */
const typed = ({ headers, body, isTyped }: Request): string => headersOf(isTyped && body !== undefined ? [...headers, JSON_TYPE] : headers);
const text = (body: Tree): string => `JSON.stringify(${write(body)})`;

function client(id: string, name: string, head: string, emit: (request: Request) => Parts | undefined): HttpClient {
  return { kind: 'http', id, name, language: typescript, head, write: emit };
}

const options = (entries: readonly (string | undefined)[]): string => `{ ${entries.filter((one) => one !== undefined && one !== '').join(', ')} }`;
const params = ({ query }: Request, word: string): string | undefined => (query.length === 0 ? undefined : `${word}: { ${query.map(([name, value]) => `${name}: ${value}`).join(', ')} }`);

const fetchClient = client('fetch', 'fetch', 'fetch', (request) => {
  const given = options([`method: '${request.method}'`, `headers: ${typed(request)}`, request.body && `body: ${text(request.body)}`]);
  return sent(request, {
    imports: [],
    statements: [`const response = await fetch('${urlOf(request)}${queryOf(request)}', ${given});`, 'const answer = await response.json();'],
  }, 'answer');
});

const axios = client('axios', 'axios', 'axios.', (request) => {
  const body = request.body === undefined ? undefined : request.isTyped ? write(request.body) : text(request.body);
  const config = options([`headers: ${headersOf(request.headers)}`, params(request, 'params')]);
  return sent(request, {
    imports: ["import axios from 'axios';"],
    statements: [`const { data: answer } = await axios.${request.method.toLowerCase()}(${[quoted(urlOf(request)), ...(body === undefined ? [] : [body]), config].join(', ')});`],
  }, 'answer');
});

const axiosInstance = client('axios-instance', 'axios instances', 'api.', (request) => {
  const body = request.body === undefined ? [] : [request.isTyped ? write(request.body) : text(request.body)];
  const config = request.query.length === 0 ? [] : [options([params(request, 'params')])];
  return sent(request, {
    imports: ["import axios from 'axios';"],
    statements: [
      `const api = axios.create({ baseURL: '${request.host}', headers: ${headersOf(request.headers)} });`,
      `const answer = (await api.${request.method.toLowerCase()}(${[quoted(request.path), ...body, ...config].join(', ')})).data;`,
    ],
  }, 'answer');
});

const got = client('got', 'got', 'got.', (request) => {
  const body = request.body === undefined ? undefined : request.isTyped ? `json: ${write(request.body)}` : `body: ${text(request.body)}`;
  const given = options([`headers: ${headersOf(request.headers)}`, params(request, 'searchParams'), body]);
  return sent(request, {
    imports: ["import got from 'got';"],
    statements: [`const answer = await got.${request.method.toLowerCase()}('${urlOf(request)}', ${given}).json();`],
  }, 'answer');
});

const ky = client('ky', 'ky', 'api.', (request) => {
  const body = request.body === undefined ? undefined : request.isTyped ? `json: ${write(request.body)}` : `body: ${text(request.body)}`;
  return sent(request, {
    imports: ["import ky from 'ky';"],
    statements: [
      `const api = ky.create({ prefixUrl: '${request.host}', headers: ${headersOf(request.headers)} });`,
      `const answer = await api.${request.method.toLowerCase()}('${request.path.slice(1)}', ${options([params(request, 'searchParams'), body])}).json();`.replace(', {  })', ')'),
    ],
  }, 'answer');
});

const undici = client('undici', 'undici', 'request', (request) => {
  const given = options([`method: '${request.method}'`, `headers: ${typed(request)}`, params(request, 'query'), request.body && `body: ${text(request.body)}`]);
  return sent(request, {
    imports: ["import { request } from 'undici';"],
    statements: [`const { body } = await request('${urlOf(request)}', ${given});`, 'const answer = await body.json();'],
  }, 'answer');
});

const requestPackage = client('request', 'request', 'request', (request) => {
  const body = request.body === undefined ? undefined : request.isTyped ? `json: ${write(request.body)}` : `body: ${text(request.body)}`;
  const given = options([`uri: '${urlOf(request)}'`, `method: '${request.method}'`, `headers: ${headersOf(request.headers)}`, params(request, 'qs'), body]);
  return sent(request, {
    imports: ["import request from 'request-promise-native';"],
    statements: [`const answer = JSON.parse(await request(${given}));`],
  }, 'answer');
});

/** The document and variables of a GraphQL body. */
function operationOf({ path, body }: Request): { readonly document: string; readonly variables: string | undefined } | undefined {
  if (!path.endsWith('/graphql') || body === undefined || !('object' in body)) return undefined;
  const entries = new Map(body.object);
  const query = entries.get('query');
  const variables = entries.get('variables');
  return query === undefined || !('text' in query) ? undefined : { document: query.text, variables: variables === undefined ? undefined : write(variables) };
}

const graphqlRequest = client('graphql-request', 'graphql-request', 'graph.', (request) => {
  const operation = operationOf(request);
  if (operation === undefined) return undefined;
  return sent(request, {
    imports: ["import { gql, GraphQLClient } from 'graphql-request';"],
    statements: [
      `const graph = new GraphQLClient('${urlOf(request)}', { headers: ${headersOf(request.headers)} });`,
      `const answer = await graph.request(gql\`${operation.document}\`${operation.variables === undefined ? '' : `, ${operation.variables}`});`,
    ],
  }, 'answer');
});

const apollo = client('apollo', 'Apollo Client', 'client.', (request) => {
  const operation = operationOf(request);
  if (operation === undefined) return undefined;
  const word = operation.document.startsWith('mutation') ? 'mutate' : 'query';
  return sent(request, {
    imports: ["import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';"],
    statements: [
      `const client = new ApolloClient({ link: new HttpLink({ uri: '${urlOf(request)}', headers: ${headersOf(request.headers)} }), cache: new InMemoryCache() });`,
      `const { data: answer } = await client.${word}({ ${word === 'mutate' ? 'mutation' : 'query'}: gql\`${operation.document}\`${operation.variables === undefined ? '' : `, variables: ${operation.variables}`} });`,
    ],
  }, 'answer');
});

/** The HTTP clients of TypeScript and JavaScript. */
export const JAVASCRIPT: readonly HttpClient[] = [
  fetchClient, axios, axiosInstance, got, ky, undici, requestPackage, { ...graphqlRequest, isGraphql: true }, { ...apollo, isGraphql: true },
];
