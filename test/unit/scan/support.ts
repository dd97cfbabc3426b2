import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fingerprint } from '../../../src/fingerprint.js';
import { EMPTY_CONTEXT, type KnownKey, type ScanContext } from '../../../src/scan/context.js';
import { Engine, type EngineHost } from '../../../src/scan/engine.js';
import type { TextEdit } from '../../../src/scan/finding.js';
import { languageFor, languageIds } from '../../../src/scan/languages/index.js';
import type { Example, ExampleKeys } from '../../../src/scan/rules/rule.js';
import type { Source } from '../../../src/scan/source.js';
import { SyntaxTree } from '../../../src/scan/syntax/tree.js';
import { createParser, loadGrammar } from '../../../src/scan/syntax/treeSitter.js';
import { grammarFile } from '../../tools/grammars.mjs';

const readWasm = (name: string): Promise<Uint8Array> => readFile(grammarFile(name));

export const host: EngineHost = { readWasm };


/** The script languages that share one implementation. */
export const LANGUAGES = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'] as const;

/** An engine with every grammar loaded. */
export async function preparedEngine(): Promise<Engine> {
  const engine = new Engine(host);
  for (const id of languageIds()) await engine.prepare({ path: '', languageId: id, text: '' });
  return engine;
}

/** A version 4 UUID made of a seed: random enough for the engine, the same in every run, and in no file. */
export function uuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const serverKey = (seed = 's'): string => ['server', uuid(`${seed}1`)].join('-') + ':' + uuid(`${seed}2`);
export const clientKey = (seed = 'c'): string => ['client', uuid(`${seed}1`)].join('-') + ':' + uuid(`${seed}2`);
export const legacyKey = (seed = 'l'): string => {
  const body = createHash('sha512').update(seed).digest('base64').replaceAll('+', '.').replaceAll('=', '');
  return ['$2b', '10', body.slice(0, 53)].join('$') + ':' + uuid(seed);
};

export const KEYS: ExampleKeys = { server: serverKey(), client: clientKey(), legacy: legacyKey() };

/** A context that knows what is given. */
export function contextOf(facts: { dependencies?: readonly string[]; tracked?: boolean; known?: ReadonlyMap<string, KnownKey> }): ScanContext {
  return {
    ...EMPTY_CONTEXT,
    dependencies: () => (facts.dependencies === undefined ? undefined : new Set(facts.dependencies)),
    isTracked: () => facts.tracked,
    knownKey: (fingerprint) => facts.known?.get(fingerprint),
  };
}

/** The context of a rule's example, whose stand-ins are KEYS. */
export function contextForExample({ dependencies, facts = {} }: Example): ScanContext {
  const known = new Map<string, KnownKey>();
  for (const kind of ['server', 'client', 'legacy'] as const) {
    const key = facts.known?.[kind];
    if (key !== undefined) known.set(fingerprint(KEYS[kind]), key);
  }
  return {
    ...contextOf({ ...(dependencies === undefined ? {} : { dependencies }), known }),
    isTracked: () => facts.isTracked,
    isIgnored: () => facts.isIgnored,
    environmentNames: () => facts.environmentNames ?? [...known.values()].map(({ environmentName }) => environmentName),
    now: () => facts.now ?? new Date(),
  };
}

/** The text after the edits. */
export function apply(text: string, edits: readonly TextEdit[]): string {
  return [...edits].sort((a, b) => b.start - a.start).reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}

/** Whether a document of a language with a grammar has a syntax error. */
export async function hasSyntaxError(source: Source): Promise<boolean> {
  const name = languageFor(source.languageId).grammar(source.languageId);
  if (name === undefined) return false;
  const parser = await createParser(await loadGrammar(name, readWasm), readWasm);
  const tree = SyntaxTree.parse(parser, source.text);
  try {
    return tree?.root.hasError ?? true;
  } finally {
    tree?.dispose();
    parser.delete();
  }
}
