/**
 * The sandbox as a process of its own: `main [--port N] [--admin] [--globex]`.
 *
 * Prints one line of JSON on stdout, `{url, environments: [{name, type, id, account, fullAccess, publishable}]}` (it holds
 * tokens: only the parent reads it), and runs until SIGTERM, SIGINT, or until its standard input is closed, so that it never outlives its parent.
 */
import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ACME, GLOBEX, startSandbox } from './index.js';

const { values } = parseArgs({ options: { port: { type: 'string' }, admin: { type: 'boolean' }, globex: { type: 'boolean' } } });
const port = Number(values.port ?? '0');
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error('--port needs a number from 0 to 65535');
  process.exit(2);
}

const sandbox = await startSandbox({ port, admin: values.admin ?? false, accounts: values.globex === true ? [ACME, GLOBEX] : [ACME] });
const environments = sandbox.environments.map(({ name, type, id, account, fullAccess, publishable }) => ({ name, type, id, account: account.name, fullAccess, publishable }));
let closing = false;
const end = (): void => {
  if (closing) return;
  closing = true;
  sandbox.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.on('SIGTERM', end);
process.on('SIGINT', end);
// Only a pipe tells that the parent is gone; /dev/null ends at once.
const input = fstatSync(0);
if (input.isFIFO() || input.isSocket()) {
  process.stdin.on('end', end).on('close', end).resume();
}
// Last: whoever read the line may end this process at once.
process.stdout.write(`${JSON.stringify({ url: sandbox.url, environments })}\n`);
