import { both, queryOf, urlOf, type HttpClient, type Language, type Parts, type Request } from '../model.js';
import { graphqlDocument, payload, powerShell, requestFile } from '../languages/documents.js';
import { makefile, markdown, shell, word, workflow } from '../languages/shell.js';

const TYPE = ['Content-Type', { text: 'application/json' }] as const;
const typed = ({ headers, body, isTyped }: Request): Request['headers'] => (isTyped && body !== undefined ? [...headers, TYPE] : headers);

/** The answer of a command goes into a pipe. */
function piped(language: Language, request: Request, command: string): Parts | undefined {
  return request.use === undefined ? { imports: [], statements: [command] } : language.use({ expression: command, shape: 'json' }, request.use);
}

function curl(id: string, name: string, language: Language): HttpClient {
  return {
    kind: 'http', id, name, language, head: 'curl',
    write: (request) => piped(language, request, [
      `curl -fsS -X ${request.method} "${urlOf(request)}${queryOf(request)}"`,
      ...typed(request).map(([header, value]) => `  -H "${header}: ${word(value)}"`),
      ...(request.body === undefined ? [] : [`  -d '${language.write(request.body)}'`]),
    ].join(' \\\n')),
  };
}

const wget: HttpClient = {
  kind: 'http', id: 'wget', name: 'wget', language: shell, head: 'wget',
  write: (request) => piped(shell, request, [
    `wget -qO- --method=${request.method} "${urlOf(request)}${queryOf(request)}"`,
    ...typed(request).map(([header, value]) => `  --header="${header}: ${word(value)}"`),
    ...(request.body === undefined ? [] : [`  --body-data='${shell.write(request.body)}'`]),
  ].join(' \\\n')),
};

const httpie: HttpClient = {
  kind: 'http', id: 'httpie', name: 'HTTPie', language: shell, head: 'http',
  write: (request) => piped(shell, request, [
    `http --body${request.body !== undefined && !request.isTyped ? ' --form' : ''} ${request.method} ${urlOf(request)}`,
    ...request.headers.map(([header, value]) => `  "${header}:${word(value)}"`),
    ...request.query.map(([name, value]) => `  ${name}==${value}`),
    ...(request.body === undefined || !('object' in request.body) ? [] : request.body.object.map(([name, value]) => ('list' in value || 'object' in value ? `  ${name}:='${shell.write(value)}'` : `  ${name}="${word(value)}"`))),
  ].join(' \\\n')),
};

const invokeRestMethod: HttpClient = {
  kind: 'http', id: 'invoke-restmethod', name: 'Invoke-RestMethod', language: powerShell, head: 'Invoke-RestMethod',
  write(request) {
    const { method, headers, body, isTyped, use } = request;
    const parts: Parts = {
      imports: [],
      statements: [
        ...(body === undefined ? [] : [`$body = ${powerShell.write(body)} | ConvertTo-Json -Depth 5`]),
        `$answer = Invoke-RestMethod -Method ${method.charAt(0)}${method.slice(1).toLowerCase()} -Uri "${urlOf(request)}${queryOf(request)}" -Headers ${powerShell.write({ object: headers })}${body === undefined ? '' : ` -Body $body${isTyped ? " -ContentType 'application/json'" : ''}`}`,
      ],
    };
    return use === undefined ? parts : both(parts, powerShell.use({ expression: '$answer', shape: 'json' }, use));
  },
};

const requests: HttpClient = {
  kind: 'http', id: 'http-file', name: 'request files', language: requestFile, head: 'POST',
  write: (request) => (request.use !== undefined ? undefined : {
    imports: [],
    statements: [
      `${request.method} ${urlOf(request)}${queryOf(request)}`,
      ...typed(request).map(([header, value]) => `${header}: ${requestFile.write(value).replaceAll('"', '')}`),
      ...(request.body === undefined ? [] : ['', requestFile.write(request.body)]),
    ],
  }),
};

const payloads: HttpClient = {
  kind: 'http', id: 'payload', name: 'payload files', language: payload, head: '',
  write: ({ body }) => (body === undefined ? undefined : { imports: [], statements: [payload.write(body)] }),
};

const documents: HttpClient = {
  kind: 'http', id: 'graphql-document', name: 'documents', language: graphqlDocument, head: '', isGraphql: true,
  write({ body }) {
    const variables = body !== undefined && 'object' in body ? new Map(body.object).get('variables') : undefined;
    const input = variables !== undefined && 'object' in variables ? new Map(variables.object).get('input') : undefined;
    if (input === undefined) return undefined;
    const written = graphqlDocument.write(input);
    const variable = /\$\w+/.exec(written)?.[0];
    return { imports: [], statements: [`mutation Provision${variable === undefined ? '' : `(${variable}: Float!)`} {`, `  provisionSubscription(input: ${written}) {`, '    id', '  }', '}'] };
  },
};

/** What sends requests from scripts and documents. */
export const SCRIPTS: readonly HttpClient[] = [
  curl('curl', 'curl', shell), wget, httpie, invokeRestMethod, requests,
  curl('curl-yaml', 'curl', workflow), curl('curl-markdown', 'curl', markdown), curl('curl-makefile', 'curl', makefile), payloads, documents,
];
