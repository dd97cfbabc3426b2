import { expect, test } from 'vitest';
import { canRevoke, canRotate, consoleUrl, errorKind, isDocumentRejected, isWholeToken, type ErrorKind } from '../../../src/keys/unverified.js';
import type { KeyType } from '../../../src/keys/model.js';
import { newLegacyToken, newToken } from '../../sandbox/tokens.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const LATER = new Date('2026-03-02T12:00:00Z');
const BEFORE = new Date('2026-02-01T12:00:00Z');

test.each<[KeyType, Date | null, boolean, boolean]>([
  // type, expiry, may be revoked, may be rotated
  ['SERVER', null, false, true],
  ['CLIENT', null, false, true],
  ['SCOPED', null, true, true],
  ['SALESFORCE', null, false, false],
  ['WORKFLOW', null, false, false],
  ['SERVER', LATER, true, false],
  ['SCOPED', LATER, true, false],
  ['SERVER', BEFORE, false, false],
  ['SCOPED', BEFORE, false, false],
])('%s with expiry %s', (type, expireAt, revocable, rotatable) => {
  expect(canRevoke({ type, expireAt }, NOW)).toBe(revocable);
  expect(canRotate({ type, expireAt })).toBe(rotatable);
});

test.each<[string | null, number, string, ErrorKind]>([
  ['API_KEY_NOT_FOUND', 200, '', 'keyNotFound'],
  ['apikeynotfound', 500, '', 'keyNotFound'],
  [null, 401, '', 'unauthenticated'],
  [null, 402, '', 'planLimit'],
  [null, 422, '', 'badRequest'],
  [null, 502, '', 'serverError'],
  ['', 200, '', 'badRequest'],
  ['constructor', 403, '', 'forbidden'],
  ['AccessDeniedError', 200, 'not part of your plan', 'planLimit'],
  ['AccessDeniedError', 200, 'plan:read is missing', 'forbidden'],
])('%s with %i and “%s” is %s', (code, status, message, kind) => {
  expect(errorKind(code, status, message)).toBe(kind);
});

test('values that Stigg would mask', () => {
  const id = crypto.randomUUID();
  for (const token of [newToken('server', id), newToken('client', id), newLegacyToken(id)]) {
    expect(isWholeToken(token)).toBe(true);
    expect(isWholeToken(`${token.slice(0, 12)}…${token.slice(-4)}`)).toBe(false);
    expect(isWholeToken(`${token.slice(0, 12)}...${token.slice(-12)}`)).toBe(false);
    expect(isWholeToken(`${token.slice(0, 12)}${'*'.repeat(40)}`)).toBe(false);
    expect(isWholeToken(token.slice(0, 20))).toBe(false);
  }
});

test('a legacy token may hold dots and letters in a row by chance; a mask of its length is no token', () => {
  const legacy = (middle: string): string => ['$2b', '$10', `$${'Ab3/'.repeat(14).slice(0, 53 - middle.length)}${middle}:00000000-0000-4000-8000-000000000000`].join('');
  for (const middle of ['...', '....', 'xxxxxx']) expect(isWholeToken(legacy(middle))).toBe(true);
  for (const middle of ['.'.repeat(49), 'x'.repeat(40)]) expect(isWholeToken(legacy(middle))).toBe(false);
});

test('the console’s address cannot be led astray by a slug', () => {
  expect(consoleUrl({ slug: 'production-9b' })).toBe('https://app.stigg.io/production-9b/integrations/api-keys');
  for (const slug of ['../../evil', '//evil.example.com', 'a?b#c', '\\evil']) {
    const url = new URL(consoleUrl({ slug }));
    expect(url.origin).toBe('https://app.stigg.io');
    expect(url.pathname).toMatch(/\/integrations\/api-keys$/);
    expect(url.search + url.hash).toBe('');
  }
});

test('codes that blame the document', () => {
  expect([null, 'GRAPHQL_VALIDATION_FAILED', 'GraphQLValidationFailed', 'GRAPHQL_PARSE_FAILED', 'BadUserInput'].map(isDocumentRejected)).toEqual([false, true, true, true, false]);
});
