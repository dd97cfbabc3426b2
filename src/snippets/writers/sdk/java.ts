import { FRESH, Placeholder, type ApiRequest, type JsonTemplate } from '../../request.js';
import { toPlainText, type SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { javaImport, joined } from '../code/frame.js';
import { javaFile } from '../code/java.js';
import { holdsFresh, isList, placeholderIn, stringIn, valueIn, type Notation } from '../code/notation.js';
import { quoteJava } from '../code/quotes.js';
import { callOf, hasUnionBody, pascal, type SdkCall, separated, singular } from './call.js';

/** JSON as `JsonValue.from` takes it. */
const JAVA: Notation = {
  quote: quoteJava,
  literals: { true: 'true', false: 'false', null: 'null' },
  fresh: 'UUID.randomUUID().toString()',
  indent: '    ',
  object: { open: 'Map.of(', close: ')', empty: 'Map.of()' },
  array: { open: 'List.of(', close: ')', empty: 'List.of()' },
  key: (name) => `${stringIn({ quote: quoteJava }, name)}, `,
  trailingComma: false,
};

/** Words that Java does not take for a name; the SDK adds an underscore (`customers().import_`, `grants().void_`). */
const RESERVED: ReadonlySet<string> = new Set(['import', 'void', 'default', 'switch', 'return', 'new', 'package', 'class']);
/** What its builders refuse to build without, and therefore by its own setter. Source: required query parameters of the reference. */
const REQUIRED_QUERY: Readonly<Record<string, readonly string[]>> = { getAutoRecharge: ['customerId', 'currencyId'], getUsage: ['customerId'], listLedger: ['customerId'], 'grants.list': ['customerId'] };

/**
 * Source: the SDK's README (setters take a `JsonValue`; `putAdditionalQueryParam`, `putAdditionalHeader`), its service interfaces and the
 * files of its parameter classes (`io.stigg.models.v1.credits.customcurrencies.CustomCurrencyListParams`).
 */
export const javaSdk: Writer = {
  id: 'sdk-java',
  title: () => 'Stigg SDK (Java, stigg-java)',
  languageIds: ['java'],
  before: /^package\b/,
  write: (request, options) => {
    const call = callOf(request);
    return call === undefined || !isKnown(call) ? undefined : { head: importsOf(call).map(javaImport), parts: partsOf(separated(call), request, options) };
  },
  file: javaFile,
};

/** `usage.history` wants a date of a type of its own; Map.of takes ten pairs, and nothing that is null. */
function isKnown(call: SdkCall): boolean {
  return !hasUnionBody(call) && call.method !== 'history' && !Object.keys(call.body).some((name) => RESERVED.has(name)) && Object.values(call.body).every((value) => value === null || fits(value));
}

function fits(value: JsonTemplate): boolean {
  if (value === null) return false;
  if (typeof value !== 'object' || value instanceof Placeholder) return true;
  const values = isList(value) ? value : Object.values(value);
  return values.length <= 10 && values.every(fits);
}

function paramsOf({ resources, method }: SdkCall): string {
  return `${pascal(singular(resources.at(-1) ?? ''))}${pascal(method)}Params`;
}

function importsOf(call: SdkCall): readonly string[] {
  const body = Object.values(call.body).map((value) => toPlainText(valueIn(JAVA, value))).join('\n');
  return [
    'io.stigg.client.StiggClient',
    'io.stigg.client.okhttp.StiggOkHttpClient',
    ...(body === '' ? [] : ['io.stigg.core.JsonValue']),
    `io.stigg.models.${call.resources.join('.').toLowerCase()}.${paramsOf(call)}`,
    ...(body.includes(JAVA.array.open) ? ['java.util.List'] : []),
    ...(body.includes(JAVA.object.open) ? ['java.util.Map'] : []),
    'java.util.Objects',
    ...(call.idempotencyKey || holdsFresh(call.body) ? ['java.util.UUID'] : []),
  ];
}

function partsOf(call: SdkCall, { query }: ApiRequest, { baseUrl, keyVariable }: WriterOptions): SnippetParts {
  const params = paramsOf(call);
  const required = REQUIRED_QUERY[call.method] ?? REQUIRED_QUERY[`${call.resources.at(-1) ?? ''}.${call.method}`] ?? [];
  const method = RESERVED.has(call.method) ? `${call.method}_` : call.method;
  return joined([
    'StiggClient client = StiggOkHttpClient.builder()',
    `    .apiKey(Objects.requireNonNull(System.getenv("${keyVariable}"), "${keyVariable} is not set"))`,
    // Early versions of the SDK have a host of nobody for their default.
    `    .baseUrl(${stringIn(JAVA, baseUrl)})`,
    '    .build();',
    `${params} params = ${params}.builder()`,
    ...call.path.map(({ name, value }) => [`    .${name}(`, ...placeholderIn(JAVA, value), ')']),
    ...query.map(({ name, value }) => {
      const text = typeof value === 'string' ? [stringIn(JAVA, value)] : placeholderIn(JAVA, new Placeholder(value.stop, String(value.sample)));
      return [required.includes(name) ? `    .${name}(` : `    .putAdditionalQueryParam(${stringIn(JAVA, name)}, `, ...text, ')'];
    }),
    ...Object.entries(call.body).map(([name, value]) => [`    .${name}(JsonValue.from(`, ...valueIn(JAVA, value, 1), '))']),
    call.idempotencyKey ? ['    .putAdditionalHeader("Idempotency-Key", ', ...valueIn(JAVA, FRESH), ')'] : undefined,
    '    .build();',
    `System.out.println(client.${call.resources.map((resource) => `${resource}()`).join('.')}.${method}(params));`,
  ]);
}
