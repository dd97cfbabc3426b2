import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { ActiveEnvironment } from './editor/activeEnvironment.js';
import { registerAgents } from './editor/agents/index.js';
import { registerAfterRotation } from './editor/afterRotation/index.js';
import { registerDiagnose } from './editor/diagnose/index.js';
import { registerDiagnostics, type DiagnosticsDeps } from './editor/diagnostics/index.js';
import { registerEnvFiles } from './editor/envFiles/index.js';
import { registerEnvironments } from './editor/environments/index.js';
import { registerFirstRun } from './editor/firstRun/index.js';
import { registerHardening } from './editor/hardening/index.js';
import { ClipboardGuard } from './editor/keyCommands/clipboard.js';
import { registerInjection } from './editor/injection/index.js';
import { currentFolder, namesIn } from './editor/injection/names.js';
import { registerKeyCommands } from './editor/keyCommands/index.js';
import { registerKeyDetails } from './editor/keyDetails/index.js';
import { VaultKnownKeys } from './editor/knownKeys.js';
import { createVault, createWorkspaceUsages, homeFolder } from './editor/nodeWiring.js';
import { registerRemediation } from './editor/remediation/index.js';
import { registerReminders } from './editor/reminders/index.js';
import { ErrorReporter } from './editor/report.js';
import { registerRequests } from './editor/requests/index.js';
import { GlobalStorageState } from './editor/sharedState.js';
import { registerRunRequest } from './editor/runRequest/index.js';
import { registerStatusBar } from './editor/statusBar/index.js';
import { registerTerminal } from './editor/terminal/index.js';
import { TerminalsWithKeys } from './editor/terminal/terminalsWithKeys.js';
import { requireTrustToTakeKeys } from './editor/trust.js';
import { createApi, createEngine, endpointSetting, restartOnChange, userFolder } from './editor/wiring.js';
import { registerWorkspaceScan } from './editor/workspaceScan/index.js';
import { DEFAULT_VARIABLE_NAMES } from './inject/variables.js';
import { CreationJournal } from './keys/creationJournal.js';
import { parseEndpoint } from './keys/graphql/endpoint.js';
import { Inventory, type InventoryDeps } from './keys/inventory.js';
import { KnownPermissions } from './keys/knownPermissions.js';
import { learningApi } from './keys/learningApi.js';
import { RotationJournal } from './keys/journal.js';
import { lazyCreation } from './keys/lazyCreation.js';
import { lazyRotation } from './keys/lazyRotation.js';
import { neededKeys } from './keys/neededKeys.js';
import { RemediationJournal } from './keys/remediation/journal.js';

/** VS Code waits for `deactivate` alone, so what must happen at the end is kept where it can be found. */
const atEnd: (() => Promise<void>)[] = [];

