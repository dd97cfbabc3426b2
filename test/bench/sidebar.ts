import { performance } from 'node:perf_hooks';
import { ActiveEnvironment } from '../../src/editor/activeEnvironment.js';
import { KeyViewStore } from '../../src/editor/environments/keyViewStore.js';
import type { Node } from '../../src/editor/environments/nodes.js';
import { EnvironmentTree } from '../../src/editor/environments/tree.js';
import { enrolManagementKey } from '../../src/keys/enrol.js';
import { Emitter } from '../../src/event.js';
import { createGraphqlApi } from '../../src/keys/graphqlApi.js';
import { Inventory } from '../../src/keys/inventory.js';
import { EVERYTHING_ALLOWED } from '../../src/keys/permissions.js';
import { Secret } from '../../src/secret.js';
import { startSandbox } from '../sandbox/index.js';
import { MemoryVault } from '../unit/keys/support/memory.js';

export interface SidebarFigure {
  readonly what: string;
  /** Median, in milliseconds. */
  readonly ms: number;
  /** What else there is to say: rows that were made again, or what the time is of. */
  readonly note: string;
}

export interface SidebarFigures {
  readonly keys: number;
  readonly bytes: number;
  /** A plain pass over the same answers: JSON.parse, and one look at every key. Milliseconds, median. */
  readonly plainMs: number;
  /** Wall time against the sandbox, once. */
  readonly wholeMs: number;
  readonly figures: readonly SidebarFigure[];
}

type Fetch = typeof globalThis.fetch;

