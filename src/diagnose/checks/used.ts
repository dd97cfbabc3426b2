import { t } from '@vscode/l10n';
import type { Facts, UsedValue } from '../facts.js';
import { headerOf } from '../request.js';
import { quoted } from '../words.js';
import type { Check, OutcomeOf, Result } from './check.js';

/** From what explains a failure best to what explains nothing. */
const WORST_FIRST: readonly OutcomeOf['used'][] = ['retired', 'expired', 'publishable', 'otherEnvironment', 'unknown', 'otherKey', 'same'];

/**
 * What the workspace's env files hold: the value that the program sends may be another one than the one that is stored. Only
 * fingerprints are compared.
 */
export const used: Check<'used'> = (facts) => {
  if (!facts.used.ok) return { outcome: 'unseen', state: 'open', words: t('The workspace’s env files were not looked at. {0}', facts.used.why) };
  return telling(facts, facts.used.value)[0]?.result ?? { outcome: 'none', state: 'open', words: t('No Stigg key stands in the workspace’s env files: what the program sends could not be compared.') };
};

/** The value that the `used` check is about, for "open this file". */
export function usedValue(facts: Facts): UsedValue | undefined {
  return facts.used.ok ? telling(facts, facts.used.value)[0]?.value : undefined;
}

/** The values that may be the request's, with what they are; the most telling first. */
function telling(facts: Facts, values: readonly UsedValue[]): readonly { readonly value: UsedValue; readonly result: Result<'used'> }[] {
  const judged = relevant(facts, values).map((value) => ({ value, result: judge(facts, value) }));
  // A file for each environment is how it should be: another one's key tells something only where none of this one is.
  const hasOwn = judged.some(({ result }) => result.outcome === 'same' || result.outcome === 'otherKey');
  return judged
    .filter(({ result }) => !hasOwn || result.outcome !== 'otherEnvironment')
    .sort((a, b) => WORST_FIRST.indexOf(a.result.outcome) - WORST_FIRST.indexOf(b.result.outcome));
}

/**
 * Those of the variable that the request reads, where it names one of them. Otherwise all of them, but publishable keys only under
 * a name that speaks of a server key: beside one they are in their place.
 */
function relevant({ request }: Facts, values: readonly UsedValue[]): readonly UsedValue[] {
  const words = new Set((request === null ? '' : (headerOf(request, 'x-api-key')?.value ?? '')).split(/[^A-Za-z0-9_]/));
  const named = values.filter(({ variable }) => words.has(variable));
  return named.length > 0 ? named : values.filter(({ variable, shape }) => shape.kind !== 'client' || /server|full_?access|secret/i.test(variable));
}

function judge(facts: Facts, value: UsedValue): Result<'used'> {
  const { environment, key, stored, now } = facts;
  const where = t('{0} in {1}', quoted(value.variable, 60), quoted(value.path));
  const own = stored.find((entry) => entry.fingerprint === value.fingerprint);
  const retired = own === undefined ? stored.find((entry) => entry.retired.includes(value.fingerprint)) : undefined;
  const home = own?.environmentId ?? retired?.environmentId;
  const isElsewhere = environment !== null && home !== undefined && home !== environment.id;
  if (isElsewhere) return { outcome: 'otherEnvironment', state: 'bad', words: t('{0} holds a key of {1}.', where, nameOf(facts, home)) };
  if (retired !== undefined) return { outcome: 'retired', state: 'bad', words: t('{0} holds an earlier value of “{1}”, from before its rotation.', where, retired.displayName) };
  if (value.shape.kind === 'client') return { outcome: 'publishable', state: 'bad', words: t('{0} holds a publishable key (client-).', where) };
  if (own !== undefined) {
    if (own.expireAt !== null && new Date(own.expireAt) <= now) return { outcome: 'expired', state: 'bad', words: t('{0} holds “{1}”, which has expired.', where, own.displayName) };
    return own.keyId === key?.keyId
      ? { outcome: 'same', state: 'good', words: t('{0} holds the value that is stored.', where) }
      : { outcome: 'otherKey', state: 'note', words: t('{0} holds “{1}”, another key of this environment than the one that was checked.', where, own.displayName) };
  }
  // The tail of a key is its environment's id as far as anybody knows: a hint, and said to be one.
  if (environment !== null && value.shape.kind !== 'unknown' && value.shape.environmentId !== environment.id.toLowerCase()) {
    return { outcome: 'otherEnvironment', state: 'note', words: t('{0} holds a key whose last part names another environment than {1}.', where, environment.displayName) };
  }
  return { outcome: 'unknown', state: 'note', words: t('{0} holds a key that is not stored here. It was not tried.', where) };
}

function nameOf({ stored }: Facts, environmentId: string): string {
  return stored.find(({ environmentId: id, manages }) => id === environmentId && manages !== null)?.manages?.displayName ?? t('another environment');
}
