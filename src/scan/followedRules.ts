import { centShapedAmount } from './rules/centShapedAmount.js';
import { centsToStigg } from './rules/centsToStigg.js';
import { constantIdempotencyKey } from './rules/constantIdempotencyKey.js';
import { ignoredIdempotencyOption } from './rules/ignoredIdempotencyOption.js';
import { listWithoutEntitlements } from './rules/listWithoutEntitlements.js';
import { missingContentType } from './rules/missingContentType.js';
import { missingIdempotencyKey } from './rules/missingIdempotencyKey.js';
import { mixedSurfaces } from './rules/mixedSurfaces.js';
import { overridesAsEntitlements } from './rules/overridesAsEntitlements.js';
import { pageLimitExceeded } from './rules/pageLimitExceeded.js';
import type { Rule } from './rules/rule.js';
import { stiggAmountDivided } from './rules/stiggAmountDivided.js';
import { stiggDollarsToStripe } from './rules/stiggDollarsToStripe.js';
import { wrongAuthHeader } from './rules/wrongAuthHeader.js';

/** Rules that ask about calls and values alone, so that what they find in a statement stays true until it changes, or something that it asks about. */
export const FOLLOWED_RULES: ReadonlySet<Rule> = new Set([
  centsToStigg, centShapedAmount, stiggAmountDivided, stiggDollarsToStripe, listWithoutEntitlements, overridesAsEntitlements, wrongAuthHeader, missingContentType,
  missingIdempotencyKey, constantIdempotencyKey, ignoredIdempotencyOption, pageLimitExceeded, mixedSurfaces,
]);
/** Those that speak about money fields: where several statements hand over one value, the first of them decides. */
export const BY_INPUT: ReadonlySet<Rule> = new Set([centsToStigg, centShapedAmount]);
