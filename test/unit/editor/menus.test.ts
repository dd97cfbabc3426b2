import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { tooltipOf, treeItem } from '../../../src/editor/environments/items.js';
import type { Node } from '../../../src/editor/environments/nodes.js';
import { ExpectedError } from '../../../src/errors.js';
import { production, row, type RowSpec } from './rows.js';

vi.mock('vscode', async () => (await import('./fakeVscode.js')).fake);

interface MenuEntry {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: { commands: { command: string; icon?: string }[]; menus: Record<string, MenuEntry[]> };
};
const { commands, menus } = manifest.contributes;
const HOUR = 3_600_000;

/** The commands that the sidebar offers on a node, inline ones marked. */
function offered(node: Node): string[] {
  const contextValue = treeItem(node).contextValue ?? '';
  return (menus['view/item/context'] ?? []).flatMap(({ command, when, group }) => {
    const conditions = (when ?? '').split(' && ').flatMap((part) => {
      const [, not, pattern] = /^(!\()?viewItem =~ \/(.+?)\/\)?$/.exec(part) ?? [];
      return pattern === undefined ? [] : [new RegExp(pattern).test(contextValue) === (not === undefined)];
    });
    if (conditions.length === 0) throw new Error(`No pattern in ${String(when)}`);
    return conditions.every(Boolean) ? [`${group?.startsWith('inline') === true ? '*' : ''}${command.replace('stiggKeys.', '')}`] : [];
  }).sort();
}
const keyNode = (spec: RowSpec): Node => ({ kind: 'key', environment: production, permissions: {}, row: row(spec) });

describe('what the sidebar offers', () => {
  it.each<[string, RowSpec, string[]]>([
    ['the management key', { type: 'SERVER', stored: true, isManagement: true }, ['*copyKey', '*rotateKey', 'copyKey', 'diagnoseRequest', 'explainActions', 'findUsages', 'openConsole', 'openTerminal', 'remediateLeak', 'rotateKey', 'showKey']],
    ['a default key that is not stored', { type: 'SERVER' }, ['*copyKey', '*rotateKey', 'copyKey', 'explainActions', 'openConsole', 'remediateLeak', 'rotateKey', 'showKey', 'storeKey']],
    ['an outgoing key', { type: 'SERVER', stored: true, expires: HOUR }, ['*changeGracePeriod', '*copyKey', '*revokeKey', 'changeGracePeriod', 'copyKey', 'diagnoseRequest', 'explainActions', 'findUsages', 'openConsole', 'openTerminal', 'remediateLeak', 'revokeKey', 'showKey']],
    ['a scoped key', { stored: true }, ['*copyKey', '*revokeKey', '*rotateKey', 'copyKey', 'diagnoseRequest', 'editScope', 'findUsages', 'openConsole', 'openTerminal', 'remediateLeak', 'renameKey', 'revokeKey', 'rotateKey', 'showKey']],
    ['an integration\'s key', { type: 'SALESFORCE' }, ['*copyKey', 'copyKey', 'explainActions', 'openConsole', 'showKey', 'storeKey']],
    ['the publishable key', { type: 'CLIENT' }, ['*copyKey', '*rotateKey', 'copyKey', 'explainActions', 'openConsole', 'rotateKey', 'showKey', 'storeKey', 'toggleHardenedAccess']],
    ['an expired key', { expires: -HOUR }, ['explainActions', 'openConsole', 'showKey']],
    ['a stored key that Stigg does not list', { stored: true, isListed: false }, ['*copyKey', 'copyKey', 'diagnoseRequest', 'explainActions', 'findUsages', 'openConsole', 'openTerminal', 'showKey']],
  ])('%s', (_name, spec, expected) => {
    expect(offered(keyNode(spec))).toEqual(expected);
  });

  it('environments and errors', () => {
    expect(offered({ kind: 'environment', row: { environment: production, keys: [], permissions: {}, loading: false, error: null } })).toEqual(['*createScopedKey', '*openTerminal', '*refresh', 'createScopedKey', 'diagnoseRequest', 'insertRequest', 'openConsole', 'openTerminal', 'removeEnvironment', 'toggleHardenedAccess']);
    expect(offered({ kind: 'error', environmentId: null, error: new ExpectedError('x', 'Broken.', 'Try again.') })).toEqual(['*refresh']);
    expect(offered({ kind: 'loading', environmentId: 'e1' })).toEqual([]);
  });

  it('only commands that exist, with an icon where they stand inline; the palette hides only what needs the computer, in a browser', () => {
    for (const { command, group } of Object.values(menus).flat().filter((entry) => !('submenu' in entry))) {
      const found = commands.find((entry) => entry.command === command);
      expect(found, command).toBeDefined();
      if (/^(inline|navigation)/.test(group ?? '')) expect(found?.icon, command).toBeDefined();
    }
    expect((menus.commandPalette ?? []).filter(({ when }) => when !== '!stiggKeys.inBrowser')).toEqual([]);
  });

  it('shows names as text, whatever they hold, and no value', () => {
    const name = '**bold** [run](command:workbench.action.quit) $(key) <img>';
    const node = keyNode({ name, stored: true });
    expect(treeItem(node).label).toBe(name);
    const tooltip = tooltipOf(node);
    expect(tooltip?.value).toContain('bold');
    expect(tooltip?.value).not.toMatch(/\[run]|\*\*bold|[^\\]<img/);
    expect(tooltip).not.toHaveProperty('isTrusted', true);
  });

  it('says that Stigg does not list a key, instead of calling it active', () => {
    const item = treeItem(keyNode({ stored: true, isListed: false }));
    expect(item.description).toContain('not in Stigg\'s list');
    expect(item.description).not.toContain('Active');
  });
});
