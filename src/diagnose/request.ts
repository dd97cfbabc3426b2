/** One header as it stands in the code. */
export interface InspectedHeader {
  /** As it is written. */
  readonly name: string;
  /** A plain value such as `application/json`, or the name of the variable it comes from; undefined where it is not known. Never a secret. */
  readonly value: string | undefined;
}

/** The request under the cursor, as far as the code says what it is. */
export interface InspectedRequest {
  readonly surface: 'rest' | 'graphql';
  /** undefined where the code leaves it open. */
  readonly method: string | undefined;
  /** From the first slash on, or a whole address; what is computed stands in braces, such as `/api/v1/customers/{id}`. */
  readonly path: string;
  readonly headers: readonly InspectedHeader[];
  /** True where more headers than these may be sent: a spread, a client made elsewhere. */
  readonly headersAreOpen: boolean;
  readonly hasBody: boolean;
  /** The GraphQL operation's name. */
  readonly operation?: string;
}

/** The header of that name, whatever its case. */
export function headerOf(request: InspectedRequest, name: string): InspectedHeader | undefined {
  return request.headers.find((header) => header.name.trim().toLowerCase() === name);
}

/** In capitals; GraphQL is POST unless the code says otherwise, REST without a method is GET unless there is a body. */
export function methodOf({ method, surface, hasBody }: InspectedRequest): string {
  return method?.trim().toUpperCase() ?? (surface === 'graphql' || hasBody ? 'POST' : 'GET');
}
