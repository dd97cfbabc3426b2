import * as vscode from 'vscode';
import type { Creation } from '../../keys/creation.js';
import type { CreationJournal } from '../../keys/creationJournal.js';
import type { RotationJournal } from '../../keys/journal.js';
import type { KnownPermissions } from '../../keys/knownPermissions.js';
import type { SharedState } from '../../keys/vault.js';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import { registerAddEnvironment } from './addEnvironment.js';
import { registerChangeGracePeriod } from './changeGracePeriod.js';
import { registerCheckPermissions } from './checkPermissions.js';
import { registerCreateScopedKey } from './createScopedKey.js';
import type { KeyCommandDeps } from './deps.js';
import { registerEditKey } from './editKey.js';
import { registerForgetEverything } from './forgetEverything.js';
import { registerKeyValueCommands } from './keyValue.js';
import { registerRemoveEnvironment } from './removeEnvironment.js';
import { registerRevokeKey } from './revokeKey.js';
import { registerRotateKey } from './rotateKey.js';
import { registerUnfinishedCreations } from './unfinishedCreations.js';
import { registerUnfinishedRotations } from './unfinishedRotations.js';

/** The commands that change keys, here or at Stigg. */
export function registerKeyCommands(deps: KeyCommandDeps & { readonly state: SharedState; readonly journal: RotationJournal; readonly creation: Creation; readonly creationJournal: CreationJournal; readonly permissions: KnownPermissions; readonly active: ActiveEnvironment; readonly workspaceState: vscode.Memento }): vscode.Disposable {
  return vscode.Disposable.from(
    registerAddEnvironment({ ...deps, lessons: deps.permissions }),
    registerRotateKey(deps),
    registerUnfinishedRotations(deps),
    registerCreateScopedKey(deps),
    registerUnfinishedCreations(deps),
    registerEditKey(deps),
    registerCheckPermissions(deps),
    registerChangeGracePeriod(deps),
    registerRevokeKey(deps),
    registerKeyValueCommands(deps),
    registerRemoveEnvironment(deps),
    registerForgetEverything(deps),
  );
}
