import { Emitter, type Disposable } from '../../event.js';
import type { ServedEnvironment } from '../../agents/servers.js';
import type { Environment } from '../../keys/model.js';
import { isSame } from '../../keys/same.js';
import type { AgentDeps } from './deps.js';

const NAME = 'agents-environments';

/**
 * The environments that agents can be given, known without asking the keychain: VS Code wants the list of servers as soon as it starts, and a locked
 * keychain would then ask for its password before anybody has done anything. Kept beside the other notes, and brought in step whenever the inventory
 * knows better.
 */
export class ServedEnvironments implements Disposable {
  readonly #deps: Pick<AgentDeps, 'state' | 'vault' | 'inventory' | 'reporter'>;
  readonly #changed = new Emitter<undefined>();
  readonly #subscriptions: readonly Disposable[];
  #known: readonly ServedEnvironment[] | undefined;
  #work: Promise<void> = Promise.resolve();

  readonly onDidChange = this.#changed.event;

  constructor(deps: Pick<AgentDeps, 'state' | 'vault' | 'inventory' | 'reporter'>) {
    this.#deps = deps;
    this.#subscriptions = [
      deps.inventory.onDidChange(() => { this.#inStep(); }),
      // Whoever has written has unlocked it: this asks for nothing.
      deps.vault.onDidChange(() => { this.#after(async () => this.#keep((await deps.vault.list()).flatMap(({ manages }) => manages ?? []))); }),
      deps.state.onDidChange((name) => {
        if (name === NAME) this.#after(async () => { this.#show(await this.#kept()); });
      }),
    ];
  }

  async list(): Promise<readonly ServedEnvironment[]> {
    await this.#work;
    return (this.#known ??= await this.#kept());
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #inStep(): void {
    const { loaded, vaultError, environments } = this.#deps.inventory.snapshot;
    if (!loaded || vaultError !== null) return;
    this.#after(() => this.#keep(environments.map(({ environment }) => environment)));
  }

  /** What was kept; where nothing was, nothing is loaded to read it. */
  async #kept(): Promise<readonly ServedEnvironment[]> {
    const text = await this.#deps.state.read(NAME);
    return text === undefined ? [] : (await import('../../agents/servers.js')).parseServed(text);
  }

  async #keep(environments: readonly Environment[]): Promise<void> {
    const { servedOf } = await import('../../agents/servers.js');
    const sorted = [...new Map(environments.map((environment) => [environment.id, servedOf(environment)])).values()].sort((a, b) => a.displayName.localeCompare(b.displayName) || a.id.localeCompare(b.id));
    const before = this.#known ?? await this.#kept();
    if (isSameServed(before, sorted)) return;
    if (sorted.length === 0) await this.#deps.state.delete(NAME);
    else await this.#deps.state.write(NAME, JSON.stringify(sorted));
    this.#show(sorted);
  }

  #show(environments: readonly ServedEnvironment[]): void {
    if (this.#known !== undefined && isSameServed(this.#known, environments)) return;
    this.#known = environments;
    this.#changed.fire(undefined);
  }

  /** One after the other: a list that was read earlier must not overwrite a later one. */
  #after(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error: unknown) => { this.#deps.reporter.log('Listing the servers for agents', error); });
  }
}

function isSameServed(a: readonly ServedEnvironment[], b: readonly ServedEnvironment[]): boolean {
  return a.length === b.length && a.every((environment, index) => isSame(environment, b[index]));
}
