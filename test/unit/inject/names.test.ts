import { describe, expect, it } from 'vitest';
import { namesToTell, refusalOfName, variableNames, type ChosenNames } from '../../../src/inject/names.js';
import { environmentChanges, STALE_VARIABLES, type InjectedKeys, type VariableNames } from '../../../src/inject/variables.js';
import { Project } from '../../../src/project/project.js';
import { Settings } from '../../../src/project/settings.js';
import { parseSettings } from '../../../src/project/settingsParser.js';
import { Secret } from '../../../src/secret.js';

const STALE = Object.fromEntries(STALE_VARIABLES.map((name) => [name, null]));
const settingsOf = (content: unknown): Settings => new Settings('/repo', parseSettings('/repo/.stigg-keys.json', new TextEncoder().encode(JSON.stringify(content))));

describe('names that a project may choose', () => {
  it.each<[name: string, server: boolean, publishable: boolean]>([
    ['STIGG_SERVER_API_KEY', true, false],
    ['STIGG_API_KEY', true, true],
    ['SERVER_API_KEY', true, false],
    ['BILLING_TOKEN', true, true],
    ['BILLING_KEY', true, true],
    ['BILLING_API_KEY', true, true],
    ['TF_VAR_stigg_api_key', true, true],
    ['stiggKey', true, true],
    ['_STIGG', true, true],
    ['STIGG_CLIENT_API_KEY', false, true],
    ['NEXT_PUBLIC_STIGG_CLIENT_API_KEY', false, true],
    ['NEXT_PUBLIC_STIGG_API_KEY', false, true],
    ['next_public_stigg_api_key', false, true],
    ['NX_PUBLIC_STIGG_CLIENT_API_KEY', false, true],
    ['VITE_STIGG_KEY', false, true],
    ['REACT_APP_BILLING_KEY', false, true],
    ['VITE_STIGG_SERVER_API_KEY', false, false],
    ['STIGG_WEBHOOK_SECRET', false, false],
    ['STIGG_CUSTOMER_TOKEN_SIGNING_SECRET', false, false],
    ...['PATH', 'Path', 'NODE_OPTIONS', 'LD_PRELOAD', 'DYLD_INSERT_LIBRARIES', 'BASH_ENV', 'PROMPT_COMMAND', 'HTTPS_PROXY', 'GIT_SSH_COMMAND', 'PYTHONPATH', 'EDITOR', 'npm_config_registry', 'IFS', 'HOME',
      'NODE_AUTH_TOKEN', 'GITHUB_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'npm_config__authToken', 'NX_KEY', 'VAULT_TOKEN',
      'CARGO_REGISTRY_TOKEN', 'CARGO_REGISTRIES_MINE_TOKEN', 'UV_PUBLISH_TOKEN', 'NUGET_API_KEY', 'GEM_HOST_API_KEY', 'HF_TOKEN', 'hf_token', 'hfToken', 'FLY_API_TOKEN', 'DIGITALOCEAN_ACCESS_TOKEN', 'TF_TOKEN_app_terraform_io',
      'CLOUDSDK_AUTH_ACCESS_TOKEN', 'HOMEBREW_GITHUB_API_TOKEN', 'PULUMI_ACCESS_TOKEN', 'SNYK_TOKEN', 'SONAR_TOKEN', '_SONAR_TOKEN',
      '', '1STIGG_KEY', 'STIGG-KEY', 'STIGG KEY', 'STIGG_KEY=x', 'STIGG_KEY\n', 'STIGG_KEY\0', 'STIGG_ΚEY', '${STIGG_KEY}', '__proto__', 'constructor', 'STIGG_'.repeat(20)].map((name): [string, boolean, boolean] => [name, false, false]),
  ])('%j: server %s, publishable %s', (name, server, publishable) => {
    expect([refusalOfName(name, 'server') === undefined, refusalOfName(name, 'publishable') === undefined]).toEqual([server, publishable]);
  });

  it('says why, and shows no control characters', () => {
    expect(refusalOfName('VITE_KEY', 'server')).toBe('"VITE_KEY" gets no server key: what begins with VITE_ is put into browser code.');
    expect(refusalOfName(`K\u001b[2J${'x'.repeat(1_000)}`, 'server')).toMatch(/^"K\?\[2Jx{50,60}…"/);
  });
});

