import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { QuickPickItem } from 'vscode';
import { chooseTarget, refuseUnfit } from '../../../../src/editor/envFiles/target.js';

vi.mock('vscode', async () => {
  const { fake } = await import('../fakeVscode.js');
  const folder = { name: 'w', uri: { scheme: 'file', path: '/w', fsPath: '/w' } };
  return {
    ...fake,
    Uri: { file: (path: string) => ({ scheme: 'file', path, fsPath: path }), joinPath: (_base: unknown, name: string) => ({ path: `/w/${name}` }) },
    workspace: { ...fake.workspace, workspaceFolders: [folder], getWorkspaceFolder: () => folder, findFiles: vi.fn() },
  };
});

const vscode = await import('vscode');
/** A file of the folder. */
const uri = (name: string) => vscode.Uri.file(`/w/${name}`);
const findFiles = vi.mocked(vscode.workspace.findFiles);
const showQuickPick = vi.mocked(vscode.window.showQuickPick);
const showInputBox = vi.mocked(vscode.window.showInputBox);

beforeEach(() => { vi.resetAllMocks(); });

describe('a script of direnv is no place for a key', () => {
  test.each(['.envrc', 'apps/api/.envrc', '.envrc.local', '.ENVRC', '.envrc.private'])('%s', async (name) => {
    await expect(refuseUnfit(uri(name))).rejects.toMatchObject({ code: 'envScript', nextStep: expect.stringContaining('"dotenv"') as string });
  });

  test('it is not offered', async () => {
    findFiles.mockResolvedValue(['.envrc', '.env', '.envrc.local', '.env.example', 'a/dev.env'].map(uri));
    showQuickPick.mockResolvedValue(undefined);
    await chooseTarget();
    const items = showQuickPick.mock.calls[0]?.[0] as readonly { readonly label: string }[];
    expect(items.map(({ label }) => label)).toEqual(['w/.env', 'w/a/dev.env', 'Another file…']);
  });

  test.each([
    ['.env.local', undefined],
    ['a/dev.env', undefined],
    ['.envrc', 'dotenv'],
    [' apps/.envrc.local ', 'dotenv'],
    ['.env.example', 'An env file'],
    ['../.env', 'An env file'],
  ])('typed: %j', async (text, said) => {
    findFiles.mockResolvedValue([]);
    showQuickPick.mockImplementation((items) => Promise.resolve((items as readonly QuickPickItem[])[0]));
    showInputBox.mockResolvedValue(undefined);
    await chooseTarget();
    const answer = showInputBox.mock.calls[0]?.[0]?.validateInput?.(text);
    if (said === undefined) expect(answer).toBeUndefined();
    else expect(answer).toContain(said);
  });
});
