import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Import, ParsedSource, SdkInit, Span } from '../../../src/scan/languages/language.js';
import { ecmascript } from '../../../src/scan/languages/ecmascript.js';
import { SyntaxTree } from '../../../src/scan/syntax/tree.js';
import { createParser, loadGrammar } from '../../../src/scan/syntax/treeSitter.js';
import { grammarFile } from '../../tools/grammars.mjs';
import { apply, clientKey } from './support.js';

const readWasm = (name: string): Promise<Uint8Array> => readFile(grammarFile(name));
type Parser = Awaited<ReturnType<typeof createParser>>;
const parsers = new Map<string, Parser>();
const trees: SyntaxTree[] = [];

beforeAll(async () => {
  for (const name of ['tsx', 'typescript', 'javascript']) parsers.set(name, await createParser(await loadGrammar(name, readWasm), readWasm));
});
afterAll(() => {
  for (const tree of trees) tree.dispose();
  for (const parser of parsers.values()) parser.delete();
});

function parse(text: string, grammar = 'tsx', path = 'src/a.tsx'): ParsedSource {
  const parser = parsers.get(grammar);
  const syntax = parser === undefined ? undefined : SyntaxTree.parse(parser, text);
  if (syntax !== undefined) trees.push(syntax);
  return { path, languageId: grammar, text, syntax, imports: syntax === undefined ? [] : ecmascript.imports(syntax) };
}

function inits(source: ParsedSource): SdkInit[] {
  return [...ecmascript.sdkInits(source)];
}

function one(text: string, grammar?: string, path?: string): { readonly init: SdkInit; readonly text: string } {
  const found = inits(parse(text, grammar, path));
  expect(found).toHaveLength(1);
  const [init] = found;
  if (init === undefined) throw new Error('no start of an SDK');
  return { init, text };
}

const slice = (text: string, span: Span | undefined): string | undefined => (span === undefined ? undefined : text.slice(span.start, span.end));

const NODE = "import Stigg from '@stigg/node-server-sdk';\n";
const REACT = "import { StiggProvider } from '@stigg/react-sdk';\n";
const ENV = 'process.env.STIGG_SERVER_API_KEY';

