import * as vscode from 'vscode';
import type { CreationJournal } from '../../keys/creationJournal.js';
import type { RotationJournal } from '../../keys/journal.js';
import type { KnownPermissions } from '../../keys/knownPermissions.js';
import type { CreationService } from '../../keys/lazyCreation.js';
import type { SharedState } from '../../keys/vault.js';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import type { KeyCommandDeps } from './deps.js';
import { registerUnfinishedCreations } from './unfinishedCreations.js';
import { registerUnfinishedRotations } from './unfinishedRotations.js';

/** The commands that change keys, here or at Stigg. Each is loaded when it is first run. */
export function registerKeyCommands(deps: KeyCommandDeps & { readonly state: SharedState; readonly journal: RotationJournal; readonly creation: CreationService; readonly creationJournal: CreationJournal; readonly permissions: KnownPermissions; readonly active: ActiveEnvironment; readonly workspaceState: vscode.Memento }): vscode.Disposable {
  const { reporter } = deps;
  return vscode.Disposable.from(
    reporter.command('stiggKeys.addEnvironment', async () => (await import('./addEnvironment.js')).addEnvironment({ ...deps, lessons: deps.permissions })),
    reporter.command('stiggKeys.rotateKey', async (node) => (await import('./rotateKey.js')).rotateKey(deps, node)),
    registerUnfinishedRotations(deps),
    reporter.command('stiggKeys.createScopedKey', async (node, proposed) => (await import('./createScopedKey.js')).createScopedKey(deps, node, proposed)),
    registerUnfinishedCreations(deps),
    reporter.command('stiggKeys.renameKey', async (node) => (await import('./editKey.js')).renameScopedKey(deps, node)),
    reporter.command('stiggKeys.editScope', async (node) => (await import('./editKey.js')).editScope(deps, node)),
    reporter.command('stiggKeys.checkPermissions', async () => (await import('./checkPermissions.js')).checkPermissions(deps)),
    reporter.command('stiggKeys.changeGracePeriod', async (node) => (await import('./changeGracePeriod.js')).changeGracePeriod(deps, node)),
    reporter.command('stiggKeys.revokeKey', async (node) => (await import('./revokeKey.js')).revokeKey(deps, node)),
    reporter.command('stiggKeys.copyKey', async (node) => (await import('./keyValue.js')).copyKey(deps, node)),
    reporter.command('stiggKeys.storeKey', async (node) => (await import('./keyValue.js')).storeKey(deps, node)),
    reporter.command('stiggKeys.removeEnvironment', async (node) => (await import('./removeEnvironment.js')).removeEnvironment(deps, node)),
    reporter.command('stiggKeys.forgetEverything', async () => (await import('./forgetEverything.js')).forgetEverything(deps)),
  );
}
