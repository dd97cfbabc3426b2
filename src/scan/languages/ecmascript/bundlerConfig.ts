import type { Node } from '@vscode/tree-sitter-wasm';
import type { InlinedSetting, ParsedSource } from '../language.js';
import { spanOf } from '../span.js';
import { type Carried, CarriedValues } from './carriedValues.js';
import { isWrapper, namedChildren, nameOf, stringValue, unwrap } from './nodes.js';
import { isServerBuild } from './serverBuild.js';

/** Properties of a tool's configuration that hand values to browser code. */
interface ConfigFile {
  readonly file: RegExp;
  /** Their paths from the top of the configuration. */
  readonly values: readonly string[];
  /** Those that name a prefix: every variable that starts with it is handed over. */
  readonly prefixes?: readonly string[];
  /** Those that list the names of variables; at any depth, since they are options of plugins. */
  readonly lists?: readonly string[];
}

/** Source: the documentation of the tools. */
const CONFIG_FILES: readonly ConfigFile[] = [
  { file: /(?:^|\/)next\.config\.[cm]?[jt]s$/, values: ['env', 'publicRuntimeConfig', 'compiler.define'] },
  { file: /(?:^|\/)(?:vite|astro|quasar)\.config(?:\.[\w-]+)?\.[cm]?[jt]s$/, values: ['define', 'vite.define', 'environments.client.define'], prefixes: ['envPrefix', 'vite.envPrefix'] },
  { file: /(?:^|\/)nuxt\.config\.[cm]?[jt]s$/, values: ['env', 'publicRuntimeConfig', 'runtimeConfig.public', 'appConfig', 'vite.define'], prefixes: ['vite.envPrefix'] },
  { file: /(?:^|\/)(?:rsbuild|modern)\.config\.[cm]?[jt]s$/, values: ['source.define'] },
  { file: /(?:^|\/)(?:\.umirc|config\/config)\.[jt]s$/, values: ['define'] },
  { file: /(?:^|\/)app\.config\.[cm]?[jt]s$/, values: ['extra', 'expo.extra'] },
  { file: /(?:^|\/)docusaurus\.config\.[cm]?[jt]s$/, values: ['customFields', 'themeConfig'] },
  { file: /(?:^|\/)\.storybook\/main\.[cm]?[jt]s$/, values: ['env', 'define'] },
  { file: /(?:^|\/)svelte\.config\.[cm]?[jt]s$/, values: [], prefixes: ['kit.env.publicPrefix'] },
  { file: /(?:^|\/)gatsby-config\.[cm]?[jt]s$/, values: [], lists: ['allowList', 'whitelist'] },
  { file: /(?:^|\/)(?:babel\.config|\.babelrc)\.[cm]?[jt]s$/, values: [], lists: ['include', 'allowlist', 'whitelist'] },
];
const REPLACE_PLUGINS = new Set(['@rollup/plugin-replace', 'rollup-plugin-replace']);
const ESBUILD: ConfigFile = { file: /./, values: ['define'] };
/** The words that a setting goes by; the tree is asked around them only. */
const WORDS = /\b(?:env|define|public|publicRuntimeConfig|appConfig|extra|customFields|themeConfig|envPrefix|publicPrefix|allow[Ll]ist|whitelist|include|DefinePlugin|EnvironmentPlugin|replace)\b/g;
/** Files of a server's build, by their name and by the folder that they are in. */
const SERVER_NAME = /(?:^|[.-])(?:server|ssr|node|backend|lambda|electron|preload|cli|test|vitest)[.-]/i;
const SERVER_FOLDER = /(?:^|\/)(?:server|backend|functions|lambdas?)\/(?:[^/]+\/)?[^/]+$/i;
const PLUGINS = new Set(['DefinePlugin', 'EnvironmentPlugin']);

/** The settings of a bundler or framework that put values into browser code. Builds for servers have none. */
export function* inlinedSettings(source: ParsedSource): Iterable<InlinedSetting> {
  const { syntax } = source;
  if (syntax === undefined || SERVER_NAME.test(source.path.slice(source.path.lastIndexOf('/') + 1))) return;
  const config = configOf(source);
  // Frameworks have no configuration for their server alone, bundlers do.
  const isServers = SERVER_FOLDER.test(source.path);
  const replace = source.imports.find(({ module }) => REPLACE_PLUGINS.has(module))?.local;
  const values = new CarriedValues(source);
  for (const match of source.text.matchAll(WORDS)) {
    const [word] = match;
    const plugin = PLUGINS.has(word) || word === replace;
    if (plugin || config === ESBUILD ? isServers : config === undefined) continue;
    const around = syntax.nodesAround(match.index, match.index + word.length);
    if (plugin) yield* pluginSettings(source, values, word, around);
    else if (config !== undefined) yield* propertySettings(source, values, word, around, config);
  }
}

