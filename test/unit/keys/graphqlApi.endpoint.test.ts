import { describe, expect, test } from 'vitest';
import { ExpectedError } from '../../../src/errors.js';
import { graphqlUrl, parseEndpoint } from '../../../src/keys/graphql/endpoint.js';
import { createGraphqlApi } from '../../../src/keys/graphqlApi.js';

describe('parseEndpoint', () => {
  test.each([
    ['https://api.stigg.io', 'https://api.stigg.io/graphql'],
    [' https://api.stigg.io/ ', 'https://api.stigg.io/graphql'],
    ['https://api.stigg.io/graphql', 'https://api.stigg.io/graphql'],
    ['https://api.stigg.io/graphql/', 'https://api.stigg.io/graphql'],
    ['https://gateway.example.com/stigg', 'https://gateway.example.com/stigg/graphql'],
    ['https://gateway.example.com:8443', 'https://gateway.example.com:8443/graphql'],
    ['http://localhost:4000', 'http://localhost:4000/graphql'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/graphql'],
    ['http://127.1.2.3', 'http://127.1.2.3/graphql'],
    ['http://[::1]:4000', 'http://[::1]:4000/graphql'],
  ])('accepts %s', (text, url) => {
    expect(graphqlUrl(parseEndpoint(text)).href).toBe(url);
  });

  test.each([
    '',
    'api.stigg.io',
    'ftp://api.stigg.io',
    'file:///etc/hosts',
    'javascript:alert(1)',
    'http://api.stigg.io',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://evil.localhost',
    'http://10.0.0.1',
    'https://user@api.stigg.io',
    'https://user:hunter2@api.stigg.io',
    'https://api.stigg.io?key=1',
    'https://api.stigg.io#x',
  ])('refuses %s, without quoting it', (text) => {
    try {
      parseEndpoint(text);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      expect(error.code).toBe('badEndpoint');
      expect(error.full).not.toContain('hunter2');
      expect(error.nextStep).toContain('https://api.stigg.io');
    }
  });

  test('the client does not come about with a bad one', () => {
    expect(() => createGraphqlApi({ endpoint: 'http://api.stigg.io', fetch })).toThrow(ExpectedError);
    expect(() => createGraphqlApi({ endpoint: new URL('http://api.stigg.io'), fetch })).toThrow(ExpectedError);
  });
});
