import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { GRAMMARS } from '../tools/grammars.mjs';
import { targetsOf } from '../tools/keytarPrebuilds.mjs';
import { npmPackagePath, vsixPath } from '../tools/paths.mjs';
import { sbomErrors } from '../unit/packaging/sbomSchema.js';
import { npmFiles, vsixFiles, type Files } from './products.js';

const PLATFORMS = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'linuxmusl-x64', 'win32-arm64', 'win32-x64'];

/** What both hold: programs, grammars, bindings, papers. */
const COMMON = [/^package\.json$/, /^dist\/cli\.js$/, /^dist\/chunks\/[\w-]+\.js$/, /^dist\/\w*[Ww]orker\.js$/, /^dist\/wasm\/tree-sitter(-[a-z-]+)?\.wasm$/, /^dist\/keytar\/[\w-]+\/keytar\.node$/];
/** What runs, and what the marketplace shows; nothing else is anybody's download. */
const VSIX = [
  ...COMMON, /^package\.nls\.json$/, /^(readme|changelog)\.md$/, /^LICENSE\.txt$/, /^dist\/(THIRD_PARTY_NOTICES\.txt|sbom\.cdx\.json)$/,
  /^media\/(walkthrough\/\w+\.svg|icon\.png|stigg(-light|-dark)?\.svg|stigg-keys\.schema\.json)$/, /^dist\/(extension|web\/extension)\.c?js$/, /^dist\/webview\/keyDetails\.(js|css)$/,
];
const NPM = [...COMMON, /^README\.md$/, /^LICENSE$/, /^(THIRD_PARTY_NOTICES\.txt|sbom\.cdx\.json)$/];

