import * as vscode from 'vscode';
import { fingerprint } from '../../fingerprint.js';
import type { InjectionDeps } from './deps.js';
import type { PrepareDeps } from './prepare.js';

type Deps = PrepareDeps & Pick<InjectionDeps, 'reporter'>;

/**
 * Gives debug sessions their keys: configurations with a `stigg` member get the variables in `env`, after everything else in them was
 * resolved, so that they are never in launch.json.
 *
 * What other extensions can see: every extension may ask for debug configurations as they are resolved, and may watch what is said to a
 * debugger, the launch with its `env` included; VS Code has no other way to give a session a variable. What stays readable afterwards,
 * `DebugSession.configuration`, loses the values as soon as VS Code tells us of the session, before the program runs.
 */
export class StiggDebug implements vscode.DebugConfigurationProvider, vscode.DebugAdapterTrackerFactory {
  readonly #deps: Deps;
  /** Of the values that were handed to sessions of this window. */
  readonly #handed = new Set<string>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Resolves with undefined, which starts nothing, when a person said no or was told why not. */
  async resolveDebugConfigurationWithSubstitutedVariables(folder: vscode.WorkspaceFolder | undefined, configuration: vscode.DebugConfiguration): Promise<vscode.DebugConfiguration | undefined> {
    if (!('stigg' in configuration)) return configuration;
    try {
      return await this.#withKeys(folder, configuration);
    } catch (error) {
      void this.#deps.reporter.show(error);
      return undefined;
    }
  }

  /** The first moment at which we hear of a session. No tracker is needed. */
  createDebugAdapterTracker(session: vscode.DebugSession): undefined {
    this.clean(session);
  }

  /** Takes the values out of what every extension of this extension host can read. */
  clean({ configuration }: Pick<vscode.DebugSession, 'configuration'>): void {
    if (this.#handed.size === 0) return;
    const env: unknown = configuration.env;
    if (typeof env !== 'object' || env === null) return;
    for (const [name, value] of Object.entries(env)) if (typeof value === 'string' && this.#handed.has(fingerprint(value))) Reflect.deleteProperty(env, name);
  }

  async #withKeys(folder: vscode.WorkspaceFolder | undefined, configuration: vscode.DebugConfiguration): Promise<vscode.DebugConfiguration | undefined> {
    const [{ askedEnvironment, commandOf, contentOf, requireSafe, variablesShown, withVariables }, { changesFor }] = await Promise.all([import('./debugConfiguration.js'), import('./prepare.js')]);
    const environment = askedEnvironment(configuration);
    if (environment === undefined) return configuration;
    requireSafe(configuration);
    const cwd = typeof configuration.cwd === 'string' && folder?.uri.scheme === 'file' ? vscode.Uri.file(configuration.cwd) : folder?.uri;
    const prepared = await changesFor(this.#deps, {
      kind: 'debug',
      what: commandOf(configuration),
      folder: cwd === undefined ? '' : cwd.scheme === 'file' ? cwd.fsPath : cwd.path,
      more: variablesShown(configuration),
      exact: contentOf(configuration),
      environment,
      namesFolder: cwd,
      title: vscode.l10n.t('Debug with Key'),
    });
    if (prepared === undefined) return undefined;
    for (const secret of prepared.changes.values()) if (secret !== null) this.#handed.add(secret.fingerprint);
    return withVariables(configuration, prepared.changes) as vscode.DebugConfiguration;
  }
}
