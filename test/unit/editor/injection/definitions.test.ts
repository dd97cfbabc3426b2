import { describe, expect, it } from 'vitest';
import { askedEnvironment, commandOf, contentOf, requireSafe, variablesShown, withVariables, type Configuration } from '../../../../src/editor/injection/debugConfiguration.js';
import { packageManager, parseDefinition, scriptsIn, scriptsRunBy } from '../../../../src/editor/injection/taskDefinition.js';
import { LineInput } from '../../../../src/editor/injection/lineInput.js';
import { SERVER } from './support.js';

describe('tasks', () => {
  it.each<[definition: Readonly<Record<string, unknown>>, expected: unknown]>([
    [{ command: 'npm run dev' }, { command: 'npm run dev', environment: true, cwd: undefined }],
    [{ command: 'a', environment: 'staging', cwd: 'apps/web' }, { command: 'a', environment: 'staging', cwd: 'apps/web' }],
    [{}, 'badTask'], [{ command: ' ' }, 'badTask'], [{ command: ['a'] }, 'badTask'], [{ command: 'a\0b' }, 'badTask'],
    [{ command: 'a', environment: '' }, 'badTask'], [{ command: 'a', environment: true }, 'badTask'], [{ command: 'a', cwd: 1 }, 'badTask'],
  ])('%j', (definition, expected) => {
    if (typeof expected === 'string') expect(() => parseDefinition(definition)).toThrow(expect.objectContaining({ code: expected }) as Error);
    else expect(parseDefinition(definition)).toEqual(expected);
  });

  const manifest = JSON.stringify({ scripts: { predev: 'tsc', dev: 'next dev', start: 'next start', prepare: 'husky', postinstall: 'x', 'bad name; rm': 'y', prettier: 'prettier .', n: 1 } });
  it('of a package.json', () => {
    expect(scriptsIn(manifest).map(({ name }) => name)).toEqual(['dev', 'start', 'prettier']);
    expect(scriptsIn(JSON.stringify({ scripts: Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`s${String(index)}`, 'x'])) }))).toHaveLength(30);
    for (const damaged of ['', '{', '[]', 'null', '{"scripts":[]}', '{"scripts":null}']) expect(scriptsIn(damaged)).toEqual([]);
  });

  it.each<[command: string, names: readonly string[]]>([
    ['npm run dev', ['predev', 'dev']], ['npm run-script dev -- --port 1', ['predev', 'dev']], ['pnpm dev', ['predev', 'dev']], ['yarn start', ['start']], ['bun run start', ['start']], ['npm start', ['start']],
    ['node server.js', []], ['npm install', ['postinstall']], ['echo npm run dev', []],
  ])('%s runs %j', (command, names) => {
    expect(scriptsRunBy(command, manifest).map(({ name }) => name)).toEqual(names);
  });

  it.each<[files: readonly string[], manager: string]>([[[], 'npm'], [['pnpm-lock.yaml'], 'pnpm'], [['yarn.lock'], 'yarn'], [['bun.lockb'], 'bun']])('%j is of %s', (files, manager) => {
    expect(packageManager(new Set(files))).toBe(manager);
  });
});

