import * as vscode from 'vscode';
import type { ActionId } from '../../diagnose/actions.js';
import type { Facts } from '../../diagnose/facts.js';
import { gather } from '../../diagnose/gather.js';
import { diagnose, type Diagnosis } from '../../diagnose/judge.js';
import { certaintyWords, report } from '../../diagnose/report.js';
import { symptomWords, type Symptom } from '../../diagnose/symptom.js';
import { ExpectedError } from '../../errors.js';
import type { Environment } from '../../keys/model.js';
import { managementKeyOf } from '../../keys/storedKey.js';
import type { StoredKey } from '../../keys/vault.js';
import type { Node } from '../environments/nodes.js';
import { withProgress } from '../report.js';
import { actionTitle, runAction, type ActionContext, type Place } from './actions.js';
import { askEnvironment, askKey, askSymptom, environmentsOf } from './ask.js';
import type { DiagnoseDeps } from './deps.js';
import type { ReportDocuments } from '../reportDocuments.js';
import { diagnosisReports, REPORT_SCHEME } from './reportDocument.js';
import { usedValues } from './usedValues.js';

/** What was chosen, or comes from where the command was called. */
interface Chosen {
  readonly symptom: Symptom;
  readonly stored: readonly StoredKey[];
  readonly environment: Environment | null;
  readonly key: StoredKey | null;
  /** Why the vault could not be read. */
  readonly vaultError: ExpectedError | null;
}

/** A failure that was seen here, so that nothing has to be asked. */
export interface SeenFailure {
  readonly symptom: Symptom;
  readonly request: NonNullable<Facts['request']>;
  readonly place: Place;
  readonly environmentId: string;
}

/** Buttons beside "Show Details": more than three do not fit. */
const BUTTONS_MAX = 2;
/** Actions in the report: one line of them. */
const LENSES_MAX = 6;

/** "Stigg: Diagnose a failing request". */
export class Diagnoser implements vscode.Disposable {
  readonly #deps: DiagnoseDeps;
  readonly #documents: ReportDocuments;

  constructor(deps: DiagnoseDeps) {
    this.#deps = deps;
    this.#documents = diagnosisReports((error) => { this.#fail(error); });
  }

  /** Asks what is needed, checks, and shows the answer. Resolves when the answer is shown, not when it has been read. */
  async run(node?: Node): Promise<void> {
    const looked = await this.#look();
    const symptom = await askSymptom(looked.request);
    if (symptom === undefined) return;
    const chosen = await this.#choose(symptom, node);
    if (chosen !== undefined) await this.#answer(chosen, looked);
  }

  /** The same for a failure that was seen here, of the key that the environment's requests are run with. */
  async explain({ symptom, request, place, environmentId }: SeenFailure): Promise<void> {
    const stored = await this.#deps.vault.list();
    const environment = environmentsOf(stored).find(({ id }) => id === environmentId) ?? null;
    const key = managementKeyOf(stored, environmentId) ?? null;
    await this.#answer({ symptom, stored, environment, key, vaultError: null }, { request, place });
  }

  dispose(): void {
    this.#documents.dispose();
  }

