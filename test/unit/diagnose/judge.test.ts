import { describe, expect, test } from 'vitest';
import { CAUSES, type CauseId } from '../../../src/diagnose/causes.js';
import { CHECKED, type CheckId, type Outcomes } from '../../../src/diagnose/checks/index.js';
import { judge, type Certainty } from '../../../src/diagnose/judge.js';
import { RULES } from '../../../src/diagnose/rules.js';
import { SYMPTOMS, type Symptom } from '../../../src/diagnose/symptom.js';

/** Every outcome there is. The type holds that none is missing. */
const OUTCOMES: { readonly [C in CheckId]: readonly NonNullable<Outcomes[C]>[] } = {
  stored: ['here', 'gone', 'none', 'noEnvironment', 'unreadable'],
  prefix: ['server', 'publishable', 'unmarked', 'unread'],
  accepted: ['yes', 'no', 'throttled', 'unanswered', 'unasked'],
  expiry: ['none', 'running', 'over', 'unknown'],
  rotation: ['current', 'outgoing', 'ended', 'unlisted', 'unknown'],
  environment: ['same', 'other', 'unknown'],
  used: ['same', 'otherKey', 'retired', 'expired', 'publishable', 'otherEnvironment', 'unknown', 'none', 'unseen'],
  scope: ['everything', 'covered', 'missing', 'notOffered', 'publishable', 'undocumented', 'noRequest', 'unknown'],
  header: ['right', 'authorization', 'misspelt', 'missing', 'publishable', 'open', 'unseen'],
  contentType: ['json', 'other', 'missing', 'notNeeded', 'open', 'unseen'],
  path: ['known', 'contracts', 'otherMethod', 'otherPrefix', 'graphqlElsewhere', 'unknown', 'open', 'unseen'],
  conflict: ['creates', 'acts', 'changes', 'reads', 'graphql', 'open', 'unseen'],
  idempotency: ['sent', 'missing', 'notNeeded', 'open', 'unseen'],
  retryAfter: ['told', 'untold', 'notThrottled', 'unknown'],
};

/** Nothing is wrong as far as can be seen, and there is a request under the cursor. */
const WELL: Required<Outcomes> = {
  stored: 'here', prefix: 'server', accepted: 'yes', expiry: 'none', rotation: 'current', environment: 'same', used: 'same', scope: 'everything',
  header: 'right', contentType: 'json', path: 'known', conflict: 'creates', idempotency: 'sent', retryAfter: 'notThrottled',
};
const UNSEEN = { header: 'unseen', contentType: 'unseen', path: 'unseen', conflict: 'unseen', idempotency: 'unseen' } as const;
const OFFLINE = { accepted: 'unanswered', expiry: 'unknown', rotation: 'unknown', environment: 'unknown', scope: 'unknown', retryAfter: 'unknown' } as const;
const NO_KEY = { stored: 'none', prefix: 'unread', accepted: 'unasked', expiry: 'unknown', rotation: 'unknown', environment: 'unknown', scope: 'unknown', retryAfter: 'unknown' } as const;

/** The outcomes that the symptom's checks give. */
function outcomesOf(symptom: Symptom, change: Outcomes): Outcomes {
  const all: Outcomes = { ...WELL, ...change };
  return Object.fromEntries(CHECKED[symptom].map((id) => [id, all[id]]));
}

const told = (symptom: Symptom, change: Outcomes): [Certainty, CauseId] => {
  const [{ certainty, cause }] = judge(symptom, outcomesOf(symptom, change));
  return [certainty, cause];
};

/**
 * By symptom: what is answered when all is well, and for every single outcome that changes this answer, the changed one.
 * What is not named here must not change anything, which the test below holds for every outcome of every check.
 */