/** 20 environments with 500 keys each: the real sandbox answers once, then its answers are played back, so that our own work alone is measured. */
export async function measureSidebar(rounds: number, environmentCount = 20, keyCount = 500): Promise<SidebarFigures> {
  const seeded = 8;
  const sandbox = await startSandbox({ accounts: [{
    name: 'Acme Inc',
    environments: Array.from({ length: environmentCount }, (_each, index) => ({ name: `Environment ${String(index + 1)}`, type: index === 0 ? 'PRODUCTION' as const : 'SANDBOX' as const, extraKeys: keyCount - seeded })),
  }] });
  const vault = new MemoryVault();
  const now = (): Date => new Date(Date.now() + ahead);
  let ahead = 0;
  const answers = new Map<string, string>();
  const address = (init: RequestInit | undefined): string => JSON.stringify([new Headers(init?.headers).get('x-api-key'), init?.body]);
  const recording: Fetch = async (input, init) => {
    const answer = await fetch(input, init);
    const text = await answer.text();
    answers.set(address(init), text);
    return new Response(text, { status: answer.status, headers: { 'content-type': 'application/json' } });
  };
  const replaying: Fetch = (_input, init) => Promise.resolve(new Response(answers.get(address(init)) ?? '{}', { headers: { 'content-type': 'application/json' } }));

  try {
    const setUp = createGraphqlApi({ endpoint: sandbox.url, fetch: globalThis.fetch });
    for (const { fullAccess } of sandbox.environments) await enrolManagementKey({ api: setUp, vault, now }, new Secret(fullAccess));

    const whole = worldOf(recording);
    const started = performance.now();
    await paint(whole);
    const wholeMs = performance.now() - started;
    const { environments } = whole.inventory.snapshot;
    const keys = environments.reduce((sum, row) => sum + row.keys.length, 0);
    if (keys !== environmentCount * keyCount) throw new Error(`${String(keys)} keys were listed instead of ${String(environmentCount * keyCount)}`);
    whole.dispose();

    const texts = [...answers.values()];
    const plainMs = await median(rounds, () => {
      const before = performance.now();
      let seen = 0;
      for (const text of texts) seen += countOf(JSON.parse(text) as unknown);
      if (seen < keys) throw new Error('The answers do not hold the keys');
      return performance.now() - before;
    });

    const firstPaint = await median(rounds, async () => {
      const world = worldOf(replaying);
      const before = performance.now();
      await paint(world);
      const ms = performance.now() - before;
      world.dispose();
      return ms;
    });

    const world = worldOf(replaying);
    await paint(world);
    /** Runs the change, and makes again what the tree asks VS Code to make again. */
    const after = async (change: () => Promise<unknown> | undefined): Promise<{ readonly ms: number; readonly rows: number }> => {
      const fired: (readonly Node[] | undefined)[] = [];
      const subscription = world.tree.onDidChangeTreeData((nodes) => fired.push(nodes));
      const before = performance.now();
      await change();
      let rows = 0;
      for (const nodes of fired) for (const node of nodes ?? [undefined]) rows += await open(world.tree, node);
      subscription.dispose();
      return { ms: performance.now() - before, rows };
    };
    const first = environments[1]?.environment.id ?? '';
    const figures: SidebarFigure[] = [{ what: 'first paint of all, answers decoded', ms: firstPaint, note: 'the rows that are open' }];
    const take = async (what: string, change: (round: number) => Promise<unknown> | undefined): Promise<void> => {
      let rows = 0;
      const ms = await median(rounds, async (round) => {
        const result = await after(() => change(round));
        rows = result.rows;
        return result.ms;
      });
      figures.push({ what, ms, note: rows === 1 ? '1 row made again' : `${String(rows)} rows made again` });
    };
    await take('refresh of all, nothing changed', () => world.inventory.refresh());
    // Somebody has opened its folder.
    const node = (await world.tree.getChildren()).find((root) => root.kind === 'environment' && root.row.environment.id === first);
    await world.tree.getChildren((await world.tree.getChildren(node)).find(({ kind }) => kind === 'group'));
    const renamed = [...answers].filter(([, text]) => text.includes(first) && text.includes('service-0003'));
    if (renamed.length !== 1) throw new Error('Which answer holds the key is not clear');
    await take('refresh of one environment, one key renamed', (round) => {
      for (const [request, text] of renamed) answers.set(request, text.replace(/service-0003(?: \d+)?/, `service-0003 ${String(round)}`));
      return world.inventory.refresh(first);
    });
    await take('a minute passes', () => {
      ahead += 60_000;
      // What the expiry clock does when it wakes.
      world.tick.fire(undefined);
      return undefined;
    });
    await take('search by name', (round) => world.store.change({ name: round % 2 === 0 ? '-049' : 'SERVICE-04' }));
    await take('filter that nothing passes', (round) => world.store.change({ name: `nothing ${String(round)}` }));
    await take('filter cleared, sorted by name', (round) => world.store.change({ name: '', sort: round % 2 === 0 ? 'name' : 'expiry' }));
    world.dispose();
    return { keys, bytes: texts.reduce((sum, text) => sum + text.length, 0), plainMs, wholeMs, figures };
  } finally {
    vault.dispose();
    await sandbox.close();
  }

  function worldOf(fetch: Fetch) {
    const kept = new Map<string, unknown>();
    const memento = { get: (name: string): never => kept.get(name) as never, update: (name: string, value: unknown) => Promise.resolve(void kept.set(name, value)) };
    const tick = new Emitter<undefined>();
    const permissions = { of: () => EVERYTHING_ALLOWED, look: () => Promise.resolve(), onDidChange: tick.event };
    const inventory = new Inventory({ api: createGraphqlApi({ endpoint: sandbox.url, fetch }), vault, now, resume: () => Promise.resolve([]), permissions });
    const store = new KeyViewStore(memento);
    const active = new ActiveEnvironment(inventory, memento);
    const tree = new EnvironmentTree(inventory, store, active);
    return { inventory, store, tree, tick, dispose: () => { for (const part of [tree, active, store, inventory, tick]) part.dispose(); } };
  }
}

/** What VS Code does when the view opens: everything that is expanded, at once with what is known, and again as the keys come in. */
async function paint({ tree, inventory }: { readonly tree: EnvironmentTree; readonly inventory: Inventory }): Promise<void> {
  const loaded = new Promise<void>((resolve) => {
    inventory.onDidChange(({ environments }) => { if (environments.every(({ loading, keys }) => !loading && keys.length > 1)) resolve(); });
  });
  await open(tree, undefined);
  await loaded;
  await open(tree, undefined);
}

/** Makes a row and all that is open under it, and counts them. */
async function open(tree: EnvironmentTree, node: Node | undefined): Promise<number> {
  const item = node === undefined ? undefined : tree.getTreeItem(node);
  if (item !== undefined && Number(item.collapsibleState) !== 2) return 1;
  let rows = item === undefined ? 0 : 1;
  for (const child of await tree.getChildren(node)) rows += await open(tree, child);
  return rows;
}

function countOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let found = 'displayName' in value ? 1 : 0;
  for (const part of Object.values(value)) found += countOf(part);
  return found;
}

async function median(rounds: number, run: (round: number) => number | Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await run(round));
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}
