import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('Activation', () => {
  test('the extension is there and activates', async () => {
    const extension = vscode.extensions.getExtension('stigg-community.stigg-key-hygiene');
    assert.ok(extension, 'VS Code does not know the extension');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  test('every command of the manifest is registered', async () => {
    const extension = vscode.extensions.getExtension('stigg-community.stigg-key-hygiene');
    await extension?.activate();
    const manifest = extension?.packageJSON as { contributes: { commands: { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(manifest.contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command)), []);
  });
});
