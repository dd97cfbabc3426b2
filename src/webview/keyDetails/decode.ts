/** Small checks for messages: each gives a typed copy with nothing in it that was not asked for, or throws Mismatch. */
export type Decoder<T> = (value: unknown) => T;

class Mismatch extends Error {}

/** The decoded value, or undefined where it does not fit. */
export function decode<T>(decoder: Decoder<T>, value: unknown): T | undefined {
  try {
    return decoder(value);
  } catch (error) {
    if (error instanceof Mismatch) return undefined;
    throw error;
  }
}

/** @param max longest in UTF-16 units */
export function asText(max: number): Decoder<string> {
  return (value) => (typeof value === 'string' && value.length <= max ? value : mismatch());
}

export const asBoolean: Decoder<boolean> = (value) => (typeof value === 'boolean' ? value : mismatch());

export function asNumber(min: number, max: number): Decoder<number> {
  return (value) => (typeof value === 'number' && value >= min && value <= max ? value : mismatch());
}

export function asNullable<T>(decoder: Decoder<T>): Decoder<T | null> {
  return (value) => (value === null ? null : decoder(value));
}

export function asOneOf<const T extends string>(known: readonly T[]): Decoder<T> {
  return (value) => known.find((candidate) => candidate === value) ?? mismatch();
}

/** @param max how many entries at most */
export function asArray<T>(decoder: Decoder<T>, max: number): Decoder<readonly T[]> {
  return (value) => (Array.isArray(value) && value.length <= max ? value.map((entry: unknown) => decoder(entry)) : mismatch());
}

/** An object's own properties; what is inherited is not data, what was not asked for is left out. */
export function asObject<T extends Readonly<Record<string, unknown>>>(shape: { readonly [K in keyof T]: Decoder<T[K]> }): Decoder<T> {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return mismatch();
    const given = value as Readonly<Record<string, unknown>>;
    return Object.fromEntries(Object.entries(shape).map(([name, decoder]) => [name, (decoder as Decoder<unknown>)(Object.hasOwn(given, name) ? given[name] : undefined)])) as T;
  };
}

function mismatch(): never {
  throw new Mismatch();
}
