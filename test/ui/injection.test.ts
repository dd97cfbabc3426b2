import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LeakFinder, type Leak } from './leaks.js';
import { hoverShows, startWorld, type World } from './world.js';

/** Prints what it runs as, and of each key a part of its hash. */
const PROOF = `const { createHash } = require('node:crypto');
const proof = (name) => (process.env[name] ? createHash('sha256').update(process.env[name]).digest('hex').slice(0, 12) : 'unset');
const words = \`proof \${process.argv[2]} \${proof('BILLING_KEY')} \${proof('STIGG_SERVER_API_KEY')} \${proof('NEXT_PUBLIC_STIGG_CLIENT_API_KEY')}\`;
require('node:fs').appendFileSync('proofs.txt', \`\${words}\\n\`);
console.log(words);
if (process.argv[2] === 'task') console.log('printed by accident:', process.env.BILLING_KEY);
process.exitCode = process.argv[2] === 'task' ? 3 : 0;
`;
const TASKS = {
  version: '2.0.0',
  tasks: [{ label: 'prove it', type: 'stigg', command: 'node proof.cjs task', problemMatcher: [] }],
};
const LAUNCH = {
  version: '0.2.0',
  configurations: [{ type: 'node', request: 'launch', name: 'prove it', program: '${workspaceFolder}/proof.cjs', args: ['debug'], stigg: true, internalConsoleOptions: 'openOnSessionStart' }],
};

