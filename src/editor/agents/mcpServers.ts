import * as vscode from 'vscode';
import { CancelledError, ExpectedError } from '../../errors.js';
import { Emitter, type Disposable } from '../../event.js';
import type { AgentDeps } from './deps.js';
import type { KeyForServer } from './keyForServer.js';
import type { ServedEnvironments } from './servedEnvironments.js';
import { areServersWanted, MCP_SETTINGS, mcpEndpoint } from './settings.js';

/** Stigg's documentation spells the header so. */
const HEADER = 'X-API-KEY';

/**
 * Stigg's MCP server, once for each environment, with the key put in when it starts.
 *
 * VS Code keeps what is listed in the database of the workspace, headers included, so that a listed server never has the key. It keeps nothing of what a
 * server is resolved to, and gives the listed object to us once more, so that this one is copied and never filled in.
 */
export class StiggMcpServers implements vscode.McpServerDefinitionProvider<vscode.McpHttpServerDefinition>, Disposable {
  readonly #deps: AgentDeps;
  readonly #served: ServedEnvironments;
  readonly #changed = new Emitter<undefined>();
  readonly #subscriptions: readonly Disposable[];
  /** Environment ids by the names that were listed last. */
  #listed: ReadonlyMap<string, string> = new Map();
  /** What was told once is not told again until it is another thing. */
  #told: string | undefined;
  #keys: Promise<KeyForServer> | undefined;

  readonly onDidChangeMcpServerDefinitions: vscode.Event<void> = (listener, thisArg: unknown, disposables) => {
    const subscription = this.#changed.event(() => { listener.call(thisArg); });
    const disposable = vscode.Disposable.from(subscription);
    disposables?.push(disposable);
    return disposable;
  };

  constructor(deps: AgentDeps, served: ServedEnvironments) {
    this.#deps = deps;
    this.#served = served;
    const changed = (): void => { this.#changed.fire(undefined); };
    this.#subscriptions = [
      served.onDidChange(changed),
      vscode.workspace.onDidGrantWorkspaceTrust(changed),
      vscode.env.onDidChangeLogLevel(changed),
      vscode.workspace.onDidChangeConfiguration((event) => { if (event.affectsConfiguration(MCP_SETTINGS)) changed(); }),
    ];
  }

  /** Asks nobody and no keychain: VS Code calls this as soon as it starts. */
  async provideMcpServerDefinitions(): Promise<vscode.McpHttpServerDefinition[]> {
    if (!vscode.workspace.isTrusted || !areServersWanted()) return [];
    const served = await this.#served.list();
    // Where nobody has added an environment, no more is loaded.
    const labels = served.length === 0 ? new Map<string, string>() : (await import('../../agents/servers.js')).serverLabels(served);
    this.#listed = new Map([...labels].map(([id, label]) => [label, id]));
    if (labels.size === 0) return [];
    try {
      refuseTracing();
      const uri = vscode.Uri.parse((await mcpEndpoint()).href, true);
      this.#told = undefined;
      return [...labels.values()].map((label) => new vscode.McpHttpServerDefinition(label, uri, {}, this.#deps.version));
    } catch (error) {
      this.#tell(error);
      return [];
    }
  }

  /** Asks the person where that is needed; undefined, and told, where the server does not start. */
  async resolveMcpServerDefinition({ label, version }: vscode.McpHttpServerDefinition, token: vscode.CancellationToken): Promise<vscode.McpHttpServerDefinition | undefined> {
    const controller = new AbortController();
    const subscription = token.onCancellationRequested(() => { controller.abort(); });
    try {
      const secret = await this.#keyFor(label, controller.signal);
      if (secret === undefined || controller.signal.aborted) return undefined;
      // Read once more: whatever the list said, the key goes to the address that is set now.
      return new vscode.McpHttpServerDefinition(label, vscode.Uri.parse((await mcpEndpoint()).href, true), { [HEADER]: secret.reveal() }, version);
    } catch (error) {
      // VS Code shows what is thrown here to the model alone.
      void this.#deps.reporter.show(error);
      return undefined;
    } finally {
      subscription.dispose();
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  async #keyFor(label: string, signal: AbortSignal): ReturnType<KeyForServer['keyFor']> {
    if (!vscode.workspace.isTrusted) {
      throw new ExpectedError('workspaceNotTrusted', vscode.l10n.t('No server gets a key in Restricted Mode: agents of this workspace could use it.'), vscode.l10n.t('Trust the workspace first.'));
    }
    refuseTracing();
    const environmentId = this.#listed.get(label);
    if (environmentId === undefined) throw new ExpectedError('serverGone', vscode.l10n.t('"{0}" is no longer among Stigg\'s servers.', label), vscode.l10n.t('Choose another one under "MCP: List Servers".'));
    this.#keys ??= import('./keyForServer.js').then(({ KeyForServer }) => new KeyForServer(this.#deps));
    const keys = await this.#keys;
    if (signal.aborted) throw new CancelledError();
    return keys.keyFor(environmentId, signal);
  }

  #tell(error: unknown): void {
    const what = error instanceof ExpectedError ? error.full : String(error);
    if (this.#told === what) return;
    this.#told = what;
    void this.#deps.reporter.show(error);
  }
}

/** At this level VS Code writes each request of an MCP server to its log, and blacks out no header but `Authorization`. */
function refuseTracing(): void {
  if (vscode.env.logLevel !== vscode.LogLevel.Trace) return;
  throw new ExpectedError(
    'tracing',
    vscode.l10n.t('Stigg\'s MCP servers are off while VS Code logs at the level Trace: it would write their key to a file.'),
    vscode.l10n.t('Choose another level with "Developer: Set Log Level…".'),
  );
}
