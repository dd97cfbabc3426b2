// @ts-check
// Where the tools keep what they make. Everything stands in .vscode-test/, which git ignores:
// deleting that folder puts a checkout back to "never set up".
import { fileURLToPath } from 'node:url';
import path from 'node:path';

export const repoRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const workDir = path.join(repoRoot, '.vscode-test');
export const logsDir = path.join(workDir, 'logs');
export const artifactsDir = path.join(workDir, 'artifacts');
export const resultsDir = path.join(workDir, 'results');
export const serverDir = path.join(workDir, 'server');
export const demoDir = path.join(workDir, 'demo');
export const vsixPath = path.join(repoRoot, 'dist', 'stigg-key-hygiene.vsix');
export const npmPackagePath = path.join(repoRoot, 'dist', 'stigg-keys.tgz');
export const hostSuitesDir = path.join(repoRoot, 'dist-test', 'host');
