import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { systemTiming } from '../../keys/graphql/timing.js';
import { cleanText } from '../../keys/graphql/text.js';
import { parseEndpoint } from '../../keys/graphql/endpoint.js';
import type { Draft } from '../../runRequest/draft.js';
import type { StiggHosts } from '../../runRequest/hosts.js';
import { judge, type Judgement } from '../../runRequest/judgement.js';
import { present } from '../../runRequest/present.js';
import { requestAtOffset } from '../../runRequest/requests.js';
import { runnable, type RunnableRequest } from '../../runRequest/runnable.js';
import { sendRequest, type Sent } from '../../runRequest/send.js';
import type { SeenFailure } from '../diagnose/index.js';
import { withProgress } from '../report.js';
import type { RequestPlace, RunRequestDeps } from './deps.js';
import { runWith, type RunWith } from './environment.js';
import { explain, inspected, symptomOf } from './explain.js';
import { hashOf, type RequestFinder } from './finder.js';
import { mayBeSent } from './guard.js';
import { FEATURE_IDS, type Responses } from './responses.js';

interface Found {
  readonly document: vscode.TextDocument;
  readonly draft: Draft;
  readonly place: RequestPlace;
}

/** Sends the request under the cursor, or of a lens, and shows what came back. */
export class RequestRunner {
  readonly #deps: RunRequestDeps;
  readonly #finder: RequestFinder;
  readonly #responses: Responses;
  /** Requests that failed when they were last run, by place. */
  readonly #failures = new Map<string, { readonly hash: number; readonly seen: SeenFailure }>();
  /** A second click must not send a second request. */
  readonly #running = new Set<string>();
  readonly #changed: () => void;

  /** @param changed is called when the lenses may be different */
  constructor(deps: RunRequestDeps, finder: RequestFinder, responses: Responses, changed: () => void) {
    this.#deps = deps;
    this.#finder = finder;
    this.#responses = responses;
    this.#changed = changed;
  }

