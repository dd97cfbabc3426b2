import * as l10n from '@vscode/l10n';
import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import { MOST_NAMES, refusalOfName, type ChosenNames } from '../inject/names.js';
import { Lines } from '../scan/lines.js';
import type { CentShape } from '../scan/money/centShape.js';
import { parseGlob, type Glob } from './globs.js';
import { RULE_LEVELS, type NamedRule, type RuleLevel, type RuleLevels, type SettingsContent, type SettingsProblem } from './settings.js';

/** Bytes. Settings that people write have a hundredth of it. */
const LARGEST = 64 * 1024;
const MOST_GLOBS = 500;
const MOST_PROBLEMS = 20;

/**
 * Reads a settings file, comments and trailing commas included. Never throws: what is not understood is left out and reported,
 * and a file that is no JSON is left out as a whole.
 *
 * @param path absolute, for the problems
 */
export function parseSettings(path: string, bytes: Uint8Array): SettingsContent {
  const reader = new Reader(path);
  if (bytes.length > LARGEST) return reader.refuse(l10n.t('The file is too large (more than {0} bytes), so it is not used.', LARGEST));
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return reader.refuse(l10n.t('The file is not a text in UTF-8, so it is not used.'));
  }
  return reader.read(text);
}

class Reader {
  readonly #path: string;
  readonly #problems: SettingsProblem[] = [];
  readonly #named: NamedRule[] = [];
  #lines: Lines | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  refuse(message: string, offset = 0): SettingsContent {
    this.#report(message, offset);
    return { ignore: [], rules: [], browser: [], server: [], centShape: {}, variables: {}, namedRules: [], problems: this.#problems };
  }

  read(text: string): SettingsContent {
    this.#lines = new Lines(text);
    const errors: ParseError[] = [];
    let root: Node | undefined;
    try {
      root = parseTree(text, errors, { allowTrailingComma: true });
    } catch {
      // The parser calls itself for every level.
      return this.refuse(l10n.t('The file is nested too deeply, so it is not used.'));
    }
    if (errors[0] !== undefined || root === undefined) return this.refuse(l10n.t('The file is not valid JSON, so it is not used.'), errors[0]?.offset);
    if (root.type !== 'object') return this.refuse(l10n.t('The file has to hold an object, so it is not used.'));

    let ignore: readonly Glob[] = [];
    let levels: ReadonlyMap<string, RuleLevel> = new Map();
    let overrides: readonly RuleLevels[] = [];
    let sides: { readonly browser: readonly Glob[]; readonly server: readonly Glob[] } = { browser: [], server: [] };
    let centShape: Partial<CentShape> = {};
    let variables: ChosenNames = {};
    for (const [name, value, key] of this.#entries(root)) {
      if (name === 'ignore') ignore = this.#globs(value);
      else if (name === 'rules') levels = this.#levels(value);
      else if (name === 'overrides') overrides = this.#overrides(value);
      else if (name === 'sides') sides = this.#sides(value);
      else if (name === 'money') centShape = this.#money(value);
      else if (name === 'variables') variables = this.#variables(value);
      else if (name !== '$schema') this.#unknown(name, key);
    }
    return { ignore, rules: [{ files: undefined, levels }, ...overrides], ...sides, centShape, variables, namedRules: this.#named, problems: this.#problems };
  }

  #levels(node: Node): ReadonlyMap<string, RuleLevel> {
    const levels = new Map<string, RuleLevel>();
    for (const [name, value, key] of this.#entries(node)) {
      const level = RULE_LEVELS.find((candidate) => candidate === value.value);
      if (level === undefined) {
        this.#report(l10n.t('"{0}" can be {1}.', shown(name), RULE_LEVELS.join(', ')), value.offset);
        continue;
      }
      levels.set(name, level);
      this.#named.push({ name, line: this.#lineOf(key.offset) });
    }
    return levels;
  }

