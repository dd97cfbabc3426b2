import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { REQUESTS, type RequestTemplate } from '../../snippets/catalogue.js';
import { snippetAt } from './insertRequest.js';
import { requestTarget, type RequestsDeps } from './target.js';

const PREFIX = 'stigg';

/** Offers the requests as `stigg-…` once that is being typed, or where the person asks for completions at an empty word. */
export class RequestCompletions implements vscode.CompletionItemProvider {
  readonly #deps: RequestsDeps;

  constructor(deps: RequestsDeps) {
    this.#deps = deps;
  }

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionList {
    const typed = /[\w-]*$/.exec(document.lineAt(position).text.slice(0, position.character))?.[0] ?? '';
    const word = typed.toLowerCase();
    // VS Code asks once for a word and then filters by itself; "incomplete" makes it ask again until the prefix is there.
    if (word !== '' && PREFIX.startsWith(word) && word !== PREFIX) return new vscode.CompletionList([], true);
    // Nothing is suggested by itself at an empty word: whoever gets here with one has asked.
    if (word !== '' && !word.startsWith(PREFIX)) return new vscode.CompletionList([]);
    const range = new vscode.Range(position.translate(0, -typed.length), position);
    try {
      return new vscode.CompletionList(REQUESTS.map((template) => this.#item(template, document, range)));
    } catch (error) {
      // An endpoint setting that cannot be used: the command says so, typing must not be interrupted by it.
      if (error instanceof ExpectedError) return new vscode.CompletionList([]);
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
    return item;
  }
}
