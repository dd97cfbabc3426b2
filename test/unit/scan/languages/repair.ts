import { expect } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import type { Finding } from '../../../../src/scan/finding.js';
import { languageFor, languageIdFor } from '../../../../src/scan/languages/index.js';
import type { ConstantText, Definition, Language, ParsedSource, SdkInit, VariableRead } from '../../../../src/scan/languages/language.js';
import { SyntaxTree } from '../../../../src/scan/syntax/tree.js';
import { createParser, loadGrammar } from '../../../../src/scan/syntax/treeSitter.js';
import { apply, contextOf, hasSyntaxError, host } from '../support.js';

/** Scans the text, applies the first fix of its one finding, and checks that nothing is found any more and that the code parses as well as before. */
export async function repair(engine: Engine, path: string, text: string): Promise<{ readonly finding: Finding; readonly fixed: string | undefined }> {
  const source = { path, languageId: languageIdFor(path), text };
  const findings = engine.scan(source, contextOf({}));
  expect(findings.map(({ rule }) => rule)).toHaveLength(1);
  const [finding] = findings;
  if (finding === undefined) throw new Error('No finding');
  const edits = finding.fixes[0]?.edits;
  if (edits === undefined) return { finding, fixed: undefined };
  const fixed = apply(text, edits);
  // A key that was an argument still is one, now by name.
  expect(engine.scan({ ...source, text: fixed }, contextOf({})).filter(({ rule }) => rule !== 'key-on-command-line')).toEqual([]);
  expect(await hasSyntaxError({ ...source, text: fixed })).toBe(await hasSyntaxError(source));
  return { finding, fixed };
}

/** What a language says of a document, in a form that tables can hold. */
export interface Facts {
  readonly definitions: readonly Definition[];
  readonly reads: readonly VariableRead[];
  readonly inits: readonly SdkInit[];
  readonly texts: readonly ConstantText[];
}

export async function factsOf(path: string, text: string): Promise<Facts> {
  return parsed(path, text, (source, language) => ({
    definitions: [...language.definitions(source)],
    reads: [...language.variableReads(source)],
    inits: [...language.sdkInits(source)],
    texts: [...language.constantTexts(source)],
  }));
}

/** Parses the text and hands it to `look` while its tree lives. */
export async function parsed<T>(path: string, text: string, look: (source: ParsedSource, language: Language) => T): Promise<T> {
  const languageId = languageIdFor(path);
  const language = languageFor(languageId);
  const name = language.grammar(languageId);
  const readWasm = (file: string): Promise<Uint8Array> => host.readWasm(file);
  const parser = name === undefined ? undefined : await createParser(await loadGrammar(name, readWasm), readWasm);
  const syntax = parser === undefined ? undefined : SyntaxTree.parse(parser, text);
  try {
    return look({ path, languageId, text, syntax, imports: syntax === undefined ? [] : language.imports(syntax) }, language);
  } finally {
    syntax?.dispose();
    parser?.delete();
  }
}
