import { beginning, cellOf, isBrowser, isDocument, isGraphql, REASONS, type MatrixRule } from './cell.js';
import { CLIENTS } from './clients/index.js';
import type { Call, Client, HttpClient, Parts, Tree } from './model.js';
import { coupon, customers, elsewhere, graphqlCustomer, keyed, keyIn, ONCE, plan, preview, untyped, withHeader } from './requests.js';

const SAME = 'launch-coupon';
const noCall: Call = { kind: 'customer' };
const none = { bad: noCall, good: [noCall, noCall] } as const;

/** Rules about requests alone. */
function requestReason(client: Client): string | undefined {
  return client.kind === 'sdk' ? REASONS.sdk : isDocument(client) ? REASONS.document : undefined;
}

const wrongAuthHeader: MatrixRule = {
  id: 'wrong-auth-header',
  excluded: requestReason,
  cell: (client) => cellOf(client, /^["']{0,3}authorization/i, {
    http(http) {
      const request = http.isGraphql === true ? graphqlCustomer() : plan();
      const bearer: Tree = { join: ['Bearer ', 'key'] };
      return { bad: keyIn(request, 'Authorization', bearer), good: [keyIn(request, 'x-api-key', { name: 'key' }), elsewhere(keyIn(request, 'Authorization', bearer))] };
    },
    sdk: () => none,
  }),
};

const missingContentType: MatrixRule = {
  id: 'missing-content-type',
  excluded: (client) => requestReason(client) ?? (isGraphql(client) ? REASONS.json : undefined),
  cell: (client) => cellOf(client, client.kind === 'http' ? new RegExp(`${beginning(client.head).source}|text/plain`) : /$^/, {
    http: () => ({ bad: untyped(preview()), good: [preview(), elsewhere(untyped(preview()))] }),
    sdk: () => none,
  }),
};

const missingIdempotencyKey: MatrixRule = {
  id: 'missing-idempotency-key',
  excluded: (client) => (client.kind === 'sdk' ? REASONS.byHand : isDocument(client) ? REASONS.document : isGraphql(client) ? REASONS.rest : undefined),
  cell: (client) => cellOf(client, beginning(client.kind === 'http' ? client.head : ''), {
    http: () => ({ bad: coupon({ number: '49' }), good: [withHeader(coupon({ number: '49' }), ONCE), preview()] }),
    sdk: () => none,
  }),
};

const constantIdempotencyKey: MatrixRule = {
  id: 'constant-idempotency-key',
  excluded: (client) => (isBrowser(client) ? REASONS.browser : isDocument(client) ? REASONS.document : isByHand(client) ? REASONS.shown : undefined),
  cell(client) {
    const { write } = client.language;
    const fresh: Tree = { fresh: true };
    const made: Tree = { join: ['launch-', 'orderId'] };
    // Go takes the address of a variable.
    return cellOf(client, new RegExp(`${SAME}|^&operation$`), {
      http: (http) => ({ bad: keyed(http, { text: SAME }), good: [keyed(http, made), keyed(http, fresh)] }),
      sdk: () => ({ bad: { kind: 'once', key: write({ text: SAME }) }, good: [{ kind: 'once', key: write(made) }, { kind: 'once', key: write({ name: 'orderId' }) }] }),
    });
  },
};

function isByHand({ language }: Client): boolean {
  return language.id === 'http' || language.id === 'markdown';
}

const ignoredIdempotencyOption: MatrixRule = {
  id: 'ignored-idempotency-option',
  excluded: ({ id }) => (id === 'stigg-typescript' ? undefined : REASONS.restOnly),
  cell(client) {
    const good: Call = { kind: 'option', isHeader: true };
    return cellOf(client, /^idempotencyKey/, { http: () => ({ bad: plan(), good: [plan(), plan()] }), sdk: () => ({ bad: { kind: 'option', isHeader: false }, good: [good, { kind: 'once', key: client.language.write({ fresh: true }) }] }) });
  },
};

const pageLimitExceeded: MatrixRule = {
  id: 'page-limit-exceeded',
  excluded: (client) => (isDocument(client) ? REASONS.document : isGraphql(client) ? REASONS.rest : undefined),
  cell: (client) => cellOf(client, /^"?500L?"?$/, {
    http: () => ({ bad: customers('500'), good: [customers('100'), elsewhere(customers('500'))] }),
    sdk: () => ({ bad: { kind: 'page', limit: '500' }, good: [{ kind: 'page', limit: '100' }, { kind: 'page', limit: '20' }] }),
  }),
};

const mixedSurfaces: MatrixRule = {
  id: 'mixed-surfaces',
  excluded: (client) => (isBrowser(client) ? REASONS.browser : isDocument(client) ? REASONS.document : isByHand(client) ? REASONS.shown : undefined),
  cell(client) {
    const [one, other] = isGraphql(client) ? [graphqlOf(client), restOf(partner(client))] : [restOf(client), graphqlOf(partner(client))];
    const second = partner(client);
    return {
      bad: [one, other],
      good: [[one, one], [other, other]],
      place: beginning(second.head),
    };
  },
};

/** The client that asks on the other surface: the same one where it can. */
function partner(client: Client): HttpClient {
  const first = CLIENTS.find((one): one is HttpClient => one.kind === 'http' && one.isGraphql !== true && one.language.id === client.language.id);
  if (client.kind === 'http' && client.isGraphql !== true) return client;
  if (first === undefined) throw new Error(`${client.language.name} has no client for REST`);
  return first;
}

function restOf(client: Client): Parts | undefined {
  return client.kind === 'http' ? client.write(plan()) : client.write({ kind: 'customer' });
}

function graphqlOf(client: Client): Parts | undefined {
  return client.kind === 'http' ? client.write(graphqlCustomer()) : client.write({ kind: 'customer' });
}

const floatingInitialize: MatrixRule = {
  id: 'floating-initialize',
  excluded: ({ id }) => (id === 'node-server-sdk' || id === 'js-client-sdk' ? undefined : REASONS.floating),
  cell: (client) => cellOf(client, /^Stigg\.initialize/, {
    http: () => ({ bad: plan(), good: [plan(), plan()] }),
    sdk: () => ({ bad: { kind: 'start', waits: 'never' }, good: [{ kind: 'start', waits: 'behind' }, { kind: 'start', waits: 'at' }] }),
  }),
};

/** The rows about requests. */
export const REQUEST_CELLS: readonly MatrixRule[] = [
  wrongAuthHeader, missingContentType, missingIdempotencyKey, constantIdempotencyKey, ignoredIdempotencyOption, pageLimitExceeded, mixedSurfaces, floatingInitialize,
];