/** In kilobytes: twice what it is would be noticed. */
const SIZES: readonly (readonly [RegExp, number])[] = [
  [/^dist\/wasm\/.*-c-sharp\.wasm$/, 5_500], [/^dist\/wasm\/.*-kotlin\.wasm$/, 4_500], [/\.wasm$/, 2_500], [/\.node$/, 250], [/^dist\/web\//, 2_500], [/^dist\/extension\.js$/, 250], [/^dist\/.*\.c?js$/, 500],
  [/^package\.json$/, 80], [/\.(md|txt|json)$/, 150], [/^media\//, 50], [/./, 50],
];

interface Sbom {
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly SbomComponent[];
}
interface SbomComponent {
  readonly type: string;
  readonly name: string;
  readonly group?: string;
  readonly version?: string;
  readonly scope?: string;
  readonly hashes?: readonly { readonly content: string }[];
  readonly components?: readonly SbomComponent[];
}

describe.each([
  { product: 'the VSIX', read: vsixFiles, file: vsixPath, megabytes: 4, shipped: VSIX, papers: 'dist/' },
  { product: 'the npm package', read: npmFiles, file: npmPackagePath, megabytes: 3, shipped: NPM, papers: '' },
])('$product', ({ read, file, megabytes, shipped, papers }) => {
  let files: Files;
  let names: readonly string[];
  let sbom: Sbom;
  let text: string;
  beforeAll(() => {
    files = read();
    names = [...files.keys()];
    text = files.get(`${papers}sbom.cdx.json`)?.toString() ?? '';
    sbom = JSON.parse(text) as Sbom;
  });

  it('holds only what runs or must be said', () => {
    expect(names.filter((name) => !shipped.some((pattern) => pattern.test(name)))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['package.json', 'dist/cli.js', `${papers}THIRD_PARTY_NOTICES.txt`]));
  });

  it('holds every grammar that is used, and no other', () => {
    const grammars = names.filter((name) => name.startsWith('dist/wasm/'));
    expect(grammars.sort()).toEqual(['dist/wasm/tree-sitter.wasm', ...GRAMMARS.map((name) => `dist/wasm/tree-sitter-${name}.wasm`)].sort());
    for (const name of grammars) expect(files.get(name)?.subarray(0, 4).toString('latin1')).toBe('\0asm');
  });

  it('holds a keychain binding for every platform, each for the one its folder says', () => {
    const bindings = names.filter((name) => name.endsWith('.node'));
    expect(bindings.sort()).toEqual(PLATFORMS.map((platform) => `dist/keytar/${platform}/keytar.node`));
    for (const name of bindings) expect(targetsOf(files.get(name) ?? Buffer.alloc(0))).toContain(name.split('/')[2]);
  });

  it('is no larger than expected, as a whole and file by file', () => {
    expect(statSync(file).size / 1e6).toBeLessThan(megabytes);
    const large = [...files].filter(([name, { length }]) => length / 1e3 > (SIZES.find(([pattern]) => pattern.test(name))?.[1] ?? 0));
    expect(large.map(([name, { length }]) => `${name}: ${length}`)).toEqual([]);
  });

  it('holds no source map, no path of the machine that built it, and nothing that looks like a secret', () => {
    const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
    const patterns = [
      /sourceMappingURL=\S+\.map/, /(?:\/home\/|\/Users\/|\/tmp\/)[\w.-]+\/[\w.-]+\/(?:src|node_modules)\//, /-----BEGIN [A-Z ]*PRIVATE KEY-----/, /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, /\bgh[pousr]_[A-Za-z0-9]{36}\b/,
      new RegExp(`(?:server|client)-${uuid}:${uuid}`, 'i'), /\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}/,
    ];
    const found = [...files].filter(([name]) => !/\.(node|wasm|png)$/.test(name)).flatMap(([name, content]) => patterns.filter((pattern) => pattern.test(content.toString())).map((pattern) => `${name}: ${pattern.source.slice(0, 20)}`));
    expect(found).toEqual([]);
    for (const [name, content] of files) if (name.endsWith('.wasm') || name.endsWith('.node')) expect(content.includes(process.cwd()), name).toBe(false);
  });

  it('has a bill of materials that is valid and is about this very content', () => {
    expect(sbomErrors(text)).toEqual([]);
    const manifest = JSON.parse(files.get('package.json')?.toString() ?? '') as { name: string; version: string };
    expect(sbom.metadata.component).toMatchObject({ name: manifest.name, version: manifest.version });
    const described = sbom.components.flatMap(({ components }) => components ?? []).filter(({ type }) => type === 'file');
    expect(described.map(({ name }) => name).sort()).toEqual(names.filter((name) => /\.(wasm|node)$/.test(name)).sort());
    for (const { name, hashes } of described) expect(createHash('sha256').update(files.get(name) ?? '').digest('hex')).toBe(hashes?.[0]?.content);
  });

  it('names every component, and none that only built it, in the notices with its licence', () => {
    const notices = files.get(`${papers}THIRD_PARTY_NOTICES.txt`)?.toString() ?? '';
    const inside = sbom.components.filter(({ scope }) => scope !== 'optional').flatMap((component) => [component, ...(component.components ?? []).filter(({ type }) => type === 'library')]);
    for (const { group, name, version } of inside) {
      const title = `${group === undefined ? '' : `${group}/`}${name}${version === undefined ? '' : ` ${version}`} (`;
      expect(notices.split('\n').some((line) => line.startsWith(title)), title).toBe(true);
    }
    expect(inside.map(({ group, name }) => [group, name].filter((part) => part !== undefined).join('/'))).toEqual(expect.arrayContaining([
      '@github/keytar', 'node-addon-api', '@vscode/tree-sitter-wasm', 'tree-sitter', 'tree-sitter-typescript', '@tree-sitter-grammars/tree-sitter-hcl', 'tree-sitter-json', 'cross-spawn', 'jsonc-parser', 'ignore', '@noble/hashes',
    ]));
    expect(notices).not.toMatch(/^(esbuild|vitest|typescript|@vscode\/vsce) /m);
  });
});

it('the npm package asks for nothing but ripgrep, runs nothing when it is installed, and holds nothing of the editor', () => {
  const files = npmFiles();
  const manifest = JSON.parse(files.get('package.json')?.toString() ?? '') as Record<string, unknown>;
  expect(Object.keys(manifest).filter((name) => ['dependencies', 'devDependencies', 'peerDependencies', 'scripts', 'private', 'contributes', 'activationEvents', 'main'].includes(name))).toEqual([]);
  expect(Object.keys((manifest.optionalDependencies ?? {})).filter((name) => name !== '@vscode/ripgrep')).toEqual([]);
  expect(manifest).toMatchObject({ name: 'stigg-keys', bin: { 'stigg-keys': 'dist/cli.js' }, publishConfig: { access: 'public', provenance: true } });
  for (const [name, content] of files) if (name.endsWith('.js')) expect(content.toString(), name).not.toMatch(/(from|import|require\()\s*["']vscode["']/);
  expect([...files.keys()]).not.toContain('dist/scanWorker.js');
  expect([...files.keys()]).toContain('dist/readWorker.js');
});

it('both run the same programs', () => {
  const [vsix, npm] = [vsixFiles(), npmFiles()];
  for (const [name, content] of npm) if (name.startsWith('dist/')) expect(vsix.get(name)?.equals(content), name).toBe(true);
});
