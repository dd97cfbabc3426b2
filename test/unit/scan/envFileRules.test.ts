import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprint } from '../../../src/fingerprint.js';
import type { KnownKey, ScanContext } from '../../../src/scan/context.js';
import type { Engine } from '../../../src/scan/engine.js';
import { environmentOfPath } from '../../../src/scan/environmentWords.js';
import type { Finding } from '../../../src/scan/finding.js';
import { apply, clientKey, contextOf, legacyKey, preparedEngine, serverKey } from './support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();
const C = clientKey();
const L = legacyKey();
const NOW = new Date('2026-03-01T12:00:00Z');
const HOUR = 3_600_000;
const after = (ms: number): Date => new Date(NOW.getTime() + ms);

function scan(path: string, text: string, facts: Partial<ScanContext> = {}, languageId = ''): Finding[] {
  return engine.scan({ path, languageId, text }, { ...contextOf({}), now: () => NOW, ...facts });
}
const rules = (findings: readonly Finding[]): string[] => findings.map(({ rule }) => rule);
const git = (isTracked: boolean | undefined, isIgnored: boolean | undefined): Partial<ScanContext> => ({ isTracked: () => isTracked, isIgnored: () => isIgnored });
const knows = (key: Partial<KnownKey>, value = K): Partial<ScanContext> => ({
  knownKey: (print) => (print === fingerprint(value) ? { environmentName: 'Production', displayName: 'billing', keyType: 'SERVER', expireAt: null, ...key } : undefined),
  environmentNames: () => ['Production', 'Sandbox'],
});

describe('an env file and git', () => {
  const LINE = `STIGG_SERVER_API_KEY=${K}\n`;

  test.each<[string, boolean | undefined, boolean | undefined, boolean]>([
    ['.env', true, true, true], ['.env', true, false, true], ['.env', true, undefined, true], ['.env', false, false, true], ['.env', undefined, false, true],
    ['.env', false, true, false], ['.env', false, undefined, false], ['.env', undefined, undefined, false], ['.env', undefined, true, false],
    ['.env.local', false, false, true], ['deploy/prod.env', true, false, true], ['.dev.vars', false, false, true], ['worker/.dev.vars.production', true, false, true], ['.flaskenv', false, false, true],
    ['.envrc', false, false, true], ['apps/api/.envrc', true, true, true], ['.envrc.local', true, false, true], ['.envrc', false, true, false], ['.envrc', undefined, undefined, false],
    ['.dev.vars', false, true, false], ['.flaskenv', false, true, false], ['.env.example', true, false, true], ['.env.example', false, false, true], ['.env.example', false, true, false],
  ])('%s, tracked %s, ignored %s: %s', (path, isTracked, isIgnored, isReported) => {
    expect(rules(scan(path, LINE, git(isTracked, isIgnored)))).toEqual(isReported ? ['unprotected-env-file'] : []);
  });

  test('one finding for each key, none for publishable ones', () => {
    const text = `A=${serverKey('a')}\nSTIGG_CLIENT_API_KEY=${C}\nB="${serverKey('b')}"\n`;
    expect(rules(scan('.env', text, git(false, false)))).toEqual(['unprotected-env-file', 'unprotected-env-file']);
  });

  test('a script of direnv keeps its syntax', () => {
    const text = `# the key of the sandbox\nexport STIGG_SERVER_API_KEY="${K}" # full access\ndotenv_if_exists\n`;
    const [finding] = scan('.envrc', text, git(false, false));
    expect(apply(text, finding?.fixes[1]?.edits ?? [])).toBe('# the key of the sandbox\nexport STIGG_SERVER_API_KEY= # full access\ndotenv_if_exists\n');
    expect(scan('.envrc', 'source_env ..\ndotenv .env.local\nexport STIGG_SERVER_API_KEY="$(op read op://dev/stigg/key)"\n', git(true, false))).toEqual([]);
    expect(rules(scan('.envrc', 'export VITE_STIGG_SERVER_API_KEY=x\n', git(true, false)))).toEqual(['server-key-in-public-env']);
  });

  test('other files are left to the other rules', () => {
    expect(rules(scan('src/a.ts', `const k = '${K}';`, git(false, false)))).toEqual(['hardcoded-server-key']);
  });

  test('the fixes of each case', () => {
    const titles = (path: string, isTracked: boolean, isIgnored: boolean): string[] => scan(path, LINE, git(isTracked, isIgnored))[0]?.fixes.map(({ title, action }) => `${action?.kind ?? 'edit'}: ${title}`) ?? [];
    const keep = 'edit: Move the key to the keychain and leave STIGG_SERVER_API_KEY empty';
    expect(titles('a/.env', false, false)).toEqual(['ignoreFile: Add .env to .gitignore', keep]);
    expect(titles('.env', true, false)).toEqual([keep, 'ignoreFile: Add .env to .gitignore (git rm --cached takes it out of the index)']);
    expect(titles('.env', true, true)).toEqual([keep]);
    expect(titles('.env.example', true, false)).toEqual([keep]);
  });

  test.each<[string, string, string | undefined]>([
    ['plain', `X=1\nKEY=${K}\nY=2\n`, 'X=1\nKEY=\nY=2\n'],
    ['CRLF', `KEY=${K}\r\nY=2\r\n`, 'KEY=\r\nY=2\r\n'],
    ['byte order mark', `\uFEFFKEY=${K}\n`, '\uFEFFKEY=\n'],
    ['double quotes', `KEY="${K}"\n`, 'KEY=\n'],
    ['single quotes and blanks', `  KEY = '${K}'\n`, '  KEY = \n'],
    ['export', `export KEY=${K}\n`, 'export KEY=\n'],
    ['a comment behind', `KEY=${K} # full access\n`, 'KEY= # full access\n'],
    ['a comment', `# KEY=${K}\n`, '# KEY=<STIGG_SERVER_API_KEY>\n'],
    ['a comment in words', `# the key is ${K}\n`, '# the key is <STIGG_SERVER_API_KEY>\n'],
    ['a part of the value', `HEADER="X-API-KEY: ${K}"\n`, undefined],
    ['a quote that is not closed', `KEY="${K}\n`, undefined],
    ['no name', `${K}\n`, undefined],
  ])('the key is taken out: %s', (_, before, wanted) => {
    const [finding] = scan('.env', before, git(true, true));
    const edits = finding?.fixes[0]?.edits;
    const fixed = edits === undefined ? undefined : apply(before, edits);
    expect(fixed).toBe(wanted);
    if (fixed !== undefined) expect(scan('.env', fixed, git(true, true))).toEqual([]);
  });

  test.each<[string, number]>([
    [`STIGG_SERVER_API_KEY=${L.replaceAll('$', '\\$')}\n`, 1],
    [`STIGG_SERVER_API_KEY='${L}'\n`, 1],
    [`STIGG_FULL_ACCESS_KEY='${L}'\n`, 1],
    [`STIGG_API_KEY='${L}'\n`, 0],
    [`STIGG_CLIENT_API_KEY=${L}\n`, 0],
    [`ADMIN_PASSWORD_HASH=${L.slice(0, 60)}\n`, 0],
  ])('a legacy key by its variable: %#', (text, count) => {
    expect(scan('.env', text, git(false, false))).toHaveLength(count);
  });
});

