import { canonical } from '../../ir/names.js';
import type { IrNode } from '../../ir/node.js';
import { made } from '../../ir/walk.js';
import type { ParsedSource } from '../../languages/language.js';
import { isGraphqlOperation } from '../operations.js';
import { payload, PAYLOAD_KEYS } from '../payload/index.js';
import { asWritten } from '../payload/written.js';
import type { StiggRequest } from '../request.js';
import { operationsIn, type GraphqlField } from './operations.js';

const LONGEST = 300_000;
/** Mutations that are called so at Stigg alone, and what only its inputs have. */
const DISTINCTIVE = /^(?:setPackagePricing|provisionSubscription|applySubscription|provisionCustomer|previewCreditGrant|grantCredits|saveAutoRechargeSettings|saveAutomaticRechargeConfiguration|estimateSubscriptionUpdate)$/;
const INPUTS = /\b(?:pricePeriods|priceOverrides|overagePricingModels|refId|appliedCoupon)\b|\bminimumSpend\s{0,20}:\s{0,20}\{\s{0,20}minimum\b/;

/** What the operations of a GraphQL document give Stigg, as far as they write it out themselves. */
export function graphqlPayloads({ path, text }: ParsedSource): readonly StiggRequest[] {
  if (text.length > LONGEST || !PAYLOAD_KEYS.test(text)) return [];
  const isMentioned = /stigg/i.test(path) || /stigg/i.test(text);
  const fields = operationsIn(asWritten(text, 0, text.length)).filter((field) => isGraphqlOperation(field.name) && (isMentioned || isStiggs(field, text)));
  const requests = fields.map(({ input }) => payload('graphql', input));
  made<IrNode>({ kind: 'group', start: 0, end: text.length, isScope: true, children: fields.map(({ input }) => input) });
  return requests;
}

/** Others have coupons and subscriptions too. */
function isStiggs({ name, input }: GraphqlField, text: string): boolean {
  return DISTINCTIVE.test(name) || (input.entries.some(({ key }) => key !== undefined && canonical(key) === 'input') && INPUTS.test(text.slice(input.start, input.end)));
}
