import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REQUESTS, type RequestTarget } from '../../../src/snippets/catalogue.js';

const target: RequestTarget = { baseUrl: 'https://api.stigg.io', flavour: 'docs', uuid: () => 'fresh-value' };

function plain(id: string, change: Partial<RequestTarget> = {}): string {
  const request = REQUESTS.find((one) => one.id === id);
  if (request === undefined) throw new Error(`No request ${id}`);
  return request.build({ ...target, ...change }).plain;
}

/** What a shell makes of the text: curl's arguments, as curl would see them. Nothing is sent. */
function argumentsOf(script: string, key = 'value of the key'): string[] {
  const shell = `curl() { printf '%s\\0' "$@"; }\n${script}\n`;
  return execFileSync('sh', ['-c', shell], { encoding: 'utf8', env: { PATH: process.env.PATH, STIGG_SERVER_API_KEY: key } }).split('\0').slice(0, -1);
}

// Windows has no POSIX shell of its own.
const hasShell = process.platform !== 'win32';

describe('the request catalogue', () => {
  it('lists customers in the form of the documentation', () => {
    expect(plain('list-customers')).toBe(
      [
        'curl -X GET "https://api.stigg.io/api/v1/customers?limit=20" \\',
        '  -H "X-API-KEY: $STIGG_SERVER_API_KEY" \\',
        '  -H "Content-Type: application/json"',
      ].join('\n'),
    );
  });

  it('creates a customer with a fresh idempotency key each time', () => {
    let made = 0;
    const uuid = (): string => `fresh-${String((made += 1))}`;
    expect(plain('create-customer', { uuid })).toContain('-H "Idempotency-Key: fresh-1"');
    expect(plain('create-customer', { uuid })).toContain('-H "Idempotency-Key: fresh-2"');
  });

  it('has unique ids, words for each entry, and both forms', () => {
    expect(new Set(REQUESTS.map(({ id }) => id)).size).toBe(REQUESTS.length);
    for (const request of REQUESTS) {
      expect(request.title()).not.toBe('');
      expect(request.description()).not.toBe('');
      expect(request.build(target).snippet).toContain('${1:');
    }
  });

  it.runIf(hasShell).each(REQUESTS.map(({ id }) => id))('%s names the key by its variable, and the shell hands it to curl', (id) => {
    expect(plain(id)).toContain('-H "X-API-KEY: $STIGG_SERVER_API_KEY"');
    const args = argumentsOf(plain(id), 'a"b $x `y` \\z');
    expect(args).toContain('X-API-KEY: a"b $x `y` \\z');
    expect(args).toContain('Content-Type: application/json');
  });

  it.runIf(hasShell).each(REQUESTS.map(({ id }) => id))('%s can keep the value out of the process list', (id) => {
    const args = argumentsOf(plain(id, { flavour: 'hidden' }), 'never seen');
    expect(args.join('\n')).not.toContain('never seen');
    expect(args.slice(3, 7)).toEqual(['--variable', '%STIGG_SERVER_API_KEY', '--expand-header', 'X-API-KEY: {{STIGG_SERVER_API_KEY}}']);
  });

  it.runIf(hasShell).each(['create-customer', 'graphql'])('%s sends a body that is JSON', (id) => {
    const args = argumentsOf(plain(id));
    expect(() => JSON.parse(args[args.indexOf('-d') + 1] ?? '') as unknown).not.toThrow();
  });

  it('sends to the address that is configured, with or without a slash at its end', () => {
    for (const baseUrl of ['http://127.0.0.1:4010', 'http://127.0.0.1:4010/']) {
      expect(plain('list-customers', { baseUrl })).toContain('"http://127.0.0.1:4010/api/v1/customers?limit=20"');
      expect(plain('graphql', { baseUrl })).toContain('"http://127.0.0.1:4010/graphql"');
    }
  });

  it.runIf(hasShell)('never lets an address run a command or read a variable', () => {
    const hostile = fc.string({ unit: fc.constantFrom('$', '`', '"', '\\', '(', ')', 'a', ' ', ';', '{', "'", '!') });
    fc.assert(
      fc.property(hostile, (name) => {
        expect(argumentsOf(plain('list-customers', { baseUrl: `http://${name}x` }))[2]).toBe(`http://${name}x/api/v1/customers?limit=20`);
      }),
      { numRuns: 60 },
    );
  });
});
