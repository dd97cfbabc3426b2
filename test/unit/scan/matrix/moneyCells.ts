import { cellOf, cents, exactly, isBrowser, isDocument, isGraphql, REASONS, type Cell, type MatrixRule } from './cell.js';
import type { Call, Client, HttpClient, Request, Tree, Use } from './model.js';
import { elsewhere, graphqlPreview, GRAPHQL_TOTAL, preview, priced, read, TOTAL } from './requests.js';

const PRICE: Tree = { name: 'price' };
const bare = (text: string): string => text.replace(/^['"]{1,3}|['"]{1,3}$/g, '');
const price = (amount: string, currency = 'usd'): Call => ({ kind: 'price', amount, currency });

const centsToStigg: MatrixRule = {
  id: 'cents-to-stigg',
  excluded: (client) => (isBrowser(client) ? REASONS.browser : client.language.amounts === 'numbers' ? REASONS.literal : undefined),
  cell(client) {
    const { write } = client.language;
    const written = write(cents(client));
    // A good amount of documents is a number: variables are named in the query.
    const right = client.language.amounts === 'expressions' ? PRICE : { number: '49' };
    return cellOf(client, exactly(bare(client.language.id === 'makefile' ? written.replaceAll('$', '$$$$') : written)), {
      http: (http) => ({ bad: priced(http, cents(client)), good: [priced(http, right), elsewhere(priced(http, http.isGraphql === true ? PRICE : cents(client)))] }),
      sdk: () => ({ bad: price(written), good: [price(write(right)), price('49')] }),
    });
  },
};

const centShapedAmount: MatrixRule = {
  id: 'cent-shaped-amount',
  excluded: (client) => (isBrowser(client) ? REASONS.browser : undefined),
  cell(client) {
    return cellOf(client, exactly('4900'), {
      http: (http) => ({ bad: priced(http, { number: '4900' }), good: [priced(http, { number: '49' }), priced(http, { number: '4900' }, 'jpy')] }),
      sdk: () => ({ bad: price('4900'), good: [price('49'), price('4900', 'jpy')] }),
    });
  },
};

function notAnswered(client: Client): string | undefined {
  if (isBrowser(client)) return REASONS.browser;
  return isDocument(client) || client.language.id === 'http' ? REASONS.answer : undefined;
}

/** The amount of a preview that is used, in the form that the client speaks. */
function used(client: HttpClient, use: (path: readonly string[]) => readonly [bad: Use, good: Use]): { readonly bad: Request; readonly good: readonly [Request, Request] } {
  const [bad, good] = use(client.isGraphql === true ? GRAPHQL_TOTAL : TOTAL);
  const send = client.isGraphql === true ? graphqlPreview : preview;
  return { bad: send(bad), good: [send(good), elsewhere(send(bad))] };
}

const stiggAmountDivided: MatrixRule = {
  id: 'stigg-amount-divided',
  excluded: notAnswered,
  cell: (client) => cellOf(client, /(?:total|amount)[\s\S]*\/\s?100/i, {
    http: (client) => used(client, (path) => [{ kind: 'show', path, isDivided: true }, { kind: 'show', path, isDivided: false }]),
    sdk: () => ({ bad: { kind: 'preview', isDivided: true }, good: [{ kind: 'preview', isDivided: false }, { kind: 'preview', isDivided: false, charged: 'converted' }] }),
  }),
};

const stiggDollarsToStripe: MatrixRule = {
  id: 'stigg-dollars-to-stripe',
  excluded: notAnswered,
  cell: (client) => cellOf(client, /(?:total|amount)/i, {
    http: (client) => used(client, (path) => [{ kind: 'charge', path, isConverted: false }, { kind: 'charge', path, isConverted: true }]),
    sdk: () => ({ bad: { kind: 'preview', isDivided: false, charged: 'plain' }, good: [{ kind: 'preview', isDivided: false, charged: 'converted' }, { kind: 'preview', isDivided: false }] }),
  }),
};

const ENTITLEMENTS = /subscription_?entitlements/i;

const listWithoutEntitlements: MatrixRule = {
  id: 'list-without-entitlements',
  excluded: (client) => notAnswered(client) ?? (isGraphql(client) ? REASONS.rest : undefined),
  cell(client): Cell {
    const each = (field: string): Request => read('/api/v1/subscriptions', { kind: 'each', path: ['data'], field });
    return cellOf(client, ENTITLEMENTS, {
      http: () => ({ bad: each('subscriptionEntitlements'), good: [each('prices'), elsewhere(each('subscriptionEntitlements'))] }),
      sdk: () => ({ bad: { kind: 'subscriptions', field: 'subscriptionEntitlements' }, good: [{ kind: 'subscriptions', field: 'prices' }, { kind: 'granted' }] }),
    });
  },
};

const overridesAsEntitlements: MatrixRule = {
  id: 'overrides-as-entitlements',
  excluded: (client) => notAnswered(client) ?? (isGraphql(client) ? REASONS.rest : undefined),
  cell(client) {
    const search = (path: string, ...inside: string[]): Request => read(path, { kind: 'search', path: inside });
    const bad = search('/api/v1/subscriptions/sub-1', 'data', 'subscriptionEntitlements');
    return cellOf(client, ENTITLEMENTS, {
      http: () => ({ bad, good: [search('/api/v1/plans/pro/entitlements', 'data'), elsewhere(bad)] }),
      sdk: () => ({ bad: { kind: 'subscription', isSearched: true }, good: [{ kind: 'granted' }, { kind: 'subscription', isSearched: false }] }),
    });
  },
};

/** The rows about amounts and answers. */
export const MONEY_CELLS: readonly MatrixRule[] = [centsToStigg, centShapedAmount, stiggAmountDivided, stiggDollarsToStripe, listWithoutEntitlements, overridesAsEntitlements];
