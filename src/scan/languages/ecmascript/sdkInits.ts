import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../../finding.js';
import { npmSdk } from '../../sdks.js';
import type { ParsedSource, SdkInit } from '../language.js';
import { PAGE } from '../markup/templates.js';
import { spanOf } from '../span.js';
import { isWrapper, namedChildren, nameOf, occurrencesOf } from './nodes.js';
import { attributeEdits } from './optionEdits.js';
import { keyArgument, optionsOf, type Options } from './options.js';
import { Scope } from './scope.js';

/** A name that stands for an SDK, or for a part of it. */
interface Root {
  readonly local: string;
  readonly module: string;
  readonly side: 'backend' | 'frontend';
  /** What the name stands for inside the module; the default export and the whole module are left out. */
  readonly path: readonly string[];
}

const KEY = 'apiKey';
const PROVIDER = 'StiggProvider';
/** The default export, its name, and the whole module are one and the same. */
const WHOLE = new Set(['*', 'default', 'Stigg']);
const CONSTRUCTED = new Set(['@stigg/typescript', '@stigg/rest-client']);
const PLUGINS = new Set(['@stigg/vue-sdk', '@stigg/vue-2-sdk']);
/** Functions that make an element of a component and its properties: React's, Preact's, Vue's, and what JSX is compiled to. */
const ELEMENT_MAKERS = /^(?:createElement|cloneElement|h|_?jsxs?|_?jsxDEV)$/;
/** The script of the embedded widgets makes a global function. */
const EMBED = { module: '@stigg/embed-sdk', side: 'frontend' } as const;

/** The places where the document starts one of Stigg's SDKs. */
export function* sdkInits(source: ParsedSource): Iterable<SdkInit> {
  if (source.syntax === undefined || !/stigg/i.test(source.text)) return;
  const finder = new Finder(source);
  yield* [...finder.all()].sort((a, b) => a.start - b.start);
}

class Finder {
  readonly #source: ParsedSource;
  readonly #scope: Scope;

  constructor(source: ParsedSource) {
    this.#source = source;
    this.#scope = new Scope(source);
  }

  *all(): Iterable<SdkInit> {
    const roots = this.#roots();
    const seen = new Set<number>();
    // An alias adds a root; arrays visit what is added meanwhile.
    for (const root of roots) {
      if (roots.length > 50) break;
      for (const at of occurrencesOf(this.#source.text, root.local)) {
        const init = this.#at(root, at, roots);
        if (init === undefined || seen.has(init.start)) continue;
        seen.add(init.start);
        yield init;
      }
    }
    yield* this.#unknownProviders(seen);
    yield* this.#embedded(seen);
  }

  #roots(): Root[] {
    const roots: Root[] = [];
    for (const { module, local, imported, isType } of this.#source.imports) {
      const sdk = npmSdk(module);
      if (sdk === undefined || local === undefined || isType === true || roots.some((root) => root.local === local)) continue;
      roots.push({ local, module: sdk.module, side: sdk.side, path: WHOLE.has(imported) ? [] : [imported] });
    }
    return roots;
  }

