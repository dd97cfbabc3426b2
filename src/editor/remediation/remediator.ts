import * as vscode from 'vscode';
import { ExpectedError, isCancelled } from '../../errors.js';
import type { RemediationFacts } from '../../keys/remediation/facts.js';
import { adoptLeak, identifyLeak, type Leak, type LeakClue } from '../../keys/remediation/identify.js';
import { RemediationJournal, type LeakEnd, type RemediationRecord } from '../../keys/remediation/journal.js';
import { remediationReport, statusLine } from '../../keys/remediation/report.js';
import { Remediation, type RemediationProgress } from '../../keys/remediation.js';
import { managementSecret } from '../../keys/storedKey.js';
import type { Node } from '../environments/nodes.js';
import { environmentTypeWords, keyTypeWords } from '../environments/wording.js';
import { pickKey } from '../keyCommands/pick.js';
import { withProgress } from '../report.js';
import { askAdopt, askDead, askEnd, askEndNow, askStart, askValue } from './ask.js';
import type { RemediationCommandDeps } from './deps.js';
import { searchHistories } from './historyPort.js';
import type { ReportAction, ReportDocuments } from '../reportDocuments.js';
import { remediationReports, showReport } from './reportDocument.js';
import { leftWords, progressWords } from './words.js';
import { WorkspacePort } from './workspacePort.js';

type Work = (remediation: Remediation, progress: (step: RemediationProgress) => void, signal: AbortSignal) => Promise<RemediationFacts>;

/** "Stigg: Remediate a Leak", from a finding, a key of the sidebar, or a pasted value. */
export class Remediator implements vscode.Disposable {
  readonly #deps: RemediationCommandDeps;
  readonly #reports: ReportDocuments;
  /** Told once a window: who closes the message knows. */
  readonly #told = new Set<string>();

  constructor(deps: RemediationCommandDeps) {
    this.#deps = deps;
    this.#reports = remediationReports((error) => { this.#fail(error); });
  }

  async run(node?: Node): Promise<void> {
    if (node?.kind === 'key') return this.#ofKey(node);
    const unfinished = await this.#unfinished();
    const start = await askStart(unfinished, (await this.#deps.vault.list()).length > 0);
    if (start === undefined) return;
    if (start === 'key') return this.#ofKey(undefined);
    if (start !== 'paste') return this.#continue(start);
    const secret = await askValue();
    if (secret !== undefined) await this.remediate({ fingerprint: secret.fingerprint, secret });
  }

  /** From what is known of the value to the report. */
  async remediate(clue: LeakClue): Promise<void> {
    const { fingerprint } = clue;
    const begun = (await new RemediationJournal(this.#deps.state).list()).find((record) => record.fingerprint === fingerprint);
    if (begun !== undefined) return this.#continue(begun);
    const leak = await this.#identify(clue);
    if (leak === undefined) return;
    const end = leak.kind === 'dead' ? ((await askDead(leak)) ? 'none' : undefined) : await askEnd(leak);
    if (end === undefined) return;
    const name = leak.kind === 'known' ? leak.row.key.displayName : (leak.mask ?? fingerprint);
    await this.#work(vscode.l10n.t('Remediating the leak of "{0}"', name), (remediation, progress, signal) => remediation.start(leak, end, clue.secret, progress, signal));
  }

  /** What a crash has left, or a grace period that is over: asked about once, and never gone on with unasked. */
  async tellUnfinished(): Promise<void> {
    for (const { record, name } of await this.#unfinished()) {
      if (this.#told.has(record.id)) continue;
      this.#told.add(record.id);
      void this.#tell(record, name).catch((error: unknown) => { this.#fail(error); });
    }
  }

  dispose(): void {
    this.#reports.dispose();
  }

  async #tell(record: RemediationRecord, name: string): Promise<void> {
    const goOn = vscode.l10n.t('Continue');
    const show = vscode.l10n.t('Show What Is Left');
    const drop = vscode.l10n.t('Drop');
    const choice = await vscode.window.showWarningMessage(vscode.l10n.t('A remediation of {0} is not finished: {1}.', name, leftWords(record)), goOn, show, drop);
    if (choice === goOn) await this.#continue(record);
    if (choice === show) await this.#look(record);
    if (choice === drop) {
      await this.#remediation().drop(record);
      void vscode.window.showInformationMessage(vscode.l10n.t('The remediation of {0} was dropped: {1}. See to it yourself.', name, leftWords(record)));
    }
  }

  async #ofKey(node: Node | undefined): Promise<void> {
    const { inventory, vault, api } = this.#deps;
    const none = new ExpectedError('noKey', vscode.l10n.t('There is no server key here that works.'), vscode.l10n.t('Run the command again and paste the leaked value.'));
    const target = await pickKey(inventory, node, vscode.l10n.t('Remediate a Leak'), ({ row }) => row.status.kind !== 'expired' && row.key.type !== 'CLIENT', none);
    if (target === undefined) return;
    const { key, stored } = target.row;
    const ref = { environmentId: key.environmentId, id: key.id };
    const secret = (stored === null ? undefined : await vault.read(stored))
      ?? (await withProgress(vscode.l10n.t('Asking Stigg for the value of "{0}"', key.displayName), async (signal) => api.revealToken(await managementSecret(vault, key.environmentId), ref, signal)));
    await this.remediate({ fingerprint: secret.fingerprint, secret });
  }

  async #identify(clue: LeakClue): Promise<Exclude<Leak, { kind: 'foreign' }> | undefined> {
    const deps = this.#identifyDeps();
    const leak = await withProgress(vscode.l10n.t('Finding out which key it is'), (signal) => identifyLeak(deps, clue, signal));
    if (leak.kind !== 'foreign') return leak;
    const { secret } = clue;
    if (secret === undefined || !(await askAdopt(leak))) return undefined;
    const adopted = await withProgress(vscode.l10n.t('Adding {0}', leak.environment.displayName), (signal) => adoptLeak(deps, { ...clue, secret }, signal));
    await this.#deps.inventory.refresh(leak.environment.id);
    return adopted.kind === 'foreign' ? undefined : adopted;
  }

  async #continue(record: RemediationRecord, end: LeakEnd = record.end): Promise<void> {
    this.#told.add(record.id);
    const name = await this.#nameOf(record);
    await this.#work(vscode.l10n.t('Remediating the leak of {0}', name), (remediation, progress, signal) => remediation.resume(record, progress, signal, end));
  }

  async #look(record: RemediationRecord): Promise<void> {
    const facts = await withProgress(vscode.l10n.t('Looking at what is left'), (signal) => this.#remediation().look(record, signal));
    await this.#show(facts);
  }

  async #work(title: string, work: Work): Promise<void> {
    const facts = await withProgress(title, async (signal, report) => {
      const remediation = this.#remediation((objects) => { report(vscode.l10n.t('5 of 5: looking at the git history ({0} objects)…', objects)); });
      return work(remediation, (step) => { report(progressWords(step)); }, signal);
    }).catch(async (error: unknown) => {
      await this.#afterFailure(error);
      throw error;
    });
    if (facts.environment !== null) await this.#deps.inventory.refresh(facts.environment.id);
    await this.#show(facts);
    // Not awaited: a command is over when its work is, not when its message has been read.
    void this.#say(facts).catch((error: unknown) => { this.#fail(error); });
  }

