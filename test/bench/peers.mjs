// @ts-check
// The programs that a scan is measured beside: installed from npm or Debian into a folder of the bench's own, each with the same search for the same
// shape of key, and each asked afterwards whether it has really found the keys that are there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { repoRoot, workDir } from '../tools/paths.mjs';
import { npmCommand, run, which } from '../tools/processes.mjs';
import { serverParts } from '../tools/setup.mjs';

/** Where everything of the bench is; deleting it loses nothing but time. */
export const benchDir = path.join(workDir, 'bench');
const peersDir = path.join(benchDir, 'peers');
const log = path.join(benchDir, 'install.log');

/**
 * @typedef {object} Contender
 * @property {string} id
 * @property {string} name
 * @property {readonly string[]} command run in the tree
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [isSlow] fewer rounds are enough
 * @property {(paths: string) => boolean} [canFind] files that it is able to read at all
 * @property {(output: string) => string[]} [found] the files that its output names
 * @property {'stdout' | 'stderr'} [saysIt] where; stdout when left out
 * @property {string} [note]
 */
/** @typedef {{ readonly contenders: readonly Contender[], readonly versions: Readonly<Record<string, string>>, readonly missing: readonly string[] }} Peers */

const UUID = '[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}';
/** A full server key of today's shape or of the legacy one, in words that every engine of regular expressions knows. */
export const TOKEN = `(server-${UUID}|[$]2[aby][$][0-9]{2}[$][./A-Za-z0-9]{53}):${UUID}`;

/** The first part of lines such as `./src/a.ts:3:…`, each path once. @param {string} stdout */
export function pathsOf(stdout) {
  return Array.from(new Set(Array.from(stdout.matchAll(/^(?:\.\/)?([^\n:]+):\d+:/gm), ([, name = '']) => name))).sort();
}

/** The languages that ast-grep reads and how they call what stands between quotes. */
const AST_GREP = { TypeScript: 'string_fragment', Tsx: 'string_fragment', JavaScript: 'string_fragment', Python: 'string_content', Go: 'interpreted_string_literal_content', Java: 'string_fragment', Json: 'string_content', Yaml: 'double_quote_scalar' };

