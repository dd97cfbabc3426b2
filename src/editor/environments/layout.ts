import type { KeyRow } from '../../keys/inventory.js';
import { groupOf, isFiltering, KEY_GROUPS, visibleRows, type KeyGroup, type KeyView } from '../../keys/keyFilter.js';

/** Rows are made in pages: nobody reads more at once, and thousands of rows are thousands of objects in two processes. */
export const PAGE = 100;

/** What a sidebar shows of one environment without scrolling, beside the others. */
const FOLDER_FROM = 12;

/** The keys of one environment as the sidebar lays them out. */
export interface Layout {
  /** Directly under the environment. */
  readonly rows: readonly KeyRow[];
  /** Groups that are so large that they would push the others out of sight, in the order of the groups. */
  readonly folders: readonly { readonly group: KeyGroup; readonly rows: readonly KeyRow[] }[];
  /** How many keys pass the filter. */
  readonly visible: number;
}

/**
 * A group gets a folder when it has more than a dozen keys and is not the only one. So a usual environment (two default keys, a few
 * scoped ones) stays as flat as it is; and of one with hundreds of scoped keys the default, publishable and integration keys still
 * stand right under it, where they are found, with the crowd in a folder below.
 */
export function layoutOf(keys: readonly KeyRow[], view: KeyView): Layout {
  const rows = visibleRows(keys, view);
  const byGroup = new Map<KeyGroup, KeyRow[]>();
  for (const row of rows) {
    const group = groupOf(row);
    const members = byGroup.get(group);
    if (members === undefined) byGroup.set(group, [row]);
    else members.push(row);
  }
  const folders = byGroup.size < 2 ? [] : KEY_GROUPS.flatMap((group) => {
    const members = byGroup.get(group) ?? [];
    return members.length > FOLDER_FROM ? [{ group, rows: members }] : [];
  });
  const inFolders = new Set(folders.map(({ group }) => group));
  return { rows: folders.length === 0 ? rows : rows.filter((row) => !inFolders.has(groupOf(row))), folders, visible: rows.length };
}

/** Layouts of the last time, made anew for an environment only when its keys or the view have changed. */
export class Layouts {
  readonly #made = new Map<string, { readonly keys: readonly KeyRow[]; readonly view: KeyView; readonly layout: Layout }>();

  of(environmentId: string, keys: readonly KeyRow[], view: KeyView): Layout {
    const before = this.#made.get(environmentId);
    if (before?.keys === keys && before.view === view) return before.layout;
    const layout = layoutOf(keys, view);
    this.#made.set(environmentId, { keys, view, layout });
    return layout;
  }

  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#made.keys()) if (!ids.has(id)) this.#made.delete(id);
  }
}

/** How many keys there are, and how many of them the view hides. */
export function hiddenBy(environments: readonly { readonly environment: { readonly id: string }; readonly keys: readonly KeyRow[] }[], view: KeyView, layouts: Layouts): { readonly total: number; readonly hidden: number } {
  let [total, visible] = [0, 0];
  for (const { environment, keys } of environments) {
    total += keys.length;
    visible += isFiltering(view) ? layouts.of(environment.id, keys, view).visible : keys.length;
  }
  return { total, hidden: total - visible };
}
