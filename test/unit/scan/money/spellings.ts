import { ENDPOINTS } from '../../../../src/endpoints.js';
import { CLOSE, OPEN, pascal, single, snake, type Shape } from './shape.js';

/** What people write where an amount is expected, in one language. */
export interface Values {
  /** In cents; each has to be found. */
  readonly cents: Readonly<Record<string, string>>;
  /** A literal in cents; undefined where a request has no such. */
  readonly literal: string;
  /** In full units. */
  readonly full: readonly string[];
}

/** One way to hand parameters to Stigg. */
export interface Spelling {
  readonly name: string;
  readonly path: string;
  readonly languageId: string;
  readonly surface: 'rest' | 'graphql';
  readonly values: Values;
  /** Whether it has that call, and that path of it. */
  readonly has?: (operation: string, path: string) => boolean;
  /** The whole document. */
  readonly document: (statements: readonly string[]) => string;
  /** One call with these parameters. `index` makes names that occur once. */
  readonly call: (operation: string, shape: Shape, value: string, index: number) => string;
}

type Emit = (shape: Shape, value: string) => string;

/** Literals of languages that write `{ key: value }` in their own ways. */
const literal = (key: (name: string) => string, object: readonly [string, string], list: readonly [string, string], quote: string): Emit => {
  const emit: Emit = (shape, value) => {
    switch (shape.kind) {
      case 'value':
        return `${OPEN}${value}${CLOSE}`;
      case 'text':
        return `${quote}${shape.text}${quote}`;
      case 'list':
        return `${list[0]}${emit(shape.element, value)}${list[1]}`;
      case 'object':
        return `${object[0]}${shape.entries.map(([name, inner]) => `${key(name)}${emit(inner, value)}`).join(', ')}${object[1]}`;
    }
  };
  return emit;
};

const js = literal((name) => `${name}: `, ['{ ', ' }'], ['[', ']'], "'");
const json = literal((name) => `"${name}": `, ['{ ', ' }'], ['[', ']'], '"');
const snakeDict = literal((name) => `"${snake(name)}": `, ['{', '}'], ['[', ']'], '"');
const rubyHash = literal((name) => `${snake(name)}: `, ['{ ', ' }'], ['[', ']'], '"');
const csharp = literal((name) => `${pascal(name)} = `, ['new() { ', ' }'], ['[', ']'], '"');
const php = literal((name) => `'${name}' => `, ['[', ']'], ['[', ']'], "'");

/** Objects and lists of org.json in Kotlin: put together one by one, or as maps to be handed over. */
const kotlinJson = (isPut: boolean): Emit => {
  const emit = (shape: Shape, value: string): string => {
    switch (shape.kind) {
      case 'value':
        return `${OPEN}${value}${CLOSE}`;
      case 'text':
        return `"${shape.text}"`;
      case 'list':
        return isPut ? `JSONArray().put(${emit(shape.element, value)})` : `listOf(${emit(shape.element, value)})`;
      case 'object': {
        const entries = shape.entries.map(([key, inner]) => (isPut ? `.put("${key}", ${emit(inner, value)})` : `"${key}" to ${emit(inner, value)}`));
        return isPut ? `JSONObject()${entries.join('')}` : `mapOf(${entries.join(', ')})`;
      }
    }
  };
  return emit;
};

const entriesOf = (shape: Shape): readonly (readonly [string, Shape])[] => (shape.kind === 'object' ? shape.entries : []);

/** Go's struct literals: every struct has a type of its own, named after its way. */
const goStruct = (type: string, pointer: string, wrap: (value: string) => string): Emit => {
  const emit = (shape: Shape, value: string, name: string): string => {
    switch (shape.kind) {
      case 'value':
        return `${OPEN}${wrap(value)}${CLOSE}`;
      case 'text':
        return `"${shape.text}"`;
      case 'list':
        return `[]${pointer}${name}{{${fields(shape.element, value, name)}}}`;
      case 'object':
        return `${pointer === '' ? '' : '&'}${name}{${fields(shape, value, name)}}`;
    }
  };
  const fields = (shape: Shape, value: string, name: string): string => entriesOf(shape).map(([key, inner]) => `${pascal(key)}: ${emit(inner, value, `${name}${pascal(key)}`)}`).join(', ');
  return (shape, value) => `${type}{${fields(shape, value, type)}}`;
};

