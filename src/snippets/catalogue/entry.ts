import type { FRESH } from '../request.js';

/**
 * How the tables of this folder describe a request: as plain JSON. Every string, number and boolean in it becomes a place to fill in, with
 * that value as its sample, unless it is `fixed`; the builder numbers the places.
 */

/** A value that stays as it is: another one would make another request of it. */
export class Fixed {
  readonly value: string | number | boolean;

  constructor(value: string | number | boolean) {
    this.value = value;
  }
}

export function fixed(value: string | number | boolean): Fixed {
  return new Fixed(value);
}

export type Sample = string | number | boolean | null | Fixed | typeof FRESH | readonly Sample[] | SampleObject;
export interface SampleObject {
  readonly [name: string]: Sample;
}

/** Query parameters in their order: names as Stigg spells them (`createdAt[gte]`). A list is what the SDKs take as one; in the URL its values are separated by commas. */
export type QuerySample = Readonly<Record<string, string | number | readonly string[]>>;

/** What the table says of one endpoint. Method, path and SDK call are in `src/endpoints.ts`. */
export interface Entry {
  /** One sentence of Stigg's reference. */
  readonly summary: string;
  /** Samples of path parameters, where the usual one of that name does not fit. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: QuerySample;
  /** A list's filters: makes another request, `<id>.filtered`. */
  readonly filters?: QuerySample;
  readonly body?: SampleObject;
}

/** By operation, as in `src/endpoints.ts`: `customers.retrieve`. */
export type Entries = Readonly<Record<string, Entry>>;