  /** At the cursor when no place is given. */
  async run(place?: RequestPlace): Promise<void> {
    try {
      await this.#run(place);
    } catch (error) {
      if (!(error instanceof ExpectedError) || error.code !== 'cannotRun') throw error;
      const open = vscode.l10n.t('Open Terminal with Key');
      // Not awaited: a command is over when its work is, not when its message has been read.
      void this.#deps.reporter.show(error, open).then(async (choice) => {
        if (choice === open) await vscode.commands.executeCommand('stiggKeys.openTerminal');
      }).catch(this.#deps.reportError);
    }
  }

  /** What is known of the failure of that request, while it stands there as it was. */
  failureAt({ uri, ordinal, hash }: RequestPlace): SeenFailure | undefined {
    const failure = this.#failures.get(idOf({ uri, ordinal }));
    return failure?.hash === hash ? failure.seen : undefined;
  }

  hosts(): StiggHosts {
    return { endpoint: parseEndpoint(this.#deps.endpoint()) };
  }

  async #run(wanted: RequestPlace | undefined): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      throw new ExpectedError('restricted', vscode.l10n.t('Requests are not run in Restricted Mode: what a folder that you do not trust writes into a request would be sent with your key.'), vscode.l10n.t('Trust the workspace first.'));
    }
    const { document, draft, place } = wanted === undefined ? await this.#underCursor() : await this.#at(wanted);
    const request = runnable(draft, this.hosts());
    const id = idOf(place);
    if (this.#running.has(id)) {
      void vscode.window.setStatusBarMessage(vscode.l10n.t('This request is being sent already.'), 5_000);
      return;
    }
    this.#running.add(id);
    try {
      const using = await runWith(this.#deps);
      if (using === undefined || !(await mayBeSent(request, using.environment))) return;
      await this.#send(request, using, place, document, draft);
    } finally {
      this.#running.delete(id);
    }
  }

  async #send(request: RunnableRequest, using: RunWith, place: RequestPlace, document: vscode.TextDocument, draft: Draft): Promise<void> {
    const { environment, secret, key } = using;
    const at = this.#deps.now();
    const position = document.positionAt(draft.start);
    const { sent, judgement, explanation } = await withProgress(vscode.l10n.t('Stigg: {0} {1} with {2}', request.method, cleanText(request.url.pathname, 60), environment.displayName), async (signal, report) => {
      const sent: Sent = await sendRequest({ fetch: this.#deps.fetch, timing: systemTiming, ...(this.#deps.timeoutMs === undefined ? {} : { timeoutMs: this.#deps.timeoutMs }) }, request, secret, signal);
      const judgement: Judgement | null = sent.kind === 'answered' ? judge(request, sent, secret, at.getTime()) : null;
      if (judgement?.isFailure === true) report(vscode.l10n.t('looking into the answer'));
      return { sent, judgement, explanation: judgement === null ? null : await explain(this.#deps, request, using, judgement, signal) };
    });
    // Whoever cancelled before anything could have happened wants nothing more.
    if (sent.kind === 'cancelled' && !sent.mayHaveHappened) return;
    const symptom = judgement === null ? undefined : symptomOf(judgement);
    const seen: SeenFailure | undefined = symptom === undefined ? undefined : { symptom, request: inspected(request), place: { uri: document.uri, position }, environmentId: environment.id };
    if (seen === undefined) this.#failures.delete(idOf(place));
    else this.#failures.set(idOf(place), { hash: place.hash, seen });
    this.#changed();
    const text = present({ request, environment, key: secret, keyName: key.displayName, sent, judgement, explanation, at });
    await this.#responses.show(idOf(place), document, {
      text,
      again: () => this.run(place),
      diagnose: seen === undefined ? undefined : () => this.#deps.diagnose(seen),
      goTo: async () => { await vscode.window.showTextDocument(document.uri, { selection: new vscode.Range(position, position), viewColumn: this.#columnOf(document) }); },
    });
    if (sent.kind !== 'answered' && sent.mayHaveHappened) {
      void vscode.window.showWarningMessage(vscode.l10n.t('It is not known what became of {0} {1}: Stigg may have done it. Read what is there before you send it again.', request.method, cleanText(request.url.pathname, 60)));
    }
  }

  #columnOf(document: vscode.TextDocument): vscode.ViewColumn {
    return vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn ?? vscode.ViewColumn.One;
  }

  async #underCursor(): Promise<Found> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || editor.document.uri.scheme === FEATURE_IDS.scheme) throw noRequest();
    const { document } = editor;
    const drafts = await this.#finder.freshly(document);
    const draft = requestAtOffset(drafts, document.getText(), document.offsetAt(editor.selection.active));
    if (draft === undefined) throw noRequest();
    return { document, draft, place: { uri: document.uri, ordinal: drafts.indexOf(draft), hash: hashOf(document, draft) } };
  }

  /** A place that a lens was made for: the document may have changed since. */
  async #at(place: RequestPlace): Promise<Found> {
    const document = await vscode.workspace.openTextDocument(place.uri);
    const drafts = await this.#finder.freshly(document);
    const same = drafts.map((draft, ordinal) => ({ draft, ordinal })).filter(({ draft }) => hashOf(document, draft) === place.hash);
    const found = same.find(({ ordinal }) => ordinal === place.ordinal) ?? (same.length === 1 ? same[0] : undefined);
    if (found === undefined) throw new ExpectedError('requestChanged', vscode.l10n.t('The request is not what it was.'), vscode.l10n.t('Run it from where it stands now.'));
    return { document, draft: found.draft, place: { ...place, ordinal: found.ordinal } };
  }
}

function idOf({ uri, ordinal }: Pick<RequestPlace, 'uri' | 'ordinal'>): string {
  return `${uri.toString()}#${String(ordinal)}`;
}

function noRequest(): ExpectedError {
  return new ExpectedError('noRequest', vscode.l10n.t('There is no request under the cursor.'), vscode.l10n.t('Put the cursor into a curl command, a request of an .http file, or a call of fetch.'));
}