describe('the places that start an SDK', () => {
  test.each<[string, string, string, 'backend' | 'frontend', string?]>([
    ['default import', `${NODE}const s = Stigg.initialize({ apiKey: ${ENV} });`, '@stigg/node-server-sdk', 'backend'],
    ['awaited', `${NODE}const s = await Stigg.initialize({ apiKey: ${ENV} });`, '@stigg/node-server-sdk', 'backend'],
    ['named import', `import { Stigg } from '@stigg/node-server-sdk';\nStigg.initialize({ apiKey: ${ENV} });`, '@stigg/node-server-sdk', 'backend'],
    ['another name', `import { Stigg as S } from '@stigg/node-server-sdk';\nS.initialize({ apiKey: ${ENV} });`, '@stigg/node-server-sdk', 'backend'],
    ['namespace', `import * as sdk from '@stigg/node-server-sdk';\nsdk.Stigg.initialize({ apiKey: ${ENV} });`, '@stigg/node-server-sdk', 'backend'],
    ['namespace, default', `import * as sdk from '@stigg/node-server-sdk';\nsdk.default.initialize({ apiKey: ${ENV} });`, '@stigg/node-server-sdk', 'backend'],
    ['require, named', `const { Stigg } = require('@stigg/node-server-sdk');\nStigg.initialize({ apiKey: ${ENV} });`, '@stigg/node-server-sdk', 'backend', 'javascript'],
    ['require, default', `const Stigg = require('@stigg/node-server-sdk').default;\nStigg.initialize({ apiKey: ${ENV} });`, '@stigg/node-server-sdk', 'backend', 'javascript'],
    ['require, default renamed', `const { default: S } = require('@stigg/node-server-sdk');\nS.initialize({ apiKey: ${ENV} });`, '@stigg/node-server-sdk', 'backend', 'javascript'],
    ['require in a function', `function f() { const { Stigg } = require('@stigg/node-server-sdk');\nreturn Stigg.initialize({ apiKey: ${ENV} }); }`, '@stigg/node-server-sdk', 'backend', 'javascript'],
    ['dynamic import', `async function f() { const { default: S } = await import('@stigg/js-client-sdk');\nreturn S.initialize({ apiKey: ${ENV} }); }`, '@stigg/js-client-sdk', 'frontend'],
    ['dynamic import, member', `async function f() { const S = (await import('@stigg/js-client-sdk')).default;\nreturn S.initialize({ apiKey: ${ENV} }); }`, '@stigg/js-client-sdk', 'frontend'],
    ['dynamic import, then', `import('@stigg/js-client-sdk').then(({ default: S }) => S.initialize({ apiKey: ${ENV} }));`, '@stigg/js-client-sdk', 'frontend'],
    ['import require', `import Stigg = require('@stigg/node-server-sdk');\nStigg.initialize({ apiKey: ${ENV} });`, '@stigg/node-server-sdk', 'backend', 'typescript'],
    ['alias', `import sdk from '@stigg/node-server-sdk';\nconst Stigg = sdk.Stigg;\nStigg.initialize({ apiKey: ${ENV} });`, '@stigg/node-server-sdk', 'backend'],
    ['GraphQL client', `import { StiggManagement } from '@stigg/api-client-js';\nStiggManagement.createClient({ apiKey: ${ENV} });`, '@stigg/api-client-js', 'backend'],
    ['REST client', `import Stigg from '@stigg/typescript';\nnew Stigg({ apiKey: ${ENV} });`, '@stigg/typescript', 'backend'],
    ['REST client, other name', `import Client from '@stigg/rest-client';\nnew Client({ apiKey: ${ENV} });`, '@stigg/rest-client', 'backend'],
    ['REST client by require', `const Stigg = require('@stigg/typescript');\nnew Stigg({ apiKey: ${ENV} });`, '@stigg/typescript', 'backend', 'javascript'],
    ['JavaScript client', `import Stigg from '@stigg/js-client-sdk';\nStigg.initialize({ apiKey: ${ENV} });`, '@stigg/js-client-sdk', 'frontend'],
    ['provider', `${REACT}const a = <StiggProvider apiKey={${ENV}} />;`, '@stigg/react-sdk', 'frontend'],
    ['provider with children', `${REACT}const a = <StiggProvider apiKey={${ENV}}><b /></StiggProvider>;`, '@stigg/react-sdk', 'frontend'],
    ['provider by a namespace', `import * as S from '@stigg/react-sdk';\nconst a = <S.StiggProvider apiKey={${ENV}} />;`, '@stigg/react-sdk', 'frontend'],
    ['provider of Next.js', `import { StiggProvider as P } from '@stigg/nextjs-sdk';\nconst a = <P apiKey={${ENV}} />;`, '@stigg/nextjs-sdk', 'frontend'],
    ['provider of the project', `import { StiggProvider } from '@/lib/stigg';\nconst a = <StiggProvider apiKey={${ENV}} />;`, '@stigg/react-sdk', 'frontend'],
    ['createElement', `${REACT}const a = React.createElement(StiggProvider, { apiKey: ${ENV} }, null);`, '@stigg/react-sdk', 'frontend'],
    ['h', `import { StiggProvider } from '@stigg/vue-sdk';\nconst a = h(StiggProvider, { apiKey: ${ENV} });`, '@stigg/vue-sdk', 'frontend'],
    ['plugin of Vue', `import { StiggPlugin } from '@stigg/vue-sdk';\napp.use(StiggPlugin, { apiKey: ${ENV} });`, '@stigg/vue-sdk', 'frontend'],
  ])('%s', (_, text, module, side, grammar) => {
    const { init } = one(text, grammar);
    expect(init).toMatchObject({ module, side, isOpen: false });
    expect(init.key?.variable).toBe('STIGG_SERVER_API_KEY');
    expect(slice(text, init.key)).toBe(ENV);
    const replaced = apply(text, init.key?.replaceBy('X') ?? []);
    expect(replaced).toBe(text.replace(ENV, 'X'));
  });

  test('the embed script', () => {
    const text = `Stigg({ apiKey: KEY, customerId: 'c' });`;
    expect(one(text, 'javascript', 'public/index.html').init).toMatchObject({ module: '@stigg/embed-sdk', side: 'frontend' });
    expect(one(`window.${text}`, 'javascript', 'public/index.html').init.module).toBe('@stigg/embed-sdk');
    expect(one(`// https://assets.stigg.io/npm/@stigg/embed-sdk@1/dist/embed-sdk.js\n${text}`).init.module).toBe('@stigg/embed-sdk');
    expect(inits(parse(text))).toEqual([]);
    expect(inits(parse(`function Stigg(o) {}\n${text}`, 'javascript', 'index.html'))).toEqual([]);
  });

  test.each([
    ['another package', "import Stigg from './stigg';\nStigg.initialize({ apiKey: k });"],
    ['another method', `${NODE}Stigg.configure({ apiKey: k });`],
    ['a comment', `${NODE}// Stigg.initialize({ apiKey: k })`],
    ['a string', `${NODE}const s = 'Stigg.initialize({ apiKey: k })';`],
    ['a type', "import type { Stigg } from '@stigg/node-server-sdk';\nlet s: Stigg;"],
    ['another class of the package', "import { APIError } from '@stigg/typescript';\nnew APIError({ apiKey: k });"],
    ['a wrapper without a key', "import { StiggProvider } from './StiggProvider';\nconst a = <StiggProvider customerId={id} />;"],
    ['a component of the package', "import { Paywall } from '@stigg/react-sdk';\nconst a = <Paywall apiKey={k} />;"],
    ['a closing tag', `${REACT}const a = <b></StiggProvider>;`],
  ])('none: %s', (_, text) => {
    expect(inits(parse(text))).toEqual([]);
  });

  test('no tree, no answer', () => {
    expect(inits(parse(`${NODE}Stigg.initialize({ apiKey: k });`, 'none'))).toEqual([]);
  });
});

