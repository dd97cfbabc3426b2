import { t } from '@vscode/l10n';
import { endOf, listedKey, type Facts } from '../facts.js';
import { seconds, utc } from '../words.js';
import { UNLISTED } from '../../keys/storedKey.js';
import type { Check } from './check.js';

/** Is there a key of this environment on this machine, and its value with it? */
export const stored: Check<'stored'> = ({ environment, key, value }) => {
  if (value.kind === 'unreadable') return { outcome: 'unreadable', state: 'open', words: t('The stored keys could not be read: {0}', value.why) };
  if (environment === null) return { outcome: 'noEnvironment', state: 'open', words: t('No Stigg environment has been added, so there is no key to check.') };
  if (key === null) return { outcome: 'none', state: 'open', words: t('No key of {0} is stored on this machine, so none could be checked.', environment.displayName) };
  if (value.kind === 'gone') return { outcome: 'gone', state: 'bad', words: t('The value of “{0}” is no longer stored on this machine.', key.displayName) };
  return { outcome: 'here', state: 'good', words: t('“{0}” ({1}) of {2} is stored here.', key.displayName, key.mask, environment.displayName) };
};

/** A publishable key in the place of a server key is told by its prefix, without asking anybody. */
export const prefix: Check<'prefix'> = ({ key, value }) => {
  if (key === null || value.kind !== 'here') return { outcome: 'unread', state: 'open', words: t('The prefix could not be looked at: there is no value.') };
  if (value.shape.kind === 'client' || key.type === 'CLIENT') return { outcome: 'publishable', state: 'bad', words: t('It is a publishable key (client-): it reads a little, from browsers, and is no server key.') };
  if (value.shape.kind === 'server') return { outcome: 'server', state: 'good', words: t('It begins with server-, as full access and scoped keys do.') };
  return { outcome: 'unmarked', state: 'note', words: t('It has the form of older keys, which does not say whether it is a server key.') };
};

/** One call that the key signs: whatever Stigg answers but 401 proves the key. */
export const accepted: Check<'accepted'> = ({ answer }) => {
  switch (answer.kind) {
    case 'accepted':
      return { outcome: 'yes', state: 'good', words: t('Stigg accepts the key: it answered a call signed with it just now.') };
    case 'refused':
      return { outcome: 'no', state: 'bad', words: t('Stigg does not accept the key: it answered 401 just now.') };
    case 'throttled':
      return { outcome: 'throttled', state: 'bad', words: t('Stigg answered 429 just now, which says nothing about the key.') };
    case 'unanswered':
      return { outcome: 'unanswered', state: 'open', words: t('Whether Stigg accepts the key could not be found out. {0}', answer.why) };
    case 'unasked':
      return { outcome: 'unasked', state: 'open', words: t('Stigg was not asked. {0}', answer.why) };
  }
};

/** A key that has ended, or is about to. */
export const expiry: Check<'expiry'> = (facts) => {
  const end = endOf(facts);
  if (end === undefined) return { outcome: 'unknown', state: 'open', words: t('Whether the key expires could not be found out. {0}', whyUnlisted(facts)) };
  if (end === null) return { outcome: 'none', state: 'good', words: t('The key does not expire.') };
  return end > facts.now
    ? { outcome: 'running', state: 'note', words: t('The key works until {0}, and then no longer.', utc(end)) }
    : { outcome: 'over', state: 'bad', words: t('The key expired at {0}.', utc(end)) };
};