  #at(root: Root, at: number, roots: Root[]): SdkInit | undefined {
    const around = this.#source.syntax?.nodesAround(at, at + root.local.length) ?? [];
    if (around[0]?.type !== 'identifier' || around[1]?.type === 'import_specifier') return undefined;
    const path = [...root.path];
    let index = 0;
    for (; index < around.length - 1; index++) {
      const node = around[index];
      const parent = around[index + 1];
      if (node === undefined || parent === undefined) return undefined;
      if (parent.type === 'member_expression' && parent.childForFieldName('object')?.id === node.id) path.push(nameOf(parent) ?? '?');
      // Awaiting a promise of the module gives the module; awaiting a client is none of this.
      else if (!isWrapper(parent)) break;
    }
    const node = around[index];
    const parent = around[index + 1];
    const holder = around[index + 2];
    if (node === undefined || parent === undefined) return undefined;
    const steps = path.filter((name) => !WHOLE.has(name));
    switch (parent.type) {
      case 'call_expression':
        return parent.childForFieldName('function')?.id === node.id && isCallStart(root, steps) ? this.#call(root, parent, 0) : undefined;
      case 'new_expression':
        return parent.childForFieldName('constructor')?.id === node.id && CONSTRUCTED.has(root.module) && steps.length === 0 ? this.#call(root, parent, 0) : undefined;
      case 'jsx_opening_element':
      case 'jsx_self_closing_element':
        return isProvider(root, steps) && parent.childForFieldName('name')?.id === node.id ? this.#element(root, parent) : undefined;
      case 'arguments':
        return holder !== undefined && namedChildren(parent)[0]?.id === node.id && this.#takesComponent(root, steps, holder) ? this.#call(root, holder, 1) : undefined;
      case 'variable_declarator': {
        const name = parent.childForFieldName('name');
        if (name?.type !== 'identifier' || parent.childForFieldName('value')?.id !== node.id || roots.some(({ local }) => local === name.text)) return undefined;
        roots.push({ ...root, local: name.text, path: steps });
        return undefined;
      }
      default:
        return undefined;
    }
  }

  /** `createElement(StiggProvider, …)`, and `app.use(plugin, …)` of Vue. */
  #takesComponent(root: Root, steps: readonly string[], call: Node): boolean {
    if (call.type !== 'call_expression') return false;
    const callee = call.childForFieldName('function');
    const method = nameOf(callee) ?? '';
    if (isProvider(root, steps)) return ELEMENT_MAKERS.test(method);
    return PLUGINS.has(root.module) && callee?.type === 'member_expression' && method === 'use';
  }

  #call(root: Pick<Root, 'module' | 'side'>, call: Node, index: number): SdkInit {
    const list = call.childForFieldName('arguments');
    const given = list?.type === 'arguments' ? namedChildren(list) : [];
    const options = optionsOf(this.#source, this.#scope, given[index]);
    // Without any argument there is a place for the first one.
    const add = given.length > 0 || index > 0 ? options.add : (name: string, expression: string) => firstArgument(call, list, name, expression);
    return this.#init(root, call, { ...options, add }, false);
  }

  #element(root: Pick<Root, 'module' | 'side'>, tag: Node): SdkInit {
    const values = new Map<string, Node>();
    let isOpen = false;
    for (const attribute of namedChildren(tag)) {
      if (attribute.type === 'jsx_expression') {
        const spread = namedChildren(attribute)[0];
        const options = optionsOf(this.#source, this.#scope, spread?.type === 'spread_element' ? namedChildren(spread)[0] : spread);
        for (const [name, value] of options.values) values.set(name, value);
        isOpen ||= options.isOpen;
      } else if (attribute.type === 'jsx_attribute') {
        const [name, value] = namedChildren(attribute);
        if (name !== undefined) values.set(nameOf(name) ?? '', value ?? attribute);
      }
    }
    return this.#init(root, tag, { values, isOpen, add: (name, expression) => attributeEdits(this.#source, tag, name, expression) }, true);
  }

  #init({ module, side }: Pick<Root, 'module' | 'side'>, node: Node, { values, isOpen, add }: Options, isElement: boolean): SdkInit {
    const value = values.get(KEY);
    return {
      ...spanOf(node),
      side,
      module,
      key: value === undefined ? undefined : keyArgument(this.#source, this.#scope, value, isElement && value.type === 'string'),
      arguments: new Map(Array.from(values, ([name, argument]) => [name, spanOf(argument.type === 'jsx_expression' ? namedChildren(argument)[0] ?? argument : argument)])),
      isOpen,
      addArgument: add,
    };
  }

  /** A provider that comes from another module of the project: Stigg's own when it takes the key. */
  *#unknownProviders(seen: Set<number>): Iterable<SdkInit> {
    for (const at of occurrencesOf(this.#source.text, PROVIDER)) {
      if (!/[<.]\s*$/.test(this.#source.text.slice(Math.max(0, at - 4), at))) continue;
      const around = this.#source.syntax?.nodesAround(at, at + PROVIDER.length) ?? [];
      const tag = around.slice(1, 3).find(({ type }) => type === 'jsx_opening_element' || type === 'jsx_self_closing_element');
      if (tag === undefined || seen.has(tag.startIndex) || !/(?:^|\.)StiggProvider$/.test(tag.childForFieldName('name')?.text ?? '')) continue;
      const init = this.#element({ module: '@stigg/react-sdk', side: 'frontend' }, tag);
      if (init.key !== undefined) yield init;
    }
  }

  /** `Stigg({ apiKey })` of the embed script: a function that nothing in the document declares. */
  *#embedded(seen: Set<number>): Iterable<SdkInit> {
    const { text, path, imports, syntax } = this.#source;
    if (!PAGE.test(path) && !text.includes('embed-sdk')) return;
    if (imports.some(({ local }) => local === 'Stigg')) return;
    for (const at of occurrencesOf(text, 'Stigg')) {
      const around = syntax?.nodesAround(at, at + 'Stigg'.length) ?? [];
      const callee = around[1]?.type === 'member_expression' && /^(?:window|globalThis|self)\.Stigg$/.test(around[1].text) ? 1 : 0;
      const call = around[callee + 1];
      if (call?.type !== 'call_expression' || call.childForFieldName('function')?.id !== around[callee]?.id || seen.has(call.startIndex)) continue;
      if (callee === 0 && (around[0]?.type !== 'identifier' || this.#scope.resolve('Stigg', at) !== undefined)) continue;
      const init = this.#call(EMBED, call, 0);
      if (init.key !== undefined) yield init;
    }
  }
}

function isCallStart({ module }: Root, steps: readonly string[]): boolean {
  const call = steps.join('.');
  if (module === '@stigg/api-client-js') return /^(?:StiggManagement\.)?createClient$/.test(call);
  return !CONSTRUCTED.has(module) && call === 'initialize';
}

function isProvider({ side, local, path }: Root, steps: readonly string[]): boolean {
  return side === 'frontend' && (steps.at(-1) === PROVIDER || (path.length === 0 && steps.length === 0 && local === PROVIDER));
}

function firstArgument(call: Node, list: Node | null, name: string, expression: string): TextEdit[] | undefined {
  if (call.hasError) return undefined;
  const options = name === expression ? `{ ${name} }` : `{ ${name}: ${expression} }`;
  if (list === null) return [{ start: call.endIndex, end: call.endIndex, text: `(${options})` }];
  return [{ start: list.startIndex + 1, end: list.startIndex + 1, text: options }];
}
