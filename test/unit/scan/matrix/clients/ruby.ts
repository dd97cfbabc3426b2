import { both, queryOf, urlOf, type HttpClient, type Parts, type Request } from '../model.js';
import { ruby } from '../languages/ruby.js';

const { write } = ruby;
const TYPE = ['Content-Type', { text: 'application/json' }] as const;

function sent(request: Request, parts: Parts): Parts | undefined {
  return request.use === undefined ? parts : both(parts, ruby.use({ expression: 'answer', shape: 'json' }, request.use));
}

const typedHeaders = ({ headers, body, isTyped }: Request): Request['headers'] => (isTyped && body !== undefined ? [...headers, TYPE] : headers);
const bare = (headers: Request['headers']): string => headers.map(([name, value]) => `"${name}" => ${write(value)}`).join(', ');
const queryArgument = ({ query }: Request): string => `{ ${query.map(([name, value]) => `${name}: ${value}`).join(', ')} }`;

const netHttp: HttpClient = {
  kind: 'http', id: 'net-http-ruby', name: 'Net::HTTP', language: ruby, head: 'Net::HTTP::',
  write: (request) => sent(request, {
    imports: ['require "json"', 'require "net/http"'],
    statements: [
      `uri = URI("${urlOf(request)}${queryOf(request)}")`,
      `request = Net::HTTP::${request.method.charAt(0)}${request.method.slice(1).toLowerCase()}.new(uri)`,
      ...typedHeaders(request).map(([name, value]) => `request["${name}"] = ${write(value)}`),
      ...(request.body === undefined ? [] : [`request.body = JSON.generate(${write(request.body)})`]),
      'response = Net::HTTP.start(uri.host, uri.port, use_ssl: true) { |http| http.request(request) }',
      'answer = JSON.parse(response.body)',
    ],
  }),
};

const faraday: HttpClient = {
  kind: 'http', id: 'faraday', name: 'Faraday', language: ruby, head: 'conn.',
  write(request) {
    const { host, method, path, body, isTyped, headers, query } = request;
    return sent(request, {
      imports: ['require "faraday"', 'require "json"'],
      statements: [
        `conn = Faraday.new(url: "${host}", headers: { ${bare(headers)} }) do |faraday|`,
        ...(isTyped ? ['  faraday.request :json'] : []),
        '  faraday.response :json',
        'end',
        `response = conn.${method.toLowerCase()}("${path}"${query.length === 0 ? '' : `, ${queryArgument(request)}`}${body === undefined ? '' : `, ${isTyped ? write(body) : `JSON.generate(${write(body)})`}`})`,
        'answer = response.body',
      ],
    });
  },
};

const httparty: HttpClient = {
  kind: 'http', id: 'httparty', name: 'HTTParty', language: ruby, head: 'HTTParty.',
  write: (request) => sent(request, {
    imports: ['require "httparty"'],
    statements: [
      `response = HTTParty.${request.method.toLowerCase()}("${urlOf(request)}", headers: { ${bare(typedHeaders(request))} }${request.query.length === 0 ? '' : `, query: ${queryArgument(request)}`}${request.body === undefined ? '' : `, body: ${write(request.body)}.to_json`})`,
      'answer = response.parsed_response',
    ],
  }),
};

/** The HTTP clients of Ruby. */
export const RUBY: readonly HttpClient[] = [netHttp, faraday, httparty];
