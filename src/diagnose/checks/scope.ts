import { t } from '@vscode/l10n';
import type { Facts } from '../facts.js';
import { covers, neededScope, neededText, resourceName, scopeText } from '../scopes.js';
import type { Check } from './check.js';

/** Does the key's scope cover what the request is about? */
export const scope: Check<'scope'> = (facts) => {
  const { key, request, scopes, value } = facts;
  if (key === null) return { outcome: 'unknown', state: 'open', words: t('The permissions could not be checked: there is no key.') };
  if (key.type === 'SERVER') return { outcome: 'everything', state: 'good', words: t('It is a full access key: nothing of this environment is closed to it.') };
  if (key.type === 'CLIENT' || (value.kind === 'here' && value.shape.kind === 'client')) return { outcome: 'publishable', state: 'bad', words: t('A publishable key may read a little, and its permissions cannot be widened.') };
  if (!scopes.ok) return { outcome: 'unknown', state: 'open', words: t('The key’s permissions could not be read. {0}', scopes.why) };
  const held = scopes.value.length === 0 ? t('no permission at all') : scopeText(scopes.value);
  if (request === null) return { outcome: 'noRequest', state: 'note', words: t('It is a scoped key with: {0}. Which one is needed could not be checked: there is no request under the cursor.', held) };
  const needed = neededScope(request);
  if (needed === undefined) return { outcome: 'undocumented', state: 'open', words: t('It is a scoped key with: {0}. {1}', held, undocumented(facts)) };
  if (covers(scopes.value, needed)) return { outcome: 'covered', state: 'good', words: t('The request needs {0}, and the key has it: {1}.', neededText(needed), held) };
  const { offered } = facts;
  if (offered.ok && !covers(offered.value, needed)) return { outcome: 'notOffered', state: 'bad', words: t('The request needs {0}, which Stigg gives to no scoped key.', neededText(needed)) };
  return { outcome: 'missing', state: 'bad', words: t('The request needs {0}, and the key has: {1}.', neededText(needed), held) };
};

function undocumented({ request }: Facts): string {
  const name = request === null ? undefined : resourceName(request);
  return request?.surface === 'graphql' || name === undefined
    ? t('Which permission this request needs is not documented.')
    : t('Which permission “{0}” needs is not documented: scoped keys can be given API keys, coupons, customers, environments, event queues and subscriptions.', name);
}