describe('the key argument', () => {
  const call = (value: string, before = ''): string => `${NODE}${before}Stigg.initialize({ apiKey: ${value} });`;
  test.each<[string, string, string | undefined, string | undefined, string]>([
    ['non-null', call(`${ENV}!`), 'STIGG_SERVER_API_KEY', undefined, 'X!'],
    ['type assertion', call(`${ENV} as string`), 'STIGG_SERVER_API_KEY', undefined, 'X as string'],
    ['fallback', call(`${ENV} || ''`), 'STIGG_SERVER_API_KEY', undefined, "X || ''"],
    ['nullish', call(`(${ENV} ?? '')`), 'STIGG_SERVER_API_KEY', undefined, "(X ?? '')"],
    ['environment second', call(`options.key ?? ${ENV}`), 'STIGG_SERVER_API_KEY', undefined, 'options.key ?? X'],
    ['template', call(`\`\${${ENV}}\``), 'STIGG_SERVER_API_KEY', undefined, '`${X}`'],
    ['String()', call(`String(${ENV})`), 'STIGG_SERVER_API_KEY', undefined, 'String(X)'],
    ['brackets', call("process.env['STIGG_API_KEY']"), 'STIGG_API_KEY', undefined, 'X'],
    ['import.meta.env', call('import.meta.env.VITE_STIGG_CLIENT_KEY'), 'VITE_STIGG_CLIENT_KEY', undefined, 'X'],
    ['Deno', call('Deno.env.get("STIGG_API_KEY")'), 'STIGG_API_KEY', undefined, 'X'],
    ['a Worker', call('env.STIGG_API_KEY'), 'STIGG_API_KEY', undefined, 'X'],
    ['a helper', call('requireEnv("STIGG_API_KEY")'), 'STIGG_API_KEY', undefined, 'X'],
    ['Nest', call("this.config.getOrThrow<string>('STIGG_API_KEY')"), 'STIGG_API_KEY', undefined, 'X'],
    ['constant', call('key', `const key = ${ENV};\n`), 'STIGG_SERVER_API_KEY', undefined, 'X'],
    ['constant of a constant', call('key', `const raw = ${ENV}!;\nconst key = raw;\n`), 'STIGG_SERVER_API_KEY', undefined, 'X'],
    ['destructured', call('STIGG_API_KEY', 'const { STIGG_API_KEY } = process.env;\n'), 'STIGG_API_KEY', undefined, 'X'],
    ['destructured, renamed', call('key', 'const { STIGG_API_KEY: key } = process.env;\n'), 'STIGG_API_KEY', undefined, 'X'],
    ['configuration', call('config.stigg.key', `const config = { stigg: { key: ${ENV} } };\n`), 'STIGG_SERVER_API_KEY', undefined, 'X'],
    ['SvelteKit', call('STIGG_API_KEY', "import { STIGG_API_KEY } from '$env/static/private';\n"), 'STIGG_API_KEY', undefined, 'X'],
    ['SvelteKit, dynamic', call('env.STIGG_API_KEY', "import { env } from '$env/dynamic/private';\n"), 'STIGG_API_KEY', undefined, 'X'],
    ['parameter', `${NODE}function f(serverKey) { Stigg.initialize({ apiKey: serverKey }); }`, undefined, 'serverKey', 'X'],
    ['property', call('runtime.public.stiggKey'), undefined, 'stiggKey', 'X'],
    ['call', call('getServerKey()'), undefined, 'getServerKey', 'X'],
    ['reassigned', call('key', `let key = ${ENV};\nkey = other;\n`), undefined, 'key', 'X'],
    ['branches', call(`browser ? a : ${ENV}`), undefined, undefined, 'X'],
    ['literal', call("'k'"), undefined, undefined, 'X'],
    ['shorthand', `${NODE}function f(apiKey) { Stigg.initialize({ apiKey }); }`, undefined, 'apiKey', 'apiKey: X'],
  ])('%s', (_, text, variable, name, replaced) => {
    const { init } = one(text);
    expect([init.key?.variable, init.key?.name]).toEqual([variable, name]);
    if (init.key === undefined) throw new Error('no key');
    const edited = apply(text, init.key.replaceBy('X') ?? []);
    expect(edited).toBe(`${text.slice(0, init.key.start)}${replaced}${text.slice(init.key.end)}`);
  });

  test('a literal elsewhere in the document', () => {
    const { init, text } = one(`const KEY = '${clientKey()}';\n${call('KEY')}`);
    expect(init.key?.name).toBe('KEY');
    expect(slice(text, init.key?.origin)).toBe(`'${clientKey()}'`);
    expect(one(call(`'${clientKey()}'`)).init.key?.origin).toBeUndefined();
  });

  test('attributes', () => {
    const tag = (attribute: string): string => `${REACT}const a = <StiggProvider ${attribute} customerId="c" />;`;
    expect(slice(tag('apiKey="k"'), one(tag('apiKey="k"')).init.key)).toBe('"k"');
    expect(apply(tag('apiKey="k"'), one(tag('apiKey="k"')).init.key?.replaceBy('X') ?? [])).toBe(tag('apiKey={X}'));
    expect(apply(tag("apiKey={'k'}"), one(tag("apiKey={'k'}")).init.key?.replaceBy('X') ?? [])).toBe(tag('apiKey={X}'));
    expect(slice(tag("apiKey={'k'}"), one(tag("apiKey={'k'}")).init.arguments.get('customerId'))).toBe('"c"');
  });
});

