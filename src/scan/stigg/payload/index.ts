import type { IrNode } from '../../ir/node.js';
import { made } from '../../ir/walk.js';
import type { ParsedSource } from '../../languages/language.js';
import type { StiggRequest } from '../request.js';
import { valueIn } from './notation.js';
import { isSentBy, surfaceOf, type Evidence } from './shape.js';
import { asWritten } from './written.js';

/** One of these names is in each body that carries money, and in each GraphQL document that does: a text without them needs no look. */
export const PAYLOAD_KEYS = /\b(?:amountsOff|priceOverrides|minimumSpend|appliedCoupon|budget|pricingModels|overagePricingModels|cost|maxSpendLimit|thresholdValue|discountValue)\b/;
const FILE = /\.json[c5]?$/i;
const LONGEST = 300_000;
const MOST_BODIES = 500;

/** What a JSON document holds when it is the body of a request to Stigg: by its keys; the fewer of them the more a mention of Stigg, or a place where such files lie, has to say. */
export function jsonPayloads({ path, text }: ParsedSource): readonly StiggRequest[] {
  if (!FILE.test(path) || text.length > LONGEST || !PAYLOAD_KEYS.test(text)) return [];
  const root = valueIn(asWritten(text, 0, text.length));
  if (root === undefined) return [];
  const evidence: Evidence = /stigg/i.test(path) || /stigg/i.test(text) ? 'mention' : isSentBy(path) ? 'place' : 'none';
  const bodies = root.kind === 'list' ? root.elements.slice(0, MOST_BODIES) : [root];
  const requests = bodies.flatMap((value) => {
    const surface = surfaceOf(value, evidence);
    return surface === undefined ? [] : [payload(surface, value)];
  });
  made({ kind: 'group', start: 0, end: text.length, isScope: true, children: [root] });
  return requests;
}

/** A request of which no more is known than what it is given. */
export function payload(surface: 'rest' | 'graphql', value: IrNode): StiggRequest {
  return {
    start: value.start, end: value.end, surface, path: surface === 'graphql' ? 'graphql' : '', written: '', query: [], method: undefined, endpoint: undefined, headers: [], isOpen: true,
    body: { value, form: 'json' }, parameters: [], addHeader: () => undefined, call: undefined, isPayload: true,
  };
}
