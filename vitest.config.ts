import { defineConfig } from 'vitest/config';

/**
 * Files that share nothing but pure modules: they load the engine once for all, not once for each. Not the hostile documents, whose figures
 * should not depend on who was there before. `--project unit --project pure` splits them off, `--project unit` by itself has everything.
 */
const PURE = ['test/unit/scan/{ir,stigg,money,matrix}/**/*.test.ts', 'test/unit/scan/languages/**/!(*Hostile|*Properties).test.ts', 'test/unit/scan/!(hostile*|incremental|bundled|tokens*|suppress|commandLine|ecmascriptFacts|properties).test.ts'];
const isSplit = process.argv.includes('pure');
const unit = { setupFiles: ['test/tools/fastCheck.ts'], testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: 2, expect: { poll: { timeout: 15_000 } } };

export default defineConfig({
  test: {
    projects: [
      { test: { ...unit, name: 'unit', include: ['test/unit/**/*.test.ts'], exclude: isSplit ? PURE : [] } },
      ...(isSplit ? [{ test: { ...unit, name: 'pure', include: PURE, isolate: false } }] : []),
      // One file after the other: they share one keychain.
      { test: { name: 'keychain', include: ['test/keychain/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 120_000, fileParallelism: false } },
      // What is published, as `npm run package` left it.
      { test: { name: 'artifacts', include: ['test/artifacts/**/*.test.ts'], testTimeout: 120_000, maxWorkers: 2 } },
      // Each suite has a VS Code, a browser, a keychain and a Stigg of its own; more than two at once only wait for each other.
      { test: { name: 'ui', include: ['test/ui/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 180_000, maxWorkers: 2, sequence: { groupOrder: 1 }, expect: { poll: { timeout: 60_000 } } } },
      // VS Code in a browser alone, one window after the other.
      { test: { name: 'web', include: ['test/web/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false, sequence: { groupOrder: 2 }, expect: { poll: { timeout: 60_000 } } } },
    ],
  },
});