describe('the other arguments', () => {
  test.each<[string, string, boolean, readonly string[]]>([
    ['object', `${NODE}Stigg.initialize({ apiKey: k, 'offline': true });`, false, ['apiKey', 'offline']],
    ['constant', `${NODE}const o = { apiKey: k, timeout: 1 };\nStigg.initialize(o);`, false, ['apiKey', 'timeout']],
    ['constant, extended', `${NODE}const o = { apiKey: k };\no.timeout = 1;\nStigg.initialize(o);`, true, ['apiKey']],
    ['spread', `${NODE}Stigg.initialize({ apiKey: k, ...rest });`, true, ['apiKey']],
    ['spread of a constant', `${NODE}const base = { apiKey: k };\nStigg.initialize({ ...base, timeout: 1 });`, false, ['apiKey', 'timeout']],
    ['spread of itself', `${NODE}const base = { ...base };\nStigg.initialize({ ...base, timeout: 1 });`, true, ['timeout']],
    ['computed', `${NODE}Stigg.initialize({ [name]: k });`, true, []],
    ['variable', `${NODE}Stigg.initialize(options);`, true, []],
    ['call', `${NODE}Stigg.initialize(options());`, true, []],
    ['none', `${NODE}Stigg.initialize();`, false, []],
    ['attributes with a spread', `${REACT}const a = <StiggProvider apiKey={k} {...props} />;`, true, ['apiKey']],
    ['attributes with a known spread', `${REACT}const p = { customerId: 'c' };\nconst a = <StiggProvider apiKey={k} {...p} />;`, false, ['apiKey', 'customerId']],
  ])('%s', (_, text, isOpen, names) => {
    const { init } = one(text);
    expect([init.isOpen, [...init.arguments.keys()]]).toEqual([isOpen, names]);
  });

  test.each<[string, string, string | undefined]>([
    ['one line', `Stigg.initialize({ apiKey: k });`, `Stigg.initialize({ apiKey: k, a: 1 });`],
    ['one line, comma', `Stigg.initialize({ apiKey: k, });`, `Stigg.initialize({ apiKey: k, a: 1, });`],
    ['lines', `Stigg.initialize({\n  apiKey: k\n});`, `Stigg.initialize({\n  apiKey: k,\n  a: 1\n});`],
    ['lines, comma', `Stigg.initialize({\n\tapiKey: k,\n});`, `Stigg.initialize({\n\tapiKey: k,\n\ta: 1,\n});`],
    ['lines, CRLF', `Stigg.initialize({\r\n  apiKey: k,\r\n});`, `Stigg.initialize({\r\n  apiKey: k,\r\n  a: 1,\r\n});`],
    ['comment', `Stigg.initialize({\n  apiKey: k // the key\n});`, `Stigg.initialize({\n  apiKey: k, // the key\n  a: 1\n});`],
    ['comment, comma', `Stigg.initialize({\n  apiKey: k, // the key\n});`, `Stigg.initialize({\n  apiKey: k, // the key\n  a: 1,\n});`],
    ['empty', `Stigg.initialize({});`, `Stigg.initialize({ a: 1 });`],
    ['nothing', `Stigg.initialize();`, `Stigg.initialize({ a: 1 });`],
    ['constant', `const o = { apiKey: k };\nStigg.initialize(o);`, `const o = { apiKey: k, a: 1 };\nStigg.initialize(o);`],
    ['variable', `Stigg.initialize(o);`, undefined],
  ])('adding: %s', (_, text, after) => {
    const { init } = one(NODE + text);
    const edits = init.addArgument('a', '1');
    expect(edits === undefined ? undefined : apply(NODE + text, edits)).toBe(after === undefined ? undefined : NODE + after);
  });

  test.each([
    ['one line', '<StiggProvider apiKey={k} />', '<StiggProvider apiKey={k} a={1} />'],
    ['lines', '<StiggProvider\n  apiKey={k}\n  b="c"\n>\n</StiggProvider>', '<StiggProvider\n  apiKey={k}\n  b="c"\n  a={1}\n>\n</StiggProvider>'],
    ['no attribute', '<StiggProvider></StiggProvider>', '<StiggProvider a={1}></StiggProvider>'],
    ['one attribute on a line', '<StiggProvider\r\n  apiKey={k}\r\n/>', '<StiggProvider\r\n  apiKey={k}\r\n  a={1}\r\n/>'],
  ])('adding an attribute: %s', (_, tag, after) => {
    const text = `${REACT}const a = ${tag};`;
    const { init } = one(text);
    expect(apply(text, init.addArgument('a', '1') ?? [])).toBe(`${REACT}const a = ${after};`);
  });
});