/** Builders of Java and Kotlin. */
const builder = (type: string): Emit => {
  const emit = (shape: Shape, value: string, name: string): string => {
    switch (shape.kind) {
      case 'value':
        return `${OPEN}${value}${CLOSE}`;
      case 'text':
        return `"${shape.text}"`;
      case 'list':
        return emit(shape.element, value, name);
      case 'object':
        return `${name}.builder()${shape.entries.map(([key, inner]) => (inner.kind === 'list' ? `.add${pascal(single(key))}(${emit(inner, value, `${name}.${pascal(single(key))}`)})` : `.${key}(${emit(inner, value, `${name}.${pascal(key)}`)})`)).join('')}.build()`;
    }
  };
  return (shape, value) => emit(shape, value, type);
};

/** The name of the class with the parameters, as the SDKs make it of the operation. */
const paramsType = (operation: string, creating: string): string => {
  const names = operation.split('.');
  const verb = names.at(-1) ?? '';
  return `${names.slice(0, -1).map((name) => pascal(single(name))).slice(-1).join('')}${verb === 'create' ? creating : pascal(verb)}Params`;
};

const endpoint = (operation: string): { method: string; url: string } => {
  const { method = 'POST', path = '' } = ENDPOINTS.find((one) => one.operation === operation) ?? {};
  return { method, url: `https://api.stigg.io/api/${path.replace(/\{\w+\}/g, 'some-id')}` };
};

const JS: Values = {
  cents: {
    times: 'price * 100', 'the other way round': '100 * price', rounded: 'Math.round(price * 100)', helper: 'toCents(price)', Stripe: 'stripePrice.unit_amount', name: 'priceCents', 'property name': 'plan.price_in_cents', followed: 'FOLLOWED',
  },
  literal: '4900', full: ['price', '49', '19.99', '5000', 'priceCents / 100', 'stripePrice.unit_amount / 100', 'Math.round(price * 100) / 100'],
};
const JS_HEAD = 'const FOLLOWED = price * 100;\n';
const PYTHON: Values = {
  cents: { times: 'price * 100', rounded: 'round(price * 100)', cut: 'int(price * 100)', helper: 'to_cents(price)', Stripe: 'stripe_price.unit_amount', 'Stripe, by key': 'stripe_price["unit_amount"]', name: 'price_cents', followed: 'FOLLOWED' },
  literal: '4900', full: ['price', '49', '19.99', 'price_cents / 100', 'round(price * 100) / 100'],
};
const PYTHON_HEAD = 'import stripe\nFOLLOWED = price * 100\n';
const GO: Values = {
  cents: { times: 'price * 100', rounded: 'math.Round(price * 100)', helper: 'toCents(price)', Stripe: 'float64(stripePrice.UnitAmount)', name: 'priceCents', followed: 'followed' },
  literal: '4900', full: ['price', '49', '19.99', 'priceCents / 100'],
};
const RUBY: Values = {
  cents: { times: 'price * 100', rounded: '(price * 100).round', helper: 'to_cents(price)', Stripe: 'stripe_price.unit_amount', name: 'price_cents', followed: 'followed' },
  literal: '4900', full: ['price', '49', '19.99', 'price_cents / 100.0'],
};
const JVM: Values = {
  cents: { times: 'price * 100', rounded: 'Math.round(price * 100)', helper: 'toCents(price)', Stripe: 'stripePrice.getUnitAmount()', name: 'priceCents', followed: 'followed' },
  literal: '4900.0', full: ['price', '49.0', '19.99', 'priceCents / 100.0'],
};
const CSHARP: Values = {
  cents: { times: 'price * 100', cast: '(double)(price * 100m)', rounded: 'Math.Round(price * 100)', helper: 'ToCents(price)', Stripe: 'stripePrice.UnitAmount', name: 'priceCents', followed: 'followed' },
  literal: '4900', full: ['price', '49', '19.99', 'priceCents / 100.0'],
};
const PHP: Values = {
  cents: { times: '$price * 100', rounded: 'round($price * 100)', cast: '(int) ($price * 100)', helper: 'toCents($price)', Stripe: '$stripePrice->unit_amount', name: '$priceCents', followed: '$followed' },
  literal: '4900', full: ['$price', '49', '19.99', '$priceCents / 100'],
};
const PLAIN: Values = { cents: {}, literal: '4900', full: ['49', '19.99', '5000'] };
const SHELL: Values = { cents: { times: '$((price * 100))', name: '$price_cents' }, literal: '4900', full: ['49', '$price', '19.99'] };

