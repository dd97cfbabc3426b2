import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { expect, it } from 'vitest';

/** What runs, and what the marketplace shows; nothing else is anybody's download. */
const SHIPPED = [
  /^package(\.nls)?\.json$/, /^(README|CHANGELOG)\.md$/, /^LICENSE$/, /^media\/(walkthrough\/\w+\.svg|icon\.png|stigg(-light|-dark)?\.svg|stigg-keys\.schema\.json)$/,
  /^dist\/(extension|cli)\.js$/, /^dist\/chunks\/[\w-]+\.js$/, /^dist\/webview\/keyDetails\.(js|css)$/, /^dist\/wasm\/tree-sitter(-[a-z-]+)?\.wasm$/, /^dist\/keytar\/[\w-]+\/keytar\.node$/,
];

it('the VSIX holds only what runs', async () => {
  const files = await listFiles({ cwd: path.resolve(import.meta.dirname, '../..'), packageManager: PackageManager.None });
  expect(files.filter((file) => !SHIPPED.some((pattern) => pattern.test(file)))).toEqual([]);
  for (const file of ['js', 'css']) expect(files).toContain(`dist/webview/keyDetails.${file}`);
  for (const platform of ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-arm64', 'win32-x64']) {
    expect(files).toContain(`dist/keytar/${platform}/keytar.node`);
  }
});