const ANSWERS: Readonly<Record<Symptom, { readonly well: readonly [Certainty, CauseId]; readonly changed: Readonly<Record<string, readonly [Certainty, CauseId]>> }>> = {
  '401': {
    well: ['likely', 'otherValueSent'],
    changed: {
      'header authorization': ['found', 'wrongHeader'], 'header misspelt': ['found', 'wrongHeader'], 'header missing': ['found', 'noHeader'],
      'header publishable': ['likely', 'publishableKey'], 'header unseen': ['possible', 'wrongHeader'],
      'prefix publishable': ['likely', 'publishableKey'], 'used publishable': ['likely', 'publishableKey'],
      'accepted no': ['found', 'keyRefused'], 'accepted unanswered': ['possible', 'unreachable'], 'accepted throttled': ['possible', 'unreachable'],
      'accepted unasked': ['possible', 'unexplained'],
      'expiry over': ['found', 'keyExpired'], 'rotation ended': ['found', 'keyEnded'],
      'used retired': ['likely', 'oldValueInUse'], 'used expired': ['likely', 'oldValueInUse'],
      'environment other': ['likely', 'otherEnvironment'],
      'contentType missing': ['likely', 'contentType'], 'contentType other': ['likely', 'contentType'],
    },
  },
  '401-posts': {
    well: ['likely', 'otherValueSent'],
    changed: {
      'contentType missing': ['found', 'contentType'], 'contentType other': ['found', 'contentType'],
      'contentType open': ['likely', 'contentType'], 'contentType unseen': ['likely', 'contentType'], 'contentType notNeeded': ['likely', 'contentType'],
      'header authorization': ['found', 'wrongHeader'], 'header misspelt': ['found', 'wrongHeader'], 'header missing': ['found', 'noHeader'], 'header publishable': ['likely', 'publishableKey'],
      'prefix publishable': ['likely', 'publishableKey'], 'used publishable': ['likely', 'publishableKey'],
      'used retired': ['likely', 'oldValueInUse'], 'used expired': ['likely', 'oldValueInUse'],
      'accepted no': ['found', 'keyRefused'], 'expiry over': ['found', 'keyExpired'], 'rotation ended': ['found', 'keyEnded'],
      'accepted unanswered': ['possible', 'unreachable'], 'accepted throttled': ['possible', 'unreachable'], 'accepted unasked': ['possible', 'unexplained'],
    },
  },
  '401-rotation': {
    well: ['likely', 'servicesHoldOldValue'],
    changed: {
      'used retired': ['found', 'oldValueInUse'], 'used expired': ['found', 'oldValueInUse'],
      'rotation ended': ['found', 'keyEnded'], 'rotation unlisted': ['found', 'keyRefused'], 'rotation outgoing': ['likely', 'keyOutgoing'],
      'expiry over': ['found', 'keyExpired'], 'accepted no': ['found', 'keyRefused'],
      'header authorization': ['found', 'wrongHeader'], 'header misspelt': ['found', 'wrongHeader'], 'header missing': ['found', 'noHeader'],
      'accepted unanswered': ['possible', 'unreachable'], 'accepted throttled': ['possible', 'unreachable'], 'accepted unasked': ['possible', 'servicesHoldOldValue'],
    },
  },
  '403': {
    well: ['likely', 'otherKeyInUse'],
    changed: {
      'scope publishable': ['found', 'publishableKey'], 'scope missing': ['found', 'scopeMissing'], 'scope notOffered': ['found', 'scopeNotOffered'],
      'scope noRequest': ['likely', 'scopeLikely'], 'scope undocumented': ['likely', 'scopeLikely'], 'scope unknown': ['possible', 'scopeLikely'],
      'accepted no': ['found', 'keyRefused'], 'header publishable': ['likely', 'publishableKey'], 'used publishable': ['likely', 'publishableKey'],
      'environment other': ['likely', 'otherEnvironment'],
    },
  },
  '404': {
    well: ['likely', 'idElsewhere'],
    changed: {
      'path otherPrefix': ['found', 'wrongPrefix'], 'path graphqlElsewhere': ['found', 'graphqlPath'], 'path otherMethod': ['found', 'wrongMethod'],
      'path unknown': ['likely', 'unknownPath'], 'path contracts': ['likely', 'contractsOff'],
      'path open': ['possible', 'idElsewhere'], 'path unseen': ['possible', 'idElsewhere'],
      'environment other': ['found', 'otherEnvironment'], 'used otherEnvironment': ['likely', 'usedOtherEnvironment'],
    },
  },
  '409': {
    well: ['likely', 'existsAlready'],
    changed: {
      'conflict acts': ['likely', 'stateConflict'], 'conflict changes': ['likely', 'stateConflict'], 'conflict graphql': ['likely', 'graphqlConflict'],
      'conflict open': ['possible', 'existsAlready'], 'conflict unseen': ['possible', 'existsAlready'], 'conflict reads': ['possible', 'unexplained'],
    },
  },
  '429': {
    well: ['likely', 'burst'],
    changed: { 'accepted throttled': ['found', 'throttledNow'], 'accepted unanswered': ['possible', 'burst'], 'accepted unasked': ['possible', 'burst'] },
  },
};

const CASES = SYMPTOMS.flatMap((symptom) => CHECKED[symptom].flatMap((id) => OUTCOMES[id].map((outcome) => ({ symptom, id, outcome }))));

