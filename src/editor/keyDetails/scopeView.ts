import { t } from '@vscode/l10n';
import type { KeyRow } from '../../keys/keyRows.js';
import { isIntegrationKey, type Scope, type ScopeAction, type ScopeResource } from '../../keys/model.js';
import { presetWords, resourceWords, scopeWords } from '../../keys/scopeWords.js';
import { allows, isWritable, normalise, presetChoices, presetOf, SCOPE_RESOURCES } from '../../keys/scopes.js';
import type { MatrixCell, ScopeView } from '../../webview/keyDetails/protocol.js';

/**
 * @param scopes what the key may do
 * @param available what a key of this environment can be given; not looked at where the scope cannot be changed
 * @param refusal why the scope cannot be changed; null where it can
 */
export function scopeView({ key, isManagement }: KeyRow, scopes: readonly Scope[], available: readonly Scope[], refusal: string | null): ScopeView {
  const choices = refusal === null ? presetChoices(available) : [];
  const cell = (resource: ScopeResource, action: ScopeAction): MatrixCell => {
    const scope = { resource, action };
    const isOn = allows(scopes, scope);
    const isOwnAccess = isManagement && resource === 'API_KEY' && isOn;
    return {
      id: idOf(scope),
      label: scopeWords(scope),
      isOn,
      refusal: refusal !== null ? null : isOwnAccess ? t('Needed: this extension talks to Stigg with this key.') : isOn || allows(available, scope) ? null : t('Not available in this environment.'),
      implies: action === 'WRITE' ? idOf({ resource, action: 'READ' }) : null,
    };
  };
  const hasRows = key.type !== 'CLIENT' || scopes.length > 0;
  return {
    kind: 'ready',
    refusal,
    summary: summaryOf(key.type === 'SERVER', key.type === 'CLIENT', isIntegrationKey(key.type), scopes),
    rows: hasRows ? SCOPE_RESOURCES.map((resource) => ({ label: resourceWords(resource), read: cell(resource, 'READ'), write: isWritable(resource) ? cell(resource, 'WRITE') : null })) : [],
    presets: choices.map(({ preset, scopes: wanted, missing }) => ({
      label: presetWords(preset),
      cells: wanted.map(idOf),
      refusal: isManagement && !allows(wanted, { resource: 'API_KEY', action: 'WRITE' })
        ? t('"{0}" would take away what this extension needs to talk to Stigg.', presetWords(preset))
        : missing.length === 0 ? null : t('"{0}" needs what is not available in this environment: {1}.', presetWords(preset), missing.map(scopeWords).join(', ')),
    })),
  };
}

function summaryOf(isFullAccess: boolean, isPublishable: boolean, isIntegration: boolean, scopes: readonly Scope[]): string {
  if (isFullAccess) return t('Full access: all current and future permissions in this environment.');
  if (isPublishable) return t('Read-only access, made for frontends and mobile apps.');
  if (isIntegration) return t('What the integration needs, as Stigg has set it up.');
  const preset = presetOf(scopes);
  if (preset !== undefined) return t('Scope: {0}', presetWords(preset));
  return scopes.length === 0 ? t('This key may do nothing yet.') : t('A scope of its own. New kinds of resources are not added by themselves.');
}

/** A scope as one word, for the page. */
export function idOf({ resource, action }: Scope): string {
  return `${resource}:${action}`;
}

/** The scopes of what the page has sent; anything unknown is left out. Undefined when there was something unknown. */
export function scopesOf(cells: readonly string[]): readonly Scope[] | undefined {
  const known = SCOPE_RESOURCES.flatMap((resource) => (['READ', 'WRITE'] as const).map((action) => ({ resource, action })));
  const scopes = cells.map((cell) => known.find((scope) => idOf(scope) === cell));
  return scopes.includes(undefined) ? undefined : normalise(scopes.filter((scope) => scope !== undefined));
}
