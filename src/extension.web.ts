import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { ActiveEnvironment } from './editor/activeEnvironment.js';
import { registerAfterRotation } from './editor/afterRotation/index.js';
import { registerDiagnose } from './editor/diagnose/index.js';
import { registerDiagnostics, type DiagnosticsDeps } from './editor/diagnostics/index.js';
import { registerEnvironments } from './editor/environments/index.js';
import { registerFirstRun } from './editor/firstRun/index.js';
import { registerHardening } from './editor/hardening/index.js';
import { currentFolder, namesIn } from './editor/injection/names.js';
import { ClipboardGuard } from './editor/keyCommands/clipboard.js';
import { registerKeyCommands } from './editor/keyCommands/index.js';
import { registerKeyDetails } from './editor/keyDetails/index.js';
import { VaultKnownKeys } from './editor/knownKeys.js';
import { registerRemediation } from './editor/remediation/index.js';
import { registerReminders } from './editor/reminders/index.js';
import { ErrorReporter } from './editor/report.js';
import { registerRequests } from './editor/requests/index.js';
import { registerRunRequest } from './editor/runRequest/index.js';
import { registerStatusBar } from './editor/statusBar/index.js';
import { TerminalsWithKeys } from './editor/terminal/terminalsWithKeys.js';
import { createUsages } from './editor/usages/index.js';
import { browserFetch } from './editor/web/browserFetch.js';
import { BrowserState } from './editor/web/browserState.js';
import { registerNeedsMachine } from './editor/web/needsMachine.js';
import { createBrowserVault } from './editor/web/vault.js';
import { createApi, createEngine, endpointSetting, restartOnChange, userFolder } from './editor/wiring.js';
import { registerWorkspaceScan } from './editor/workspaceScan/index.js';
import { DEFAULT_VARIABLE_NAMES } from './inject/variables.js';
import { CreationJournal } from './keys/creationJournal.js';
import { parseEndpoint } from './keys/graphql/endpoint.js';
import { Inventory, type InventoryDeps } from './keys/inventory.js';
import { RotationJournal } from './keys/journal.js';
import { KnownPermissions } from './keys/knownPermissions.js';
import { lazyCreation } from './keys/lazyCreation.js';
import { lazyRotation } from './keys/lazyRotation.js';
import { learningApi } from './keys/learningApi.js';
import { neededKeys } from './keys/neededKeys.js';
import { RemediationJournal } from './keys/remediation/journal.js';

/** VS Code waits for `deactivate` alone, so what must happen at the end is kept where it can be found. */
const atEnd: (() => Promise<void>)[] = [];

/**
 * The extension in the worker of a browser, as on vscode.dev: everything that needs no program and no disk of the computer. Terminals, tasks, debug sessions,
 * env files, the history of git and MCP servers with keys are left out.
 */
