import * as vscode from 'vscode';
import { ExpectedError, isCancelled } from '../../errors.js';
import { enrolManagementKey, serverKeyFrom, type EnrolDeps, type Enrolled } from '../../keys/enrol.js';
import type { VaultKind } from '../../keys/vault.js';
import { Secret } from '../../secret.js';
import { plainLabel } from '../plainLabel.js';
import { withProgress } from '../report.js';
import { storeWords } from '../storeWords.js';
import type { KeyCommandDeps } from './deps.js';
import { findEnvFileKeys, type EnvFileKey } from './envFileKeys.js';

type Deps = Pick<KeyCommandDeps, 'api' | 'vault' | 'inventory' | 'reporter' | 'now' > & Required<Pick<EnrolDeps, 'lessons'>>;

/** Asks for a server key, proves it at Stigg, and stores it with the environment it belongs to. */
export async function addEnvironment(deps: Deps): Promise<void> {
  // In a browser alone nobody is asked for a key that could not be kept; elsewhere the prompt does not wait for a keychain, which may be slow to answer.
  if (vscode.env.uiKind === vscode.UIKind.Web && vscode.env.remoteName === undefined) await deps.vault.list();
  for (;;) {
    const secret = await askForKey();
    if (secret === undefined) return;
    try {
      const enrolled = await withProgress(vscode.l10n.t('Asking Stigg about this key'), (signal) => enrolManagementKey(deps, secret, signal));
      await deps.inventory.refresh(enrolled.environment.id);
      await vscode.commands.executeCommand('stiggKeys.environments.focus');
      tellAdded(enrolled, deps.inventory.environment(enrolled.environment.id)?.keys.length ?? 0, deps.vault.kind);
      return;
    } catch (error) {
      if (isCancelled(error)) return;
      // Asked again only when the person wants to: a prompt that comes back by itself cannot be left.
      const again = vscode.l10n.t('Try Another Key');
      if ((await deps.reporter.show(error, again)) !== again) return;
    }
  }
}

/** A masked prompt, or one of the keys that lie in the workspace's env files; undefined when cancelled. */
async function askForKey(): Promise<Secret | undefined> {
  const found = vscode.workspace.isTrusted ? await findEnvFileKeys() : [];
  if (found.length > 0) {
    const source = await pickSource(found);
    if (source === undefined) return undefined;
    if (source instanceof Secret) return source;
    if (source !== 'paste') return source.secret;
  }
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Add Environment'),
    prompt: vscode.l10n.t('Paste a full access key, or a scoped key that may read and write API keys (Stigg console: Integrations > API keys)'),
    placeHolder: 'server-…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value === '' ? undefined : refusal(value)),
  });
  return text === undefined ? undefined : serverKeyFrom(text);
}

function refusal(text: string): string | undefined {
  try {
    serverKeyFrom(text);
    return undefined;
  } catch (error) {
    if (error instanceof ExpectedError) return error.full;
    throw error;
  }
}

/** Where the key is. Who pastes it here already, as where no file holds one, has it taken: it must not stand there to be read. */
function pickSource(found: readonly EnvFileKey[]): Promise<EnvFileKey | Secret | 'paste' | undefined> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly source: EnvFileKey | 'paste' }>();
  pick.title = vscode.l10n.t('Add Environment');
  pick.placeholder = vscode.l10n.t('Where is the key?');
  pick.items = [
    { label: `$(clippy) ${vscode.l10n.t('Paste a key')}`, source: 'paste' },
    ...found.map((key) => ({ label: `$(file) ${vscode.l10n.t('Take it from {0}', plainLabel(key.path))}`, description: `${key.variable} = ${key.secret.mask}`, source: key })),
  ];
  return new Promise((resolve) => {
    const end = (source: EnvFileKey | Secret | 'paste' | undefined): void => {
      resolve(source);
      pick.dispose();
    };
    pick.onDidChangeValue((text) => {
      const { shape } = new Secret(text.trim());
      if (shape.kind !== 'server' && shape.kind !== 'legacy') return;
      pick.value = '';
      end(serverKeyFrom(text));
    });
    pick.onDidAccept(() => { end(pick.selectedItems[0]?.source); });
    pick.onDidHide(() => { end(undefined); });
    pick.show();
  });
}

function tellAdded({ environment, known, stored }: Enrolled, keys: number, store: VaultKind): void {
  void vscode.window.showInformationMessage(
    known
      ? vscode.l10n.t('{0} was here already; it is now managed with {1} ({2}).', environment.displayName, stored.displayName, stored.mask)
      : vscode.l10n.t('{0} was added with {1} keys. {2} ({3}) is kept in {4}.', environment.displayName, keys, stored.displayName, stored.mask, storeWords(store)),
  );
}
