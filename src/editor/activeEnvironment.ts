import type * as vscode from 'vscode';
import { Emitter, type Disposable } from '../event.js';
import type { EnvironmentRow, Inventory } from '../keys/inventory.js';
import type { Environment, EnvironmentType } from '../keys/model.js';

const NAME = 'stiggKeys.activeEnvironment';

/** What is kept of the choice: enough to say which one it is before anything was asked. Names and ids, no secret. */
export interface ChosenEnvironment {
  readonly id: string;
  readonly displayName: string;
  readonly type: EnvironmentType;
}

/**
 * The environment that a workspace works with: what a command uses, or offers first, where nobody says which one is meant. It is chosen
 * by a person and kept with the workspace. Without a choice it is the only one there is, unless that one is production: nobody
 * should act on real customers because nothing else was there.
 */
export class ActiveEnvironment implements Disposable {
  readonly #inventory: Pick<Inventory, 'snapshot' | 'environment' | 'onDidChange'>;
  readonly #memento: Pick<vscode.Memento, 'get' | 'update'>;
  readonly #changed = new Emitter<undefined>();
  #chosen: ChosenEnvironment | undefined;

  /** Fires when another environment was chosen; what the inventory learns about it, the inventory tells. */
  readonly onDidChange = this.#changed.event;

  constructor(inventory: Pick<Inventory, 'snapshot' | 'environment' | 'onDidChange'>, memento: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#inventory = inventory;
    this.#memento = memento;
    this.#chosen = parseChosen(memento.get(NAME));
  }

  /** The choice as it was kept, whether the environment is still here or not; undefined where nothing was chosen. */
  get chosen(): ChosenEnvironment | undefined {
    return this.#chosen;
  }

  /** undefined while nothing was chosen and nothing follows, while the inventory was not looked at, and when the chosen one is gone. */
  get row(): EnvironmentRow | undefined {
    if (this.#chosen !== undefined) return this.#inventory.environment(this.#chosen.id);
    const [only, ...others] = this.#inventory.snapshot.environments;
    return others.length === 0 && only?.environment.type !== 'PRODUCTION' ? only : undefined;
  }

  get id(): string | undefined {
    return this.row?.environment.id;
  }

  /** null: none, so that commands ask again. */
  async choose(environment: Environment | null): Promise<void> {
    this.#chosen = environment === null ? undefined : { id: environment.id, displayName: environment.displayName, type: environment.type };
    this.#changed.fire(undefined);
    await this.#memento.update(NAME, this.#chosen);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

const TYPES: readonly EnvironmentType[] = ['PRODUCTION', 'SANDBOX', 'DEVELOPMENT'];

function parseChosen(value: unknown): ChosenEnvironment | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, displayName, type } = value as Readonly<Record<string, unknown>>;
  // A type that is not known is treated with the care that production gets.
  return typeof id === 'string' && typeof displayName === 'string' ? { id, displayName, type: TYPES.find((known) => known === type) ?? 'PRODUCTION' } : undefined;
}