/** Whether the value that is stored is one that was rotated away. */
export const rotation: Check<'rotation'> = (facts) => {
  const { key, stored: index, rotatedAt, answer, now } = facts;
  if (key === null) return { outcome: 'unknown', state: 'open', words: t('Whether the key was rotated could not be checked: there is no key.') };
  const successor = index.find((entry) => entry !== key && entry.environmentId === key.environmentId && entry.retired.includes(key.fingerprint));
  const end = endOf(facts);
  const wasRotated = successor !== undefined || (rotatedAt.ok && rotatedAt.value !== null && end !== undefined && end !== null);
  if (wasRotated) {
    const when = rotatedAt.ok && rotatedAt.value !== null ? t('It was rotated at {0}.', utc(rotatedAt.value)) : t('It was rotated.');
    const by = successor === undefined ? '' : ` ${t('Its successor “{0}” ({1}) is stored here.', successor.displayName, successor.mask)}`;
    const isOver = answer.kind === 'refused' || (end !== undefined && end !== null && end <= now);
    return isOver
      ? { outcome: 'ended', state: 'bad', words: `${when} ${t('Its grace period is over.')}${by}` }
      : { outcome: 'outgoing', state: 'note', words: `${when} ${t('This is the outgoing value.')}${by}` };
  }
  if (!facts.listed.ok || key.keyId.startsWith(UNLISTED)) return { outcome: 'unknown', state: 'open', words: t('Whether the key was rotated elsewhere could not be found out. {0}', whyUnlisted(facts)) };
  if (listedKey(facts) === undefined) return { outcome: 'unlisted', state: 'bad', words: t('Stigg no longer lists this key: it was rotated or revoked.') };
  return end === null
    ? { outcome: 'current', state: 'good', words: t('It is the current value: Stigg lists the key without an end.') }
    : { outcome: 'unknown', state: 'note', words: t('Stigg lists the key with an end, but says nothing of a rotation.') };
};

function whyUnlisted({ key, listed }: Facts): string {
  if (!listed.ok) return listed.why;
  return key?.keyId.startsWith(UNLISTED) === true ? t('Stigg’s id of this key is not known here.') : t('Stigg does not list this key.');
}

/** Keys are bound to one environment: does this one belong to the environment that was chosen? */
export const environment: Check<'environment'> = (facts) => {
  const { environment: chosen, key, answer, value } = facts;
  if (chosen === null || key === null) return { outcome: 'unknown', state: 'open', words: t('Which environment the key belongs to could not be checked: there is no key.') };
  const found = answer.kind === 'accepted' ? answer.environment : null;
  if (found !== null) {
    return same(found.id, chosen.id)
      ? { outcome: 'same', state: 'good', words: t('Stigg says that the key belongs to {0}, which was chosen.', chosen.displayName) }
      : { outcome: 'other', state: 'bad', words: t('Stigg says that the key belongs to {0}, and {1} was chosen.', found.displayName, chosen.displayName) };
  }
  if (listedKey(facts) !== undefined) return { outcome: 'same', state: 'good', words: t('Stigg lists the key among those of {0}, which was chosen.', chosen.displayName) };
  const tail = value.kind === 'here' && value.shape.kind !== 'unknown' ? value.shape.environmentId : null;
  const hint = tail === null ? '' : ` ${same(tail, chosen.id) ? t('Its last part names {0}, which speaks for it.', chosen.displayName) : t('Its last part does not name {0}, which speaks against it.', chosen.displayName)}`;
  return { outcome: 'unknown', state: 'open', words: `${t('Stigg did not say which environment the key belongs to.')}${hint}` };
};

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** What Stigg says about waiting, when it throttles. */
export const retryAfter: Check<'retryAfter'> = ({ answer }) => {
  if (answer.kind === 'throttled') {
    return answer.retryAfterMs === null
      ? { outcome: 'untold', state: 'note', words: t('Its answer does not say how long to wait (no Retry-After), and none is documented.') }
      : { outcome: 'told', state: 'note', words: t('Its answer asks to wait {0} s (Retry-After).', seconds(answer.retryAfterMs)) };
  }
  return answer.kind === 'accepted' || answer.kind === 'refused'
    ? { outcome: 'notThrottled', state: 'note', words: t('Stigg is not throttling at the moment: one call went through. No Retry-After is documented.') }
    : { outcome: 'unknown', state: 'open', words: t('Whether Stigg is throttling at the moment could not be found out.') };
};