describe('names of a project', () => {
  it.each<[what: string, chosen: ChosenNames, dependencies: readonly string[], server: readonly string[], publishable: readonly string[]]>([
    ['nothing known', {}, [], ['STIGG_SERVER_API_KEY'], ['STIGG_CLIENT_API_KEY']],
    ['Next', {}, ['react', 'next'], ['STIGG_SERVER_API_KEY'], ['STIGG_CLIENT_API_KEY', 'NEXT_PUBLIC_STIGG_CLIENT_API_KEY']],
    ['Vite', {}, ['vite', 'vue'], ['STIGG_SERVER_API_KEY'], ['STIGG_CLIENT_API_KEY', 'VITE_STIGG_CLIENT_API_KEY']],
    ['Create React App', {}, ['react-scripts'], ['STIGG_SERVER_API_KEY'], ['STIGG_CLIENT_API_KEY', 'REACT_APP_STIGG_CLIENT_API_KEY']],
    ['Nuxt', {}, ['nuxt', 'vite'], ['STIGG_SERVER_API_KEY'], ['STIGG_CLIENT_API_KEY', 'NUXT_PUBLIC_STIGG_CLIENT_API_KEY']],
    ['Astro', {}, ['astro'], ['STIGG_SERVER_API_KEY'], ['STIGG_CLIENT_API_KEY', 'PUBLIC_STIGG_CLIENT_API_KEY']],
    ['Parcel', {}, ['parcel'], ['STIGG_SERVER_API_KEY'], ['STIGG_CLIENT_API_KEY']],
    ['one set', { server: ['STIGG_API_KEY', 'SERVER_API_KEY'] }, ['next'], ['STIGG_API_KEY', 'SERVER_API_KEY'], ['STIGG_CLIENT_API_KEY', 'NEXT_PUBLIC_STIGG_CLIENT_API_KEY']],
    ['the other set', { publishable: ['VITE_STIGG_KEY'] }, ['next'], ['STIGG_SERVER_API_KEY'], ['VITE_STIGG_KEY']],
    ['none wanted', { server: [], publishable: [] }, ['next'], [], []],
  ])('%s', (_what, chosen, dependencies, server, publishable) => {
    expect(variableNames(chosen, new Set(dependencies))).toEqual({ server, publishable });
  });

  it('come from the nearest settings and the nearest package.json', async () => {
    const files: Readonly<Record<string, string>> = {
      '/repo/.git/HEAD': 'ref: refs/heads/main\n',
      '/repo/package.json': '{"dependencies":{"vite":"7"}}',
      '/repo/apps/web/package.json': '{"dependencies":{"next":"16"}}',
      '/repo/apps/api/.stigg-keys.json': '{"variables":{"server":["SERVER_API_KEY"]}}',
    };
    const project = new Project({ read: (path) => Promise.resolve(files[path] === undefined ? undefined : new TextEncoder().encode(files[path])), list: () => Promise.resolve([]) });
    expect(await project.variableNamesFor('/repo/apps/web')).toEqual({ server: ['STIGG_SERVER_API_KEY'], publishable: ['STIGG_CLIENT_API_KEY', 'NEXT_PUBLIC_STIGG_CLIENT_API_KEY'] });
    expect(await project.variableNamesFor('/repo/apps/api')).toEqual({ server: ['SERVER_API_KEY'], publishable: ['STIGG_CLIENT_API_KEY', 'VITE_STIGG_CLIENT_API_KEY'] });
  });
});

