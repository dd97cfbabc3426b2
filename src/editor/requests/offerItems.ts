import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { toPlainText, toSnippetText } from '../../snippets/snippet.js';
import { isInText } from './codePosition.js';
import type { Offer, Offers, When } from './completions.js';
import { languageOf } from './place.js';
import { PREFIX } from './prefix.js';

/** Where completions are asked for: `typed` ends at the position, and `before` is the rest of the line. */
export interface Asked {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
  readonly before: string;
  readonly typed: string;
}

export class OfferItem extends vscode.CompletionItem {
  readonly offer: Offer;

  constructor(offer: Offer) {
    super(`${PREFIX}-${offer.id}`, vscode.CompletionItemKind.Snippet);
    this.offer = offer;
  }
}

/** What fits there, as VS Code takes it. */
export async function offerItems(offers: Offers, when: When, { document, position, before, typed }: Asked, token: vscode.CancellationToken): Promise<OfferItem[]> {
  if (isInText(languageOf(document), before)) return [];
  const start = position.translate(0, -typed.length);
  try {
    const fitting = await offers(document, start, typed);
    return token.isCancellationRequested ? [] : fitting.map((offer) => itemOf(offer, when, new vscode.Range(start, position)));
  } catch (error) {
    // An endpoint setting that cannot be used: the command says so, typing must not be interrupted by it.
    if (error instanceof ExpectedError) return [];
    throw error;
  }
}

/** The item with what is shown beside the list. */
export function resolved(item: OfferItem): OfferItem {
  const { offer } = item;
  item.detail = offer.detail();
  item.documentation = new vscode.MarkdownString().appendText(offer.documentation()).appendCodeblock(toPlainText(offer.parts), offer.languageId);
  return item;
}

function itemOf(offer: Offer, when: When, range: vscode.Range): OfferItem {
  const item = new OfferItem(offer);
  item.insertText = new vscode.SnippetString(toSnippetText(offer.parts));
  item.range = range;
  if (offer.head.length > 0) item.additionalTextEdits = [...offer.head];
  if (when === 'begun') {
    // Otherwise `set` and `src` would find their letters somewhere in our labels.
    item.filterText = PREFIX;
    item.sortText = `~${offer.id}`;
  }
  return item;
}
