import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requests } from '../../../../../src/snippets/catalogue/index.js';
import type { ApiRequest } from '../../../../../src/snippets/request.js';
import { SHELL_WRITERS } from '../../../../../src/snippets/writers/shell/index.js';
import { startSandbox, type Sandbox } from '../../../../sandbox/index.js';
import { options } from './samples.js';
import { asBatch, asHttpFile, asPowershell, canHide, hasCurl, hasHttpie, inShell, textOf, type Send } from './send.js';

let sandbox: Sandbox;
beforeAll(async () => { sandbox = await startSandbox(); });
afterAll(() => sandbox.close());

const serverKey = (): string => {
  const key = sandbox.keys(sandbox.environments[0]?.id).find(({ type, expireAt }) => type === 'SERVER' && expireAt === null);
  if (key === undefined) throw new Error('The sandbox has no server key');
  return key.token;
};

const WAYS: readonly (readonly [string, 'docs' | 'hidden', Send, boolean])[] = [
  ['curl', 'docs', inShell('bash'), hasCurl],
  ['curl', 'hidden', inShell('bash'), canHide],
  ['httpie', 'docs', inShell('bash'), hasHttpie],
  ['httpie', 'hidden', inShell('bash'), hasHttpie],
  ['http', 'docs', asHttpFile, true],
  ['cmd', 'docs', asBatch, hasCurl],
  ['powershell', 'docs', asPowershell, true],
];

/** What the sandbox serves, and what it answers to a key that may and to one that is none. */
const TRIED: readonly (readonly [id: string, accepted: RegExp])[] = [
  ['customers.list', /"pagination"/],
  // The second customer of one id is a conflict, which proves the key as well.
  ['customers.provision', /"data"|DUPLICATED_ENTITY_NOT_ALLOWED/],
  ['graphql.currentEnvironment', /"data":\{(?!.*"errors")/],
];

describe.each(WAYS)('%s (%s)', (id, keyHeader, send, runs) => {
  it.runIf(runs).each(TRIED)('%s succeeds with a key of the sandbox and is refused without', async (name, accepted) => {
    const request = requests().find((one): one is ApiRequest => one.id === name);
    const writer = SHELL_WRITERS.find((one) => one.id === id);
    if (request === undefined || writer === undefined) throw new Error('No such request');
    const text = textOf(writer, writer.write(request, options(sandbox.url, { keyHeader })));
    expect((await send(text, serverKey())).text, text).toMatch(accepted);
    expect((await send(text, 'not a key')).text, text).toMatch(/UNAUTHENTICATED|Unauthenticated/);
  });
});
