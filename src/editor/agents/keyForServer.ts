import * as vscode from 'vscode';
import { AGENT_SCOPES, agentFitness, candidates, fittest, type ScopedCandidate } from '../../agents/readOnlyKey.js';
import { ExpectedError } from '../../errors.js';
import type { Environment } from '../../keys/model.js';
import { managementKeyOf } from '../../keys/storedKey.js';
import type { StoredKey } from '../../keys/vault.js';
import type { Secret } from '../../secret.js';
import { AGENT_CONSENTS, agentConsents } from './consents.js';
import type { AgentDeps } from './deps.js';

type Deps = Pick<AgentDeps, 'api' | 'vault' | 'inventory' | 'workspaceState' | 'now'>;

/** What is remembered for the key that manages the environment, in place of an id. */
const FULL = 'full';

type Answer = { readonly kind: 'create' } | { readonly kind: 'use'; readonly key: StoredKey; readonly remember: string | undefined };

/** Finds the key that an agent's server gets: one that only reads where there is one, and otherwise the one that the person says. */
export class KeyForServer {
  readonly #deps: Deps;
  /** A server that is started twice asks once. */
  readonly #running = new Map<string, Promise<Secret | undefined>>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** undefined: the person does not want the server to start. Rejects with ExpectedError. */
  keyFor(environmentId: string, signal: AbortSignal): Promise<Secret | undefined> {
    const running = this.#running.get(environmentId) ?? this.#find(environmentId, signal).finally(() => this.#running.delete(environmentId));
    this.#running.set(environmentId, running);
    return running;
  }

  async #find(environmentId: string, signal: AbortSignal): Promise<Secret | undefined> {
    const { vault } = this.#deps;
    const stored = await vault.list();
    const management = managementKeyOf(stored, environmentId);
    if (management === undefined || management.manages === null) {
      throw new ExpectedError('noEnvironment', vscode.l10n.t('This environment is no longer on this machine.'), vscode.l10n.t('Run "Stigg: Add Environment" first.'));
    }
    const consent = agentConsents(this.#deps.workspaceState)[environmentId];
    const scoped = await this.#scoped(stored, management, signal);
    const chosen = scoped.find(({ key, scopes }) => key.keyId === consent && agentFitness(scopes) !== 'writes')?.key ?? fittest(scoped, 'fit');
    if (chosen !== undefined) return this.#valueOf(chosen);
    if (consent === FULL && management.manages.type !== 'PRODUCTION') return this.#valueOf(management);
    const answer = await ask(management.manages, management, fittest(scoped, 'readsCredentials'));
    if (answer === undefined) return undefined;
    if (answer.kind === 'create') return this.#create(management.manages, stored, signal);
    if (answer.remember !== undefined) await this.#remember(environmentId, answer.remember);
    return this.#valueOf(answer.key);
  }