/** @param {string} name @param {string[]} packages @returns {Promise<string>} its node_modules */
async function fromNpm(name, packages) {
  const folder = path.join(peersDir, name);
  const modules = path.join(folder, 'node_modules');
  const stamp = path.join(folder, 'installed.json');
  const asked = JSON.stringify(packages);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === asked) return modules;
  console.log(`[bench] Installing ${name} from npm ...`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  // No scripts: what is measured needs none, and the binaries are in packages of their own.
  const npm = npmCommand(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1', ...packages]);
  await run(npm.command, npm.args, { cwd: folder, log, what: `npm install ${packages.join(' ')}` });
  writeFileSync(stamp, asked);
  return modules;
}

/** Unpacks a Debian package without installing it. @param {string} name @returns {Promise<string>} the root of what it holds */
async function fromDebian(name) {
  const folder = path.join(peersDir, `debian-${name}`);
  if (existsSync(path.join(folder, 'usr'))) return folder;
  if (which('apt-get') === undefined || which('dpkg-deb') === undefined) throw new Error('this is no Debian');
  if ((spawnSync('apt-cache', ['show', name], { encoding: 'utf8' }).stdout ?? '').trim() === '') throw new Error('this Debian has no such package (or its lists were never fetched: apt-get update)');
  console.log(`[bench] Fetching ${name} from Debian ...`);
  mkdirSync(folder, { recursive: true });
  await run('apt-get', ['download', '--quiet', name], { cwd: folder, log, what: `apt-get download ${name}` });
  const [file = ''] = readdirSync(folder).filter((each) => each.endsWith('.deb'));
  await run('dpkg-deb', ['-x', file, '.'], { cwd: folder, log, what: `dpkg-deb -x ${file}` });
  return folder;
}

/** @param {string} command @param {string[]} args */
function versionOf(command, ...args) {
  return /\d+\.\d+(?:\.\d+)?/.exec(spawnSync(command, [...args, '--version'], { encoding: 'utf8' }).stdout ?? '')?.[0] ?? 'unknown';
}

/** A Node that secretlint 13 runs on: it wants 22 and calls newer things than 20 has. */
async function newerNode() {
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath;
  if (existsSync(serverParts.node)) return serverParts.node;
  const modules = await fromNpm('node', [`node-${process.platform}-${process.arch}@24`]);
  return path.join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node');
}

/** @returns {Promise<{ contenders: Contender[], versions: Record<string, string> }>} */
async function ripgrep() {
  const modules = await fromNpm('ripgrep', ['@vscode/ripgrep@^1.18.0']);
  const program = path.join(modules, '@vscode', `ripgrep-${process.platform}-${process.arch}`, 'bin', process.platform === 'win32' ? 'rg.exe' : 'rg');
  return { contenders: [ripgrepWith(program)], versions: { ripgrep: versionOf(program) } };
}

/** The ignore files that `stigg-keys scan` obeys, and the folders it never enters. @param {string} program @returns {Contender} */
function ripgrepWith(program) {
  const never = ['.git', '.hg', '.svn', 'node_modules'].flatMap((name) => ['--glob', `!${name}`]);
  return { id: 'ripgrep', name: 'ripgrep', command: [program, '--no-config', '--no-ignore-global', '--no-ignore-dot', '--hidden', ...never, '--line-number', '--ignore-case', '--regexp', TOKEN, '.'], found: pathsOf };
}

/** @returns {Promise<{ contenders: Contender[], versions: Record<string, string> }>} */
async function ripgrepOfDebian() {
  const program = path.join(await fromDebian('ripgrep'), 'usr', 'bin', 'rg');
  return { contenders: [ripgrepWith(program)], versions: { ripgrep: versionOf(program) } };
}

async function secretlint() {
  const node = await newerNode();
  const modules = await fromNpm('secretlint', ['secretlint@^13.0.6', '@secretlint/secretlint-rule-pattern@^13.0.6', '@secretlint/secretlint-rule-preset-recommend@^13.0.6']);
  const pattern = { id: '@secretlint/secretlint-rule-pattern', options: { patterns: [{ name: 'Stigg server key', patterns: [`/(?<key>${TOKEN})/i`] }] } };
  const contender = (/** @type {string} */ id, /** @type {string} */ name, /** @type {object[]} */ rules) => {
    const config = path.join(modules, '..', `${id}.json`);
    writeFileSync(config, JSON.stringify({ rules }));
    return {
      id, name, isSlow: true, env: { ...process.env, NODE_OPTIONS: '' },
      command: [node, path.join(modules, 'secretlint', 'bin', 'secretlint.js'), '--no-color', '--no-terminalLink', '--format', 'unix', '--secretlintrc', config, '**/*'],
      found: pathsOf,
    };
  };
  return {
    contenders: [contender('secretlint', 'secretlint, this one pattern', [pattern]), contender('secretlint-preset', 'secretlint, its preset and this pattern', [{ id: '@secretlint/secretlint-rule-preset-recommend' }, pattern])],
    versions: { secretlint: JSON.parse(readFileSync(path.join(modules, 'secretlint', 'package.json'), 'utf8')).version, 'Node for secretlint': versionOf(node) },
  };
}

async function astGrep() {
  const modules = await fromNpm('ast-grep', ['@ast-grep/cli@^0.51.1']);
  const scope = path.join(modules, '@ast-grep');
  const [binary] = readdirSync(scope).filter((name) => name.startsWith(`cli-${process.platform}-${process.arch}`));
  if (binary === undefined) throw new Error('npm has no binary of it for this platform');
  const program = path.join(scope, binary, process.platform === 'win32' ? 'ast-grep.exe' : 'ast-grep');
  const rules = Object.entries(AST_GREP).map(([language, kind]) => JSON.stringify({ id: `stigg-${language.toLowerCase()}`, language, severity: 'warning', message: 'A Stigg server key', rule: { kind, regex: `(?i)${TOKEN}` } }));
  return {
    contenders: [{
      id: 'ast-grep', name: 'ast-grep', isSlow: true, canFind: (/** @type {string} */ name) => /\.(?:[cm]?[jt]s|[jt]sx|py|go|java|json|ya?ml)$/.test(name),
      command: [program, 'scan', '--json=stream', '--no-ignore', 'hidden', '--globs', '!.git', '--globs', '!node_modules', '--inline-rules', rules.join('\n---\n'), '.'],
      found: (/** @type {string} */ stdout) => Array.from(new Set(stdout.split('\n').filter((line) => line !== '').map((line) => String(JSON.parse(line).file).replace(/^\.\//, '')))).sort(),
      note: 'looks at string literals of eight languages, and does not read Markdown',
    }],
    versions: { 'ast-grep': versionOf(program) },
  };
}

/** @returns {Promise<{ contenders: Contender[], versions: Record<string, string> }>} */
async function gitSecrets() {
  if (which('git') === undefined) throw new Error('git is not there');
  const installed = which('git-secrets');
  const folder = installed === undefined ? path.join(await fromDebian('git-secrets'), 'usr', 'bin') : path.dirname(installed);
  return {
    contenders: [{ id: 'git-secrets', name: 'git-secrets', command: ['git', '-c', `secrets.patterns=${TOKEN}`, 'secrets', '--scan'], env: { ...process.env, PATH: `${folder}${path.delimiter}${process.env['PATH'] ?? ''}` }, found: pathsOf, saysIt: 'stderr', note: 'looks at the files in git\'s index alone' }],
    versions: { 'git-secrets': /^Version: (\S+)/m.exec(spawnSync('apt-cache', ['show', 'git-secrets'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 'unknown', git: versionOf('git') },
  };
}

/** All that can be had; what cannot is named with the reason, and the rest goes on. @returns {Promise<Peers>} */
export async function peers() {
  /** @type {Contender[]} */
  const contenders = [];
  /** @type {Record<string, string>} */
  const versions = {};
  /** @type {string[]} */
  const missing = [];
  /** @type {[string, ...(() => Promise<{ contenders: Contender[], versions: Record<string, string> }>)[]][]} */
  const ways = [['ripgrep', ripgrep, ripgrepOfDebian], ['git-secrets', gitSecrets], ['secretlint', secretlint], ['ast-grep', astGrep]];
  for (const [name, ...attempts] of ways) {
    const reasons = [];
    for (const attempt of attempts) {
      try {
        const got = await attempt();
        contenders.push(...got.contenders);
        Object.assign(versions, got.versions);
        reasons.length = 0;
        break;
      } catch (error) {
        reasons.push((error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '');
      }
    }
    if (reasons.length > 0) missing.push(`${name} could not be installed and is not measured: ${reasons.map((reason) => reason.replace(/\.$/, '')).join('; ')}. It needs a network once; ${path.relative(repoRoot, log)} says more.`);
  }
  missing.push('gitleaks is not measured: neither npm nor Debian 12 has it.');
  return { contenders, versions, missing };
}
