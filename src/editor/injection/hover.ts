import * as vscode from 'vscode';
import { STALE_VARIABLES, type VariableNames } from '../../inject/variables.js';
import type { EnvironmentRow, KeyRow } from '../../keys/inventory.js';
import { environmentTypeWords, keyTypeWords, statusWords } from '../environments/wording.js';
import { markdownText } from '../markdownText.js';
import type { InjectionDeps } from './deps.js';
import { currentFolder, namesIn } from './names.js';

type Deps = Pick<InjectionDeps, 'active'>;

/** All that a hover may run. */
const COMMANDS = ['stiggKeys.openTerminal', 'stiggKeys.selectEnvironment'];
const WORD = /[A-Za-z_]\w*/;

/**
 * Says over a variable which key a terminal or task would get in it. A name is recognised as such wherever it stands, in every language
 * (`process.env.STIGG_API_KEY`, `os.environ["STIGG_API_KEY"]`, `$STIGG_API_KEY`): the names are those of the project, and rare enough.
 */
export class VariableHover implements vscode.HoverProvider {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position, token?: vscode.CancellationToken): Promise<vscode.Hover | undefined> {
    const range = document.getWordRangeAtPosition(position, WORD);
    const name = range === undefined ? '' : document.getText(range);
    // Cheap first: most words of a document are none.
    if (!/key|token|secret|stigg|credential/i.test(name)) return undefined;
    const names = await namesIn(vscode.workspace.getWorkspaceFolder(document.uri) === undefined ? currentFolder()?.uri : vscode.Uri.joinPath(document.uri, '..'));
    if (token?.isCancellationRequested === true) return undefined;
    const words = this.#words(name, names);
    if (words === undefined) return undefined;
    const content = new vscode.MarkdownString(words);
    content.isTrusted = { enabledCommands: COMMANDS };
    return new vscode.Hover(content, range);
  }

  #words(name: string, names: VariableNames): string | undefined {
    const kind = names.server.includes(name) ? 'server' : names.publishable.includes(name) ? 'publishable' : undefined;
    const select = `[${vscode.l10n.t('Switch Environment')}](command:stiggKeys.selectEnvironment)`;
    if (kind === undefined) {
      return STALE_VARIABLES.includes(name) ? vscode.l10n.t('Terminals and tasks of Stigg Key Hygiene unset {0}: this project reads its key as {1}.', `\`${name}\``, names.server.map((other) => `\`${other}\``).join(', ') || vscode.l10n.t('no variable')) : undefined;
    }
    const { row, chosen } = this.#deps.active;
    if (row === undefined) {
      const words = chosen === undefined ? vscode.l10n.t('No Stigg environment is active, so a terminal asks which one it is for.') : vscode.l10n.t('The active Stigg environment is {0}.', `**${markdownText(chosen.displayName)}**`);
      return `${words}\n\n${select}`;
    }
    const key = keyFor(row, kind);
    const where = `**${markdownText(row.environment.displayName)}** (${row.environment.type === 'PRODUCTION' ? environmentTypeWords(row.environment.type).toUpperCase() : environmentTypeWords(row.environment.type)})`;
    const words = key === undefined || key.stored === null
      ? vscode.l10n.t('A Stigg terminal or task leaves {0} unset: no key of that kind is stored for {1}.', `\`${name}\``, where)
      : [
          vscode.l10n.t('In a Stigg terminal or task, {0} is a key of {1}:', `\`${name}\``, where),
          `\n\n${markdownText(key.stored.displayName)} · ${keyTypeWords(key.stored.type)} · \`${key.stored.mask.replaceAll('`', '')}\` · ${statusWords(key.status)}`,
        ].join('');
    return `${words}\n\n[${vscode.l10n.t('Open Terminal with Key')}](command:stiggKeys.openTerminal) · ${select}`;
  }
}

/** The key that is handed over, as the sidebar knows it. */
function keyFor({ keys }: EnvironmentRow, kind: keyof VariableNames): KeyRow | undefined {
  if (kind === 'server') return keys.find(({ isManagement, key }) => isManagement && key.type !== 'CLIENT');
  return keys.filter(({ key, stored }) => key.type === 'CLIENT' && stored !== null).sort((a, b) => (b.stored?.createdAt ?? '').localeCompare(a.stored?.createdAt ?? ''))[0];
}