  /** The scoped keys with what Stigg lets them do now: somebody may have changed it since. */
  async #scoped(stored: readonly StoredKey[], management: StoredKey, signal: AbortSignal): Promise<readonly ScopedCandidate[]> {
    const { api, now } = this.#deps;
    const keys = candidates(stored, management.environmentId, now());
    if (keys.length === 0) return [];
    const auth = await this.#valueOf(management);
    const found = await Promise.all(keys.map(async (key): Promise<ScopedCandidate | undefined> => {
      try {
        return { key, scopes: await api.keyScopes(auth, { environmentId: key.environmentId, id: key.keyId }, signal) };
      } catch (error) {
        // Of a key that is gone, or whose scopes may not be read, nothing is known; a Stigg that does not answer is told.
        if (error instanceof ExpectedError && ['notFound', 'forbidden', 'planLimit'].includes(error.code)) return undefined;
        throw error;
      }
    }));
    return found.filter((one) => one !== undefined);
  }

  async #create(environment: Environment, before: readonly StoredKey[], signal: AbortSignal): Promise<Secret | undefined> {
    const { inventory, vault } = this.#deps;
    if (inventory.environment(environment.id) === undefined) await inventory.refresh(environment.id, signal);
    const row = inventory.environment(environment.id);
    if (row === undefined) return undefined;
    // The command shows what goes wrong; whether a key is there afterwards is what counts.
    await vscode.commands.executeCommand('stiggKeys.createScopedKey', { kind: 'environment', row }, { name: 'agents', description: vscode.l10n.t('For agents that use Stigg\'s MCP server'), scopes: AGENT_SCOPES });
    const known = new Set(before.map(({ keyId }) => keyId));
    const made = (await vault.list()).filter((key) => key.environmentId === environment.id && key.type === 'SCOPED' && !known.has(key.keyId));
    const key = made.at(-1);
    if (key === undefined) return undefined;
    const management = managementKeyOf(await vault.list(), environment.id);
    const scopes = management === undefined ? [] : ((await this.#scoped([key], management, signal))[0]?.scopes ?? []);
    if (agentFitness(scopes) === 'writes') {
      throw new ExpectedError('keyWrites', vscode.l10n.t('"{0}" may do more than read, so the server was not started with it.', key.displayName), vscode.l10n.t('Start the server again and create a key that only reads.'));
    }
    await this.#remember(environment.id, key.keyId);
    return this.#valueOf(key);
  }

  async #valueOf(key: StoredKey): Promise<Secret> {
    const secret = await this.#deps.vault.read(key);
    if (secret !== undefined) return secret;
    throw new ExpectedError('valueMissing', vscode.l10n.t('The value of "{0}" is no longer stored on this machine.', key.displayName), vscode.l10n.t('Use "Store Key" on the key, or add the environment again, and paste it.'));
  }

  async #remember(environmentId: string, consent: string): Promise<void> {
    await this.#deps.workspaceState.update(AGENT_CONSENTS, { ...agentConsents(this.#deps.workspaceState), [environmentId]: consent });
  }
}

/** Once for an environment in a workspace; each time in production, unless there is a key that only reads. */
async function ask(environment: Environment, full: StoredKey, readsAll: StoredKey | undefined): Promise<Answer | undefined> {
  const isProduction = environment.type === 'PRODUCTION';
  const create: vscode.MessageItem & { readonly answer: Answer } = { title: vscode.l10n.t('Create a Read-Only Key…'), answer: { kind: 'create' } };
  const once = { title: isProduction ? vscode.l10n.t('Use the Full Key in Production Once') : vscode.l10n.t('Use the Full Key This Time'), answer: { kind: 'use', key: full, remember: undefined } as const };
  const always = { title: vscode.l10n.t('Use the Full Key in This Workspace'), answer: { kind: 'use', key: full, remember: FULL } as const };
  const reading = readsAll === undefined ? undefined : { title: vscode.l10n.t('Use "{0}"', readsAll.displayName), answer: { kind: 'use', key: readsAll, remember: readsAll.keyId } as const };
  const detail = [
    isProduction
      ? vscode.l10n.t('With {0} ("{1}") an agent can change plans, subscriptions and credits of REAL CUSTOMERS, and it may be talked into it by what it reads. Give it a key that only reads.', full.mask, full.displayName)
      : vscode.l10n.t('With {0} ("{1}") an agent can change everything in this environment. A key that only reads is enough for most of what agents do.', full.mask, full.displayName),
    ...(readsAll === undefined ? [] : [vscode.l10n.t('"{0}" changes nothing, but may read API keys or the credentials of the event queue.', readsAll.displayName)]),
    vscode.l10n.t('The key goes from the keychain to the server at its start, and into no file.'),
  ];
  const name = isProduction ? vscode.l10n.t('{0} (PRODUCTION)', environment.displayName) : environment.displayName;
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Let agents in this workspace use Stigg\'s {0}?', name),
    { modal: true, detail: detail.join('\n\n') },
    create, ...(reading === undefined ? [] : [reading]), once, ...(isProduction ? [] : [always]),
  );
  return choice?.answer;
}