  /** Nobody is left to guess what a cancelled remediation has done. */
  async #afterFailure(error: unknown): Promise<void> {
    for (const { record } of await this.#unfinished()) this.#told.delete(record.id);
    if (isCancelled(error)) await this.tellUnfinished();
  }

  async #say(facts: RemediationFacts): Promise<void> {
    const text = `${facts.key === null ? '' : `"${facts.key.name}": `}${plain(statusLine(facts))}`;
    if (!facts.isOpen) {
      const changed = facts.mended?.files.length ?? 0;
      void vscode.window.showInformationMessage(`${text} ${changed === 1 ? vscode.l10n.t('1 file was changed.') : vscode.l10n.t('{0} files were changed.', changed)}`);
      return;
    }
    const now = vscode.l10n.t('End It Now');
    const later = vscode.l10n.t('Later');
    if ((await vscode.window.showWarningMessage(text, now, later)) === now) await this.#endNow(facts.id);
  }

  async #endNow(id: string): Promise<void> {
    const record = (await new RemediationJournal(this.#deps.state).list()).find((other) => other.id === id);
    // Asked here as well: any extension can call the command behind the report's buttons.
    if (record === undefined || !(await askEndNow(await this.#nameOf(record)))) return;
    await this.#continue(record, record.end === 'revoke' || record.end === 'none' ? record.end : 'now');
  }

  async #show(facts: RemediationFacts): Promise<void> {
    const text = remediationReport(facts, { keyType: keyTypeWords, environmentType: environmentTypeWords, version: this.#deps.version });
    const open: ReportAction[] = facts.isOpen ? [{ id: 'endNow', title: vscode.l10n.t('Continue: End the Leaked Value Now'), run: () => this.#endNow(facts.id) }] : [];
    await showReport(this.#reports, vscode.l10n.t('Leak of {0}', facts.key?.name ?? facts.mask ?? facts.fingerprint), text, open);
  }

  #remediation(onObjects: (objects: number) => void = () => undefined): Remediation {
    const { api, vault, rotation, journal, state, usages, now, wait } = this.#deps;
    const workspace = new WorkspacePort(usages);
    return new Remediation({
      ...this.#identifyDeps(), api, vault, rotation, now, wait, rotations: journal, journal: new RemediationJournal(state), newId: () => crypto.randomUUID(),
      ports: {
        mend: (fingerprint, signal) => workspace.mend(fingerprint, signal),
        look: (fingerprint, signal) => workspace.look(fingerprint, signal),
        searchHistory: (fingerprint, signal) => searchHistories(fingerprint, [...workspace.folders.values()], signal, onObjects),
      },
    });
  }

  #identifyDeps() {
    const { api, vault, inventory, now } = this.#deps;
    return { api, vault, now, permissions: (environmentId: string) => inventory.environment(environmentId)?.permissions ?? {} };
  }

  async #unfinished(): Promise<readonly { readonly record: RemediationRecord; readonly name: string }[]> {
    const records = await this.#remediation().unfinished();
    return Promise.all(records.map(async (record) => ({ record, name: await this.#nameOf(record) })));
  }

  /** As the sidebar has it; a key that is nowhere any more is named by its fingerprint. */
  async #nameOf({ environmentId, keyId, newKeyId, fingerprint }: RemediationRecord): Promise<string> {
    const stored = await this.#deps.vault.list().catch(() => []);
    const entry = stored.find((key) => key.environmentId === environmentId && (key.keyId === keyId || key.keyId === newKeyId || key.retired.includes(fingerprint)));
    return entry === undefined ? vscode.l10n.t('the key with the fingerprint {0}', fingerprint) : `"${entry.displayName}"`;
  }

  #fail(error: unknown): void {
    void this.#deps.reporter.show(error);
  }
}

/** The report's sentence without what Markdown needs. */
function plain(text: string): string {
  return text.replace(/\\([\\`*_{}[\]()<>#|~!&])/g, '$1');
}

