import * as vscode from 'vscode';
import type { ApiRequest } from '../../snippets/request.js';
import { startersFor, type StarterOptions } from '../../snippets/starters/index.js';
import type { Writer, WriterOptions } from '../../snippets/writer.js';
import type { Offer, Offers } from './completions.js';
import { writerOptions, type RequestsDeps } from './deps.js';
import { headEdit } from './insertion.js';
import type { Library } from './library.js';
import { codeOf, languageOf, pieceFor, placeAt, writersFor, type Code, type Place } from './place.js';
import { requestLine } from './steps.js';
import { surroundingsByText } from './surroundings.js';

/** Where something is completed. */
interface Spot {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
  readonly typed: string;
  readonly place: Place;
  /** What is missing at the head, by the lines that are wanted there: most completions want the same, and each search reads the document. */
  readonly heads: Map<string, readonly vscode.TextEdit[]>;
}

/** Everything that may be completed at a position. Where code ships to the browser nothing is offered that takes a server key. */
export async function offersAt(deps: RequestsDeps, library: Library, ...[document, position, typed]: Parameters<Offers>): Promise<Offer[]> {
  const options = { ...(await writerOptions(deps)), languageId: languageOf(document) };
  const surroundings = await surroundingsByText(document, options.keyVariable);
  const spot: Spot = { document, position, typed, place: placeAt(document, position), heads: new Map() };
  const isBrowser = surroundings.side === 'browser';
  return [...(isBrowser ? [] : requestOffers(library, options, spot)), ...starterOffers({ ...surroundings, serverVariable: options.keyVariable, baseUrl: options.baseUrl }, surroundings.side, spot)];
}

/** Requests in the usual way of the language, and as calls of the SDK where the document imports it. */
function requestOffers({ requests, writers }: Library, options: WriterOptions, spot: Spot): Offer[] {
  const fitting = writersFor(writers, spot.place);
  const usual = fitting.find((writer) => !isSdk(writer));
  const sdks = fitting.filter((writer) => isSdk(writer) && isImported(writer, requests, options, spot.document));
  return [...(usual === undefined ? [] : [usual]), ...sdks].flatMap((writer) => requests.flatMap((request): Offer[] => {
    const written = writer.write(request, options);
    if (written === undefined) return [];
    return [{
      id: `${isSdk(writer) ? 'sdk-' : ''}${completionId(request.id)}`,
      ...contentAt(spot, codeOf(writer, written)),
      detail: () => `${requestLine(request)} · ${writer.title()}`,
      documentation: () => request.summary,
    }];
  }));
}

function starterOffers(options: StarterOptions, side: 'browser' | 'server' | 'unknown', spot: Spot): Offer[] {
  const { document, place } = spot;
  const text = document.getText();
  const starters = startersFor({ languageId: place.languageId ?? '', path: document.uri.path, text: text.trim() === spot.typed ? '' : text, side });
  return starters.map((starter) => {
    const written = starter.write(options);
    return {
      id: `init-${starter.id}`,
      ...contentAt(spot, { ...written, languageId: starter.languageIds[0], before: starter.before, file: () => written.file }),
      detail: () => starter.title,
      documentation: () => starter.install,
    };
  });
}

function contentAt({ document, position, typed, heads }: Spot, code: Code): Pick<Offer, 'parts' | 'head' | 'languageId'> {
  const piece = pieceFor(code, document, position, typed);
  const key = piece.head.map(({ text }) => text).join('\n');
  let head = heads.get(key);
  if (head === undefined) {
    const edit = piece.head.length === 0 ? undefined : headEdit(document, piece);
    head = edit === undefined ? [] : [vscode.TextEdit.insert(edit.position, edit.text)];
    heads.set(key, head);
  }
  return { parts: piece.parts, head, languageId: code.languageId };
}

/** `customers.paymentMethod.attach` as one word. */
export function completionId(id: string): string {
  return id.replaceAll('.', '-');
}

function isSdk({ id }: Writer): boolean {
  return id.startsWith('sdk-');
}

/** Whether the document has the SDK's import already. */
function isImported(writer: Writer, requests: readonly ApiRequest[], options: WriterOptions, document: vscode.TextDocument): boolean {
  const text = document.getText();
  for (const request of requests) {
    const written = writer.write(request, options);
    if (written !== undefined) return written.head.some((line) => /stigg/i.test(line.text) && line.present(text));
  }
  return false;
}
