/** Names of Stigg's inputs that are in each body with money which can be told without a word about Stigg. */
export const PAYLOAD_KEYS = ['amountsOff', 'priceOverrides', 'minimumSpend', 'appliedCoupon', 'pricePeriods', 'newSubscription', 'maxSpendLimit', 'thresholdValue', 'discountValue', 'grantType'] as const;
const KEYS = new RegExp(PAYLOAD_KEYS.join('|'));
/** The same without their beginnings, for a search to which few first characters matter; with them where other words go on alike, such as `contentType`. */
export const INNER_KEYS = 'untsOff|ceOverrides|cePeriods|[mx]Spend|edCoupon|wSubscription|sholdValue|untValue|grantType';
/** What JSON and operations of GraphQL begin with, behind comments. */
const BEGINNING = /^(?:[{[]|(?:mutation|query|subscription|fragment)\b)/;
const MOST_LINES = 40;

/** Cheap: may the text be the body of a request, or a GraphQL document, that need not name Stigg to be for it? Also of bytes that were read as Latin-1. */
export function mayBePayload(text: string): boolean {
  return beginsLikePayload(text) && KEYS.test(text);
}

function beginsLikePayload(text: string): boolean {
  const start = /^(?:\uFEFF|\xEF\xBB\xBF)?/.exec(text)?.[0].length ?? 0;
  for (let at = start, left = MOST_LINES; left > 0; left--) {
    while (at < text.length && /\s/.test(text.charAt(at))) at++;
    if (text.charAt(at) !== '#' && !text.startsWith('//', at)) return BEGINNING.test(text.slice(at, at + 20));
    const end = text.indexOf('\n', at);
    if (end === -1) return false;
    at = end + 1;
  }
  return false;
}
