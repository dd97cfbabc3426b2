import { isNeverShipped } from '../../scan/side/tests.js';

/** Never entered: other people's code, what tools write, and tests. */
const SKIPPED = new Set([
  'node_modules', 'bower_components', 'coverage', 'storybook-static', '__tests__', '__mocks__', '__fixtures__', 'vendor', 'target', 'venv', 'Pods', 'DerivedData',
]);
/** Hidden folders that hold code of the application. */
const HIDDEN_SOURCE = new Set(['.server', '.client']);

/** Whether the file can import others: modules, components and pages. Tests and declarations are left out, which ship nothing. */
export function isModulePath(path: string): boolean {
  return /\.(?:[cm]?[jt]sx?|vue|svelte|astro|html?)$/i.test(path) && !/\.d\.[cm]?ts$|\.min\.[cm]?js$/i.test(path) && !isNeverShipped(path);
}

/** Whether no module of the application lies in a folder of that name. */
export function isSkippedFolder(name: string): boolean {
  return SKIPPED.has(name) || (name.startsWith('.') && !HIDDEN_SOURCE.has(name));
}

/** Whether a file lies where modules are looked for, as far as its path tells. */
export function isSourcePath(path: string): boolean {
  return isModulePath(path) && path.split('/').slice(0, -1).every((name) => name === '' || !isSkippedFolder(name));
}
