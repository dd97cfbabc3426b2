import type { Parser } from '@vscode/tree-sitter-wasm';
import { EMPTY_CONTEXT } from '../../../../src/scan/context.js';
import { languageFor, languageIdFor, languageIds } from '../../../../src/scan/languages/index.js';
import { moneyInputsOf } from '../../../../src/scan/money/inputs.js';
import { Units } from '../../../../src/scan/money/units.js';
import { Parts } from '../../../../src/scan/parts.js';
import { ScanFile } from '../../../../src/scan/scanFile.js';
import type { CliCall } from '../../../../src/scan/stigg/cli.js';
import type { StiggRequest } from '../../../../src/scan/stigg/request.js';
import type { Source } from '../../../../src/scan/source.js';
import { createParser, loadGrammar } from '../../../../src/scan/syntax/treeSitter.js';
import { apply, host } from '../support.js';
import { printRequest } from './requestsIn.js';

/** What a document that is no code says of Stigg's API, in all its parts. */
export interface WrittenOut {
  /** One line for each; see `printRequest`. A payload has a `payload` at its end. */
  readonly requests: readonly string[];
  /** `coupons.create` */
  readonly commands: readonly string[];
  /** `amountsOff[].amount=4900 USD`, with the reason behind `cents:` where the value counts cents. */
  readonly money: readonly string[];
  /** The document with a header more, for each request; undefined where that cannot be done. */
  withHeader(name: string, text?: string): readonly (string | undefined)[];
}

/** Makes a function that reads documents, with all grammars loaded. */
export async function reader(): Promise<(path: string, text: string) => WrittenOut> {
  const readWasm = (file: string): Promise<Uint8Array> => host.readWasm(file);
  const parsers = new Map<string, Parser>();
  for (const id of ['shellscript', 'json', 'yaml', ...languageIds()]) {
    const name = languageFor(id).grammar(id);
    if (name !== undefined && !parsers.has(name) && /bash|json|yaml|typescript$/.test(name)) parsers.set(name, await createParser(await loadGrammar(name, readWasm), readWasm));
  }
  return (path, text) => {
    const source: Source = { path, languageId: languageIdFor(path), text };
    const parts = new Parts((languageId) => parsers.get(languageFor(languageId).grammar(languageId) ?? ''));
    const all = parts.of(source).map((part) => ({ part, file: new ScanFile(part, source, EMPTY_CONTEXT) }));
    const requests = all.flatMap(({ part, file }) => file.stigg.requests.map((request) => ({ part, request })));
    const result: WrittenOut = {
      requests: requests.map(({ request }) => `${printRequest(request)}${request.isPayload === true ? ' payload' : ''}`),
      commands: all.flatMap(({ file }) => file.stigg.commands.map((call: CliCall) => call.name)),
      money: all.flatMap(({ file }) => {
        const units = new Units(file.stigg.code);
        return moneyInputsOf(file.stigg).map(({ path: field, value, currency }) => {
          const cents = units.minorUnits(value);
          return `${field}=${file.text.slice(value.start, value.end)}${currency === undefined ? '' : ` ${currency}`}${cents === undefined ? '' : ` cents:${cents.cause}`}`;
        });
      }),
      withHeader: (name, header) => requests.map(({ part, request }: { readonly part: (typeof all)[number]['part']; readonly request: StiggRequest }) => {
        const edits = request.addHeader(name, header === undefined ? { kind: 'fresh' } : { kind: 'text', text: header });
        return edits === undefined ? undefined : apply(text, edits.map((edit) => ({ start: part.toOuter(edit.start), end: part.toOuter(edit.end), text: part.encode(edit.text) })));
      }),
    };
    parts.dispose();
    return result;
  };
}
