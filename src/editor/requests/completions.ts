import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { REQUESTS, type RequestTemplate } from '../../snippets/catalogue.js';
import { SHELL_LIKE, snippetAt } from './insertRequest.js';
import { requestTarget, type RequestsDeps } from './target.js';

const PREFIX = 'stigg';

/** From here on a part of the prefix is enough: VS Code asks by itself when a word begins, and hardly ever in its middle. */
const SHORTEST_ASKED = 3;

/** When the requests are offered: `whole` once the prefix stands or the person asks, `begun` while it is being typed. */
type When = 'whole' | 'begun';

/**
 * Offers the requests as `stigg-…` completions.
 *
 * VS Code asks the providers of a language first and the one that suggests words of the document only when those have
 * nothing, and it asks at the first letter of a word and filters by itself from then on. So two registrations share the
 * work: one of the language's rank, which is silent until the prefix stands, and one of the rank of words, which is there
 * from the first letter without pushing words aside.
 */
export function registerCompletions(deps: RequestsDeps): vscode.Disposable {
  return vscode.Disposable.from(
    // The hyphen begins a new question in all three languages, letters do not.
    vscode.languages.registerCompletionItemProvider([...SHELL_LIKE], new RequestCompletions(deps, 'whole'), '-'),
    vscode.languages.registerCompletionItemProvider({ language: '*' }, new RequestCompletions(deps, 'begun')),
  );
}

class RequestCompletions implements vscode.CompletionItemProvider {
  readonly #deps: RequestsDeps;
  readonly #when: When;

  constructor(deps: RequestsDeps, when: When) {
    this.#deps = deps;
    this.#when = when;
  }

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    if (!SHELL_LIKE.includes(document.languageId)) return [];
    const typed = /(?<![\w-])[\w-]*$/.exec(document.lineAt(position).text.slice(0, position.character))?.[0] ?? '';
    const word = typed.toLowerCase();
    // Nothing is suggested by itself at an empty word: whoever gets here with one has asked.
    const isWhole = word === '' || word.startsWith(PREFIX) || (word.length >= SHORTEST_ASKED && PREFIX.startsWith(word));
    const isBegun = word !== '' && PREFIX.startsWith(word);
    if (this.#when === 'whole' ? !isWhole : !isBegun) return [];
    const range = new vscode.Range(position.translate(0, -typed.length), position);
    try {
      return REQUESTS.map((template) => this.#item(template, document, range));
    } catch (error) {
      // An endpoint setting that cannot be used: the command says so, typing must not be interrupted by it.
      if (error instanceof ExpectedError) return [];
      throw error;
    }
  }

  #item(template: RequestTemplate, document: vscode.TextDocument, range: vscode.Range): vscode.CompletionItem {
    const item = new vscode.CompletionItem(`${PREFIX}-${template.id}`, vscode.CompletionItemKind.Snippet);
    item.detail = template.title();
    item.documentation = new vscode.MarkdownString()
      .appendText(template.description())
      .appendCodeblock(template.build(requestTarget(this.#deps)).plain, 'sh');
    item.insertText = snippetAt(this.#deps, template, document, range.start);
    item.range = range;
    if (this.#when === 'begun') {
      // Otherwise `set` and `src` would find their letters somewhere in our labels.
      item.filterText = PREFIX;
      item.sortText = `~${template.id}`;
    }
    return item;
  }
}
