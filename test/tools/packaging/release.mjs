// @ts-check
// What the release workflow asks, so that it can be asked on any machine.
//
//   node test/tools/packaging/release.mjs check v1.2.3    the tag, package.json, its lock and the changelog say the same
//   node test/tools/packaging/release.mjs files           dist/release: what `npm run package` made, by version, with SHA256SUMS and NOTES.md
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { npmPackagePath, repoRoot, vsixPath } from '../paths.mjs';

/**
 * What keeps a tag from being released.
 * @param {{ tag: string, manifest: { version: string, repository: { url: string } }, lock: { version: string, packages: Record<string, { version?: string }> }, changelog: string, repository?: string | undefined }} facts
 *   `repository` is owner/name of where the workflow runs
 * @returns {string[]}
 */
export function releaseProblems({ tag, manifest, lock, changelog, repository }) {
  const { version } = manifest;
  const [unreleased, top] = [sectionOf(changelog, 'Unreleased'), changelog.match(/^## \[(?!Unreleased\])([^\]]+)\] - (\S+)$/m)];
  const problems = [];
  // The marketplace takes no other versions.
  if (!/^v\d+\.\d+\.\d+$/.test(tag)) problems.push(`The tag ${tag} is not of the form v1.2.3.`);
  else if (tag !== `v${version}`) problems.push(`The tag is ${tag}, but package.json says ${version}.`);
  if (lock.version !== version || lock.packages['']?.version !== version) problems.push(`package-lock.json does not say ${version}: run npm install --package-lock-only.`);
  if (top?.[1] !== version) problems.push(`The newest version in CHANGELOG.md is ${top?.[1] ?? 'missing'}, not ${version}.`);
  else if (!/^\d{4}-\d\d-\d\d$/.test(top[2] ?? '')) problems.push(`CHANGELOG.md has no date for ${version}.`);
  if (unreleased !== undefined && unreleased !== '') problems.push(`CHANGELOG.md still has changes under Unreleased: move them to ${version}.`);
  // npm refuses a provenance statement from elsewhere.
  if (repository !== undefined && !manifest.repository.url.includes(`/${repository}.git`)) problems.push(`package.json names the repository ${manifest.repository.url}, but this is ${repository}.`);
  return problems;
}

/** What the changelog says of a version, without its heading. @param {string} changelog @param {string} version */
export function sectionOf(changelog, version) {
  const lines = changelog.split('\n');
  const start = lines.findIndex((line) => line === `## [${version}]` || line.startsWith(`## [${version}] - `));
  if (start === -1) return undefined;
  const end = lines.findIndex((line, index) => index > start && /^(## |\[[^\]]+\]: )/.test(line));
  return lines.slice(start + 1, end === -1 ? undefined : end).join('\n').trim();
}

/** @param {string} name */
const textOf = (name) => readFileSync(path.join(repoRoot, name), 'utf8');

/** @param {string} tag */
function check(tag) {
  const problems = releaseProblems({
    tag, manifest: JSON.parse(textOf('package.json')), lock: JSON.parse(textOf('package-lock.json')), changelog: textOf('CHANGELOG.md'), repository: process.env['GITHUB_REPOSITORY'],
  });
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${tag} can be released.`);
}

function files() {
  const { name, version } = JSON.parse(textOf('package.json'));
  const folder = path.join(repoRoot, 'dist', 'release');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const made = [
    [vsixPath, `${name}-${version}.vsix`], [path.join(repoRoot, 'dist', 'sbom.cdx.json'), `${name}-${version}.cdx.json`],
    [npmPackagePath, `stigg-keys-${version}.tgz`], [path.join(repoRoot, 'dist', 'npm', 'sbom.cdx.json'), `stigg-keys-${version}.cdx.json`],
  ];
  const sums = made.map(([from = '', to = '']) => {
    copyFileSync(from, path.join(folder, to));
    return `${createHash('sha256').update(readFileSync(from)).digest('hex')}  ${to}\n`;
  });
  writeFileSync(path.join(folder, 'SHA256SUMS'), sums.join(''));
  writeFileSync(path.join(folder, 'NOTES.md'), `${sectionOf(textOf('CHANGELOG.md'), version) ?? sectionOf(textOf('CHANGELOG.md'), 'Unreleased') ?? ''}\n`);
  process.stdout.write(sums.join(''));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [command, tag] = process.argv.slice(2);
  if (command === 'check' && tag !== undefined) check(tag);
  else if (command === 'files') files();
  else throw new Error('Say "check v1.2.3" or "files".');
}
