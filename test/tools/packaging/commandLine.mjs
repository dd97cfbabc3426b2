// @ts-check
// The npm package of the command line: the extension's own bundle, without what only the editor uses.
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npmCommand, run } from '../processes.mjs';
import { reproducibleGzip } from './archives.mjs';
import { filesBelow, META } from './extension.mjs';
import { NOTICES, SBOM, writePapers } from './papers.mjs';

export const PACKAGE_NAME = 'stigg-keys';
const DESCRIPTION = 'Finds Stigg API keys that leak and mistakes in calls to Stigg, in code, commits and history, and gives commands their keys from the keychain of the operating system.';

/**
 * What the command line loads, at once or later. No import leads to a worker, only the name of its file in the code that starts it.
 * @param {import('./components.mjs').Bundles} bundles
 * @param {(file: string) => Promise<string>} read
 */
export async function commandLineFiles(bundles, read) {
  const entries = Object.keys(bundles.outputs).filter((name) => /^dist\/[^/]+\.js$/.test(name));
  const found = ['dist/cli.js'];
  for (const file of found) {
    const { imports = [] } = bundles.outputs[file] ?? {};
    if (imports.some(({ path: imported }) => imported === 'vscode')) throw new Error(`${file} imports vscode: the command line must not reach it.`);
    const code = await read(file);
    const next = [...imports.filter(({ external }) => external !== true).map(({ path: imported }) => imported), ...entries.filter((entry) => code.includes(`/${path.posix.basename(entry)}`))];
    found.push(...new Set(next.filter((name) => !found.includes(name))));
  }
  return found.sort();
}

/** The section about the command line, with the name it has once it is installed. @param {string} readme @param {string} homepage */
export function packageReadme(readme, homepage) {
  const section = /^## Command line\n[^]*?(?=^## |(?![^]))/m.exec(readme)?.[0];
  const body = section?.slice(section.indexOf('\n```sh'));
  if (section === undefined || body === undefined || !body.startsWith('\n```sh')) throw new Error('README.md has no section "Command line" with a first example.');
  return `# ${PACKAGE_NAME}

${DESCRIPTION}

\`\`\`sh
npm install --save-dev ${PACKAGE_NAME}
npx ${PACKAGE_NAME} scan
\`\`\`

The command line of [Stigg Key Hygiene](${homepage}), a VS Code extension with the same engine. This is a community project. It is not made or supported by Stigg.
${body.replaceAll('node dist/cli.js', PACKAGE_NAME).trimEnd()}

The rules are explained in the [repository](${homepage}#rules). No install script runs, nothing is downloaded, and there is no telemetry.
`;
}

/**
 * Lays the package out in `folder`, from the release build in dist/.
 * @param {string} root @param {string} folder
 */
export async function stageCommandLine(root, folder) {
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const bundles = JSON.parse(await readFile(path.join(root, 'dist', META), 'utf8'));
  const homepage = manifest.repository.url.replace(/\.git$/, '');
  const files = [...await commandLineFiles(bundles, (name) => readFile(path.join(root, name), 'utf8')), ...(await filesBelow(root, 'dist')).filter((name) => /^dist\/(wasm|keytar)\//.test(name))].sort();
  await rm(folder, { recursive: true, force: true });
  for (const name of files) {
    const to = path.join(folder, name);
    await mkdir(path.dirname(to), { recursive: true });
    await copyFile(path.join(root, name), to);
  }
  const lock = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8'));
  const optional = manifest.optionalDependencies ?? {};
  const { version, license, author, repository, bugs } = manifest;
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify({
    name: PACKAGE_NAME, version, description: DESCRIPTION, keywords: ['stigg', 'secrets', 'api-keys', 'lint', 'pre-commit', 'sarif'], license, author, homepage: `${homepage}#readme`, repository, bugs,
    type: 'module', bin: { 'stigg-keys': 'dist/cli.js' }, exports: { './package.json': './package.json' }, files: ['dist', NOTICES, SBOM], engines: { node: manifest.engines.node },
    ...(Object.keys(optional).length === 0 ? {} : { optionalDependencies: optional }),
    publishConfig: { access: 'public', provenance: true },
  }, null, 2)}\n`);
  await writeFile(path.join(folder, 'README.md'), packageReadme(await readFile(path.join(root, 'README.md'), 'utf8'), homepage));
  await copyFile(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'));
  const product = {
    title: PACKAGE_NAME, name: PACKAGE_NAME, version, license, description: DESCRIPTION, type: /** @type {const} */ ('application'),
    purl: `pkg:npm/${PACKAGE_NAME}@${version}`, repository: homepage,
    // From the lock: where npm could not install them, the bill is the same.
    optional: Object.keys(optional).map((name) => {
      const locked = lock.packages[`node_modules/${name}`];
      if (locked === undefined) throw new Error(`package-lock.json does not have ${name}: run npm install --package-lock-only.`);
      return { name, version: locked.version, license: locked.license };
    }),
  };
  await writePapers(root, folder, product, bundles, files);
  // npm keeps the modes that it finds, and those come from a umask.
  for (const name of await filesBelow(folder, '.')) await chmod(path.join(folder, name), name === 'dist/cli.js' ? 0o755 : 0o644);
}

/** Packs what the release build in dist/ left. @param {string} root @param {string} tarball */
export async function packCommandLine(root, tarball) {
  const folder = path.join(root, 'dist', 'npm');
  await stageCommandLine(root, folder);
  const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const { command, args } = npmCommand(['pack', '--silent', '--ignore-scripts', '--pack-destination', path.dirname(tarball)]);
  await run(command, args, { cwd: folder });
  const packed = path.join(path.dirname(tarball), `${PACKAGE_NAME}-${version}.tgz`);
  await writeFile(tarball, reproducibleGzip(await readFile(packed)));
  await rm(packed);
}
