import * as vscode from 'vscode';
import type { Finding } from '../../scan/finding.js';
import type { RuleDocs } from '../../scan/rules/rule.js';
import type { DiagnosticsController } from './controller.js';
import { rangeOf } from './documents.js';
import { rulePage } from './present.js';

/** Explains a warning where it stands: what the rule is about, why it matters, and what to do. */
export class FindingHover implements vscode.HoverProvider {
  readonly #controller: DiagnosticsController;

  constructor(controller: DiagnosticsController) {
    this.#controller = controller;
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<vscode.Hover | undefined> {
    const offset = document.offsetAt(position);
    const findings = (await this.#controller.findings(document))?.filter(({ start, end }) => start <= offset && offset <= end) ?? [];
    const first = findings[0];
    if (first === undefined || token.isCancellationRequested) return undefined;
    const { ruleDocs } = await import('../../scan/rules/docs.js');
    const pages = findings.flatMap((finding) => {
      const docs = ruleDocs(finding.rule);
      return docs === undefined ? [] : [explain(document, finding, docs)];
    });
    return new vscode.Hover(pages, rangeOf(document, first));
  }
}

/** VS Code shows the message itself above this; the page is plain Markdown that can run no command. */
function explain(document: vscode.TextDocument, finding: Finding, docs: RuleDocs): vscode.MarkdownString {
  const page = new vscode.MarkdownString(`**${docs.title}**\n\n${docs.what}\n\n`);
  const heading = (text: string): void => { page.appendMarkdown(`**${text}** `); };
  heading(vscode.l10n.t('Why it matters:'));
  page.appendMarkdown(`${docs.why}\n\n`);
  if (finding.related !== undefined && finding.related.length > 0) {
    heading(vscode.l10n.t('Evidence:'));
    page.appendMarkdown('\n\n');
    for (const { start, message } of finding.related) {
      page.appendMarkdown(`- ${verbatim(vscode.l10n.t('line {0}: {1}', document.positionAt(start).line + 1, message))}\n`);
    }
    page.appendMarkdown('\n');
  }
  heading(vscode.l10n.t('How to fix it:'));
  page.appendMarkdown(`${docs.howToFix}\n\n`);
  heading(vscode.l10n.t('For example, in {0}:', [docs.good.path, ...docs.good.circumstances].join('; ')));
  page.appendMarkdown('\n');
  page.appendCodeblock(docs.good.text, docs.good.languageId);
  return page.appendMarkdown(`\n[${vscode.l10n.t('More about {0}', docs.id)}](${rulePage(docs.id).toString()})`);
}

/** The text as it is, with nothing in it that Markdown knows. `appendText` would forbid a line break at every space, and hovers are narrow. */
function verbatim(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}
