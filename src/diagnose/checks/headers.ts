import { t } from '@vscode/l10n';
import { headerOf, methodOf, type InspectedHeader, type InspectedRequest } from '../request.js';
import { quoted } from '../words.js';
import type { Check, Result } from './check.js';

const RIGHT = 'x-api-key';
/** Names that people give to the header, without the characters between the words. */
const MEANT = ['apikey', 'xapikey', 'xapitoken', 'apitoken', 'xauthtoken', 'stiggapikey', 'xstiggapikey', 'xstiggkey', 'stiggkey', 'xserverkey', 'accesstoken', 'token'];

/** The request carries the key in `X-API-KEY`, and nowhere else. */
export const header: Check<'header'> = ({ request }) => {
  if (request === null) return unseen(t('The header could not be looked at: there is no request under the cursor.'));
  const right = headerOf(request, RIGHT);
  if (right !== undefined) {
    return /client|publishable|public/i.test(right.value ?? '')
      ? { outcome: 'publishable', state: 'bad', words: t('X-API-KEY is sent, with {0}: by its name a publishable key.', quoted(right.value ?? '', 60)) }
      : { outcome: 'right', state: 'good', words: right.value === undefined ? t('The key is sent as X-API-KEY.') : t('The key is sent as X-API-KEY, from {0}.', quoted(right.value, 60)) };
  }
  const misspelt = request.headers.find(({ name }) => isMeant(name));
  if (misspelt !== undefined) return { outcome: 'misspelt', state: 'bad', words: t('The header is called “{0}”; Stigg reads X-API-KEY.', quoted(misspelt.name, 40)) };
  if (headerOf(request, 'authorization') !== undefined) return { outcome: 'authorization', state: 'bad', words: t('The key is sent as Authorization; Stigg reads X-API-KEY.') };
  return request.headersAreOpen
    ? { outcome: 'open', state: 'open', words: t('X-API-KEY is not among the headers that stand here, but others may be added elsewhere.') }
    : { outcome: 'missing', state: 'bad', words: t('The request has no X-API-KEY header.') };
};

function isMeant(name: string): boolean {
  const letters = name.toLowerCase().slice(0, 60).replace(/[^a-z]/g, '');
  return MEANT.includes(letters) || distance(letters, 'xapikey') <= 2;
}

/** How many characters have to be added, dropped or exchanged. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, character] of a.split('').entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (character === b[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Stigg's gateway turns POSTs without a JSON content type away before it looks at the key. */
export const contentType: Check<'contentType'> = ({ request }) => {
  if (request === null) return unseen(t('The content type could not be looked at: there is no request under the cursor.'));
  const method = methodOf(request);
  if (!request.hasBody && !['POST', 'PUT', 'PATCH'].includes(method)) return { outcome: 'notNeeded', state: 'good', words: t('{0} without a body needs no content type.', quoted(method, 20)) };
  return judgeType(headerOf(request, 'content-type'), request);
};

function judgeType(found: InspectedHeader | undefined, { headersAreOpen }: InspectedRequest): Result<'contentType'> {
  if (found === undefined) {
    return headersAreOpen
      ? { outcome: 'open', state: 'open', words: t('No Content-Type stands here, but headers may be added elsewhere.') }
      : { outcome: 'missing', state: 'bad', words: t('The request sends a body without Content-Type: application/json.') };
  }
  if (found.value === undefined) return { outcome: 'open', state: 'open', words: t('Content-Type is sent, but its value is not known from here.') };
  return isJson(found.value)
    ? { outcome: 'json', state: 'good', words: t('Content-Type is JSON.') }
    : { outcome: 'other', state: 'bad', words: t('Content-Type is “{0}”; Stigg takes application/json.', quoted(found.value, 60)) };
}

function isJson(value: string): boolean {
  return /^\s*application\/(?:[\w.-]{1,60}\+)?json\s*(?:;|$)/i.test(value);
}

/** Whether a repetition of this request would be recognized as one. */
export const idempotency: Check<'idempotency'> = ({ request }) => {
  if (request === null) return unseen(t('The Idempotency-Key could not be looked at: there is no request under the cursor.'));
  if (request.surface === 'graphql' || methodOf(request) !== 'POST') return { outcome: 'notNeeded', state: 'good', words: t('Only POSTs of the REST API take an Idempotency-Key.') };
  if (headerOf(request, 'idempotency-key') !== undefined) return { outcome: 'sent', state: 'good', words: t('An Idempotency-Key is sent: a repetition within 24 hours gets the first answer again.') };
  return request.headersAreOpen
    ? { outcome: 'open', state: 'open', words: t('No Idempotency-Key stands here, but headers may be added elsewhere.') }
    : { outcome: 'missing', state: 'note', words: t('No Idempotency-Key is sent: a repetition counts as a second request. No official REST SDK sends one by itself.') };
};

function unseen(words: string): { outcome: 'unseen'; state: 'open'; words: string } {
  return { outcome: 'unseen', state: 'open', words };
}