describe('known keys that end', () => {
  test.each<[string, Date | null, string[]]>([
    ['never', null, ['hardcoded-server-key']],
    ['in a year', after(365 * 24 * HOUR), ['hardcoded-server-key']],
    ['in 2 h: the leak is worth more', after(2 * HOUR), ['hardcoded-server-key']],
    ['now', NOW, ['dead-key']],
    ['an hour ago', after(-HOUR), ['dead-key']],
  ])('in code: %s', (_, expireAt, expected) => {
    expect(rules(scan('src/a.ts', `export const k = '${K}';\n`, knows({ expireAt })))).toEqual(expected);
  });

  test.each<[string, Date | null, string[]]>([
    ['never', null, []],
    ['in eight days', after(8 * 24 * HOUR), []],
    ['in a week', after(7 * 24 * HOUR), ['expiring-key']],
    ['in an hour', after(HOUR), ['expiring-key']],
    ['an hour ago', after(-HOUR), ['dead-key']],
  ])('in an ignored env file: %s', (_, expireAt, expected) => {
    const found = scan('.env', `STIGG_API_KEY=${K}\n`, { ...knows({ expireAt }), ...git(false, true) });
    expect(rules(found)).toEqual(expected);
    expect(JSON.stringify(found)).not.toContain(K.slice(7, 40));
  });

  test('publishable keys as well', () => {
    expect(rules(scan('src/a.ts', `export const stigg = '${C}';\n`, knows({ keyType: 'CLIENT', expireAt: after(-HOUR) }, C)))).toEqual(['dead-key']);
    expect(rules(scan('src/a.ts', `export const stigg = '${C}';\n`, knows({ keyType: 'CLIENT', expireAt: after(HOUR) }, C)))).toEqual(['expiring-key']);
  });

  test('a dead key in browser code, in a comment, and in a tracked env file is dead and nothing else', () => {
    const dead = knows({ expireAt: after(-HOUR), isRetired: true });
    expect(rules(scan('src/a.ts', `'use client';\nexport const k = '${K}';\n`, dead))).toEqual(['dead-key']);
    expect(rules(scan('src/a.ts', `// ${K}\n`, dead))).toEqual(['dead-key']);
    const [found] = scan('.env', `A=${K}\n`, { ...dead, ...git(true, false) });
    expect(found?.rule).toBe('dead-key');
    expect(found?.message).toContain('a rotation has replaced this value of Production / billing');
  });

  test('the place is offered the look-up where a look-up can stand', () => {
    const fixed = (path: string, text: string): string | undefined => {
      const edits = scan(path, text, knows({ expireAt: after(-HOUR) }))[0]?.fixes[0]?.edits;
      return edits === undefined ? undefined : apply(text, edits);
    };
    expect(fixed('src/a.ts', `f('${K}');\n`)).toBe('f(process.env.STIGG_SERVER_API_KEY);\n');
    expect(fixed('src/a.ts', `'use client';\nf('${K}');\n`)).toBeUndefined();
    expect(fixed('a.py', `key = "${K}"\n`)).toContain('STIGG_SERVER_API_KEY');
    expect(fixed('.env', `A=${K}\n`)).toBeUndefined();
  });
});

