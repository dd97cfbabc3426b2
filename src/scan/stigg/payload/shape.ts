import { canonical } from '../../ir/names.js';
import type { IrNode, ObjectNode } from '../../ir/node.js';

/** What nobody would send: fields of answers. */
const ANSWERED = ['createdAt', 'updatedAt', 'typename', 'errors'];
/** Folders and endings of files that hold what is sent. */
const SENT = /(?:^|\/)(?:payloads?|variables|bodies|requests?|inputs?|documents|operations|mutations|seeds?|graphql)\/|[._-](?:variables|payload|request|body|input)s?\.json[c5]?$/i;

/** Whether the path says that the file is sent somewhere. */
export function isSentBy(path: string): boolean {
  return SENT.test(path);
}

/** What speaks for Stigg beside the keys: its name in the text or the path, a folder for what is sent, or nothing. */
export type Evidence = 'mention' | 'place' | 'none';

/** The API whose request the value is the body of, by keys that only Stigg's have together; undefined for anything else. */
export function surfaceOf(value: IrNode, evidence: Evidence): 'rest' | 'graphql' | undefined {
  if (value.kind !== 'object') return undefined;
  const variables = objectAt(value, 'variables') ?? value;
  const input = objectAt(variables, 'input');
  if (input !== undefined) return [input, ...Array.from(input.entries, ({ value: inner }) => inner)].some((inner) => inner.kind === 'object' && isInput(inner, evidence)) ? 'graphql' : undefined;
  if (variables !== value) return isInput(variables, evidence) ? 'graphql' : undefined;
  if (!isInput(value, evidence)) return undefined;
  return isGraphqlInput(value) ? 'graphql' : 'rest';
}

function isInput(object: ObjectNode, evidence: Evidence): boolean {
  const has = (...names: readonly string[]): boolean => names.some((name) => valueAt(object, name) !== undefined);
  if (has(...ANSWERED)) return false;
  // Names that nobody else nests so.
  if (isSubscriptionList(object) || isPricing(object) || isPricing(objectAt(object, 'charges'))) return true;
  if (evidence === 'none') return isDistinctive(object);
  const amounts = firstOf(valueAt(object, 'amountsOff'));
  const isWhose = has('customerId', 'subscriptionId', 'planId', 'resourceId');
  return (
    (amounts !== undefined && valueAt(amounts, 'amount') !== undefined && has('percentOff', 'refId', 'durationInMonths', ...(evidence === 'mention' ? ['type', 'name', 'id'] : []))) ||
    (has('priceOverrides', 'minimumSpend', 'appliedCoupon', 'budget') && isWhose) ||
    (has('cost') && has('grantType') && has('currencyId', 'customerId')) ||
    (has('maxSpendLimit', 'thresholdValue') && has('thresholdType'))
  );
}

/** Where nothing but the keys speaks: so many of them that another's format would be a copy. Others too call something `amountsOff`, in cents. */
function isDistinctive(object: ObjectNode): boolean {
  const has = (...names: readonly string[]): boolean => names.every((name) => valueAt(object, name) !== undefined);
  const amounts = firstOf(valueAt(object, 'amountsOff'));
  if (amounts !== undefined && valueAt(amounts, 'amount') !== undefined && valueAt(amounts, 'currency') !== undefined) return has('percentOff', 'durationInMonths') || has('refId', 'type');
  if (has('grantType', 'currencyId', 'cost') || has('maxSpendLimit', 'thresholdType', 'thresholdValue')) return true;
  if (!has('planId') && !has('subscriptionId')) return false;
  const override = firstOf(valueAt(object, 'priceOverrides'));
  const told = [
    override !== undefined && ['featureId', 'addonId', 'currencyId', 'price', 'creditRate'].some((name) => valueAt(override, name) !== undefined),
    objectAt(object, 'minimumSpend') !== undefined,
    objectAt(object, 'appliedCoupon') !== undefined,
    valueAt(objectAt(object, 'budget') ?? object, 'hasSoftLimit') !== undefined,
    has('payingCustomerId'), has('unitQuantity'), has('billableFeatures'), has('awaitPaymentConfirmation'), has('trialOverrideConfiguration'),
  ];
  return told.filter(Boolean).length >= 2;
}

function isSubscriptionList(object: ObjectNode): boolean {
  const first = firstOf(valueAt(object, 'subscriptions'));
  return first !== undefined && valueAt(first, 'newSubscription') !== undefined;
}

function isPricing(object: ObjectNode | undefined): boolean {
  if (object === undefined) return false;
  return ['pricingModels', 'overagePricingModels'].some((name) => {
    const model = firstOf(valueAt(object, name));
    return model !== undefined && valueAt(model, 'pricePeriods') !== undefined;
  });
}

/** Where both APIs have a field they nest it differently. */
function isGraphqlInput(object: ObjectNode): boolean {
  const override = firstOf(valueAt(object, 'priceOverrides'));
  const spend = objectAt(object, 'minimumSpend');
  return isPricing(object) || (spend !== undefined && valueAt(spend, 'minimum') !== undefined) || (override !== undefined && valueAt(override, 'price') !== undefined) || valueAt(object, 'refId') !== undefined;
}

function valueAt(object: ObjectNode, name: string): IrNode | undefined {
  return object.entries.find(({ key }) => key !== undefined && canonical(key) === name)?.value;
}

function objectAt(object: ObjectNode, name: string): ObjectNode | undefined {
  const value = valueAt(object, name);
  return value?.kind === 'object' ? value : undefined;
}

/** The first element of a list, when that is an object. */
function firstOf(value: IrNode | undefined): ObjectNode | undefined {
  const first = value?.kind === 'list' ? value.elements[0] : undefined;
  return first?.kind === 'object' ? first : undefined;
}
