import * as vscode from 'vscode';
import type { SharedState } from '../../keys/vault.js';
import { registerAddEnvironment } from './addEnvironment.js';
import { registerChangeGracePeriod } from './changeGracePeriod.js';
import type { KeyCommandDeps } from './deps.js';
import { registerForgetEverything } from './forgetEverything.js';
import { registerKeyValueCommands } from './keyValue.js';
import { registerRemoveEnvironment } from './removeEnvironment.js';
import { registerRevokeKey } from './revokeKey.js';
import { registerRotateKey } from './rotateKey.js';

/** The commands that change keys, here or at Stigg. */
export function registerKeyCommands(deps: KeyCommandDeps & { readonly state: SharedState }): vscode.Disposable {
  return vscode.Disposable.from(
    registerAddEnvironment(deps),
    registerRotateKey(deps),
    registerChangeGracePeriod(deps),
    registerRevokeKey(deps),
    registerKeyValueCommands(deps),
    registerRemoveEnvironment(deps),
    registerForgetEverything(deps),
  );
}
