import type { Rule } from './judge.js';
import type { Symptom } from './symptom.js';

/**
 * From the outcomes of the checks to causes; among equally certain ones the most telling first. Source: Stigg's troubleshooting table ("Symptom, Likely cause,
 * Fix") for the rows of 401 and 403; the meaning of its REST statuses for the others. A rule without conditions is what the status
 * means when nothing speaks for anything else.
 */
const rule = (certainty: Rule['certainty'], cause: Rule['cause'], when: Rule['when'] = {}): Rule => ({ certainty, cause, when });

/** What is wrong with the header explains a 401 by itself, whatever the key. */
const HEADER: readonly Rule[] = [
  rule('found', 'wrongHeader', { header: ['authorization', 'misspelt'] }),
  rule('found', 'noHeader', { header: ['missing'] }),
];

/** So does what is wrong with the key. */
const KEY: readonly Rule[] = [
  rule('found', 'keyEnded', { rotation: ['ended'] }),
  rule('found', 'keyExpired', { expiry: ['over'] }),
  rule('found', 'keyRefused', { accepted: ['no'] }),
];

/** A file of the workspace holds such a value, though not necessarily the program that fails. */
const OLD_VALUE = rule('likely', 'oldValueInUse', { used: ['retired', 'expired'] });

const PUBLISHABLE: readonly Rule[] = [
  rule('likely', 'publishableKey', { header: ['publishable'] }),
  rule('likely', 'publishableKey', { prefix: ['publishable'] }),
  rule('likely', 'publishableKey', { used: ['publishable'] }),
];

/** What could not be found out, and why. */
const UNPROVED: readonly Rule[] = [
  rule('possible', 'unreachable', { accepted: ['unanswered', 'throttled'] }),
  rule('possible', 'noKeyHere', { stored: ['gone', 'none', 'noEnvironment', 'unreadable'] }),
];

/** A key of another environment is let in there: it finds nothing, and is refused for that reason only seldom. */
const WRONG_ENVIRONMENT: readonly Rule[] = [
  rule('likely', 'otherEnvironment', { environment: ['other'] }),
  rule('possible', 'usedOtherEnvironment', { used: ['otherEnvironment'] }),
];

export const RULES: Readonly<Record<Symptom, readonly Rule[]>> = {
  '401': [
    ...HEADER,
    ...KEY,
    OLD_VALUE,
    ...PUBLISHABLE,
    rule('likely', 'contentType', { contentType: ['missing', 'other'] }),
    ...WRONG_ENVIRONMENT,
    rule('likely', 'otherValueSent', { accepted: ['yes'], header: ['right', 'open'] }),
    rule('possible', 'wrongHeader', { accepted: ['yes'], header: ['unseen'] }),
    ...UNPROVED,
    rule('possible', 'otherValueSent', { accepted: ['yes'] }),
    rule('possible', 'keyOutgoing', { rotation: ['outgoing'] }),
    rule('possible', 'wrongHeader', { header: ['unseen', 'open'] }),
    rule('possible', 'unexplained'),
  ],
  '401-posts': [
    rule('found', 'contentType', { contentType: ['missing', 'other'] }),
    ...HEADER,
    ...KEY,
    OLD_VALUE,
    ...PUBLISHABLE,
    rule('likely', 'contentType', { contentType: ['open', 'unseen', 'notNeeded'] }),
    rule('likely', 'otherValueSent', { accepted: ['yes'], contentType: ['json'] }),
    ...UNPROVED,
    rule('possible', 'unexplained'),
  ],
  '401-rotation': [
    rule('found', 'oldValueInUse', { used: ['retired', 'expired'] }),
    ...KEY,
    rule('found', 'keyRefused', { rotation: ['unlisted'] }),
    rule('likely', 'servicesHoldOldValue', { accepted: ['yes'], rotation: ['current'] }),
    rule('likely', 'keyOutgoing', { accepted: ['yes'], rotation: ['outgoing'] }),
    ...HEADER,
    ...PUBLISHABLE,
    ...WRONG_ENVIRONMENT,
    rule('likely', 'servicesHoldOldValue', { accepted: ['yes'] }),
    ...UNPROVED,
    rule('possible', 'servicesHoldOldValue'),
  ],
  '403': [
    rule('found', 'publishableKey', { scope: ['publishable'] }),
    rule('found', 'scopeMissing', { scope: ['missing'] }),
    rule('found', 'scopeNotOffered', { scope: ['notOffered'] }),
    rule('found', 'keyRefused', { accepted: ['no'] }),
    rule('likely', 'publishableKey', { header: ['publishable'] }),
    rule('likely', 'publishableKey', { used: ['publishable'] }),
    ...WRONG_ENVIRONMENT,
    rule('likely', 'scopeLikely', { scope: ['noRequest', 'undocumented'] }),
    rule('likely', 'otherKeyInUse', { scope: ['everything', 'covered'] }),
    ...UNPROVED,
    rule('possible', 'scopeLikely', { scope: ['unknown'] }),
    rule('possible', 'unexplained'),
  ],
  '404': [
    rule('found', 'wrongPrefix', { path: ['otherPrefix'] }),
    rule('found', 'graphqlPath', { path: ['graphqlElsewhere'] }),
    rule('found', 'wrongMethod', { path: ['otherMethod'] }),
    rule('found', 'otherEnvironment', { environment: ['other'] }),
    rule('likely', 'usedOtherEnvironment', { used: ['otherEnvironment'] }),
    rule('likely', 'unknownPath', { path: ['unknown'] }),
    rule('likely', 'contractsOff', { path: ['contracts'] }),
    rule('likely', 'idElsewhere', { path: ['known', 'contracts'] }),
    rule('possible', 'idElsewhere'),
    rule('possible', 'wrongPrefix', { path: ['open', 'unseen'] }),
    rule('possible', 'keyRefused', { accepted: ['no'] }),
  ],
  '409': [
    rule('likely', 'existsAlready', { conflict: ['creates'] }),
    rule('likely', 'stateConflict', { conflict: ['acts', 'changes'] }),
    rule('likely', 'graphqlConflict', { conflict: ['graphql'] }),
    rule('possible', 'existsAlready', { conflict: ['open', 'unseen', 'graphql'] }),
    rule('possible', 'otherEnvironment', { environment: ['other'] }),
    rule('possible', 'stateConflict', { conflict: ['creates', 'open', 'unseen'] }),
    rule('possible', 'unexplained'),
  ],
  '429': [
    rule('found', 'throttledNow', { accepted: ['throttled'] }),
    rule('likely', 'burst', { accepted: ['yes', 'no'] }),
    rule('possible', 'burst'),
    rule('possible', 'unreachable', { accepted: ['unanswered'] }),
  ],
};