  #overrides(node: Node): readonly RuleLevels[] {
    return this.#items(node).map((item) => {
      let files: readonly Glob[] = [];
      let levels: ReadonlyMap<string, RuleLevel> = new Map();
      for (const [name, value, key] of this.#entries(item)) {
        if (name === 'files') files = this.#globs(value);
        else if (name === 'rules') levels = this.#levels(value);
        else this.#unknown(name, key);
      }
      return { files, levels };
    });
  }

  #sides(node: Node): { readonly browser: readonly Glob[]; readonly server: readonly Glob[] } {
    let browser: readonly Glob[] = [];
    let server: readonly Glob[] = [];
    for (const [name, value, key] of this.#entries(node)) {
      if (name === 'browser') browser = this.#globs(value);
      else if (name === 'server') server = this.#globs(value);
      else this.#unknown(name, key);
    }
    return { browser, server };
  }

  #money(node: Node): Partial<CentShape> {
    let shape: Partial<CentShape> = {};
    for (const [name, value, key] of this.#entries(node)) {
      const field = name === 'centShapedFrom' ? 'from' : name === 'centShapedBelow' ? 'below' : undefined;
      const amount: unknown = value.value;
      if (field === undefined) this.#unknown(name, key);
      else if (typeof amount !== 'number' || !Number.isFinite(amount) || amount < 0) this.#report(l10n.t('"{0}" has to be a number, 0 or more.', shown(name)), value.offset);
      else shape = { ...shape, [field]: amount };
    }
    return shape;
  }

  #variables(node: Node): ChosenNames {
    const names: { server?: readonly string[]; publishable?: readonly string[] } = {};
    for (const [kind, value, key] of this.#entries(node)) {
      if (kind !== 'server' && kind !== 'publishable') this.#unknown(kind, key);
      else {
        const other = names[kind === 'server' ? 'publishable' : 'server'] ?? [];
        const list = this.#names(value, kind, other);
        if (list !== undefined) names[kind] = list;
      }
    }
    return names;
  }

  /** undefined where nothing of it can be used, so that it is as if it were not there; an empty list is one. */
  #names(node: Node, kind: 'server' | 'publishable', taken: readonly string[]): readonly string[] | undefined {
    const items = this.#items(node);
    if (items.length > MOST_NAMES) this.#report(l10n.t('Only the first {0} names are used.', MOST_NAMES), node.offset);
    const names = items.slice(0, MOST_NAMES).flatMap((item) => {
      const name: unknown = item.value;
      const refusal = typeof name !== 'string' ? l10n.t('The name of a variable has to be a text.')
        : taken.includes(name) ? l10n.t('"{0}" can hold one key only: it is in both lists.', shown(name)) : refusalOfName(name, kind);
      if (refusal !== undefined) this.#report(refusal, item.offset);
      return refusal === undefined && typeof name === 'string' ? [name] : [];
    });
    return names.length > 0 || (node.type === 'array' && items.length === 0) ? [...new Set(names)] : undefined;
  }

  #globs(node: Node): readonly Glob[] {
    const items = this.#items(node);
    if (items.length > MOST_GLOBS) this.#report(l10n.t('Only the first {0} globs are used.', MOST_GLOBS), node.offset);
    return items.slice(0, MOST_GLOBS).flatMap((item) => {
      const text: unknown = item.value;
      const glob = typeof text === 'string' ? parseGlob(text) : undefined;
      if (glob === undefined) {
        this.#report(
          typeof text === 'string' ? l10n.t('"{0}" is no glob that can be used: it may be empty, lead out of the folder, begin with ! or be too complicated.', shown(text)) : l10n.t('A glob has to be a text.'),
          item.offset,
        );
      }
      return glob === undefined ? [] : [glob];
    });
  }

  #items(node: Node): readonly Node[] {
    if (node.type === 'array') return node.children ?? [];
    this.#report(l10n.t('A list is expected here.'), node.offset);
    return [];
  }

  /** Names with values; of several with one name all are given, so that the last one wins. */
  #entries(node: Node): readonly (readonly [name: string, value: Node, key: Node])[] {
    if (node.type !== 'object') {
      this.#report(l10n.t('An object is expected here.'), node.offset);
      return [];
    }
    return (node.children ?? []).flatMap(({ children: [key, value] = [] }) => {
      const name: unknown = key?.value;
      return key === undefined || value === undefined || typeof name !== 'string' ? [] : [[name, value, key] as const];
    });
  }

  #unknown(name: string, key: Node): void {
    this.#report(l10n.t('There is no setting called "{0}".', shown(name)), key.offset);
  }

  #report(message: string, offset: number): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push({ path: this.#path, line: this.#lineOf(offset), message });
  }

  #lineOf(offset: number): number {
    return (this.#lines?.lineAt(offset) ?? 0) + 1;
  }
}

/** A name out of somebody's file, fit for a message. */
function shown(name: string): string {
  const plain = name.replace(/\p{C}/gu, '?');
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}