export function activate(context: vscode.ExtensionContext): void {
  const own = <T extends { dispose(): unknown }>(resource: T): T => {
    context.subscriptions.push(resource);
    return resource;
  };
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const now = (): Date => new Date();
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  const log = own(vscode.window.createOutputChannel('Stigg Key Hygiene', { log: true }));
  const reporter = new ErrorReporter(log);
  const reportError = (error: unknown): void => void reporter.show(error);
  const state = own(new GlobalStorageState(context.globalStorageUri));
  const vault = own(createVault(context, state));
  const stigg = createApi(log);
  const permissions = own(new KnownPermissions({ api: stigg, state, now }));
  const api = learningApi(stigg, vault, permissions);
  const journal = new RotationJournal(state);
  const rotation = lazyRotation({ api, vault, journal, now, wait, newId: () => crypto.randomUUID() });
  const creationJournal = new CreationJournal(state);
  const creation = own(lazyCreation({ api, vault, journal: creationJournal, now, wait, newId: () => crypto.randomUUID() }));
  const resume: InventoryDeps['resume'] = async (environmentId) => (await Promise.all([rotation.resume(environmentId), creation.resume(environmentId)]))[0];
  const needed = neededKeys([journal, creationJournal, new RemediationJournal(state)]);
  const inventory = own(new Inventory({ api, vault, now, resume, permissions, needed }));
  const clipboard = own(new ClipboardGuard());
  atEnd.push(() => clipboard.clear());

  const engine = createEngine(context, own);
  const knownKeys = own(new VaultKnownKeys(vault));
  const terminals = own(new TerminalsWithKeys());
  const usages = createWorkspaceUsages(context, { engine, terminals, knownKey: (fingerprint) => knownKeys.knownKey(fingerprint), logError: (what, error) => { reporter.log(what, error); } });
  const { leftovers } = own(registerAfterRotation({ state, vault, inventory, usages, terminals, reporter, now, wait }));

  const active = own(new ActiveEnvironment(inventory, context.workspaceState));
  own(registerEnvironments({ inventory, reporter, active, workspaceState: context.workspaceState }));
  own(registerStatusBar({ inventory, active, reporter }));
  own(registerKeyCommands({ creation, creationJournal, permissions, api, vault, inventory, rotation, reporter, clipboard, state, journal, now, wait, usages, leftovers, active, workspaceState: context.workspaceState }));
  own(registerKeyDetails({
    api, vault, inventory, reporter, reportError, now, extensionUri: context.extensionUri, hardeningCommand: 'stiggKeys.toggleHardenedAccess',
    run: (command, node) => vscode.commands.executeCommand(command, node),
  }));
  own(registerFirstRun({ inventory, reporter, extensionId: context.extension.id }));
  own(registerTerminal({ vault, inventory, reporter, terminals, active, now }));
  const injection = own(registerInjection({ vault, inventory, reporter, active, terminals, workspaceState: context.workspaceState, now }));
  atEnd.push(() => injection.end());
  own(registerRequests({ endpoint: () => parseEndpoint(endpointSetting()).href, keyVariable: async () => [...(await namesIn(currentFolder()?.uri)).server, ...DEFAULT_VARIABLE_NAMES.server][0] ?? '', reporter, workspaceState: context.workspaceState }));
  own(registerHardening({ api, vault, inventory, reporter, engine }));
  own(registerReminders({ api, vault, inventory, reporter, now, state, wait, leftovers }));
  const { diagnose } = own(registerDiagnose({
    api, vault, inventory, reporter, reportError, now, activeEnvironmentId: () => active.id,
    requestAt: async (document, position) => (await import('./editor/diagnose/requestAt.js')).requestAt(await engine(), document, position),
    endpoint: () => parseEndpoint(endpointSetting()).href,
    version: String((context.extension.packageJSON as { version?: unknown }).version),
  }));
  own(registerRunRequest({
    api, vault, inventory, active, reporter, reportError, engine, diagnose, now,
    endpoint: () => parseEndpoint(endpointSetting()).href,
    // Looked up at each call: VS Code replaces the global fetch by one that knows its proxy and certificate settings.
    fetch: (...args) => globalThis.fetch(...args),
  }));
  const { remediate } = own(registerRemediation({ api, vault, inventory, rotation, journal, state, usages, reporter, now, wait, version: String((context.extension.packageJSON as { version?: unknown }).version) }));
  const keepSecret: DiagnosticsDeps['keepSecret'] = async (secret, signal) => {
    requireTrustToTakeKeys();
    const { keepKey } = await import('./keys/enrol.js');
    const { environment, stored } = await keepKey({ api, vault, now, lessons: permissions }, secret, signal);
    return { environmentName: environment.displayName, keyName: stored.displayName, key: stored };
  };
  own(registerAgents({
    api, vault, inventory, reporter, state, workspaceState: context.workspaceState, now, engine, keepSecret, knownKey: (fingerprint) => knownKeys.knownKey(fingerprint),
    userFolder: userFolder(context), home: homeFolder(), platform: process.platform, version: String((context.extension.packageJSON as { version?: unknown }).version),
  }));
  own(registerEnvFiles({ api, vault, reporter, now, lessons: permissions, remediate }));
  const { live } = own(registerDiagnostics({
    engine,
    knownKeys,
    keepSecret,
    rotateKey: async (key) => (await import('./editor/keyCommands/rotateStoredKey.js')).rotateStoredKey(inventory, key),
    remediateLeak: remediate,
    reportError,
    logError: (what, error) => { reporter.log(what, error); },
  }));
  own(registerWorkspaceScan({ extensionUri: context.extensionUri, engine, live, knownKeys, reporter, logError: (what, error) => { reporter.log(what, error); } }));
  own(vscode.commands.registerCommand('stiggKeys.showLog', () => { log.show(); }));
  own(restartOnChange());
  void vscode.commands.executeCommand('setContext', 'stiggKeys.ready', true);
}

/** The clipboard must not outlive us. */
export async function deactivate(): Promise<void> {
  await Promise.all(atEnd.splice(0).map((finish) => finish()));
}
