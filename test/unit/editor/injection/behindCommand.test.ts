import { describe, expect, it } from 'vitest';
import { behindCommand, requireUnchanged, type ReadText } from '../../../../src/editor/injection/behindCommand.js';

type Files = Readonly<Record<string, string>>;
const reading = (files: Files): ReadText => (file) => Promise.resolve(files[file.replaceAll('\\', '/').replace(/^[A-Z]:/, '')]);
const manifest = (scripts: Readonly<Record<string, string>>): string => JSON.stringify({ scripts });
const BEFORE: Files = { '/repo/package.json': manifest({ dev: 'next dev', build: 'tsc' }) };
/** Another script than the one that is named: it may be called by it. */
const AFTER: Files = { '/repo/package.json': manifest({ dev: 'next dev', build: 'node evil.js' }) };

describe('what is behind a command', () => {
  it.each<[command: string, folder: string, more: readonly string[], isCovered: boolean]>([
    ['npm run dev', '/repo', ['dev: next dev'], true],
    ['npm run dev', '/repo/apps/web/src', ['dev: next dev'], true],
    ['cd . && npm run build', '/repo', [], true],
    ['NODE_ENV=test pnpm dev', '/repo', [], true],
    ['npx concurrently "yarn dev"', '/repo', [], true],
    ['node --run build', '/repo', [], true],
    ['"C:\\Program Files\\nodejs\\npm.cmd" run dev', '/repo', [], true],
    ['sh -c "bun run build"', '/repo', [], true],
    ['node server.js', '/repo', [], false],
    ['node my-npm-proxy.js', '/repo', [], false],
    ['npm run dev', '/elsewhere', [], false],
  ])('%s in %s', async (command, folder, more, isCovered) => {
    const shown = await behindCommand(command, folder, reading(BEFORE));
    expect(shown.more).toEqual(more);
    expect((await behindCommand(command, folder, reading(AFTER))).exact !== shown.exact).toBe(isCovered);
    await expect(requireUnchanged(shown, command, folder, reading(BEFORE))).resolves.toBeUndefined();
    const changed = requireUnchanged(shown, command, folder, reading(AFTER));
    await (isCovered ? expect(changed).rejects.toMatchObject({ code: 'commandChanged' }) : expect(changed).resolves.toBeUndefined());
  });

  it.each<[what: string, files: Files]>([
    ['a nearer package.json', { ...BEFORE, '/repo/apps/package.json': manifest({ dev: 'node evil.js' }) }],
    ['a package.json that is gone', {}],
    ['one that is damaged', { '/repo/package.json': '{' }],
  ])('%s is another command', async (_what, files) => {
    const shown = await behindCommand('npm run dev', '/repo/apps', reading(BEFORE));
    await expect(requireUnchanged(shown, 'npm run dev', '/repo/apps', reading(files))).rejects.toMatchObject({ code: 'commandChanged' });
  });

  it('does not change with the rest of package.json', async () => {
    const shown = await behindCommand('npm run dev', '/repo', reading(BEFORE));
    const files = { '/repo/package.json': JSON.stringify({ version: '2.0.0', scripts: { dev: 'next dev', build: 'tsc' } }, undefined, 2) };
    await expect(requireUnchanged(shown, 'npm run dev', '/repo', reading(files))).resolves.toBeUndefined();
  });
});
