import { describe, expect, it } from 'vitest';
import { hiddenBy, layoutOf, Layouts } from '../../../src/editor/environments/layout.js';
import { WHOLE_VIEW, type KeyView } from '../../../src/keys/keyFilter.js';
import type { KeyRow } from '../../../src/keys/keyRows.js';
import type { KeyType } from '../../../src/keys/model.js';
import { row } from './rows.js';

const view = (change: Partial<KeyView>): KeyView => ({ ...WHOLE_VIEW, ...change });
const many = (type: KeyType, count: number): KeyRow[] => Array.from({ length: count }, (_each, index) => row({ type, name: `${type}-${String(index)}` }));

describe('where keys stand in the sidebar', () => {
  it.each<[string, KeyRow[], KeyView, number, string[]]>([
    ['no key', [], WHOLE_VIEW, 0, []],
    ['a usual environment stays flat', [...many('SERVER', 2), ...many('CLIENT', 1), ...many('SCOPED', 12), ...many('SALESFORCE', 1)], WHOLE_VIEW, 16, []],
    ['a crowd gets a folder, the others stay in sight', [...many('SERVER', 2), ...many('CLIENT', 1), ...many('SCOPED', 13), ...many('SALESFORCE', 1)], WHOLE_VIEW, 4, ['scoped 13']],
    ['a group alone needs no folder', many('SCOPED', 500), WHOLE_VIEW, 500, []],
    ['two crowds', [...many('SERVER', 20), ...many('SCOPED', 500), ...many('WORKFLOW', 1)], WHOLE_VIEW, 1, ['default 20', 'scoped 500']],
    ['nothing but crowds', [...many('SERVER', 20), ...many('SCOPED', 500)], WHOLE_VIEW, 0, ['default 20', 'scoped 500']],
    ['a filter that leaves a crowd keeps its folder', [...many('SERVER', 2), ...many('SCOPED', 500)], view({ name: '-1' }), 1, ['scoped 111']],
    ['a filter that leaves few makes it flat', [...many('SERVER', 2), ...many('SCOPED', 500)], view({ name: '-12' }), 11, []],
    ['a filter that leaves one group makes it flat', [...many('SERVER', 2), ...many('SCOPED', 500)], view({ groups: ['scoped'] }), 500, []],
  ])('%s', (_name, keys, shown, rows, folders) => {
    const layout = layoutOf(keys, shown);
    expect(layout.rows).toHaveLength(rows);
    expect(layout.folders.map(({ group, rows: members }) => `${group} ${String(members.length)}`)).toEqual(folders);
  });

  it('keeps a layout until the keys or the view change', () => {
    const layouts = new Layouts();
    const keys = many('SCOPED', 3);
    const first = layouts.of('e', keys, WHOLE_VIEW);
    expect(layouts.of('e', keys, WHOLE_VIEW)).toBe(first);
    expect(layouts.of('e', [...keys], WHOLE_VIEW)).not.toBe(first);
    expect(layouts.of('e', keys, view({}))).not.toBe(first);
  });

  it('counts what a view hides', () => {
    const environments = [{ environment: { id: 'a' }, keys: many('SCOPED', 3) }, { environment: { id: 'b' }, keys: many('CLIENT', 2) }];
    expect(hiddenBy(environments, view({ groups: ['publishable'] }), new Layouts())).toEqual({ total: 5, hidden: 3 });
    expect(hiddenBy(environments, WHOLE_VIEW, new Layouts())).toEqual({ total: 5, hidden: 0 });
  });
});
