import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { findEnvFileKeys } from '../../src/editor/keyCommands/envFileKeys.js';

suite('keys in env files', () => {
  const folder = (): vscode.Uri => {
    const uri = vscode.workspace.workspaceFolders?.[0]?.uri;
    if (uri === undefined) throw new Error('Open a folder');
    return vscode.Uri.joinPath(uri, 'env-file-keys');
  };
  const token = (kind: string): string => `${kind}-${randomUUID()}:${randomUUID()}`;
  teardown(async () => {
    await vscode.workspace.fs.delete(folder(), { recursive: true });
  });

  test('finds whole server keys, each once, however the line is written', async () => {
    const [plain, quoted, exported] = [token('server'), token('server'), token('server')];
    const files: Record<string, string> = {
      '.env': `# STIGG\nSTIGG_SERVER_API_KEY=${plain}\r\nSTIGG_CLIENT_API_KEY=${token('client')}\nOTHER="server-${randomUUID()}"\n`,
      '.env.local': `  export STIGG_API_KEY = "${quoted}"\nexport SAME='${plain}'\n`,
      'nested/.env.production': `A=${exported}\nB=${token('server')}0\n`,
      'readme.txt': `STIGG_SERVER_API_KEY=${token('server')}\n`,
    };
    for (const [name, text] of Object.entries(files)) await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder(), name), new TextEncoder().encode(text));
    const found = (await findEnvFileKeys()).filter(({ path }) => path.startsWith('env-file-keys/'));
    assert.deepEqual(
      found.map(({ path, variable, secret }) => [path, variable, secret.reveal()]),
      [
        ['env-file-keys/.env', 'STIGG_SERVER_API_KEY', plain],
        ['env-file-keys/.env.local', 'STIGG_API_KEY', quoted],
        ['env-file-keys/nested/.env.production', 'A', exported],
      ],
    );
  });

  test('passes over what is no text, and what is too large', async () => {
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder(), '.env'), Uint8Array.from([0xff, 0xfe, 0, 0, 0x80]));
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder(), '.env.big'), new TextEncoder().encode(`A=${token('server')}\n`.repeat(5_000)));
    assert.deepEqual((await findEnvFileKeys()).filter(({ path }) => path.startsWith('env-file-keys/')), []);
  });
});