describe('the reads of variables', () => {
  const reads = (text: string, grammar?: string): [string, string | undefined][] => {
    const source = parse(text, grammar);
    return Array.from(ecmascript.variableReads(source), (read) => {
      expect(slice(text, read.nameSpan)).toBe(read.variable);
      return [read.variable, slice(text, read)];
    });
  };
  test.each<[string, string, [string, string][]]>([
    ['process.env', `f(${ENV});`, [['STIGG_SERVER_API_KEY', ENV]]],
    ['optional', 'f(process?.env?.STIGG_API_KEY);', [['STIGG_API_KEY', 'process?.env?.STIGG_API_KEY']]],
    ['asserted', 'f((process.env as any).STIGG_API_KEY);', [['STIGG_API_KEY', '(process.env as any).STIGG_API_KEY']]],
    ['global', 'f(globalThis.process.env.STIGG_API_KEY);', [['STIGG_API_KEY', 'globalThis.process.env.STIGG_API_KEY']]],
    ['brackets', 'f(process.env["STIGG_API_KEY"]);', [['STIGG_API_KEY', 'process.env["STIGG_API_KEY"]']]],
    ['Vite', 'f(import.meta.env.VITE_STIGG_API_KEY);', [['VITE_STIGG_API_KEY', 'import.meta.env.VITE_STIGG_API_KEY']]],
    ['Deno', "f(Deno.env.get('STIGG_API_KEY'));", [['STIGG_API_KEY', "Deno.env.get('STIGG_API_KEY')"]]],
    ['Bun', 'f(Bun.env.STIGG_API_KEY);', [['STIGG_API_KEY', 'Bun.env.STIGG_API_KEY']]],
    ['a Worker', 'f(env.STIGG_API_KEY, c.env.STIGG_SERVER_KEY);', [['STIGG_API_KEY', 'env.STIGG_API_KEY'], ['STIGG_SERVER_KEY', 'c.env.STIGG_SERVER_KEY']]],
    ['Remix', 'f(window.ENV.STIGG_API_KEY);', [['STIGG_API_KEY', 'window.ENV.STIGG_API_KEY']]],
    ['destructured', 'const { STIGG_API_KEY, STIGG_SERVER_KEY: k, STIGG_TOKEN = 1 } = process.env;', [['STIGG_API_KEY', 'STIGG_API_KEY'], ['STIGG_SERVER_KEY', 'STIGG_SERVER_KEY: k'], ['STIGG_TOKEN', 'STIGG_TOKEN = 1']]],
    ['SvelteKit', "import { STIGG_API_KEY } from '$env/static/private';", [['STIGG_API_KEY', 'STIGG_API_KEY']]],
    ['SvelteKit, dynamic', "import { env } from '$env/dynamic/private';\nf(env.STIGG_API_KEY);", [['STIGG_API_KEY', 'env.STIGG_API_KEY']]],
    ['another name', 'f(process.env.DATABASE_URL);', []],
    ['another object', 'f(config.STIGG_API_KEY);', []],
    ['a Worker, not Stigg', 'f(env.SERVER_API_KEY);', []],
    ['assignment', 'process.env.STIGG_API_KEY = 1;', []],
    ['comment', '// process.env.STIGG_API_KEY', []],
    ['string', "f('process.env.STIGG_API_KEY');", []],
    ['another destructuring', 'const { STIGG_API_KEY } = config;', []],
    ['another import', "import { STIGG_API_KEY } from './config';", []],
  ])('%s', (_, text, expected) => {
    expect(reads(text)).toEqual(expected);
  });
});

