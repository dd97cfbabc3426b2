import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ActiveEnvironment } from '../../../src/editor/activeEnvironment.js';
import { KeyViewStore } from '../../../src/editor/environments/keyViewStore.js';
import type { MoreNode, Node } from '../../../src/editor/environments/nodes.js';
import { EnvironmentTree } from '../../../src/editor/environments/tree.js';
import { Emitter } from '../../../src/event.js';
import { ExpectedError } from '../../../src/errors.js';
import type { EnvironmentRow, Inventory, InventorySnapshot, KeyRow } from '../../../src/keys/inventory.js';
import { production, row, type RowSpec } from './rows.js';

vi.mock('vscode', async () => (await import('./fakeVscode.js')).fake);

const HOUR = 3_600_000;

/** An inventory that says what it is told to. */
class Told {
  readonly #changed = new Emitter<InventorySnapshot>();
  readonly onDidChange = this.#changed.event;
  snapshot: InventorySnapshot = { loaded: true, vaultError: null, environments: [] };

  environment(id: string): EnvironmentRow | undefined {
    return this.snapshot.environments.find(({ environment }) => environment.id === id);
  }

  tell(...environments: EnvironmentRow[]): void {
    this.snapshot = { ...this.snapshot, environments };
    this.#changed.fire(this.snapshot);
  }
}

function memento() {
  const kept = new Map<string, unknown>();
  return { kept, get: (name: string): never => kept.get(name) as never, update: (name: string, value: unknown) => Promise.resolve(void kept.set(name, value)) };
}

const key = (id: string, spec: RowSpec = {}): KeyRow => {
  const made = row({ name: id, ...spec });
  return { ...made, key: { ...made.key, id } };
};
/** As the inventory has it: what has not changed is the object it was. */
const ENVIRONMENTS = new Map(['a', 'b', 'c'].map((id) => [id, { ...production, id, displayName: id, type: 'SANDBOX' as const }]));
const ALLOWED = {};
const environment = (id: string, keys: readonly KeyRow[], more: Partial<EnvironmentRow> = {}): EnvironmentRow =>
  ({ environment: ENVIRONMENTS.get(id) ?? production, keys, permissions: ALLOWED, loading: false, error: null, ...more });
const scoped = (count: number): KeyRow[] => Array.from({ length: count }, (_each, index) => key(`service-${String(index).padStart(4, '0')}`));

let told: Told;
let state: ReturnType<typeof memento>;
let store: KeyViewStore;
let active: ActiveEnvironment;
let tree: EnvironmentTree;
let fired: (readonly Node[] | undefined)[];

beforeEach(() => {
  told = new Told();
  state = memento();
  store = new KeyViewStore(state);
  const inventory = told as unknown as Inventory;
  active = new ActiveEnvironment(inventory, state);
  tree = new EnvironmentTree(inventory, store, active);
  fired = [];
  tree.onDidChangeTreeData((nodes) => fired.push(nodes));
});
afterEach(() => { tree.dispose(); });

/** Opens everything, as VS Code does with what is expanded, and gives the labels with two spaces for each level. */
async function open(node?: Node): Promise<string[]> {
  const lines: string[] = [];
  for (const child of await tree.getChildren(node)) {
    lines.push(labelOf(child), ...(await open(child)).map((line) => `  ${line}`));
  }
  return lines;
}

function labelOf(node: Node): string {
  const { label } = tree.getTreeItem(node);
  return typeof label === 'string' ? label : '';
}

function labels(nodes: readonly Node[] | undefined): string[] | undefined {
  return nodes?.map(labelOf);
}