function configOf(source: ParsedSource): ConfigFile | undefined {
  const known = CONFIG_FILES.find(({ file }) => file.test(source.path));
  if (known !== undefined) return known;
  return source.imports.some(({ module }) => module === 'esbuild') || /\bBun\.build\(/.test(source.text) ? ESBUILD : undefined;
}

function* propertySettings(source: ParsedSource, values: CarriedValues, word: string, around: readonly Node[], config: ConfigFile): Iterable<InlinedSetting> {
  const at = around.findIndex(({ type }) => type === 'pair' || type === 'shorthand_property_identifier');
  const property = around[at];
  if (property === undefined) return;
  const value = property.type === 'pair' ? property.childForFieldName('value') : property;
  const key = keyOf(property);
  // The word may as well stand in the value.
  if (value === null || nameOf(key) !== word || !around.slice(0, at + 1).some(({ id }) => id === key?.id)) return;
  if (config.lists?.includes(word) === true) yield* listed(word, values, value);
  const { path, isNested } = pathOf(around, at);
  if (isNested && !source.path.includes('.storybook/')) return;
  if (config.prefixes?.includes(path) === true) yield* prefixes(path, values, value);
  if (config.values.includes(path) && !isServerBuild(source, around)) yield* entries(path, values, value);
}

function keyOf(property: Node): Node | null {
  return property.type === 'pair' ? property.childForFieldName('key') : property;
}

/** The names of the properties down to this one, and whether another property holds the whole, by way of a function. */
function pathOf(around: readonly Node[], property: number): { readonly path: string; readonly isNested: boolean } {
  const names: string[] = [];
  let at = property;
  for (; at < around.length; at++) {
    const node = around[at];
    if (node === undefined) break;
    if (node.type === 'pair' || node.type === 'shorthand_property_identifier') names.unshift(nameOf(keyOf(node)) ?? '?');
    else if (node.type !== 'object' && !isWrapper(node)) break;
  }
  return { path: names.join('.'), isNested: around.slice(at).some(({ type }) => type === 'pair' || type === 'method_definition') };
}

/** `new DefinePlugin({ … })`, `EnvironmentPlugin([ … ])`, and `replace({ … })` of Rollup. */
function* pluginSettings(source: ParsedSource, values: CarriedValues, name: string, around: readonly Node[]): Iterable<InlinedSetting> {
  const at = around.findIndex(({ type }) => type === 'call_expression' || type === 'new_expression');
  const call = around[at];
  const callee = call?.childForFieldName(call.type === 'new_expression' ? 'constructor' : 'function');
  if (call === undefined || nameOf(callee ?? null) !== name) return;
  const list = call.childForFieldName('arguments');
  const argument = list === null ? undefined : namedChildren(list)[0];
  if (argument === undefined || isServerBuild(source, around.slice(at))) return;
  if (name !== 'EnvironmentPlugin') {
    yield* entries(name, values, argument);
    return;
  }
  yield* listed(name, values, argument);
  for (const { key, place } of values.entriesOf(argument)) {
    if (key !== undefined) yield { ...spanOf(place), setting: name, nameSpan: spanOf(keyOf(place) ?? place), variables: [key] };
  }
}

/** The strings of a list of variables. */
function* listed(setting: string, values: CarriedValues, list: Node): Iterable<InlinedSetting> {
  const array = values.resolved(list);
  for (const element of array.type === 'array' ? namedChildren(array) : []) {
    const name = stringValue(unwrap(element));
    if (name !== undefined) yield { ...spanOf(element), setting, nameSpan: spanOf(element), variables: [name] };
  }
}

function* prefixes(setting: string, values: CarriedValues, value: Node): Iterable<InlinedSetting> {
  const inner = values.resolved(value);
  for (const element of inner.type === 'array' ? namedChildren(inner) : [inner]) {
    const variablePrefix = stringValue(unwrap(element));
    if (variablePrefix !== undefined) yield { ...spanOf(element), setting, nameSpan: spanOf(element), variables: [], variablePrefix };
  }
}

function* entries(setting: string, values: CarriedValues, object: Node): Iterable<InlinedSetting> {
  for (const { key, place, value } of values.entriesOf(object)) {
    const carried = values.of(value);
    const nameSpan = spanOf(place.type === 'pair' ? keyOf(place) ?? place : place);
    const base = { ...spanOf(place), setting, nameSpan };
    if (carried.some(({ kind }) => kind === 'environment')) yield { ...base, variables: [], variablePrefix: '' };
    else yield { ...base, variables: variablesOf(carried, key) };
  }
}

/** What is read says which variable it is; otherwise the names on both sides of the colon do. */
function variablesOf(carried: readonly Carried[], key: string | undefined): string[] {
  const reads = carried.flatMap((value) => (value.kind === 'read' ? [value.name] : []));
  if (reads.length > 0 || carried.length === 0) return reads;
  const names = carried.flatMap((value) => (value.kind === 'name' ? [value.name] : []));
  // `process.env.NAME` is a key of its own.
  return key === undefined ? names : [key.split('.').at(-1) ?? key, ...names];
}
