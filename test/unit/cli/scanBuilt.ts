import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

const repository = path.resolve(import.meta.dirname, '../../..');

/** The command line as its package has it, in a folder of its own. */
export class BuiltCli {
  readonly #folder: string;
  readonly program: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.program = path.join(folder, 'dist', 'cli.js');
  }

  static async build(): Promise<BuiltCli> {
    const folder = mkdtempSync(path.join(tmpdir(), 'stigg-cli-built-'));
    await build({
      absWorkingDir: repository, entryPoints: { cli: 'src/cli.ts' }, outdir: path.join(folder, 'dist'), bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'error',
      alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
      banner: { js: "import { createRequire as __createRequire } from 'node:module';import { fileURLToPath as __toPath } from 'node:url';const require = __createRequire(import.meta.url);const __filename = __toPath(import.meta.url);" },
    });
    copyFileSync(path.join(repository, 'package.json'), path.join(folder, 'package.json'));
    // Its grammars.
    symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    return new BuiltCli(folder);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
