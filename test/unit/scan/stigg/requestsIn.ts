import { lowerProgram } from '../../../../src/scan/ir/lowering.js';
import { UNKNOWN } from '../../../../src/scan/ir/texts.js';
import { languageFor, languageIdFor } from '../../../../src/scan/languages/index.js';
import { Code } from '../../../../src/scan/stigg/code.js';
import type { StiggRequest } from '../../../../src/scan/stigg/request.js';
import { requestsOf } from '../../../../src/scan/stigg/requests.js';
import { SyntaxTree } from '../../../../src/scan/syntax/tree.js';
import { createParser, loadGrammar } from '../../../../src/scan/syntax/treeSitter.js';
import { host } from '../support.js';

/** Makes a function that finds the requests in texts of the language of such a file, as the engine does. */
export async function finderFor(path: string): Promise<(text: string) => readonly StiggRequest[]> {
  const languageId = languageIdFor(path);
  const language = languageFor(languageId);
  const name = language.grammar(languageId);
  const rules = language.lowering;
  if (name === undefined || rules === undefined) throw new Error(`${languageId} is no code`);
  const readWasm = (file: string): Promise<Uint8Array> => host.readWasm(file);
  const parser = await createParser(await loadGrammar(name, readWasm), readWasm);
  return (text) => {
    const tree = SyntaxTree.parse(parser, text);
    if (tree === undefined) throw new Error('Not parsed');
    const { program } = lowerProgram(tree, text, rules, []);
    const imports = language.imports(tree);
    tree.dispose();
    return requestsOf(new Code(program, { text, languageId, imports }));
  };
}

/**
 * The request as one line, unknown parts as `*`: `POST rest v1/coupons coupons.create X-API-KEY=* json`. `open`: further headers may come from
 * elsewhere; `?limit` are parameters given apart from the URL.
 */
export function printRequest({ method, surface, path, query, endpoint, headers, isOpen, body, parameters }: StiggRequest): string {
  return [
    method ?? '*',
    surface,
    path + (query.length === 0 ? '' : `?${query.map(([key, value]) => `${key}=${value}`).join('&')}`),
    endpoint?.operation ?? '-',
    ...headers.map((header) => `${header.name}=${header.text}`),
    ...parameters.map((parameter) => `?${parameter.name}`),
    ...(isOpen ? ['open'] : []),
    body?.form ?? 'none',
  ].join(' ').replaceAll(UNKNOWN, '*');
}
