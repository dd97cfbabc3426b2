import { describe, expect, it, vi } from 'vitest';
import type { StoredKey } from '../../../../src/keys/vault.js';
import { fake } from '../fakeVscode.js';
import { environment, NAMES, PUBLISHABLE, SERVER, storedKey } from './support.js';

vi.mock('vscode', async () => (await import('../fakeVscode.js')).fake);
const { environmentFor, handoverOf, namedEnvironment, readKeys, requireTrust } = await import('../../../../src/editor/injection/handover.js');
type Deps = Parameters<typeof environmentFor>[0];

const server = storedKey();
const publishable = storedKey({ keyId: 'key-2', type: 'CLIENT', manages: null, createdAt: '2026-01-01' }, PUBLISHABLE);
const older = { ...publishable, keyId: 'key-3', createdAt: '2025-01-01' };
const scoped = storedKey({ keyId: 'key-4', type: 'SCOPED', manages: null });
const elsewhere = storedKey({ environmentId: 'env-2', keyId: 'key-5', manages: environment({ id: 'env-2', slug: 'production', displayName: 'Production', type: 'PRODUCTION' }) });
const twin = storedKey({ environmentId: 'env-3', keyId: 'key-6', manages: environment({ id: 'env-3', slug: 'staging-2', displayName: 'staging' }) });

describe('the environment that is meant', () => {
  it.each<[wanted: string, id: string]>([['env-1', 'env-1'], ['staging', 'env-1'], ['staging-2', 'env-3'], ['PRODUCTION', 'env-2']])('%s', (wanted, id) => {
    expect(namedEnvironment([server, publishable, elsewhere, twin], wanted).id).toBe(id);
  });
  it.each<[wanted: string, stored: readonly StoredKey[], code: string]>([
    ['nowhere', [server], 'unknownEnvironment'],
    ['', [server], 'unknownEnvironment'],
    ['STAGING', [server, twin], 'ambiguousEnvironment'],
    ['staging', [], 'unknownEnvironment'],
    ['staging', [publishable], 'unknownEnvironment'],
  ])('%s of %#', (wanted, stored, code) => {
    expect(() => namedEnvironment(stored, wanted)).toThrow(expect.objectContaining({ code }) as Error);
  });
  it('is the active one where none is named, without asking Stigg', async () => {
    const deps = { vault: { list: () => Promise.resolve([server, elsewhere]) }, active: { chosen: { id: 'env-2', displayName: 'Production', type: 'PRODUCTION' } } } as unknown as Deps;
    expect((await environmentFor(deps, true, ''))?.id).toBe('env-2');
  });
});

describe('what is handed over', () => {
  it.each<[what: string, stored: readonly StoredKey[], names: typeof NAMES, chosen: StoredKey | undefined, ids: readonly (string | undefined)[]]>([
    ['the own key and the youngest publishable one', [server, older, publishable, elsewhere], NAMES, undefined, ['key-1', 'key-2']],
    ['the own key alone', [server, elsewhere], NAMES, undefined, ['key-1', undefined]],
    ['a chosen key', [server, scoped, publishable], NAMES, scoped, ['key-4', 'key-2']],
    ['a chosen publishable key', [server, publishable, older], NAMES, older, [undefined, 'key-3']],
    ['a project without a backend', [server, publishable], { ...NAMES, server: [] }, undefined, [undefined, 'key-2']],
    ['a project without a frontend', [server, publishable], { ...NAMES, publishable: [] }, undefined, ['key-1', undefined]],
  ])('%s', (_what, stored, names, chosen, ids) => {
    const handover = handoverOf(stored, environment(), names, chosen);
    expect([handover.server?.keyId, handover.publishable?.keyId]).toEqual(ids);
  });
  it.each<[what: string, stored: readonly StoredKey[], names: typeof NAMES]>([
    ['nothing stored', [elsewhere], NAMES],
    ['no name for it', [server], { server: [], publishable: ['STIGG_CLIENT_API_KEY'] }],
  ])('%s is said', (_what, stored, names) => {
    expect(() => handoverOf(stored, environment(), names)).toThrow(expect.objectContaining({ code: 'valueMissing' }) as Error);
  });
  it('a value that is gone is said', async () => {
    await expect(readKeys({ read: () => Promise.resolve(undefined) }, { environment: environment(), names: NAMES, server })).rejects.toMatchObject({ code: 'valueMissing' });
    expect(await readKeys({ read: () => Promise.resolve(SERVER) }, { environment: environment(), names: NAMES, server })).toEqual({ server: SERVER });
  });
  it('is nothing in Restricted Mode', () => {
    const workspace = fake.workspace as { isTrusted?: boolean };
    workspace.isTrusted = false;
    expect(() => { requireTrust(); }).toThrow(expect.objectContaining({ code: 'workspaceNotTrusted' }) as Error);
    workspace.isTrusted = true;
    expect(() => { requireTrust(); }).not.toThrow();
  });
});