describe('names in a settings file', () => {
  it.each<[what: string, variables: unknown, expected: ChosenNames, problems: readonly string[]]>([
    ['both', { server: ['SERVER_API_KEY'], publishable: ['VITE_STIGG_KEY'] }, { server: ['SERVER_API_KEY'], publishable: ['VITE_STIGG_KEY'] }, []],
    ['twice the same', { server: ['STIGG_KEY', 'STIGG_KEY'] }, { server: ['STIGG_KEY'] }, []],
    ['none wanted', { server: [] }, { server: [] }, []],
    ['nothing that can be used', { server: ['PATH'] }, {}, ['"PATH" gets no key']],
    ['some', { server: ['PATH', 'STIGG_KEY', 7, null] }, { server: ['STIGG_KEY'] }, ['"PATH" gets no key', 'has to be a text', 'has to be a text']],
    ['in both lists', { server: ['STIGG_KEY'], publishable: ['STIGG_KEY', 'VITE_STIGG_KEY'] }, { server: ['STIGG_KEY'], publishable: ['VITE_STIGG_KEY'] }, ['one key only']],
    ['a public prefix', { server: ['NEXT_PUBLIC_STIGG_API_KEY'] }, {}, ['put into browser code']],
    ['too many', { server: Array.from({ length: 12 }, (_, index) => `STIGG_KEY_${String(index)}`) }, { server: Array.from({ length: 10 }, (_, index) => `STIGG_KEY_${String(index)}`) }, ['Only the first 10']],
    ['no lists', { server: 'STIGG_KEY', publishable: { a: 1 } }, {}, ['A list is expected', 'A list is expected']],
    ['no object', ['STIGG_KEY'], {}, ['An object is expected']],
    ['others', { environment: 'production', server: ['STIGG_KEY'] }, { server: ['STIGG_KEY'] }, ['no setting called "environment"']],
  ])('%s', (_what, variables, expected, problems) => {
    const settings = settingsOf({ variables });
    expect(settings.variables).toEqual(expected);
    expect(settings.problems).toHaveLength(problems.length);
    for (const [index, problem] of problems.entries()) expect(settings.problems[index]?.message).toContain(problem);
  });
});

describe('what changes in a process', () => {
  const server = new Secret('server-value');
  const publishable = new Secret('publishable-value');
  const names: VariableNames = { server: ['SERVER_API_KEY', 'STIGG_API_KEY'], publishable: ['VITE_STIGG_KEY'] };
  it.each<[what: string, names: VariableNames, keys: InjectedKeys, changes: Readonly<Record<string, Secret | null>>]>([
    ['no key', names, {}, { SERVER_API_KEY: null, VITE_STIGG_KEY: null }],
    ['server key', names, { server }, { SERVER_API_KEY: server, STIGG_API_KEY: server, VITE_STIGG_KEY: null }],
    ['both', names, { server, publishable }, { SERVER_API_KEY: server, STIGG_API_KEY: server, VITE_STIGG_KEY: publishable }],
    ['a project that wants none', { server: [], publishable: [] }, { server, publishable }, {}],
  ])('%s', (_what, chosen, keys, changes) => {
    expect(Object.fromEntries(environmentChanges(chosen, keys))).toEqual({ ...STALE, ...changes });
  });
});

describe('names that a person is told', () => {
  const [server, publishable] = [new Secret('server-value'), new Secret('publishable-value')];
  it.each<[what: string, names: VariableNames, keys: InjectedKeys, told: readonly string[]]>([
    ['the usual ones', variableNames({}, new Set(['next'])), { server, publishable }, []],
    ['a chosen one', { server: ['BILLING_KEY'], publishable: ['STIGG_CLIENT_API_KEY'] }, { server, publishable }, ['BILLING_KEY', 'STIGG_CLIENT_API_KEY']],
    ['the usual one and another', { server: ['STIGG_SERVER_API_KEY', 'OWN_KEY'], publishable: [] }, { server }, ['STIGG_SERVER_API_KEY', 'OWN_KEY']],
    ['one that stays empty', { server: ['STIGG_SERVER_API_KEY'], publishable: ['VITE_KEY'] }, { server }, []],
    ['the other kind\'s usual one', { server: ['STIGG_CLIENT_API_KEY'], publishable: [] }, { server }, ['STIGG_CLIENT_API_KEY']],
  ])('%s', (_what, names, keys, told) => {
    expect(namesToTell(names, keys)).toEqual(told);
  });
});
