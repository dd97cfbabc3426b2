/**
 * The paths of Stigg's REST API and what may be done there. Source: the requests of Stigg's official TypeScript client. Under
 * `/api/v1/` unless they stand among the beta ones.
 */
const STABLE: Readonly<Record<string, string>> = {
  'customers': 'GET POST',
  'customers/import': 'POST',
  'customers/{id}': 'GET PATCH',
  'customers/{id}/archive': 'POST',
  'customers/{id}/unarchive': 'POST',
  'customers/{id}/contracts': 'GET',
  'customers/{id}/entitlements': 'GET',
  'customers/{id}/entitlements/check': 'GET',
  'customers/{id}/integrations': 'GET POST',
  'customers/{id}/integrations/{id}': 'GET PATCH DELETE',
  'customers/{id}/invoices': 'GET',
  'customers/{id}/payment-method': 'POST DELETE',
  'customers/{id}/promotional-entitlements': 'GET POST',
  'customers/{id}/promotional-entitlements/{id}': 'DELETE',
  'customers/{id}/resources': 'GET',
  'subscriptions': 'GET POST',
  'subscriptions/import': 'POST',
  'subscriptions/preview': 'POST',
  'subscriptions/{id}': 'GET PATCH',
  'subscriptions/{id}/cancel': 'POST',
  'subscriptions/{id}/delegate': 'POST',
  'subscriptions/{id}/future-update/pending-payment': 'DELETE',
  'subscriptions/{id}/future-update/schedule': 'DELETE',
  'subscriptions/{id}/invoice/paid': 'POST',
  'subscriptions/{id}/migrate': 'POST',
  'subscriptions/{id}/transfer': 'POST',
  'subscriptions/{id}/usage/charge': 'POST',
  'subscriptions/{id}/usage/sync': 'POST',
  'coupons': 'GET POST',
  'coupons/{id}': 'GET PATCH',
  'coupons/{id}/archive': 'POST',
  'events': 'POST',
  'events/estimate': 'POST',
  'data-export/destinations': 'POST',
  'data-export/destinations/{id}': 'PATCH DELETE',
  'data-export/models': 'GET',
  'data-export/scoped-token': 'POST',
  'data-export/sync': 'POST',
  'credits/auto-recharge': 'GET',
  'credits/consumption': 'POST',
  'credits/consumption/async': 'POST',
  'credits/custom-currencies': 'GET POST',
  'credits/custom-currencies/{id}': 'PATCH',
  'credits/custom-currencies/{id}/archive': 'POST',
  'credits/custom-currencies/{id}/associated-entities': 'GET',
  'credits/custom-currencies/{id}/unarchive': 'POST',
  'credits/grants': 'GET POST',
  'credits/grants/{id}/void': 'POST',
  'credits/ledger': 'GET',
  'credits/usage': 'GET',
  'features': 'GET POST',
  'features/{id}': 'GET PATCH',
  'features/{id}/archive': 'POST',
  'features/{id}/unarchive': 'POST',
  'addons': 'GET POST',
  'addons/{id}': 'GET PATCH',
  'addons/{id}/archive': 'POST',
  'addons/{id}/charges': 'GET',
  'addons/{id}/draft': 'POST DELETE',
  'addons/{id}/entitlements': 'GET POST',
  'addons/{id}/entitlements/{id}': 'PATCH DELETE',
  'addons/{id}/publish': 'POST',
  'plans': 'GET POST',
  'plans/{id}': 'GET PATCH',
  'plans/{id}/archive': 'POST',
  'plans/{id}/charges': 'GET',
  'plans/{id}/draft': 'POST DELETE',
  'plans/{id}/entitlements': 'GET POST',
  'plans/{id}/entitlements/{id}': 'PATCH DELETE',
  'plans/{id}/overage-charges': 'GET',
  'plans/{id}/publish': 'POST',
  'usage': 'POST',
  'usage/estimate': 'POST',
  'usage/{id}/history/{id}': 'GET',
  'products': 'GET POST',
  'products/{id}': 'PATCH',
  'products/{id}/archive': 'POST',
  'products/{id}/duplicate': 'POST',
  'products/{id}/unarchive': 'POST',
  'contracts': 'GET POST',
  'contracts/{id}': 'GET PATCH',
  'contracts/{id}/archive': 'POST',
};

/** Under `/api/v1-beta/`. */
const BETA: Readonly<Record<string, string>> = {
  'customers/{id}/assignments': 'GET PUT',
  'customers/{id}/entities': 'GET PUT',
  'customers/{id}/entities/archive': 'POST',
  'customers/{id}/entities/unarchive': 'POST',
  'customers/{id}/entities/{id}': 'GET',
  'customers/{id}/entitlements/check': 'GET',
  'customers/{id}/governance': 'GET',
  'entity-types': 'GET PUT',
};

export interface Endpoint {
  readonly version: 'v1' | 'v1-beta';
  /** Without the version, such as `customers/{id}`. */
  readonly template: string;
  readonly methods: readonly string[];
}

const endpointsOf = (version: Endpoint['version'], table: Readonly<Record<string, string>>): Endpoint[] =>
  Object.entries(table).map(([template, methods]) => ({ version, template, methods: methods.split(' ') }));

export const ENDPOINTS: readonly Endpoint[] = [...endpointsOf('v1', STABLE), ...endpointsOf('v1-beta', BETA)];

/** A segment that is computed: nobody knows what it will be. */
export function isHole(segment: string): boolean {
  return /[{}$*<>…]/.test(segment) || segment.startsWith(':') || segment.startsWith('%s');
}

/** The endpoints of that path (without `/api/v1/`); literal ones before those where an id would stand in their place. */
export function endpointsAt(segments: readonly string[]): readonly Endpoint[] {
  return ENDPOINTS
    .filter(({ template }) => fits(template.split('/'), segments))
    .sort((a, b) => literals(b.template, segments) - literals(a.template, segments));
}

function fits(template: readonly string[], segments: readonly string[]): boolean {
  return template.length === segments.length && template.every((part, index) => {
    const segment = segments[index] ?? '';
    return part === '{id}' ? segment !== '' : part === segment || isHole(segment);
  });
}

function literals(template: string, segments: readonly string[]): number {
  return template.split('/').filter((part, index) => (isHole(segments[index] ?? '') ? part === '{id}' : part === segments[index])).length;
}
