import { describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { isInText } from '../../../src/editor/requests/codePosition.js';
import { COMPLETED_LANGUAGES } from '../../../src/editor/requests/completions.js';
import { readWish } from '../../../src/editor/requests/insertRequest.js';
import { completionId } from '../../../src/editor/requests/offers.js';
import { languageOf, writersFor } from '../../../src/editor/requests/place.js';
import { Recent } from '../../../src/editor/requests/recent.js';
import { requestLine } from '../../../src/editor/requests/steps.js';
import { readStarterWish } from '../../../src/editor/starters/insertStarter.js';
import { requests } from '../../../src/snippets/catalogue/index.js';
import { fenceInfo, fenceLanguage, openFence } from '../../../src/snippets/fence.js';
import { toSnippetText } from '../../../src/snippets/snippet.js';
import { STARTERS } from '../../../src/snippets/starters/index.js';
import { WRITERS } from '../../../src/snippets/writers/index.js';
import { cpuNow } from '../../tools/cpu.js';

vi.mock('vscode', async () => ({ ...(await import('./fakeVscode.js')).fake, CompletionItem: class { readonly label = ''; }, InputBoxValidationSeverity: { Error: 3, Warning: 2, Info: 1 } }));

const uriOf = (path: string): vscode.Uri => ({ path } as unknown as vscode.Uri);
const OPTIONS = { baseUrl: 'https://api.stigg.io', keyVariable: 'STIGG_SERVER_API_KEY', keyHeader: 'docs', uuid: () => 'fresh' } as const;

describe('completions', () => {
  it('are registered for every language that a request or a starter can be written in', () => {
    const written = new Set([...WRITERS, ...STARTERS].flatMap(({ languageIds }) => languageIds));
    expect([...written].filter((id) => !COMPLETED_LANGUAGES.includes(id))).toEqual([]);
    // `rest` is what another extension calls request files.
    expect(COMPLETED_LANGUAGES.filter((id) => !written.has(id))).toEqual(['rest']);
  });

  it('have names of one word that differ', () => {
    const names = [...requests().map(({ id }) => completionId(id)), ...STARTERS.map(({ id }) => `init-${id}`)];
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[\w-]+$/);
  });

  it.each(WRITERS.map((writer) => [writer.id, writer] as const))('of all requests are written fast enough to be written at each question: %s', (_id, writer) => {
    const all = requests();
    const write = (): number => all.reduce((length, request) => length + toSnippetText(writer.write(request, OPTIONS)?.parts ?? []).length, 0);
    write();
    const before = cpuNow();
    for (let time = 0; time < 5; time += 1) write();
    // Five times; a machine at rest takes a tenth of it.
    expect(cpuNow() - before).toBeLessThan(5 * 60);
  });

  it.each<[string, string, boolean]>([
    ['typescript', 'const a = ', false], ['typescript', 'const a = "', true], ['typescript', "const a = 'b' + ", false], ['typescript', 'const a = `b', true], ['typescript', '  // ', true],
    ['typescript', "fetch('https://a') ", false], ['typescript', '/* ', true], ['typescript', '/* a */ ', false], ['typescript', String.raw`'a\' `, true],
    ['python', '# ', true], ['python', 'a = b  # ', true], ['python', 'a = "#" ', false], ['shellscript', 'echo ${#a} ', false], ['shellscript', 'true # ', true],
    ['go', 'a := "', true], ['bat', 'rem ', true], ['plaintext', "don't ", false], ['markdown', '"', false], ['yaml', '# ', false],
  ])('%s after %j: in text %s', (languageId, text, expected) => {
    expect(isInText(languageId, text)).toBe(expected);
  });

  it('look through a long line quickly', () => {
    const before = cpuNow();
    isInText('typescript', `${'/* '.repeat(30_000)}${'\\"\'`'.repeat(30_000)}`);
    expect(cpuNow() - before).toBeLessThan(2_000);
  });
});

describe('the place', () => {
  const ids = (languageId: string | undefined, isProse = false): string[] => writersFor(WRITERS, { languageId, isProse }).map(({ id }) => id);

  it.each<[string | undefined, string[]]>([
    ['shellscript', ['curl', 'httpie']], ['plaintext', ['curl']], ['powershell', ['powershell']], ['bat', ['cmd']], ['http', ['http']], ['php', ['php']], ['css', []], [undefined, ['curl']], ['cobol', []],
  ])('%s takes %j', (languageId, expected) => {
    expect(ids(languageId).filter((id) => !id.startsWith('sdk-'))).toEqual(expected);
  });

  it('of prose takes everything, curl first', () => {
    expect(ids('markdown', true)[0]).toBe('curl');
    expect(new Set(ids('markdown', true)).size).toBe(WRITERS.length);
  });

  it.each<[string, string, string]>([
    ['plaintext', '/a/b.http', 'http'], ['plaintext', '/a/b.REST', 'http'], ['rest', '/a/b', 'http'], ['plaintext', '/a/b.txt', 'plaintext'], ['python', '/a/b.http', 'python'],
  ])('%s %s is %s', (languageId, path, expected) => {
    expect(languageOf({ languageId, uri: uriOf(path) })).toBe(expected);
  });

  it.each<[string, string | undefined]>([
    ['a\n```ts\nb', 'ts'], ['```\nb', ''], ['~~~ python title="a"\n', 'python title="a"'], ['```ts\n```\n', undefined], ['a', undefined], ['````md\n```ts\n', 'md'],
  ])('the block that %j ends in says %j', (text, expected) => {
    expect(openFence(text)).toBe(expected);
  });

  it.each<[string, string | undefined]>([
    ['ts', 'typescript'], ['{.python}', 'python'], ['sh title="a"', 'shellscript'], ['C#', 'csharp'], ['GOLANG', 'go'], ['java', 'java'], ['', undefined], ['   ', undefined], ['mermaid', 'mermaid'],
  ])('%j is a block of %s', (info, expected) => {
    expect(fenceLanguage(info)).toBe(expected);
  });

  it('a block that was written is read again', () => {
    for (const { languageIds } of WRITERS) expect(fenceLanguage(fenceInfo(languageIds[0]))).toBe(languageIds[0]);
  });
});

describe('what the commands are called with', () => {
  it.each<[unknown, unknown]>([
    [undefined, {}], [null, {}], [3, {}], ['a', { request: 'a' }], [{ kind: 'environment', row: {} }, {}], [{ request: 'a', target: 'b' }, { request: 'a', target: 'b' }],
    [{ request: 3, target: {} }, {}], [{ surface: 'rest' }, { surface: 'rest' }], [{ surface: 'cobol' }, {}],
  ])('%j', (argument, expected) => {
    expect(readWish(argument)).toEqual(expected);
  });

  it.each<[unknown, unknown]>([[undefined, {}], ['cli', { starter: 'cli' }], [{ surface: 'sidecar' }, { surface: 'sidecar' }], [{ surface: 'x', starter: 1 }, {}]])('starter: %j', (argument, expected) => {
    expect(readStarterWish(argument)).toEqual(expected);
  });
});

it('a request is named by method and path', () => {
  const line = (id: string): string => requests().filter((request) => request.id === id).map(requestLine).join();
  expect(line('customers.archive')).toBe('POST /api/v1/customers/{id}/archive');
  expect(line('graphql.apiKeys')).toBe('POST /graphql');
});

describe('what was used last', () => {
  const memento = (stored?: unknown): vscode.Memento => {
    let value = stored;
    return { keys: () => [], get: () => value, update: (_key: string, next: unknown) => { value = next; return Promise.resolve(); } };
  };

  it('comes first, each once, and no more than so many', async () => {
    const recent = new Recent(memento(), 'k', 2);
    for (const id of ['a', 'b', 'a', 'c']) await recent.use(id);
    expect(recent.ids).toEqual(['c', 'a']);
    expect(recent.first([{ id: 'a' }, { id: 'b' }, { id: 'c' }]).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });

  it.each([['text'], [{}], [[1, null, {}]], [null]])('is nothing where %j was stored', (stored) => {
    expect(new Recent(memento(stored), 'k', 2).ids).toEqual([]);
  });
});
