import * as vscode from 'vscode';
import { Lazy } from '../../lazy.js';
import type { SnippetParts } from '../../snippets/snippet.js';
import type { OfferItem } from './offerItems.js';
import { PREFIX } from './prefix.js';

/** From here on a part of the prefix is enough: VS Code asks by itself when a word begins, and hardly ever in its middle. */
const SHORTEST_ASKED = 3;

/** The languages that any request or starter can be written in. Stands here so that nothing is loaded to know; a test holds it against them. */
export const COMPLETED_LANGUAGES: readonly string[] = [
  'shellscript', 'plaintext', 'markdown', 'mdx', 'powershell', 'bat', 'http', 'rest', 'javascript', 'typescript', 'javascriptreact', 'typescriptreact', 'python', 'go', 'ruby', 'java', 'kotlin',
  'csharp', 'php', 'vue', 'html', 'yaml', 'dockercompose', 'helm', 'json', 'jsonc',
];

/** When completions are offered: `whole` once the prefix stands or the person asks, `begun` while it is being typed. */
export type When = 'whole' | 'begun';

/** One completion, as cheap as VS Code lets it be: what is only shown is made when it is looked at. */
export interface Offer {
  /** Without the prefix. */
  readonly id: string;
  readonly parts: SnippetParts;
  /** What is missing at the head of the document. */
  readonly head: readonly vscode.TextEdit[];
  /** The language of what is shown. */
  readonly languageId: string;
  readonly detail: () => string;
  readonly documentation: () => string;
}

/** Answers what may stand at the position, where `typed` has been written. */
export type Offers = (document: vscode.TextDocument, position: vscode.Position, typed: string) => Promise<readonly Offer[]>;

/**
 * Offers requests and starters as `stigg-…` completions.
 *
 * VS Code asks the providers of a language first and the one that suggests words of the document only when those have
 * nothing, and it asks at the first letter of a word and filters by itself from then on. So two registrations share the
 * work: one of the language's rank, which is silent until the prefix stands, and one of the rank of words, which is there
 * from the first letter without pushing words aside.
 */
export function registerCompletions(offers: Offers): vscode.Disposable {
  return vscode.Disposable.from(
    // The hyphen begins a new question in all of the languages, letters do not.
    vscode.languages.registerCompletionItemProvider([...COMPLETED_LANGUAGES], new StiggCompletions(offers, 'whole'), '-'),
    vscode.languages.registerCompletionItemProvider({ language: '*' }, new StiggCompletions(offers, 'begun')),
  );
}

class StiggCompletions implements vscode.CompletionItemProvider<OfferItem> {
  readonly #offers: Offers;
  readonly #when: When;
  /** Loaded by the first word that begins like ours. */
  readonly #items = new Lazy(() => import('./offerItems.js'));

  constructor(offers: Offers, when: When) {
    this.#offers = offers;
    this.#when = when;
  }

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<OfferItem[]> {
    if (!COMPLETED_LANGUAGES.includes(document.languageId)) return [];
    const line = document.lineAt(position).text.slice(0, position.character);
    const typed = /(?<![\w-])[\w-]*$/.exec(line.slice(-100))?.[0] ?? '';
    const before = line.slice(0, line.length - typed.length);
    const word = typed.toLowerCase();
    // Nothing is suggested by itself at an empty word: whoever gets here with one has asked.
    const isWhole = word === '' || word.startsWith(PREFIX) || (word.length >= SHORTEST_ASKED && PREFIX.startsWith(word));
    const isBegun = word !== '' && PREFIX.startsWith(word);
    if (this.#when === 'whole' ? !isWhole : !isBegun) return [];
    // A member, a variable, a path: something that has a name of its own.
    if (/[.$@/\\:&]$/.test(before)) return [];
    const { offerItems } = await this.#items.get();
    return offerItems(this.#offers, this.#when, { document, position, before, typed }, token);
  }

  async resolveCompletionItem(item: OfferItem): Promise<OfferItem> {
    return (await this.#items.get()).resolved(item);
  }
}
