import * as vscode from 'vscode';
import type { RotationJournal } from '../../keys/journal.js';
import type { SharedState } from '../../keys/vault.js';
import { registerAddEnvironment } from './addEnvironment.js';
import { registerChangeGracePeriod } from './changeGracePeriod.js';
import type { KeyCommandDeps } from './deps.js';
import { registerForgetEverything } from './forgetEverything.js';
import { registerKeyValueCommands } from './keyValue.js';
import { registerRemoveEnvironment } from './removeEnvironment.js';
import { registerRevokeKey } from './revokeKey.js';
import { registerRotateKey } from './rotateKey.js';
import { registerUnfinishedRotations } from './unfinishedRotations.js';

/** The commands that change keys, here or at Stigg. */
export function registerKeyCommands(deps: KeyCommandDeps & { readonly state: SharedState; readonly journal: RotationJournal }): vscode.Disposable {
  return vscode.Disposable.from(
    registerAddEnvironment(deps),
    registerRotateKey(deps),
    registerUnfinishedRotations(deps),
    registerChangeGracePeriod(deps),
    registerRevokeKey(deps),
    registerKeyValueCommands(deps),
    registerRemoveEnvironment(deps),
    registerForgetEverything(deps),
  );
}
