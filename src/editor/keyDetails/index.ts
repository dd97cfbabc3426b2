import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { ErrorReporter } from '../report.js';
import type { Panels, PanelsDeps } from './panels.js';
import type { Inventory } from '../../keys/inventory.js';
import { PREVIEW, VIEW_TYPE } from './viewType.js';

/** The key details panel: opened by selecting a key, or by "Key Details" in its menu. */
export function registerKeyDetails(deps: PanelsDeps & { readonly reporter: ErrorReporter; readonly inventory: Inventory }): vscode.Disposable {
  const { inventory, reporter } = deps;
  let loading: Promise<Panels> | undefined;
  // The page's side is needed by nobody who never opens a key.
  const panels = (): Promise<Panels> => (loading ??= import('./panels.js').then((module) => new module.Panels(deps)));
  return vscode.Disposable.from(
    reporter.command('stiggKeys.showKey', async (node, how) => {
      const none = new ExpectedError('noKey', vscode.l10n.t('There is no key to show.'), vscode.l10n.t('Add an environment first.'));
      const { pickKey } = await import('../keyCommands/pick.js');
      const target = await pickKey(inventory, node, vscode.l10n.t('Key Details'), () => true, none);
      if (target !== undefined) (await panels()).show(target, how === PREVIEW);
    }),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state: unknown) => { (await panels()).restore(panel, state); },
    }),
    { dispose: () => { void loading?.then((opened) => { opened.dispose(); }); } },
  );
}