describe('what is made again', () => {
  it('nothing before somebody has opened the view', () => {
    told.tell(environment('a', scoped(3)));
    expect(fired).toEqual([]);
  });

  const before = scoped(3);
  const changedKey = key('service-0001', { expires: HOUR });
  it.each<[string, EnvironmentRow[], unknown[] | undefined | 'nothing']>([
    ['the same said again', [environment('a', before), environment('b', [])], 'nothing'],
    ['loading', [environment('a', before, { loading: true }), environment('b', [])], 'nothing'],
    ['one key changed', [environment('a', before.map((each) => (each.key.id === 'service-0001' ? changedKey : each))), environment('b', [])], ['service-0001']],
    ['a key more', [environment('a', [...before, key('new')]), environment('b', [])], ['a']],
    ['another order', [environment('a', [...before].reverse()), environment('b', [])], ['a']],
    ['an environment that went wrong', [environment('a', before), environment('b', [], { error: new ExpectedError('unreachable', 'x', 'y') })], ['b']],
    ['an environment of another name', [environment('a', before), { ...environment('b', []), environment: { ...production, id: 'b', displayName: 'Renamed' } }], ['Renamed']],
    ['an environment more', [environment('a', before), environment('b', []), environment('c', [])], undefined],
    ['an environment less', [environment('a', before)], undefined],
  ])('%s', async (_name, next, expected) => {
    told.tell(environment('a', before), environment('b', []));
    await open();
    told.tell(...next);
    expect(fired.map(labels)).toEqual(expected === 'nothing' ? [] : [expected]);
  });

  it('hands VS Code the very node it knows, which then says the new state', async () => {
    told.tell(environment('a', before));
    await open();
    const [root] = await tree.getChildren();
    const known = (await tree.getChildren(root))[1];
    told.tell(environment('a', before.map((each) => (each.key.id === 'service-0001' ? changedKey : each))));
    expect(fired).toEqual([[known]]);
    expect(fired[0]?.[0]).toBe(known);
    expect(known === undefined ? undefined : tree.getTreeItem(known).description).toContain('left · Expiring soon');
  });

  it('a key in a folder alone, and a folder when its number changes', async () => {
    const crowd = scoped(20);
    told.tell(environment('a', [key('full', { type: 'SERVER' }), ...crowd]));
    await open();
    const next = crowd.map((each) => (each.key.id === 'service-0007' ? key('service-0007', { expires: HOUR }) : each));
    told.tell(environment('a', [key('full', { type: 'SERVER' }), ...next]));
    told.tell(environment('a', [key('full', { type: 'SERVER' }), ...next, key('another')]));
    // The default key is a new object each time, so it is made again as well.
    expect(fired.map(labels)).toEqual([['full', 'service-0007'], ['a']]);
  });
});

describe('pages', () => {
  it('makes rows a hundred at a time, and says how many are left', async () => {
    told.tell(environment('a', [key('full', { type: 'SERVER' }), ...scoped(250)]));
    expect(await open()).toHaveLength(1 + 1 + 1 + 100 + 1);
    const [root] = await tree.getChildren();
    const folder = (await tree.getChildren(root))[1];
    const more = (await tree.getChildren(folder)).at(-1);
    expect(more).toMatchObject({ kind: 'more', hidden: 150, next: 100 });
    expect(more === undefined ? undefined : tree.getTreeItem(more).command?.command).toBe('stiggKeys.showMoreKeys');
    const first = tree.showMore(more as MoreNode);
    expect(first === undefined ? undefined : tree.getTreeItem(first).label).toBe('service-0100');
    expect(labels(fired.at(-1))).toEqual(['Scoped keys']);
    tree.showMore((await tree.getChildren(folder)).at(-1) as MoreNode);
    expect((await tree.getChildren(folder)).map(({ kind }) => kind)).not.toContain('more');
    expect(await tree.getChildren(folder)).toHaveLength(250);
  });

  it('begins with the first page again when the filter changes', async () => {
    told.tell(environment('a', scoped(250)));
    const [root] = await tree.getChildren();
    tree.showMore((await tree.getChildren(root)).at(-1) as MoreNode);
    await store.change({ name: 'service' });
    const [again] = await tree.getChildren();
    expect(await tree.getChildren(again)).toHaveLength(101);
  });

  it('finds a key on a later page with its parents, and no key that the filter hides', async () => {
    const wanted = key('service-0222');
    const environments = environment('a', [key('full', { type: 'SERVER' }), ...scoped(250)]);
    told.tell(environments);
    await open();
    const node = tree.nodeOf({ kind: 'key', environment: environments.environment, permissions: {}, row: wanted });
    expect(node).toMatchObject({ kind: 'key' });
    const folder = node === undefined ? undefined : tree.getParent(node);
    expect(folder).toMatchObject({ kind: 'group', group: 'scoped' });
    expect(folder === undefined ? undefined : tree.getParent(folder)).toMatchObject({ kind: 'environment' });
    expect(await tree.getChildren(folder)).toContain(node);
    await store.change({ groups: ['default'] });
    const hidden = { kind: 'key' as const, environment: environments.environment, permissions: {}, row: wanted };
    expect(tree.isHidden(hidden)).toBe(true);
    expect(tree.nodeOf(hidden)).toBeUndefined();
  });
});