export function activate(context: vscode.ExtensionContext): void {
  const own = <T extends { dispose(): unknown }>(resource: T): T => {
    context.subscriptions.push(resource);
    return resource;
  };
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const now = (): Date => new Date();
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const newId = (): string => crypto.randomUUID();
  const endpoint = (): string => parseEndpoint(endpointSetting()).href;
  const version = String((context.extension.packageJSON as { version?: unknown }).version);

  const log = own(vscode.window.createOutputChannel('Stigg Key Hygiene', { log: true }));
  const reporter = new ErrorReporter(log);
  const reportError = (error: unknown): void => void reporter.show(error);
  const logError = (what: string, error: unknown): void => { reporter.log(what, error); };
  const state = own(new BrowserState(context.globalStorageUri));
  const vault = own(createBrowserVault(context, state));
  const stigg = createApi(log, browserFetch);
  const permissions = own(new KnownPermissions({ api: stigg, state, now }));
  const api = learningApi(stigg, vault, permissions);
  const journal = new RotationJournal(state);
  const rotation = lazyRotation({ api, vault, journal, now, wait, newId });
  const creationJournal = new CreationJournal(state);
  const creation = own(lazyCreation({ api, vault, journal: creationJournal, now, wait, newId }));
  const resume: InventoryDeps['resume'] = async (environmentId) => (await Promise.all([rotation.resume(environmentId), creation.resume(environmentId)]))[0];
  const needed = neededKeys([journal, creationJournal, new RemediationJournal(state)]);
  const inventory = own(new Inventory({ api, vault, now, resume, permissions, needed }));
  const clipboard = own(new ClipboardGuard());
  atEnd.push(() => clipboard.clear());

  const engine = createEngine(context, own);
  const knownKeys = own(new VaultKnownKeys(vault));
  // None is ever opened here; what looks for old values in terminals finds none.
  const terminals = own(new TerminalsWithKeys());
  const usages = createUsages({ engine, terminals, knownKey: (fingerprint) => knownKeys.knownKey(fingerprint), logError, home: undefined, platform: 'browser', userFolder: userFolder(context), isRemoteWorkspace: false });
  const { leftovers } = own(registerAfterRotation({ state, vault, inventory, usages, terminals, reporter, now, wait }));

  const { workspaceState } = context;
  const active = own(new ActiveEnvironment(inventory, workspaceState));
  own(registerEnvironments({ inventory, reporter, active, workspaceState }));
  own(registerStatusBar({ inventory, active, reporter }));
  own(registerKeyCommands({ creation, creationJournal, permissions, api, vault, inventory, rotation, reporter, clipboard, state, journal, now, wait, usages, leftovers, active, workspaceState }));
  own(registerKeyDetails({
    api, vault, inventory, reporter, reportError, now, extensionUri: context.extensionUri, hardeningCommand: 'stiggKeys.toggleHardenedAccess',
    run: (command, node) => vscode.commands.executeCommand(command, node),
  }));
  own(registerFirstRun({ inventory, reporter, extensionId: context.extension.id }));
  own(registerRequests({ endpoint, keyVariable: async () => [...(await namesIn(currentFolder()?.uri)).server, ...DEFAULT_VARIABLE_NAMES.server][0] ?? '', reporter, workspaceState }));
  own(registerHardening({ api, vault, inventory, reporter, engine }));
  own(registerReminders({ api, vault, inventory, reporter, now, state, wait, leftovers }));
  const { diagnose } = own(registerDiagnose({
    api, vault, inventory, reporter, reportError, now, endpoint, version, activeEnvironmentId: () => active.id,
    requestAt: async (document, position) => (await import('./editor/diagnose/requestAt.js')).requestAt(await engine(), document, position),
  }));
  own(registerRunRequest({ api, vault, inventory, active, reporter, reportError, engine, diagnose, now, endpoint, fetch: browserFetch }));
  const { remediate } = own(registerRemediation({ api, vault, inventory, rotation, journal, state, usages, reporter, now, wait, version }));
  const keepSecret: DiagnosticsDeps['keepSecret'] = async (secret, signal) => {
    const { keepKey } = await import('./keys/enrol.js');
    const { environment, stored } = await keepKey({ api, vault, now, lessons: permissions }, secret, signal);
    return { environmentName: environment.displayName, keyName: stored.displayName, key: stored };
  };
  const { live } = own(registerDiagnostics({
    engine, knownKeys, keepSecret, reportError, logError,
    rotateKey: async (key) => (await import('./editor/keyCommands/rotateStoredKey.js')).rotateStoredKey(inventory, key),
    remediateLeak: remediate,
  }));
  own(registerWorkspaceScan({ extensionUri: context.extensionUri, engine, live, knownKeys, reporter, logError }));
  own(registerNeedsMachine(reporter));
  own(vscode.commands.registerCommand('stiggKeys.showLog', () => { log.show(); }));
  own(restartOnChange());
  void vscode.commands.executeCommand('setContext', 'stiggKeys.inBrowser', true);
  void vscode.commands.executeCommand('setContext', 'stiggKeys.ready', true);
}

/** The clipboard must not outlive us. */
export async function deactivate(): Promise<void> {
  await Promise.all(atEnd.splice(0).map((finish) => finish()));
}
