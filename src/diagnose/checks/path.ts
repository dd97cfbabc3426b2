import { t } from '@vscode/l10n';
import { pathOf, readPath } from '../path.js';
import { methodOf } from '../request.js';
import { quoted } from '../words.js';
import type { Check } from './check.js';

/** Is there such a path, and may it be used with this method? */
export const path: Check<'path'> = ({ request }) => {
  if (request === null) return { outcome: 'unseen', state: 'open', words: t('The path could not be looked at: there is no request under the cursor.') };
  const text = quoted(pathOf(request));
  const method = quoted(methodOf(request), 20);
  const reading = readPath(request);
  switch (reading.kind) {
    case 'endpoint':
      return reading.endpoint.template.startsWith('contracts')
        ? { outcome: 'contracts', state: 'note', words: t('{0} {1} exists, but answers 404 where contracts are not switched on for the account.', method, text) }
        : { outcome: 'known', state: 'good', words: t('{0} {1} is one of Stigg’s endpoints.', method, text) };
    case 'graphql':
      return { outcome: 'known', state: 'good', words: t('{0} is where GraphQL is.', text) };
    case 'otherMethod':
      return { outcome: 'otherMethod', state: 'bad', words: t('{0} exists, but not with {1}: it takes {2}.', text, method, reading.methods.join(', ')) };
    case 'otherPrefix':
      return { outcome: 'otherPrefix', state: 'bad', words: t('{0} does not exist; {1} does.', text, quoted(reading.path)) };
    case 'graphqlElsewhere':
      return { outcome: 'graphqlElsewhere', state: 'bad', words: t('{0} does not exist: GraphQL is at /graphql, without a version.', text) };
    case 'open':
      return { outcome: 'open', state: 'open', words: t('{0} is computed, so that it could not be looked up.', text) };
    case 'unknown':
      return { outcome: 'unknown', state: 'note', words: t('{0} is not among the endpoints that are known here.', text) };
  }
};

/** What the request does, as far as it can contradict what is there. */
export const conflict: Check<'conflict'> = ({ request }) => {
  if (request === null) return { outcome: 'unseen', state: 'open', words: t('What the request does could not be looked at: there is no request under the cursor.') };
  if (request.surface === 'graphql') return { outcome: 'graphql', state: 'note', words: t('It is a GraphQL request: errors[0].extensions.code in the answer says which conflict it is.') };
  const method = methodOf(request);
  if (method === 'GET' || method === 'HEAD') return { outcome: 'reads', state: 'note', words: t('The request only reads, and reading conflicts with nothing.') };
  if (method !== 'POST') return { outcome: 'changes', state: 'note', words: t('The request changes something that is there.') };
  const reading = readPath(request);
  if (reading.kind !== 'endpoint') return { outcome: 'open', state: 'open', words: t('Whether the request creates something could not be told from its path.') };
  // `customers`, `plans/{id}/entitlements`: a collection. `plans/{id}/publish`: something is done to one.
  const isCollection = reading.endpoint.methods.includes('GET') || reading.endpoint.methods.length > 1 || !reading.endpoint.template.includes('/');
  return isCollection
    ? { outcome: 'creates', state: 'note', words: t('The request creates something.') }
    : { outcome: 'acts', state: 'note', words: t('The request does something to what is there.') };
};