const lines = (head: string, tail = '') => (statements: readonly string[]): string => `${head}${statements.join('\n')}\n${tail}`;
const FLAGS: ReadonlyMap<string, string> = new Map([
  ['coupons.create amountsOff[].amount', '--amounts-off.amount'], ['subscriptions.provision priceOverrides[].amount', '--price-override.amount'], ['subscriptions.provision minimumSpend.amount', '--minimum-spend.amount'],
  ['subscriptions.update priceOverrides[].amount', '--price-override.amount'], ['subscriptions.update minimumSpend.amount', '--minimum-spend.amount'], ['credits.grants.create cost.amount', '--cost.amount'],
]);
const pathIn = (shape: Shape): string => (shape.kind === 'object' ? shape.entries.slice(0, 1).map(([key, inner]) => `${key}${inner.kind === 'list' ? '[]' : ''}${inner.kind === 'value' ? '' : `.${pathIn(inner.kind === 'list' ? inner.element : inner)}`}`).join('') : '');

/** A new language is one more of these. */
export const SPELLINGS: readonly Spelling[] = [
  {
    name: 'TypeScript REST SDK', path: 'a.ts', languageId: 'typescript', surface: 'rest', values: JS, document: lines(`import Stigg from '@stigg/typescript';\n${JS_HEAD}`),
    call: (operation, shape, value) => `await client.v1.${operation}('some-id', ${js(shape, value)});`,
  },
  {
    name: 'TypeScript REST SDK, parameters in a variable', path: 'a.ts', languageId: 'typescript', surface: 'rest', values: JS, document: lines(`import Stigg from '@stigg/typescript';\n${JS_HEAD}`),
    call: (operation, shape, value, index) => `const params${index} = ${js(shape, value)};\nawait client.v1.${operation}({ ...params${index}, metadata: {} });`,
  },
  {
    name: 'Node SDK', path: 'a.ts', languageId: 'typescript', surface: 'graphql', values: JS, document: lines(`import { Stigg } from '@stigg/node-server-sdk';\n${JS_HEAD}`),
    call: (operation, shape, value) => `await stigg.${operation}(${js(shape, value)});`,
  },
  {
    name: 'api-client-js', path: 'a.ts', languageId: 'typescript', surface: 'graphql', values: JS, document: lines(`import { StiggManagement } from '@stigg/api-client-js';\n${JS_HEAD}`),
    call: (operation, shape, value) => `await sdk.${operation}({ input: ${js(shape, value)} });`,
  },
  {
    name: 'fetch, REST', path: 'a.ts', languageId: 'typescript', surface: 'rest', values: JS, document: lines(JS_HEAD),
    call: (operation, shape, value) => `await fetch('${endpoint(operation).url}', { method: '${endpoint(operation).method}', headers, body: JSON.stringify(${js(shape, value)}) });`,
  },
  {
    name: 'fetch, GraphQL', path: 'a.ts', languageId: 'typescript', surface: 'graphql', values: JS, document: lines(JS_HEAD),
    call: (_, shape, value) => `await fetch('https://api.stigg.io/graphql', { method: 'POST', headers, body: JSON.stringify({ query: QUERY, variables: { input: ${js(shape, value)} } }) });`,
  },
  {
    name: 'Python SDK, keywords', path: 'a.py', languageId: 'python', surface: 'rest', values: PYTHON, document: lines(`from stigg import Stigg\n${PYTHON_HEAD}`),
    call: (operation, shape, value) => `client.v1.${operation.split('.').map(snake).join('.')}(${entriesOf(shape).map(([key, inner]) => `${snake(key)}=${snakeDict(inner, value)}`).join(', ')})`,
  },
  {
    name: 'Python SDK, a dictionary', path: 'a.py', languageId: 'python', surface: 'rest', values: PYTHON, document: lines(`from stigg import Stigg\n${PYTHON_HEAD}`),
    call: (operation, shape, value, index) => `params_${index} = ${snakeDict(shape, value)}\nclient.v1.${operation.split('.').map(snake).join('.')}("some-id", **params_${index})`,
  },
  {
    name: 'Python GraphQL client', path: 'a.py', languageId: 'python', surface: 'graphql', values: PYTHON, document: lines(`from stigg import Stigg\n${PYTHON_HEAD}`),
    call: (operation, shape, value) => `client.request(Stigg.mutation.${snake(operation)}, {"input": ${json(shape, value)}})`,
  },
  {
    name: 'Python requests', path: 'a.py', languageId: 'python', surface: 'rest', values: PYTHON, document: lines(`import requests\n${PYTHON_HEAD}`),
    call: (operation, shape, value) => `requests.${endpoint(operation).method.toLowerCase()}("${endpoint(operation).url}", headers=headers, json=${json(shape, value)})`,
  },
  {
    name: 'Go SDK', path: 'a.go', languageId: 'go', surface: 'rest', values: GO, document: lines('package a\n\nimport "github.com/stiggio/stigg-go"\n\nfunc run(price, priceCents float64) {\nfollowed := price * 100\n', '}\n'),
    call: (operation, shape, value) => `client.V1.${operation.split('.').map(pascal).join('.').replace(/\.Create$/, '.New')}(ctx, ${goStruct(`stigg.V1${paramsType(operation, 'New')}`, '', (inner) => `stigg.Float(${inner})`)(shape, value)})`,
  },
  {
    name: 'Go GraphQL client', path: 'a.go', languageId: 'go', surface: 'graphql', values: GO, document: lines('package a\n\nimport stigg "github.com/stiggio/api-client-go/v6"\n\nvar client = stigg.NewStiggClient(key, nil, nil)\n\nfunc run(price, priceCents float64) {\nfollowed := price * 100\n', '}\n'),
    call: (operation, shape, value) => `client.${pascal(operation)}(ctx, ${goStruct(`stigg.${pascal(operation)}Input`, '*', (inner) => inner)(shape, value)})`,
  },
  {
    name: 'Ruby SDK', path: 'a.rb', languageId: 'ruby', surface: 'rest', values: RUBY, document: lines('require "stigg"\nfollowed = price * 100\n'),
    call: (operation, shape, value) => `client.v1.${operation.split('.').map(snake).join('.')}(${entriesOf(shape).map(([key, inner]) => `${snake(key)}: ${rubyHash(inner, value)}`).join(', ')})`,
  },
  {
    name: 'Ruby GraphQL client', path: 'a.rb', languageId: 'ruby', surface: 'graphql', values: RUBY, document: lines('require "stigg"\nfollowed = price * 100\n'),
    call: (operation, shape, value) => `client.request(Stigg::Mutation::${pascal(operation)}, { input: ${js(shape, value)} })`,
  },
  {
    name: 'Java SDK', path: 'A.java', languageId: 'java', surface: 'rest', values: JVM, document: lines('import io.stigg.client.StiggClient;\nimport com.stripe.model.Price;\n\nclass A {\nvoid run(double price, double priceCents, Price stripePrice) {\ndouble followed = price * 100;\n', '}\n}\n'),
    call: (operation, shape, value) => `client.v1().${operation.split('.').join('().')}(${builder(paramsType(operation, 'Create'))(shape, value)});`,
  },
  {
    name: 'Kotlin SDK', path: 'A.kt', languageId: 'kotlin', surface: 'rest', values: JVM, document: lines('import io.stigg.client.StiggClient\nimport com.stripe.model.Price\n\nfun run(price: Double, priceCents: Double, stripePrice: Price) {\nval followed = price * 100\n', '}\n'),
    call: (operation, shape, value) => `client.v1().${operation.split('.').join('().')}(${builder(paramsType(operation, 'Create'))(shape, value)})`,
  },
  ...[true, false].map((isPut): Spelling => ({
    name: isPut ? 'Kotlin JSONObject, put by put' : 'Kotlin JSONObject of maps', path: 'A.kt', languageId: 'kotlin', surface: 'rest', values: JVM, document: lines('import okhttp3.OkHttpClient\nimport com.stripe.model.Price\n\nfun run(client: OkHttpClient, price: Double, priceCents: Double, stripePrice: Price) {\nval followed = price * 100\n', '}\n'),
    call: (operation, shape, value) => `client.newCall(Request.Builder().url("${endpoint(operation).url}").method("${endpoint(operation).method}", ${isPut ? kotlinJson(true)(shape, value) : `JSONObject(${kotlinJson(false)(shape, value)})`}.toString().toRequestBody(JSON)).build()).execute()`,
  })),
  {
    name: 'C# SDK', path: 'A.cs', languageId: 'csharp', surface: 'rest', values: CSHARP, document: lines('using Stigg.Client;\nusing Stripe;\n\nvar followed = price * 100;\n'),
    call: (operation, shape, value) => `await client.V1.${operation.split('.').map(pascal).join('.')}(new ${paramsType(operation, 'Create')} { ${entriesOf(shape).map(([key, inner]) => `${pascal(key)} = ${csharp(inner, value)}`).join(', ')} });`,
  },
  {
    name: 'PHP Guzzle', path: 'a.php', languageId: 'php', surface: 'rest', values: PHP, document: lines('<?php\n$followed = $price * 100;\n$client = new GuzzleHttp\\Client();\n'),
    call: (operation, shape, value) => `$client->${endpoint(operation).method.toLowerCase()}('${endpoint(operation).url}', ['json' => ${php(shape, value)}]);`,
  },
  {
    name: 'PHP curl', path: 'a.php', languageId: 'php', surface: 'rest', values: PHP, document: lines('<?php\n$followed = $price * 100;\n'),
    call: (operation, shape, value, index) => `$curl${index} = curl_init('${endpoint(operation).url}');\ncurl_setopt($curl${index}, CURLOPT_CUSTOMREQUEST, '${endpoint(operation).method}');\ncurl_setopt($curl${index}, CURLOPT_POSTFIELDS, json_encode(${php(shape, value)}));\ncurl_exec($curl${index});`,
  },
  {
    name: 'curl', path: 'a.sh', languageId: 'shellscript', surface: 'rest', values: PLAIN, document: lines('#!/bin/sh\n'),
    call: (operation, shape, value) => `curl -X ${endpoint(operation).method} ${endpoint(operation).url} -H "Content-Type: application/json" -d '${json(shape, value)}'`,
  },
  {
    name: '.http', path: 'a.http', languageId: 'http', surface: 'rest', values: PLAIN, document: (statements) => statements.join('\n\n###\n\n'),
    call: (operation, shape, value) => `${endpoint(operation).method} ${endpoint(operation).url}\nContent-Type: application/json\n\n${json(shape, value)}`,
  },
  {
    name: 'Stigg CLI', path: 'a.sh', languageId: 'shellscript', surface: 'rest', values: SHELL, document: lines('#!/bin/sh\n'), has: (operation, path) => FLAGS.has(`${operation} ${path}`),
    call: (operation, shape, value) => `stigg v1:${operation.split('.').slice(0, -1).join(':')} ${operation.split('.').at(-1) ?? ''} ${FLAGS.get(`${operation} ${pathIn(shape)}`) ?? ''} ${value.startsWith('$') ? `"${OPEN}${value}${CLOSE}"` : `${OPEN}${value}${CLOSE}`}`,
  },
];