describe('the most likely cause', () => {
  test.each(CASES)('$symptom, $id: $outcome', ({ symptom, id, outcome }) => {
    const { well, changed } = ANSWERS[symptom];
    expect(told(symptom, { [id]: outcome })).toEqual(outcome === WELL[id] ? well : (changed[`${id} ${outcome}`] ?? well));
  });

  test('every change that is named is an outcome of a check that is run', () => {
    const known = new Set(CASES.map(({ symptom, id, outcome }) => `${symptom} ${id} ${outcome}`));
    expect(SYMPTOMS.flatMap((symptom) => Object.keys(ANSWERS[symptom].changed).map((name) => `${symptom} ${name}`)).filter((name) => !known.has(name))).toEqual([]);
  });

  test.each<[string, Symptom, Outcomes, readonly [Certainty, CauseId]]>([
    ['offline, with a header that is wrong', '401', { ...OFFLINE, header: 'authorization' }, ['found', 'wrongHeader']],
    ['offline, with an env file from before the rotation', '401', { ...OFFLINE, used: 'retired' }, ['likely', 'oldValueInUse']],
    ['offline, with nothing else wrong', '401', OFFLINE, ['possible', 'unreachable']],
    ['offline, and only POSTs', '401-posts', { ...OFFLINE, ...UNSEEN }, ['likely', 'contentType']],
    ['offline, since a rotation', '401-rotation', OFFLINE, ['possible', 'unreachable']],
    ['offline, 403', '403', OFFLINE, ['possible', 'unreachable']],
    ['offline, 404 with a wrong prefix', '404', { ...OFFLINE, path: 'otherPrefix' }, ['found', 'wrongPrefix']],
    ['offline, 409', '409', OFFLINE, ['likely', 'existsAlready']],
    ['no key, no request', '401', { ...NO_KEY, ...UNSEEN }, ['possible', 'noKeyHere']],
    ['no key, a header that is wrong', '401', { ...NO_KEY, header: 'misspelt' }, ['found', 'wrongHeader']],
    ['no key, 403', '403', { ...NO_KEY, ...UNSEEN }, ['possible', 'noKeyHere']],
    ['no key, since a rotation', '401-rotation', NO_KEY, ['possible', 'noKeyHere']],
    ['an expired key in the wrong header: the header first', '401', { accepted: 'no', expiry: 'over', header: 'authorization' }, ['found', 'wrongHeader']],
    ['a key that was rotated, has expired and is refused: rotated', '401', { accepted: 'no', expiry: 'over', rotation: 'ended' }, ['found', 'keyEnded']],
    ['a refused key that only POSTs fail with: what is known of the key', '401-posts', { accepted: 'no', ...UNSEEN }, ['found', 'keyRefused']],
    ['a missing content type with a refused key: the content type, for POSTs', '401-posts', { accepted: 'no', contentType: 'missing' }, ['found', 'contentType']],
    ['a scoped key of another environment without the permission', '403', { scope: 'missing', environment: 'other' }, ['found', 'scopeMissing']],
    ['a wrong path with a key of another environment', '404', { path: 'otherPrefix', environment: 'other' }, ['found', 'wrongPrefix']],
  ])('%s', (_name, symptom, change, expected) => {
    expect(told(symptom, change)).toEqual(expected);
  });
});

describe('the other causes', () => {
  test('mere possibilities are not told beside what was found', () => {
    expect(judge('401', outcomesOf('401', { header: 'authorization' })).slice(1).map(({ certainty }) => certainty)).not.toContain('possible');
  });

  test('an expired key in the wrong header: both', () => {
    expect(judge('401', outcomesOf('401', { header: 'authorization', expiry: 'over', accepted: 'no' })).map(({ cause }) => cause)).toEqual(['wrongHeader', 'keyExpired', 'keyRefused']);
  });

  test.each(CASES)('each once, never “unexplained” and never more than three: $symptom, $id $outcome', ({ symptom, id, outcome }) => {
    for (const base of [WELL, { ...WELL, ...UNSEEN }, { ...WELL, ...OFFLINE }, { ...WELL, ...NO_KEY }]) {
      const causes = judge(symptom, outcomesOf(symptom, { ...base, [id]: outcome })).map(({ cause }) => cause);
      expect(new Set(causes).size).toBe(causes.length);
      expect(causes.slice(1)).not.toContain('unexplained');
      expect(causes.length).toBeLessThanOrEqual(4);
    }
  });
});

test('every cause can be the answer to something', () => {
  const used = new Set(SYMPTOMS.flatMap((symptom) => RULES[symptom].map(({ cause }) => cause)));
  expect((Object.keys(CAUSES) as CauseId[]).filter((cause) => !used.has(cause))).toEqual([]);
});

test('rules ask only for what is checked for their symptom', () => {
  const wrong = SYMPTOMS.flatMap((symptom) => RULES[symptom].flatMap(({ cause, when }) => (Object.keys(when) as CheckId[]).filter((id) => !CHECKED[symptom].includes(id)).map((id) => `${symptom} ${cause} ${id}`)));
  expect(wrong).toEqual([]);
});