describe('the environment that a path speaks of', () => {
  test.each<[string, string | undefined]>([
    ['.env', undefined], ['.env.local', undefined], ['.env.example', undefined], ['.env.vault', undefined],
    ['.env.production', 'production'], ['.env.production.local', 'production'], ['.dev.vars.production', 'production'], ['envs/prod/.dev.vars', 'prod'], ['.env.prod', 'prod'], ['apps/web/.env.staging', 'staging'], ['.env.stage.example', 'stage'],
    ['prod.env', 'prod'], ['deploy/live.env', 'live'], ['.env.test', 'test'], ['.env.dev', 'dev'], ['.env.eu', 'eu'], ['.env.eu-production', 'production'],
    ['.env.non-prod', 'non-prod'], ['.env.preprod', 'preprod'], ['.env.pre-production', 'pre-production'], ['.env.prod-to-staging', undefined],
    ['config/production.json', 'production'], ['config/default.json', undefined], ['config/test.json', 'test'], ['appsettings.Production.json', 'production'], ['values-prod.yaml', 'prod'], ['values.yaml', undefined],
    ['docker-compose.dev.yml', 'dev'], ['docker-compose.yml', undefined], ['terraform/production/main.tf', 'production'], ['terraform/prod.tfvars', 'prod'], ['src/environments/environment.prod.ts', 'prod'],
    ['config/environments/production.rb', 'production'], ['k8s/overlays/staging/secret.yaml', 'staging'], ['deploy/dev/.env', 'dev'], ['live/common.hcl', undefined], ['live/prod/stigg.hcl', 'prod'],
    ['src/production.ts', undefined], ['src/live/stream.ts', undefined], ['test/fixtures/keys.json', undefined], ['tests/test_billing.yaml', undefined], ['docs/production.md', undefined],
    ['config/contest.json', undefined], ['config/latest.yaml', undefined], ['config/devices.json', undefined], ['constructor', undefined], ['config/constructor.json', undefined], ['', undefined],
  ])('%s: %s', (path, word) => {
    expect(environmentOfPath(path)?.word).toBe(word);
  });
});

describe('a key of another environment', () => {
  const sandbox = { environmentName: 'Sandbox', environmentType: 'SANDBOX' } as const;
  test.each<[string, Partial<KnownKey>, string | undefined]>([
    ['.env.production', sandbox, 'Production'],
    ['.env.prod.local', sandbox, 'Production'],
    ['.env.sandbox', sandbox, undefined],
    ['.env.sandbox', {}, 'Sandbox'],
    ['.env.staging', { environmentType: 'PRODUCTION' }, 'staging'],
    ['.env.staging', sandbox, undefined],
    ['.env.development', sandbox, undefined],
    ['.env.test', {}, 'test'],
    ['.env.production', {}, undefined],
    ['.env.production', { environmentName: 'EU', environmentType: 'PRODUCTION' }, undefined],
    ['.env.production', { environmentName: 'EU' }, 'Production'],
    ['.env.production', { environmentName: 'Pre-production', environmentType: 'SANDBOX' }, 'Production'],
    ['.env.customer-a', {}, undefined],
    ['.env.production', { environmentName: 'Production EU', environmentType: 'PRODUCTION' }, undefined],
  ])('%s with %j: %s', (path, key, said) => {
    const found = scan(path, `STIGG_API_KEY=${K}\n`, { ...knows(key), ...git(false, true) });
    expect(rules(found)).toEqual(said === undefined ? [] : ['wrong-environment-key']);
    if (said !== undefined) expect(found[0]?.message).toMatch(new RegExp(`says ${said}\\.$`));
  });

  test('a word that is no stored environment and no kind of one says nothing', () => {
    expect(scan('.env.eu', `A=${K}\n`, { ...knows(sandbox), ...git(false, true) })).toEqual([]);
    expect(rules(scan('.env.eu', `A=${K}\n`, { ...knows(sandbox), ...git(false, true), environmentNames: () => ['EU', 'Sandbox'] }))).toEqual(['wrong-environment-key']);
  });

  test('a leak is worth more', () => {
    expect(rules(scan('config/production.json', `{ "stigg": "${K}" }\n`, knows(sandbox)))).toEqual(['hardcoded-server-key']);
    expect(rules(scan('.env.production', `A=${K}\n`, { ...knows(sandbox), ...git(true, false) }))).toEqual(['unprotected-env-file']);
  });
});
