import { randomBytes, randomUUID } from 'node:crypto';

// Tokens are put together when they are needed: a literal of that shape must not stand in any file of this repository.

/** A token of today's shape: `<kind>-UUID:<environment id>`. */
export function newToken(kind: 'server' | 'client', environmentId: string): string {
  return [kind, '-', randomUUID(), ':', environmentId].join('');
}

/** A token of the legacy shape: a bcrypt string, a colon, the environment's id. */
export function newLegacyToken(environmentId: string): string {
  const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const hash = Array.from(randomBytes(53), (byte) => alphabet.charAt(byte % alphabet.length)).join('');
  return ['$2b', '$10', `$${hash}:${environmentId}`].join('');
}
