import * as vscode from 'vscode';
import { listFindingsInput, listKeysInput, noInput, openFlowInput, type Flow } from '../../agents/toolInput.js';
import { environmentOut, keyOut, placeOut, sortedFindings, toolText, type FindingOut } from '../../agents/toolOutput.js';
import { CancelledError, ExpectedError, isCancelled } from '../../errors.js';
import type { EnvironmentRow, KeyRow } from '../../keys/inventory.js';
import { asError, refusalOf } from '../../keys/keyActions.js';
import type { Scope } from '../../keys/model.js';
import { managementSecret } from '../../keys/storedKey.js';
import { withoutTokens } from '../../withoutTokens.js';
import { DIAGNOSTIC_SOURCE } from '../diagnostics/present.js';
import { keyNode } from '../environments/nodes.js';
import { markdownText } from '../markdownText.js';
import type { AgentDeps } from './deps.js';

type Deps = Pick<AgentDeps, 'api' | 'vault' | 'inventory' | 'reporter' | 'now'>;

/** Scopes are asked for key by key; beyond this they are not told. */
const SCOPES_MAX = 24;

const COMMANDS: Readonly<Record<Flow, string>> = { rotate: 'stiggKeys.rotateKey', revoke: 'stiggKeys.revokeKey' };

/** What the tools do. None of them gives out a value, and none changes anything: what changes is asked of the person by the commands of the sidebar. */
export class ToolCalls {
  readonly #deps: Deps;
  #isFlowOpen = false;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  environments(input: unknown, signal: AbortSignal): Promise<string> {
    return this.#answer(async () => {
      noInput(input);
      const rows = await this.#rows(signal);
      return { environments: rows.map(environmentOut), ...(rows.length === 0 ? { hint: 'No environment was added. The person can run the command "Stigg: Add Environment".' } : {}) };
    });
  }

  keys(input: unknown, signal: AbortSignal): Promise<string> {
    return this.#answer(async () => {
      const { environment, isWithEnded, limit } = listKeysInput(input);
      const rows = fitting(await this.#rows(signal), environment);
      const found = rows.flatMap((row) => row.keys.filter(({ status }) => isWithEnded || status.kind !== 'expired').map((key) => ({ row, key })));
      const shown = found.slice(0, limit);
      const scopes = await this.#scopesOf(shown, signal);
      return {
        environments: rows.filter((row) => shown.some((one) => one.row === row) || found.length === 0).map((row) => ({
          ...placeOut(row.environment),
          ...(row.error === null ? {} : { problem: row.error.full }),
          keys: shown.filter((one) => one.row === row).map(({ key }) => keyOut(key, scopes.get(key))),
        })),
        notShown: found.length - shown.length,
      };
    });
  }

  findings(input: unknown): Promise<string> {
    return this.#answer(() => {
      const { path, limit } = listFindingsInput(input);
      const found = sortedFindings(vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) =>
        vscode.workspace.getWorkspaceFolder(uri) === undefined ? [] : diagnostics.filter(({ source }) => source === DIAGNOSTIC_SOURCE).map((diagnostic) => findingOut(uri, diagnostic))));
      const fits = path === undefined ? found : found.filter(({ file }) => file.includes(path));
      return Promise.resolve({
        scope: 'Files of the workspace that are open in the editor. For all files run the command line tool: stigg-keys scan',
        findings: fits.slice(0, limit),
        notShown: Math.max(0, fits.length - limit),
      });
    });
  }

  /** The words that VS Code shows before the tool may run. Bad input is said by the call itself. */
  async prepareFlow(input: unknown): Promise<vscode.PreparedToolInvocation> {
    const title = vscode.l10n.t('Open a step of Stigg Key Hygiene?');
    const invocationMessage = vscode.l10n.t('Opening a step of Stigg Key Hygiene');
    try {
      const { flow, row, key } = await this.#flowOf(input);
      const name = markdownText(key.key.displayName);
      const place = markdownText(placeName(row));
      const message = new vscode.MarkdownString(flow === 'rotate'
        ? vscode.l10n.t('It opens the rotation of {0} in {1}. Nothing changes before you have chosen and confirmed there.', name, place)
        : vscode.l10n.t('It opens the revocation of {0} in {1}. Nothing changes before you have confirmed there.', name, place));
      return { invocationMessage, confirmationMessages: { title, message } };
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      return { invocationMessage, confirmationMessages: { title, message: new vscode.MarkdownString(markdownText(withoutTokens(error.message))) } };
    }
  }

  /** Opens a flow and is done: what the person decides there is theirs, and the model learns it from the list of keys. */
  openFlow(input: unknown): Promise<string> {
    return this.#answer(async () => {
      if (this.#isFlowOpen) throw new ExpectedError('flowOpen', vscode.l10n.t('A step is open already.'), vscode.l10n.t('Wait until the person has gone through it.'));
      const { flow, row, key } = await this.#flowOf(input);
      this.#isFlowOpen = true;
      // Not awaited: a person may take their time, and what they decide is not the model's to wait for.
      void this.#open(flow, row, key).catch((error: unknown) => void this.#deps.reporter.show(error)).finally(() => { this.#isFlowOpen = false; });
      return { opened: flow, changed: 'nothing yet', next: 'The person decides. Do not call this again for the same key; list the keys later to see what became of it.' };
    });
  }

  async #open(flow: Flow, row: EnvironmentRow, key: KeyRow): Promise<void> {
    const go = flow === 'rotate' ? vscode.l10n.t('Open the Rotation…') : vscode.l10n.t('Open the Revocation…');
    const choice = await vscode.window.showWarningMessage(
      flow === 'rotate' ? vscode.l10n.t('An agent proposes to rotate "{0}" of {1}.', key.key.displayName, placeName(row)) : vscode.l10n.t('An agent proposes to revoke "{0}" of {1}.', key.key.displayName, placeName(row)),
      { modal: true, detail: vscode.l10n.t('Nothing happens unless you go on and confirm it. If you did not ask for this, something that the agent has read may have.') },
      go,
    );
    if (choice === go) await vscode.commands.executeCommand(COMMANDS[flow], keyNode(row, key));
  }

  async #flowOf(input: unknown): Promise<{ readonly flow: Flow; readonly row: EnvironmentRow; readonly key: KeyRow }> {
    const { flow, environmentId, keyId } = openFlowInput(input);
    this.#refuseRestricted();
    if (!this.#deps.inventory.snapshot.loaded) await this.#deps.inventory.refresh();
    const row = this.#deps.inventory.environment(environmentId);
    const key = row?.keys.find((one) => one.key.id === keyId);
    if (row === undefined || key === undefined) throw new ExpectedError('noKey', vscode.l10n.t('There is no such key.'), vscode.l10n.t('Take both ids from the list of keys.'));
    const refusal = refusalOf(flow, key, row.permissions, this.#deps.now());
    if (refusal !== undefined) throw asError(refusal);
    return { flow, row, key };
  }

  /** Failures are answers: a model that gets none tries again. Defects go to the log, and only their being so to the model. */
  async #answer(make: () => Promise<Readonly<Record<string, unknown>>>): Promise<string> {
    try {
      this.#refuseRestricted();
      return toolText(await make());
    } catch (error) {
      if (isCancelled(error)) throw new vscode.CancellationError();
      if (error instanceof ExpectedError) return toolText({ error: error.full });
      this.#deps.reporter.log('A tool', error);
      return toolText({ error: 'The tool failed in a way it should not. The log of the extension says where.' });
    }
  }

  #refuseRestricted(): void {
    if (!vscode.workspace.isTrusted) throw new ExpectedError('workspaceNotTrusted', vscode.l10n.t('Agents are told nothing in Restricted Mode.'), vscode.l10n.t('Trust the workspace first.'));
  }

  async #rows(signal: AbortSignal): Promise<readonly EnvironmentRow[]> {
    const { inventory } = this.#deps;
    if (!inventory.snapshot.loaded) await inventory.refresh(undefined, signal);
    if (signal.aborted) throw new CancelledError();
    const { vaultError, environments } = inventory.snapshot;
    if (vaultError !== null) throw vaultError;
    return environments;
  }

  /** What scoped keys may do, as far as Stigg says it; of the others nothing is told. */
  async #scopesOf(shown: readonly { readonly row: EnvironmentRow; readonly key: KeyRow }[], signal: AbortSignal): Promise<ReadonlyMap<KeyRow, readonly Scope[]>> {
    const { api, vault } = this.#deps;
    const asked = shown.filter(({ key }) => key.key.type === 'SCOPED' && key.isListed && key.status.kind !== 'expired').slice(0, SCOPES_MAX);
    const found = await Promise.all(asked.map(async ({ row, key }): Promise<readonly [KeyRow, readonly Scope[]] | undefined> => {
      try {
        const auth = await managementSecret(vault, row.environment.id);
        return [key, await api.keyScopes(auth, { environmentId: row.environment.id, id: key.key.id }, signal)];
      } catch (error) {
        if (error instanceof ExpectedError) return undefined;
        throw error;
      }
    }));
    return new Map(found.filter((one) => one !== undefined));
  }
}

function fitting(rows: readonly EnvironmentRow[], wanted: string | undefined): readonly EnvironmentRow[] {
  if (wanted === undefined) return rows;
  const name = wanted.trim().toLowerCase();
  const found = rows.filter(({ environment }) => environment.id === wanted || environment.displayName.trim().toLowerCase() === name);
  if (found.length === 0) throw new ExpectedError('noEnvironment', vscode.l10n.t('There is no environment of this name or id.'), vscode.l10n.t('List the environments to see which there are.'));
  return found;
}

function placeName({ environment }: EnvironmentRow): string {
  return environment.type === 'PRODUCTION' ? vscode.l10n.t('{0} (PRODUCTION)', environment.displayName) : environment.displayName;
}

function findingOut(uri: vscode.Uri, { range, code, severity, message }: vscode.Diagnostic): FindingOut {
  return {
    file: vscode.workspace.asRelativePath(uri).replaceAll('\\', '/'),
    line: range.start.line + 1,
    rule: typeof code === 'object' ? String(code.value) : String(code ?? ''),
    severity: severity === vscode.DiagnosticSeverity.Error ? 'error' : severity === vscode.DiagnosticSeverity.Warning ? 'warning' : 'information',
    message,
  };
}
