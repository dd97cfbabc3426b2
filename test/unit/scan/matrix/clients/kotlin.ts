import { both, queryOf, urlOf, type HttpClient, type Parts, type Request } from '../model.js';
import { kotlin } from '../languages/kotlin.js';

const { write } = kotlin;

function sent(request: Request, parts: Parts): Parts | undefined {
  return request.use === undefined ? parts : both(parts, kotlin.use({ expression: 'answer', shape: 'json' }, request.use));
}

const ktor: HttpClient = {
  kind: 'http', id: 'ktor', name: 'ktor', language: kotlin, head: 'http.',
  write: (request) => sent(request, {
    imports: [
      'com.fasterxml.jackson.databind.ObjectMapper', 'io.ktor.client.HttpClient', 'io.ktor.client.engine.cio.CIO', 'io.ktor.client.plugins.contentnegotiation.ContentNegotiation',
      'io.ktor.client.request.*', 'io.ktor.client.statement.bodyAsText', 'io.ktor.http.*', 'io.ktor.serialization.jackson.jackson',
    ],
    members: ['private val mapper = ObjectMapper()', 'private val http = HttpClient(CIO) {\n    install(ContentNegotiation) { jackson() }\n}'],
    statements: [
      `val response = http.${request.method.toLowerCase()}("${urlOf(request)}") {`,
      ...request.headers.map(([name, value]) => `    header("${name}", ${write(value)})`),
      ...request.query.map(([name, value]) => `    parameter("${name}", ${value})`),
      ...(request.body === undefined ? [] : request.isTyped ? ['    contentType(ContentType.Application.Json)', `    setBody(${write(request.body)})`] : [`    setBody(mapper.writeValueAsString(${write(request.body)}))`]),
      '}',
      'val answer = mapper.readTree(response.bodyAsText())',
    ],
  }),
};

const okHttp: HttpClient = {
  kind: 'http', id: 'okhttp-kotlin', name: 'OkHttp', language: kotlin, head: 'Request.Builder',
  write: (request) => sent(request, {
    imports: ['com.fasterxml.jackson.databind.ObjectMapper', 'okhttp3.MediaType.Companion.toMediaType', 'okhttp3.OkHttpClient', 'okhttp3.Request', 'okhttp3.RequestBody.Companion.toRequestBody'],
    members: ['private val mapper = ObjectMapper()', 'private val http = OkHttpClient()'],
    statements: [
      ...(request.body === undefined ? [] : [`val body = mapper.writeValueAsString(${write(request.body)})`]),
      'val request = Request.Builder()',
      `    .url("${urlOf(request)}${queryOf(request)}")`,
      ...request.headers.map(([name, value]) => `    .header("${name}", ${write(value)})`),
      ...(request.body === undefined ? [] : [`    .${request.method.toLowerCase()}(body.toRequestBody(${request.isTyped ? '"application/json".toMediaType()' : ''}))`]),
      '    .build()',
      'val response = http.newCall(request).execute()',
      'val answer = mapper.readTree(response.body!!.string())',
    ],
  }),
};

/** The HTTP clients of Kotlin. */
export const KOTLIN: readonly HttpClient[] = [ktor, okHttp];
