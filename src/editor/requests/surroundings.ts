import type * as vscode from 'vscode';
import { EMPTY_CONTEXT } from '../../scan/context.js';
import type { Lookup, ParsedSource } from '../../scan/languages/language.js';
import type { SideFacts, SideVerdict } from '../../scan/side.js';
import { sourceOf } from '../diagnostics/documents.js';

/** What code in a document may read, and how. */
export interface Surroundings extends SideVerdict {
  /** How JavaScript on a server reads the variable of the server key. */
  readonly serverLookup: string;
  /** How browser code of the project reads the publishable key; undefined where nothing is known that puts variables into it. */
  readonly publishableLookup: string | undefined;
}

/** The languages that may be either browser or server code. Other languages stay on servers, or are templates of the browser. */
const TWO_SIDED = /^(?:java|type)script(?:react)?$/;
const TEMPLATES: readonly string[] = ['html', 'vue', 'svelte'];
/** Larger files are generated. */
const LONGEST = 1_000_000;
/** Who imports the file is asked for no longer than this. */
const PATIENCE_MS = 400;

/** The surroundings as far as package.json, settings, importers and the text tell. */
export async function surroundingsOf(document: vscode.TextDocument, serverVariable: string): Promise<Surroundings> {
  return surroundings(document, serverVariable, needsProject(document) ? await factsAround(document.uri) : EMPTY_CONTEXT);
}

/** The same by the document alone: fast enough for completions. */
export async function surroundingsByText(document: vscode.TextDocument, serverVariable: string): Promise<Surroundings> {
  return surroundings(document, serverVariable, EMPTY_CONTEXT);
}

function needsProject({ languageId, uri }: vscode.TextDocument): boolean {
  return (TWO_SIDED.test(languageId) || TEMPLATES.includes(languageId)) && uri.scheme !== 'untitled';
}

async function factsAround(uri: vscode.Uri): Promise<SideFacts> {
  const [{ Project }, { readerBeside }] = await Promise.all([import('../../project/project.js'), import('../diagnostics/workspaceReader.js')]);
  return new Project(readerBeside(uri), { patienceMs: PATIENCE_MS }).contextFor(uri.path);
}

async function surroundings(document: vscode.TextDocument, serverVariable: string, facts: SideFacts): Promise<Surroundings> {
  if (!TWO_SIDED.test(document.languageId) && !TEMPLATES.includes(document.languageId)) return { side: 'unknown', evidence: '', serverLookup: serverVariable, publishableLookup: undefined };
  const [{ sideOf }, environment, source] = await Promise.all([import('../../scan/side.js'), import('../../scan/languages/ecmascript/environment.js'), parsedSourceOf(document)]);
  const lookups = {
    serverLookup: environment.serverLookup(serverVariable, source).expression,
    publishableLookup: (environment.publishableLookup(source, facts.dependencies(source.path)) satisfies Lookup | undefined)?.expression,
  };
  // A template without a name or anything in it is one of the browser all the same.
  const verdict = sideOf(source, facts);
  return { ...(verdict.side === 'unknown' && TEMPLATES.includes(document.languageId) ? { side: 'browser' as const, evidence: document.languageId } : verdict), ...lookups };
}

/** The document with its imports, read from the text so that code in the making has them too. */
async function parsedSourceOf(document: vscode.TextDocument): Promise<ParsedSource> {
  const text = document.getText();
  const source = { ...sourceOf(document, text), syntax: undefined };
  if (text.length > LONGEST || !TWO_SIDED.test(document.languageId)) return { ...source, imports: [] };
  const [{ importsIn }, { maskCode }] = await Promise.all([import('../../project/modules/imports.js'), import('../../project/modules/mask.js')]);
  const imports = importsIn(text, maskCode(text)).filter(({ kind }) => kind !== 'dynamic')
    .flatMap(({ specifier: module, names }) => (names.length === 0 ? [{ module, local: undefined, imported: '*' }] : names.map(({ local, imported }) => ({ module, local, imported }))));
  return { ...source, imports };
}
