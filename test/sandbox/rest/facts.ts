import endpoints from './endpoints.json';

/**
 * What is documented of Stigg's REST API, endpoint by endpoint: copied from the facts that were extracted from the TypeScript SDK 0.1.0-beta.51
 * (122 endpoints). Nothing here comes from the code under test.
 */
export interface EndpointFacts {
  readonly method: string;
  /** `/api/v1/customers/{id}` */
  readonly path: string;
  /** `v1.customers.retrieve` */
  readonly operation: string;
  readonly query: readonly string[];
  readonly requiredQuery: readonly string[];
  /** Name and type: `string`, `number|null`, `array<object>`, `enum(PAID|PROMOTIONAL)`. */
  readonly required: Readonly<Record<string, string>>;
  readonly optional: readonly string[];
  /** Paths of money and of spend limits: `charges.minimumSpend[].minimum.amount`. */
  readonly money: readonly string[];
  /** Paths of other numbers. */
  readonly numbers: readonly string[];
  readonly idempotency: string | null;
  readonly bodyIdempotency: string | null;
  readonly beta: boolean;
}

export const FACTS = endpoints as unknown as readonly EndpointFacts[];

/** An endpoint with the values of its path. */
export interface Match {
  readonly endpoint: EndpointFacts;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The endpoints of a path, whatever their method; those with more literal segments first (`/customers/import` before `/customers/{id}`). */
export function matches(pathname: string): readonly Match[] {
  const segments = pathname.split('/');
  return FACTS.flatMap((endpoint) => {
    const parameters = parametersOf(endpoint.path.split('/'), segments);
    return parameters === undefined ? [] : [{ endpoint, parameters }];
  }).sort((a, b) => Object.keys(a.parameters).length - Object.keys(b.parameters).length);
}

function parametersOf(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('{')) {
      if (segment === '') return undefined;
      parameters[part.slice(1, -1)] = decoded(segment);
    } else if (part !== segment) return undefined;
  }
  return parameters;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
