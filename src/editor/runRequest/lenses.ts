import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { cleanText } from '../../keys/graphql/text.js';
import { seemsStiggs } from '../../runRequest/hosts.js';
import type { RequestPlace, RunRequestDeps } from './deps.js';
import { hashOf, RequestFinder } from './finder.js';
import { MovingRequests } from './movingRequests.js';
import { FEATURE_IDS, Responses } from './responses.js';
import { RequestRunner } from './runner.js';

export const RUN_COMMAND = 'stiggKeys.runRequest';
/** More lenses than these help nobody. */
const MOST = 200;

/** The whole feature, made when a document first needs it. */
export class RunRequests implements vscode.Disposable {
  readonly #deps: RunRequestDeps;
  readonly #finder: RequestFinder;
  readonly #moving: MovingRequests;
  readonly #responses: Responses;
  readonly #registrations: vscode.Disposable;
  readonly #diagnoseCommand: string;
  readonly runner: RequestRunner;

  constructor(deps: RunRequestDeps, changed: () => void, ids = FEATURE_IDS) {
    this.#deps = deps;
    this.#diagnoseCommand = ids.diagnoseCommand;
    this.#finder = new RequestFinder(deps.engine);
    this.#moving = new MovingRequests((document) => this.#finder.of(document), changed);
    this.#responses = new Responses(deps.reportError, ids);
    this.runner = new RequestRunner(deps, this.#finder, this.#responses, changed);
    this.#registrations = vscode.Disposable.from(
      this.#moving,
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#finder.forget(uri);
        this.#moving.forget(uri);
      }),
      vscode.commands.registerCommand(ids.diagnoseCommand, async (...place: unknown[]) => {
        try {
          const at = placeOf(place);
          const seen = at === undefined ? undefined : this.runner.failureAt(at);
          if (seen !== undefined) await deps.diagnose(seen);
        } catch (error) {
          deps.reportError(error);
        }
      }),
    );
  }

  async lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const { version } = document;
    const drafts = await this.#moving.of(document);
    if (document.version !== version) return [];
    const hosts = this.#hosts();
    if (hosts === undefined) return [];
    const title = runTitle(this.#deps.active);
    return drafts.flatMap((draft, ordinal) => {
      if (!seemsStiggs(draft.url, hosts)) return [];
      const position = document.positionAt(draft.start);
      const place: RequestPlace = { uri: document.uri, ordinal, hash: hashOf(document, draft) };
      const range = new vscode.Range(position, position);
      const given = [document.uri.toString(), place.ordinal, place.hash];
      const run = new vscode.CodeLens(range, { command: RUN_COMMAND, title, tooltip: vscode.l10n.t('Sends this request to Stigg with the key from the keychain, and shows the answer beside it'), arguments: [undefined, ...given] });
      const failed = this.runner.failureAt(place);
      return failed === undefined ? [run] : [run, new vscode.CodeLens(range, { command: this.#diagnoseCommand, title: vscode.l10n.t('Diagnose'), tooltip: vscode.l10n.t('It failed when it was last run: find out why'), arguments: given })];
    }).slice(0, MOST);
  }

  #hosts(): ReturnType<RequestRunner['hosts']> | undefined {
    try {
      return this.runner.hosts();
    } catch (error) {
      // A setting that cannot be used is told to whoever runs something.
      if (error instanceof ExpectedError) return undefined;
      throw error;
    }
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#responses.dispose();
  }
}

/** The environment is named, production unmistakably. */
function runTitle({ row, chosen }: RunRequestDeps['active']): string {
  const environment = row?.environment ?? chosen;
  if (environment === undefined) return vscode.l10n.t('$(play) Run with…');
  // A name must not become an icon.
  const name = cleanText(environment.displayName, 60).replaceAll('$(', '$ (');
  return environment.type === 'PRODUCTION' ? vscode.l10n.t('$(play) Run with {0} (PRODUCTION)', name) : vscode.l10n.t('$(play) Run with {0}', name);
}

/** What a lens hands over; any extension can call the command, so that nothing is taken for granted. */
export function placeOf([address, ordinal, hash]: readonly unknown[]): RequestPlace | undefined {
  if (typeof address !== 'string' || typeof ordinal !== 'number' || typeof hash !== 'number') return undefined;
  return { uri: vscode.Uri.parse(address, true), ordinal, hash };
}
