import { t } from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';
import { renameKey } from '../../keys/keyChanges.js';
import { managementSecret } from '../../keys/storedKey.js';
import { CURRENT_TOKEN_SOURCE } from '../../tokenShape.js';
import type { Draft, Outcome } from '../../webview/keyDetails/protocol.js';
import type { KeyNode } from '../environments/nodes.js';
import type { KeyDetailsDeps } from './deps.js';
import { errorView } from './failure.js';

const TOKEN = new RegExp(CURRENT_TOKEN_SOURCE, 'i');

/**
 * Saves name and description, unless somebody has changed them since the person began.
 *
 * @param current the key as it is now; undefined when it is gone
 * @param refusalOf why it cannot be renamed; null where it can
 */
export async function saveDetails(deps: KeyDetailsDeps, environmentId: string, current: () => KeyNode | undefined, refusalOf: (node: KeyNode) => string | null, draft: Draft, base: Draft): Promise<Outcome> {
  for (const field of ['name', 'description'] as const) {
    // Names stand in lists, logs and messages of everybody in the account.
    if (TOKEN.test(draft[field])) return failed(field, t('This holds an API key.'), t('Take it out: names and descriptions are shown to everybody in the account.'));
  }
  try {
    const node = current();
    // Not by the inventory: a refresh that another one overtakes shows nothing.
    const key = (await deps.api.listKeys(await managementSecret(deps.vault, environmentId), environmentId)).find(({ id }) => id === node?.row.key.id);
    if (node === undefined || key === undefined) return failed(null, t('Stigg no longer lists this key: nothing was saved.'), t('Refresh to see its state.'));
    const refusal = refusalOf(node);
    if (refusal !== null) return failed(null, refusal, '');
    const now: Draft = { name: key.displayName, description: key.description ?? '' };
    if (!isSame(now, base) && !isSame(now, draft)) {
      await deps.inventory.refresh(environmentId);
      return failed(null, t('Somebody has changed this key meanwhile; nothing was saved.'), t('Save again to replace it by yours, or discard to see theirs.'));
    }
    await renameKey(deps, key, { displayName: draft.name, description: draft.description });
    return { kind: 'saved', text: t('Saved') };
  } catch (error) {
    const code = error instanceof ExpectedError ? error.code : '';
    return { kind: 'failed', field: code === 'badName' ? 'name' : code === 'badDescription' ? 'description' : null, error: errorView(error, deps.reportError) };
  }
}

function isSame(a: Draft, b: Draft): boolean {
  return a.name === b.name && a.description === b.description;
}

function failed(field: 'name' | 'description' | null, text: string, nextStep: string): Outcome {
  return { kind: 'failed', field, error: { text, nextStep } };
}
