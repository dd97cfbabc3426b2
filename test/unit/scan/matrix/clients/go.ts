import { both, queryOf, urlOf, type HttpClient, type Parts, type Request } from '../model.js';
import { answerType, go } from '../languages/go.js';

const { write } = go;

function sent(request: Request, parts: Parts, decode: readonly string[]): Parts | undefined {
  if (request.use === undefined) return { ...parts, statements: [...parts.statements, 'return err'] };
  const read: Parts = { imports: [], statements: [`var answer ${answerType(request.use)}`, ...decode] };
  return both(both(parts, read) ?? parts, go.use({ expression: 'answer', shape: 'json' }, request.use));
}

const netHttp: HttpClient = {
  kind: 'http', id: 'net-http', name: 'net/http', language: go, head: 'http.NewRequestWithContext',
  write(request) {
    const { method, body, headers, isTyped } = request;
    const set = [...headers, ...(isTyped && body !== undefined ? [['Content-Type', { text: 'application/json' }] as const] : [])];
    return sent(request, {
      imports: ['bytes', 'context', 'encoding/json', 'net/http'],
      statements: [
        ...(body === undefined ? [] : [`body, err := json.Marshal(${write(body)})`, 'if err != nil {\n\treturn err\n}']),
        `request, err := http.NewRequestWithContext(ctx, http.Method${method.charAt(0)}${method.slice(1).toLowerCase()}, "${urlOf(request)}${queryOf(request)}", ${body === undefined ? 'nil' : 'bytes.NewReader(body)'})`,
        'if err != nil {\n\treturn err\n}',
        ...set.map(([name, value]) => `request.Header.Set("${name}", ${write(value)})`),
        'response, err := http.DefaultClient.Do(request)',
        'if err != nil {\n\treturn err\n}',
        'defer response.Body.Close()',
      ],
    }, ['if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {\n\treturn err\n}']);
  },
};

const resty: HttpClient = {
  kind: 'http', id: 'resty', name: 'resty', language: go, head: 'client.R()',
  write(request) {
    const { method, body, headers, isTyped, path, host, query } = request;
    const chain = [
      'client.R()',
      '\tSetContext(ctx)',
      ...headers.map(([name, value]) => `\tSetHeader("${name}", ${write(value)})`),
      ...query.map(([name, value]) => `\tSetQueryParam("${name}", "${value}")`),
      ...(body === undefined ? [] : [`\tSetBody(${isTyped ? write(body) : 'string(body)'})`]),
      `\t${method.charAt(0)}${method.slice(1).toLowerCase()}("${path}")`,
    ];
    return sent(request, {
      imports: ['context', 'encoding/json', 'fmt', 'github.com/go-resty/resty/v2'],
      statements: [
        `client := resty.New().SetBaseURL("${host}")`,
        ...(body === undefined || isTyped ? [] : [`body, err := json.Marshal(${write(body)})`, 'if err != nil {\n\treturn err\n}']),
        `response, err := ${chain.join('.\n')}`,
        'if err != nil {\n\treturn err\n}',
        'fmt.Println(response.Status())',
      ],
    }, ['if err := json.Unmarshal(response.Body(), &answer); err != nil {\n\treturn err\n}']);
  },
};

/** The HTTP clients of Go. */
export const GO: readonly HttpClient[] = [netHttp, resty];