describe('the definitions of keys', () => {
  test.each<[string, string, [string, string | undefined, boolean][], string?]>([
    ['constant', 'const STIGG_API_KEY = "v";', [['STIGG_API_KEY', '"v"', false]]],
    ['property', 'f({ stiggServerKey: v, "STIGG_API_KEY": w });', [['stiggServerKey', 'v', false], ['STIGG_API_KEY', 'w', false]]],
    ['environment', "process.env.STIGG_API_KEY = 'v';", [['STIGG_API_KEY', "'v'", true]]],
    ['environment, brackets', "process.env['STIGG_API_KEY'] = 'v';", [['STIGG_API_KEY', "'v'", true]]],
    ['member', 'config.stiggApiKey = v;', [['stiggApiKey', 'v', false]]],
    ['variable', 'stiggApiKey = v;', [['stiggApiKey', 'v', false]]],
    ['field', 'class A { static STIGG_API_KEY = v; }', [['STIGG_API_KEY', 'v', false]]],
    ['field of JavaScript', 'class A { static STIGG_API_KEY = v; }', [['STIGG_API_KEY', 'v', false]], 'javascript'],
    ['enum', "enum E { STIGG_API_KEY = 'v' }", [['STIGG_API_KEY', "'v'", false]]],
    ['a block of variables', 'module.exports = { apps: [{ env: { STIGG_API_KEY: v } }] };', [['STIGG_API_KEY', 'v', true]]],
    ['read', 'f(process.env.STIGG_API_KEY, stiggApiKey);', []],
    ['other names', 'const apiKey = 1, accessToken = 2, stiggUrl = 3;', []],
    ['value', 'const k = STIGG_API_KEY;', []],
    ['comment', '// const STIGG_API_KEY = 1', []],
  ])('%s', (_, text, expected, grammar) => {
    const found = Array.from(ecmascript.definitions(parse(text, grammar)), ({ name, nameSpan, valueSpan, isEnvironment }) => {
      expect(slice(text, nameSpan)).toBe(name);
      return [name, slice(text, valueSpan), isEnvironment];
    });
    expect(found).toEqual(expected);
  });
});

