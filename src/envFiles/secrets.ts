import { findTokens } from '../scan/tokens/find.js';
import { Secret } from '../secret.js';
import { tokenShape } from '../tokenShape.js';
import { parseEnv, type Assignment } from './parse.js';

/** A Stigg key that is the whole value of a variable. */
export interface EnvSecret {
  readonly assignment: Assignment;
  /** `legacy` tokens do not tell server keys from publishable ones. */
  readonly kind: 'server' | 'legacy' | 'client';
  readonly secret: Secret;
}

/** The keys of an env file. */
export interface EnvSecrets {
  readonly secrets: readonly EnvSecret[];
  /** How many secret keys stand somewhere else in it, such as inside of a longer value or in a sentence of a comment: those are moved by hand. */
  readonly elsewhere: number;
}

/** Finds the keys by their shape; masks and made-up values are none. */
export function secretsIn(text: string): EnvSecrets {
  const secrets = parseEnv(text).flatMap((assignment): EnvSecret[] => {
    const found = keyIn(text.slice(assignment.value.start, assignment.value.end));
    return found === undefined ? [] : [{ assignment, ...found }];
  });
  const isCovered = (place: number): boolean => secrets.some(({ assignment: { value } }) => value.start <= place && place < value.end);
  const elsewhere = findTokens(text).filter(({ kind, start }) => (kind === 'server' || kind === 'legacy') && !isCovered(start)).length;
  return { secrets, elsewhere };
}

/** Dollars of legacy tokens are escaped in one of two ways, by those readers that would expand them. */
function keyIn(value: string): Omit<EnvSecret, 'assignment'> | undefined {
  for (const plain of [value, value.replaceAll('\\$', '$'), value.replaceAll('$$', '$')]) {
    const { kind } = tokenShape(plain);
    if (kind !== 'unknown' && findTokens(plain).length > 0) return { kind, secret: new Secret(plain) };
  }
  return undefined;
}
