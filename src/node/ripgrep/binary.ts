import { createRequire } from 'node:module';

/**
 * ripgrep's binary as the package `@vscode/ripgrep` brings it, by its absolute path; undefined where npm did not install one for this platform.
 * None is ever looked for in PATH or in the folder that is scanned: there somebody else decides what runs.
 *
 * @param from the file from which our own packages are found
 */
export function ripgrepBinary(from: string | URL): string | undefined {
  const name = `@vscode/ripgrep-${process.platform}-${process.arch}/bin/${process.platform === 'win32' ? 'rg.exe' : 'rg'}`;
  try {
    // Package managers that keep packages apart show the platform's only to the one that asked for it.
    return createRequire(createRequire(from).resolve('@vscode/ripgrep')).resolve(name);
  } catch {
    return undefined;
  }
}