describe('filters', () => {
  it('leads out when nothing passes, and closes the environments', async () => {
    told.tell(environment('a', scoped(2)), environment('b', scoped(1)));
    await store.change({ name: 'nothing like it' });
    expect(await open()).toEqual(['No key matches the filter', 'a', 'b']);
    const [lead, first] = await tree.getChildren();
    expect(lead === undefined ? undefined : tree.getTreeItem(lead).command?.command).toBe('stiggKeys.clearFilter');
    expect(first === undefined ? undefined : tree.getTreeItem(first)).toMatchObject({ collapsibleState: 0, description: expect.stringContaining('no key matches') as string });
  });

  it('shows what passes, and the environment again as soon as one does', async () => {
    told.tell(environment('a', scoped(2)), environment('b', [key('other')]));
    await store.change({ name: 'OTHER' });
    expect(await open()).toEqual(['a', 'b', '  other']);
    fired.length = 0;
    told.tell(environment('a', [...scoped(2), key('another')]), environment('b', [key('other')]));
    expect(fired).toEqual([undefined]);
    expect(await open()).toEqual(['a', '  another', 'b', '  other']);
  });

  it('never hides what went wrong', async () => {
    told.tell(environment('a', scoped(2), { error: new ExpectedError('unreachable', 'Stigg did not answer.', 'Try again.') }));
    await store.change({ statuses: ['expired'] });
    expect(await open()).toEqual(['No key matches the filter', 'a', '  Stigg did not answer.']);
  });

  it('is kept with the workspace, and holds nothing but words', async () => {
    await store.change({ groups: ['scoped'], sort: 'expiry', name: 'bill' });
    expect(state.kept.get('stiggKeys.keyView')).toEqual({ groups: ['scoped'], statuses: [], name: 'bill', sort: 'expiry' });
    expect(new KeyViewStore(state).view).toEqual({ groups: ['scoped'], statuses: [], name: 'bill', sort: 'expiry' });
    await store.clear();
    expect(new KeyViewStore(state).view).toEqual({ groups: [], statuses: [], name: '', sort: 'expiry' });
  });
});

describe('the active environment', () => {
  const live: EnvironmentRow = { ...environment('p', []), environment: { ...production, id: 'p' } };
  it.each<[string, EnvironmentRow[], string | undefined, string | undefined]>([
    ['nothing added', [], undefined, undefined],
    ['the only one', [environment('a', [])], undefined, 'a'],
    ['the only one, but it is production', [live], undefined, undefined],
    ['one of several', [environment('a', []), environment('b', [])], undefined, undefined],
    ['the chosen one', [live, environment('b', [])], 'p', 'p'],
    ['a chosen one that is gone is replaced by nobody', [environment('b', [])], 'p', undefined],
  ])('%s', async (_name, environments, chosen, expected) => {
    told.tell(live);
    if (chosen !== undefined) await active.choose(live.environment);
    told.tell(...environments);
    expect(active.id).toBe(expected);
    expect(new ActiveEnvironment(told, state).id).toBe(expected);
  });

  it('is marked where there are several, and only its rows are made again', async () => {
    told.tell(live, environment('b', []));
    await open();
    await active.choose(live.environment);
    expect(fired.map(labels)).toEqual([['Production']]);
    expect(tree.getTreeItem({ kind: 'environment', row: live }).description).toContain('active');
    await active.choose(null);
    expect(state.kept.get('stiggKeys.activeEnvironment')).toBeUndefined();
  });

  it.each<[string, unknown]>([['a text', 'p'], ['a number as id', { id: 1, displayName: 'x' }], ['null', null]])('does not trust what was kept: %s', (_name, kept) => {
    state.kept.set('stiggKeys.activeEnvironment', kept);
    expect(new ActiveEnvironment(told, state).chosen).toBeUndefined();
  });
});
