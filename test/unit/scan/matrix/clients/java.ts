import { both, queryOf, urlOf, type HttpClient, type Parts, type Request } from '../model.js';
import { java } from '../languages/java.js';

const { write } = java;
const TYPE = ['Content-Type', { text: 'application/json' }] as const;
const MAPPER = 'private final ObjectMapper mapper = new ObjectMapper();';

function sent(request: Request, parts: Parts): Parts | undefined {
  return request.use === undefined ? parts : both(parts, java.use({ expression: 'answer', shape: 'json' }, request.use));
}

const typed = ({ headers, body, isTyped }: Request): Request['headers'] => (isTyped && body !== undefined ? [...headers, TYPE] : headers);

const javaNet: HttpClient = {
  kind: 'http', id: 'java-net-http', name: 'java.net.http', language: java, head: 'HttpRequest.newBuilder',
  write: (request) => sent(request, {
    imports: ['com.fasterxml.jackson.databind.JsonNode', 'com.fasterxml.jackson.databind.ObjectMapper', 'java.net.URI', 'java.net.http.HttpClient', 'java.net.http.HttpRequest', 'java.net.http.HttpResponse'],
    members: ['private final HttpClient http = HttpClient.newHttpClient();', MAPPER],
    statements: [
      ...(request.body === undefined ? [] : [`String body = mapper.writeValueAsString(${write(request.body)});`]),
      'HttpRequest request = HttpRequest.newBuilder()',
      `    .uri(URI.create("${urlOf(request)}${queryOf(request)}"))`,
      ...typed(request).map(([name, value]) => `    .header("${name}", ${write(value)})`),
      request.body === undefined ? '    .GET()' : `    .method("${request.method}", HttpRequest.BodyPublishers.ofString(body))`,
      '    .build();',
      'HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());',
      'JsonNode answer = mapper.readTree(response.body());',
    ],
  }),
};

const okHttp: HttpClient = {
  kind: 'http', id: 'okhttp-java', name: 'OkHttp', language: java, head: 'new Request.Builder',
  write: (request) => sent(request, {
    imports: ['com.fasterxml.jackson.databind.JsonNode', 'com.fasterxml.jackson.databind.ObjectMapper', 'okhttp3.MediaType', 'okhttp3.OkHttpClient', 'okhttp3.Request', 'okhttp3.RequestBody', 'okhttp3.Response'],
    members: ['private final OkHttpClient http = new OkHttpClient();', MAPPER],
    statements: [
      ...(request.body === undefined ? [] : [`RequestBody body = RequestBody.create(mapper.writeValueAsString(${write(request.body)}), ${request.isTyped ? 'MediaType.get("application/json")' : 'null'});`]),
      'Request request = new Request.Builder()',
      `    .url("${urlOf(request)}${queryOf(request)}")`,
      ...request.headers.map(([name, value]) => `    .addHeader("${name}", ${write(value)})`),
      ...(request.body === undefined ? [] : [`    .${request.method.toLowerCase()}(body)`]),
      '    .build();',
      'Response response = http.newCall(request).execute();',
      'JsonNode answer = mapper.readTree(response.body().string());',
    ],
  }),
};

const spring: HttpClient = {
  kind: 'http', id: 'spring', name: "Spring's RestClient", language: java, head: 'client.',
  write: (request) => sent(request, {
    imports: ['com.fasterxml.jackson.databind.JsonNode', 'com.fasterxml.jackson.databind.ObjectMapper', 'org.springframework.http.MediaType', 'org.springframework.web.client.RestClient'],
    members: [MAPPER],
    statements: [
      `RestClient client = RestClient.builder().baseUrl("${request.host}").build();`,
      `JsonNode answer = client.${request.method.toLowerCase()}()`,
      `    .uri("${request.path}${queryOf(request)}")`,
      ...request.headers.map(([name, value]) => `    .header("${name}", ${write(value)})`),
      ...(request.body === undefined ? [] : request.isTyped ? ['    .contentType(MediaType.APPLICATION_JSON)', `    .body(${write(request.body)})`] : [`    .body(mapper.writeValueAsString(${write(request.body)}))`]),
      '    .retrieve()',
      '    .body(JsonNode.class);',
    ],
  }),
};

/** The HTTP clients of Java. */
export const JAVA: readonly HttpClient[] = [javaNet, okHttp, spring];