/** A terminal, a task and a debug session get the right keys after a person agreed, and leave them nowhere. */
describe('keys for processes', () => {
  let world: World;
  const argumentLeaks: Leak[] = [];
  let watch: NodeJS.Timeout | undefined;
  const environment = (name: string) => {
    const found = world.sandbox.environments.find((one) => one.name === name);
    if (found === undefined) throw new Error(`The sandbox has no ${name}`);
    return found;
  };
  const digest = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 12);
  /** What a process with the keys of Sandbox prints. */
  const proof = (who: string): RegExp => new RegExp(`proof\\s+${who}\\s+${digest(environment('Sandbox').fullAccess)}\\s+unset\\s+${digest(publishable)}`);
  let publishable = '';
  /** How many processes have written down that they have the right keys. */
  const proofs = (who: string): number => readFileSync(path.join(world.workspace, 'proofs.txt'), 'utf8').split('\n').filter((line) => proof(who).test(line)).length;

  const add = async (name: string): Promise<void> => {
    const { bench } = world;
    await bench.runCommand('Stigg: Add Environment…');
    await bench.answer(environment(name).fullAccess);
    await bench.notification(new RegExp(`${name} was added`));
    await bench.clearNotifications();
  };
  const runTask = async (): Promise<void> => {
    const { bench } = world;
    await bench.runCommand('Tasks: Run Task');
    await bench.answer('prove it', { accept: false });
    await bench.pick('prove it');
  };

  beforeAll(async () => {
    world = await startWorld({
      pictures: 'injection',
      files: () => ({
        'proof.cjs': PROOF,
        '.vscode/tasks.json': JSON.stringify(TASKS, undefined, 2),
        '.vscode/launch.json': JSON.stringify(LAUNCH, undefined, 2),
        '.stigg-keys.json': '{\n  "variables": { "server": ["BILLING_KEY"] }\n}\n',
        'server/key.js': 'module.exports = process.env.BILLING_KEY;\n',
      }),
    });
    publishable = world.sandbox.keys(environment('Sandbox').id).find(({ type }) => type === 'CLIENT')?.token ?? '';
    watch = setInterval(() => {
      argumentLeaks.push(...new LeakFinder(new Map(world.sandbox.keys().map((key) => [key.id, key.token]))).inProcessArguments());
    }, 250);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await world.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(async () => {
    clearInterval(watch);
    await world.dispose();
  });

  it('a task asks, gets the keys under the names of the project, and shows none', async () => {
    const { bench } = world;
    await bench.openView('Stigg');
    await add('Sandbox');
    await bench.treeMenu(/Publishable key/, 'Store Key');
    await bench.notification(/is now kept in the keychain/);
    await bench.clearNotifications();
    await runTask();
    const question = await bench.dialog(/Hand keys of Sandbox to a task/);
    for (const part of ['node proof.cjs task', 'BILLING_KEY', 'NEXT_PUBLIC_STIGG_CLIENT_API_KEY', 'Full access key']) expect(question).toContain(part);
    await bench.screenshot('01-consent');
    await bench.pressInDialog('Allow for This Workspace');
    await bench.waitForTerminal(proof('task'));
    await bench.waitForTerminal(/exit\s+code:?\s+3/i);
    await bench.screenshot('02-task');
    expect(await bench.terminalText()).not.toContain(environment('Sandbox').fullAccess.slice(10, 40));
  });

  it('the same task is not asked about again, until consent is withdrawn', async () => {
    const { bench } = world;
    await runTask();
    // The terminal is used again: what it shows does not tell the first run from the second.
    await expect.poll(() => proofs('task')).toBe(2);
    await bench.runCommand('Stigg: Withdraw Consent for Tasks and Debugging');
    await bench.notification(/Withdrawn/);
    await bench.clearNotifications();
    await runTask();
    await bench.dialog(/Hand keys of Sandbox to a task/);
    await bench.pressInDialog('Cancel');
    await bench.waitForTerminal(/no\s+key\s+was\s+handed\s+over/);
  });

  it('a debug session asks, and gets them', async () => {
    const { bench } = world;
    await bench.runCommand('Debug: Start Debugging');
    const question = await bench.dialog(/Hand keys of Sandbox to a debug session/);
    expect(question).toContain('proof.cjs debug');
    await bench.screenshot('03-consent-debug');
    await bench.pressInDialog('Only This Time');
    await bench.page.locator('.repl').filter({ hasText: proof('debug') }).waitFor({ timeout: 60_000 });
    await bench.screenshot('04-debug');
  });

  it('a terminal of the profile asks, and gets them', async () => {
    const { bench } = world;
    await bench.runCommand('Create New Terminal (With Profile)');
    await bench.pick('Stigg');
    await bench.dialog(/Open terminals of this workspace/);
    await bench.screenshot('05-consent-terminal');
    await bench.pressInDialog('Allow for This Workspace');
    await bench.waitForTerminal(/this\s+terminal\s+only/);
    await bench.runInTerminal('node proof.cjs terminal');
    await bench.waitForTerminal(proof('terminal'));
    await bench.screenshot('06-terminal');
  });

  it('a hover over the variable says which key a terminal would get', async () => {
    const { bench } = world;
    await bench.openFile('server/key.js');
    await bench.goTo(1, 32);
    await hoverShows(bench, /Full access key/);
    await bench.screenshot('07-hover');
    await bench.page.keyboard.press('Escape');
  });

  it('production is asked about each time, in capitals', async () => {
    const { bench } = world;
    await add('Production');
    await bench.runCommand('Stigg: Select Active Environment…');
    await bench.pick('Production');
    await bench.page.locator('.statusbar-item').filter({ hasText: 'Stigg: PRODUCTION' }).first().waitFor();
    await runTask();
    const question = await bench.dialog(/PRODUCTION/);
    await bench.screenshot('08-consent-production');
    expect(question).toContain('asked each time');
    expect(await bench.page.locator('.monaco-dialog-box').getByText('Allow for This Workspace').count()).toBe(0);
    await bench.pressInDialog('Cancel');
  });

  it('leaves no byte of any key in a file or in the arguments of a process', async () => {
    clearInterval(watch);
    expect(readFileSync(path.join(world.workspace, '.vscode/launch.json'), 'utf8')).toBe(JSON.stringify(LAUNCH, undefined, 2));
    expect(argumentLeaks).toEqual([]);
    const { leaks, files } = await world.leaks();
    expect(files).toBeGreaterThan(200);
    expect(leaks).toEqual([]);
  });
});