describe('debug configurations', () => {
  it.each<[stigg: unknown, expected: unknown]>([[undefined, undefined], [false, undefined], [null, undefined], [true, true], ['staging', 'staging'], ['', 'bad'], [1, 'bad'], [{}, 'bad']])('stigg: %j', (stigg, expected) => {
    if (expected === 'bad') expect(() => askedEnvironment({ stigg })).toThrow(expect.objectContaining({ code: 'badConfiguration' }) as Error);
    else expect(askedEnvironment({ stigg })).toBe(expected);
  });

  it.each<[configuration: Configuration, problem: RegExp | undefined]>([
    [{ type: 'node', request: 'launch' }, undefined],
    [{ type: 'pwa-node', request: 'launch', console: 'internalConsole', trace: false }, undefined],
    [{ type: 'node', request: 'launch', attachSimplePort: null, debugServer: false, port: undefined }, undefined],
    [{ type: 'pwa-node', request: 'launch', trace: { stdio: false, logFile: null } }, undefined],
    [{ type: 'pwa-node', request: 'launch', trace: { stdio: true, logFile: '/tmp/x.json' } }, /into its log/],
    [{ type: 'node', request: 'attach' }, /runs already/],
    [{ type: 'node', request: 'launch', console: 'integratedTerminal' }, /typed into a terminal/],
    [{ type: 'pwa-node', request: 'launch', console: 'externalTerminal' }, /typed into a terminal/],
    [{ type: 'node', request: 'launch', trace: true }, /into its log/],
    [{ type: 'node', request: 'launch', logToFile: true }, /into its log/],
    ...['debugServer', 'port', 'attachSimplePort'].flatMap((name): [Configuration, RegExp][] => [0, 4711, '4711'].map((value) => [{ type: 'node', request: 'launch', [name]: value }, /another program or machine/])),
    ...['host', 'address', 'websocketAddress', 'debugAdapterPath'].map((name): [Configuration, RegExp] => [{ type: 'pwa-node', request: 'launch', [name]: 'evil.example' }, /another program or machine/]),
    ...['connect', 'listen', 'pipeTransport'].map((name): [Configuration, RegExp] => [{ type: 'node', request: 'launch', [name]: { host: 'evil.example', port: 1 } }, /another program or machine/]),
    [{ type: 'go', request: 'launch', port: 4711, host: 'evil.example' }, /this type/],
    [{ type: 'debugpy', request: 'launch' }, /this type/],
    [{ type: 'python', request: 'launch' }, /this type/],
    [{ type: ['node'], request: 'launch' }, /this type/],
    [{ type: 'node-terminal', request: 'launch' }, /this type/],
    [{ type: 'chrome', request: 'launch' }, /this type/],
    [{}, /this type/],
  ])('%j', (configuration, problem) => {
    if (problem === undefined) expect(() => { requireSafe(configuration); }).not.toThrow();
    else expect(() => { requireSafe(configuration); }).toThrow(problem);
  });

  it.each<[type: string, env: unknown, expected: unknown]>([
    ['node', { A: '1', STIGG_API_KEY: 'old' }, { A: '1', STIGG_API_KEY: null, KEY: SERVER.reveal() }],
    ['pwa-node', undefined, { STIGG_API_KEY: null, KEY: SERVER.reveal() }],
    ['node', 'nonsense', { STIGG_API_KEY: null, KEY: SERVER.reveal() }],
  ])('%s with %j', (type, env, expected) => {
    expect(withVariables({ type, stigg: true, ...(env === undefined ? {} : { env }) }, new Map([['STIGG_API_KEY', null], ['KEY', SERVER]]))).toEqual({ type, console: 'internalConsole', env: expected });
  });

  it.each<[configuration: Configuration, lines: readonly string[]]>([
    [{}, []],
    [{ env: 'nonsense', envFile: null }, []],
    [{ env: { A: '1', NODE_OPTIONS: '-r ./x.js', B: '2', Path: '/evil', LD_PRELOAD: 'x.so', NODE_PATH: null } }, ['with A, B', 'with NODE_OPTIONS=-r ./x.js', 'with Path=/evil', 'with LD_PRELOAD=x.so']],
    [{ env: { NODE_OPTIONS: 7 }, envFile: '/repo/.env' }, ['with NODE_OPTIONS=7', 'with envFile /repo/.env']],
  ])('%j shows %j', (configuration, lines) => {
    expect(variablesShown(configuration)).toEqual(lines);
  });

  it('are shown by what they start, and compared by everything', () => {
    expect(commandOf({ type: 'node', name: 'Server', runtimeExecutable: 'npm', runtimeArgs: ['run', 'dev'], program: 'a.js', args: ['--x', 1, {}] })).toBe('node: Server · npm run dev a.js --x 1');
    expect(contentOf({ b: 1, a: { d: [1], c: 2 }, __sessionId: 'x' })).toBe(contentOf({ a: { c: 2, d: [1] }, b: 1, __sessionId: 'y' }));
    expect(contentOf({ env: { NODE_OPTIONS: '' } })).not.toBe(contentOf({ env: { NODE_OPTIONS: '-r x' } }));
  });
});

describe('typing into a task', () => {
  it.each<[typed: readonly string[], lines: readonly string[], others: string]>([
    [['yes\r'], ['yes\n'], ''],
    [['y', 'x', '\u007f', 'es', '\r'], ['yes\n'], ''],
    [['\u007f\u007fa\r'], ['a\n'], ''],
    [['abc\u0015d\r'], ['d\n'], ''],
    [['one\rtwo\r'], ['one\n', 'two\n'], ''],
    [['a\u001b[D\u001b[1;5Cb\u001bOP\r'], ['ab\n'], ''],
    [['abc\u0003def\r'], ['def\n'], 'interrupt'],
    [['\u0004'], [], 'end'],
    [['a\u0004\r'], ['a\n'], ''],
    [['é漢😀\r'], ['é漢😀\n'], ''],
    [['😀\u007f\r'], ['\n'], ''],
  ])('%j', (typed, lines, others) => {
    const seen: string[] = [];
    const rest: string[] = [];
    const input = new LineInput({ echo: () => undefined, line: (line) => { seen.push(line); }, end: () => { rest.push('end'); }, interrupt: () => { rest.push('interrupt'); } });
    for (const data of typed) input.take(data);
    expect(seen).toEqual(lines);
    expect(rest.join()).toBe(others);
  });
});