describe('imports', () => {
  const only = (text: string, grammar?: string): Partial<Import>[] => parse(text, grammar).imports.map(({ module, local, imported, isType }) => ({ module, local, imported, ...(isType === true ? { isType } : {}) }));
  test.each<[string, string, Partial<Import>[]]>([
    ['type', "import type { Stigg } from '@stigg/node-server-sdk';", [{ module: '@stigg/node-server-sdk', local: 'Stigg', imported: 'Stigg', isType: true }]],
    ['type of one name', "import { type A, B } from 'm';", [{ module: 'm', local: 'A', imported: 'A', isType: true }, { module: 'm', local: 'B', imported: 'B' }]],
    ['used as a type', "import { Stigg } from '@stigg/node-server-sdk';\nlet s: Stigg;", [{ module: '@stigg/node-server-sdk', local: 'Stigg', imported: 'Stigg', isType: true }]],
    ['typeof', "import Stigg from '@stigg/node-server-sdk';\nlet s: typeof Stigg;", [{ module: '@stigg/node-server-sdk', local: 'Stigg', imported: 'default', isType: true }]],
    ['used as both', "import Stigg from '@stigg/node-server-sdk';\nlet s: Stigg = f(Stigg);", [{ module: '@stigg/node-server-sdk', local: 'Stigg', imported: 'default' }]],
    ['not used yet', "import Stigg from '@stigg/node-server-sdk';", [{ module: '@stigg/node-server-sdk', local: 'Stigg', imported: 'default' }]],
    ['export', "export type { Stigg } from '@stigg/node-server-sdk';", [{ module: '@stigg/node-server-sdk', local: undefined, imported: '*', isType: true }]],
    ['for its effect', "import '@stigg/node-server-sdk';", [{ module: '@stigg/node-server-sdk', local: undefined, imported: '*' }]],
    ['lazy', "const load = () => import('@stigg/react-sdk');", [{ module: '@stigg/react-sdk', local: undefined, imported: '*' }]],
    ['behind white space', "\n\n  const load = async () => { const { Stigg } = await import('@stigg/typescript'); return Stigg; };", [{ module: '@stigg/typescript', local: 'Stigg', imported: 'Stigg' }]],
    ['a type behind a mark', "\uFEFFimport { Stigg } from '@stigg/node-server-sdk';\nlet s: Stigg;", [{ module: '@stigg/node-server-sdk', local: 'Stigg', imported: 'Stigg', isType: true }]],
    ['lazy, of others', "const load = () => import('./page');", []],
  ])('%s', (_, text, expected) => {
    expect(only(text)).toEqual(expected);
    for (const { place, module } of parse(text).imports) expect(slice(text, place)).toBe(`'${module}'`);
  });
});