  /** The request under the cursor. That it cannot be read is no reason not to look at the key. */
  async #look(): Promise<{ request: Facts['request']; place: Place | undefined }> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || editor.document.uri.scheme === REPORT_SCHEME) return { request: null, place: undefined };
    const position = editor.selection.active;
    const request = await this.#deps.requestAt(editor.document, position).catch(() => undefined);
    return request === undefined ? { request: null, place: undefined } : { request, place: { uri: editor.document.uri, position } };
  }

  async #choose(symptom: Symptom, node: Node | undefined): Promise<Chosen | undefined> {
    let stored: readonly StoredKey[];
    try {
      stored = await this.#deps.vault.list();
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      return { symptom, stored: [], environment: null, key: null, vaultError: error };
    }
    const environments = environmentsOf(stored);
    const id = node?.kind === 'environment' ? node.row.environment.id : node?.kind === 'key' ? node.environment.id : undefined;
    const named = environments.find((environment) => environment.id === id);
    const environment = named ?? (await askEnvironment(environments, this.#deps.activeEnvironmentId?.())) ?? null;
    if (environment === null) return environments.length > 0 ? undefined : { symptom, stored, environment, key: null, vaultError: null };
    const chosenKey = node?.kind === 'key' ? stored.find(({ environmentId, keyId }) => environmentId === environment.id && keyId === node.row.key.id) : undefined;
    const key = chosenKey ?? (await askKey(stored, environment));
    return key === undefined ? undefined : { symptom, stored, environment, key, vaultError: null };
  }

  async #answer(chosen: Chosen, looked: { request: Facts['request']; place: Place | undefined }): Promise<void> {
    const { symptom, stored, environment, key, vaultError } = chosen;
    const gathered = await withProgress(vscode.l10n.t('Checking why Stigg answers {0}', symptomWords(symptom).status), async (signal) =>
      gather(this.#deps, { symptom, stored, environment, key, request: looked.request, used: await usedValues() }, signal));
    const facts: Facts = vaultError === null ? gathered : { ...gathered, value: { kind: 'unreadable', why: vaultError.full }, answer: { kind: 'unasked', why: vaultError.full } };
    const context: ActionContext = {
      facts,
      place: looked.place,
      again: async (choose) => {
        const next = choose === 'same' ? await this.#reread(chosen) : await this.#choose(symptom, undefined);
        if (next !== undefined) await this.#answer(next, looked);
      },
    };
    const diagnosis = diagnose(facts, { hasOtherEnvironments: environmentsOf(stored).length > 1 });
    // Not awaited: a command is over when its work is, not when its message has been read.
    this.#tell(diagnosis, context).catch((error: unknown) => { this.#fail(error); });
  }

  /** The same question about what is stored by now. */
  async #reread(chosen: Chosen): Promise<Chosen> {
    const next = await this.#deps.vault.list();
    const key = next.find(({ environmentId, keyId }) => environmentId === chosen.key?.environmentId && keyId === chosen.key.keyId) ?? null;
    const environment = environmentsOf(next).find(({ id }) => id === chosen.environment?.id) ?? chosen.environment;
    return { ...chosen, stored: next, environment, key, vaultError: null };
  }

  /** The likeliest cause and its fix in a notification; everything else one click away. */
  async #tell(diagnosis: Diagnosis, context: ActionContext): Promise<void> {
    const { main, actions } = diagnosis;
    const details = vscode.l10n.t('Show Details');
    const offered = actions.slice(0, BUTTONS_MAX);
    const text = `${certaintyWords(main.certainty)}: ${main.title}. ${main.fix}`;
    const show = main.certainty === 'found' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    const choice = await show(text, ...offered.map(actionTitle), details);
    if (choice === details) {
      await this.#showReport(diagnosis, context);
      return;
    }
    const action = offered.find((id) => actionTitle(id) === choice);
    if (action !== undefined) await runAction(this.#deps, action, context);
  }

  async #showReport(diagnosis: Diagnosis, context: ActionContext): Promise<void> {
    const { facts } = diagnosis;
    const text = report(diagnosis, { host: this.#host(), version: this.#deps.version });
    const act = (id: ActionId) => ({ id, title: actionTitle(id), run: () => runAction(this.#deps, id, context) });
    const copy = { id: 'copyReport' as const, title: vscode.l10n.t('Copy Report'), run: async () => vscode.env.clipboard.writeText(text) };
    const name = [`Stigg ${symptomWords(facts.symptom).status}`, facts.environment?.displayName].filter((part) => part !== undefined).join(' ');
    await this.#documents.show({ name, text, actions: [...diagnosis.actions.slice(0, LENSES_MAX).map(act), copy] });
  }

  #host(): string {
    try {
      return new URL(this.#deps.endpoint()).host;
    } catch {
      return vscode.l10n.t('an endpoint that cannot be used');
    }
  }

  #fail(error: unknown): void {
    this.#deps.reportError(error);
  }
}
