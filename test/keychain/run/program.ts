// The command line as it is shipped, but for the keychain service, which is the test's own.
import path from 'node:path';
import process from 'node:process';
import { main } from '../../../src/cli/main.js';
import { openVault } from '../support.js';

process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  colour: false,
  host: { readWasm: () => Promise.reject(new Error('No engine is needed here')) },
  env: process.env,
  vault: () => openVault(path.basename(process.env.TEST_SERVICE ?? '')),
  version: () => Promise.resolve('0'),
  out: (text) => {
    process.stdout.write(text);
    return Promise.resolve();
  },
  err: (text) => {
    process.stderr.write(text);
  },
});