describe('what bundlers drop with the parts that use it', () => {
  const why = (text: string, word: string): string | undefined => {
    const source = parse(text, 'tsx', 'pages/index.tsx');
    const start = text.indexOf(word);
    return ecmascript.serverOnlyPart(source, { start, end: start + word.length });
  };
  const props = (body: string): string => `export async function getServerSideProps() { ${body} }\n`;
  const page = 'export default function Page() { return <p />; }\n';
  test.each([
    ['an import', `${NODE}${props('Stigg.f();')}${page}`, "'@stigg", 'getServerSideProps'],
    ['an import behind a constant', `${NODE}const s = Stigg.initialize({ apiKey: ${ENV} });\n${props('s.f();')}${page}`, "'@stigg", 'getServerSideProps'],
    ['a constant', `${NODE}const s = Stigg.initialize({ apiKey: ${ENV} });\n${props('s.f(); s.g();')}${page}`, ENV, 'getServerSideProps'],
    ['a function that is used twice', `${NODE}function load() { return Stigg.f(Stigg); }\n${props('load(); load();')}${page}`, "'@stigg", 'getServerSideProps'],
    ['a recursive function', `${NODE}function load(n) { return n ? load(n - 1) : Stigg.f(); }\n${props('load(1);')}${page}`, "'@stigg", 'getServerSideProps'],
    ['several names', `import { A, B } from '@stigg/node-server-sdk';\n${props('A.f(B);')}${page}`, "'@stigg", 'getServerSideProps'],
    ['not what the page uses too', `${NODE}${props('Stigg.f();')}export default function Page() { Stigg.f(); return <p />; }\n`, "'@stigg", undefined],
    ['not one name of two', `import { A, B } from '@stigg/node-server-sdk';\n${props('A.f();')}export default () => B.f();\n`, "'@stigg", undefined],
    ['not what is exported', `${NODE}export const s = Stigg.initialize({ apiKey: ${ENV} });\n${props('s.f();')}${page}`, ENV, undefined],
    ['not what is exported below', `${NODE}const s = Stigg.initialize({ apiKey: ${ENV} });\n${props('s.f();')}export { s };`, ENV, undefined],
    ['not what nothing uses', `${NODE}${props('f();')}${page}`, "'@stigg", undefined],
    ['not a recursive function of the page', `${NODE}function load(n) { return n ? load(n - 1) : Stigg.f(); }\n${props('f();')}export default () => load(1);`, "'@stigg", undefined],
  ])('%s', (_, text, word, expected) => {
    expect(why(text, word)).toBe(expected);
  });
});
