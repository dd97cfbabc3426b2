import type { HistoryFacts, Mended } from '../../../../src/keys/remediation/facts.js';
import { identifyLeak, type Leak } from '../../../../src/keys/remediation/identify.js';
import { RemediationJournal } from '../../../../src/keys/remediation/journal.js';
import { Remediation, type RemediationDeps, type RemediationPorts } from '../../../../src/keys/remediation.js';
import { RotationJournal } from '../../../../src/keys/journal.js';
import { Rotation } from '../../../../src/keys/rotation.js';
import type { StiggApi } from '../../../../src/keys/stiggApi.js';
import type { SharedState, Vault } from '../../../../src/keys/vault.js';
import { fingerprint } from '../../../../src/fingerprint.js';
import { Secret } from '../../../../src/secret.js';
import { RotationWorld } from './rotationWorld.js';

/** The files of a person, by name; a value in them is replaced by a look-up. */
export class Workspace implements RemediationPorts {
  readonly files = new Map<string, string>();
  /** Files that cannot be changed. */
  readonly stuck = new Set<string>();
  history: HistoryFacts = { repositories: [], problems: [] };

  readonly mend = (wanted: string): Promise<Mended> => {
    const changed: string[] = [];
    for (const name of this.#holding(wanted)) {
      if (this.stuck.has(name)) continue;
      this.files.set(name, 'process.env.STIGG_SERVER_API_KEY');
      changed.push(name);
    }
    return Promise.resolve(this.#mended(wanted, changed));
  };
  readonly look = (wanted: string): Promise<Mended> => Promise.resolve(this.#mended(wanted, []));
  readonly searchHistory = (): Promise<HistoryFacts> => Promise.resolve(this.history);

  #holding(wanted: string): readonly string[] {
    return [...this.files].filter(([, text]) => fingerprint(text) === wanted).map(([name]) => name);
  }

  #mended(wanted: string, files: readonly string[]): Mended {
    const left = this.#holding(wanted).map((place) => ({ place, reason: 'It cannot be changed.', isOutside: false }));
    return { files, left, terminals: 0, looked: this.files.size, skipped: [] };
  }
}

/** One person's machine with the environment Staging added, a workspace with a leak in it, and the Stigg it talks to. */
export class RemediationWorld {
  readonly base: RotationWorld;
  readonly workspace = new Workspace();

  private constructor(base: RotationWorld) {
    this.base = base;
  }

  static async start(...args: Parameters<typeof RotationWorld.start>): Promise<RemediationWorld> {
    return new RemediationWorld(await RotationWorld.start(...args));
  }

  get journal(): RemediationJournal {
    return new RemediationJournal(this.base.state);
  }

  deps(changes: { api?: StiggApi; vault?: Vault; state?: SharedState; ports?: RemediationPorts } = {}): RemediationDeps {
    const { api, vault, state } = { api: this.base.api, vault: this.base.vault, state: this.base.state, ...changes };
    const rotations = new RotationJournal(state);
    const common = { api, vault, now: this.base.now, wait: () => Promise.resolve(), newId: () => crypto.randomUUID() };
    return { ...common, permissions: () => ({}), rotation: new Rotation({ ...common, journal: rotations }), rotations, journal: new RemediationJournal(state), ports: changes.ports ?? this.workspace };
  }

  /** The remediation of one window. */
  remediation(changes: Parameters<RemediationWorld['deps']>[0] = {}): Remediation {
    return new Remediation(this.deps(changes));
  }

  /** The value of the active key of that name, put into two files. */
  leak(name: string): Secret {
    const token = this.base.active(name)[0]?.token ?? '';
    for (const file of ['src/billing.ts', 'scripts/backfill.sh']) this.workspace.files.set(file, token);
    return new Secret(token);
  }

  identify(secret: Secret): Promise<Leak> {
    return identifyLeak(this.deps(), { fingerprint: secret.fingerprint, secret });
  }

  /** As above, for a leak that can be remediated. */
  async known(secret: Secret): Promise<Exclude<Leak, { kind: 'foreign' }>> {
    const leak = await this.identify(secret);
    if (leak.kind === 'foreign') throw new Error('The key belongs elsewhere');
    return leak;
  }

  async close(): Promise<void> {
    await this.base.close();
  }
}
