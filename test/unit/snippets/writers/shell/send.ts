import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { toPlainText } from '../../../../../src/snippets/snippet.js';
import type { Writer, WrittenRequest } from '../../../../../src/snippets/writer.js';
import { batchArguments } from './batchReader.js';
import { readHttpFile } from './httpFileReader.js';
import { readRestMethod } from './powershellReader.js';
import { KEY_VARIABLE } from './samples.js';

const run = promisify(execFile);

/** What a written request's answer was. */
export interface Answer {
  readonly text: string;
}

/** Sends the text of a request as whoever is meant to run it does. */
export type Send = (text: string, key: string) => Promise<Answer>;

const installed = (program: string): boolean => process.platform !== 'win32' && spawnSync(program, ['--version']).status === 0;
export const hasHttpie = installed('http');
export const hasZsh = installed('zsh');
export const hasCurl = installed('curl') && installed('bash') && installed('uuidgen');
/** `--variable` came with 8.3. */
export const canHide = hasCurl && /^curl (?:8\.(?:[3-9]|\d\d)|9\.|\d\d)/.test(spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout);

const environment = (key: string): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LANG: 'C.UTF-8', NO_PROXY: '*', [KEY_VARIABLE]: key, HTTPIE_CONFIG_DIR: '/nonexistent' });

/** A script in a shell, with nothing on its standard input and no terminal. */
export function inShell(shell: string): Send {
  return async (text, key) => {
    const { stdout } = await run(shell, ['-c', text], { env: environment(key) });
    return { text: stdout };
  };
}

/** The request of a request file, sent by `fetch`. */
export const asHttpFile: Send = async (text, key) => {
  const { method, url, headers, body } = readHttpFile(text, { [KEY_VARIABLE]: key });
  const answer = await fetch(url, { method, headers: headers.map(([name, value]): [string, string] => [name, value]), ...(body === undefined ? {} : { body }) });
  return { text: await answer.text() };
};

/** No cmd here: its line is taken apart by the rules of cmd and of Microsoft's C runtime, and the arguments are given to the real curl. */
export const asBatch: Send = async (text, key) => {
  const [program = '', ...words] = batchArguments(text, { environment: { [KEY_VARIABLE]: key }, fresh: crypto.randomUUID() });
  if (program !== 'curl.exe') throw new Error(`It starts ${program}`);
  const { stdout } = await run('curl', words, { env: environment(key) });
  return { text: stdout };
};

/** No PowerShell here: the tables are evaluated by its rules, and what it would be given is sent by `fetch`. */
export const asPowershell: Send = async (text, key) => {
  const { Method, Uri, Headers, ContentType, Body } = readRestMethod(text, { [KEY_VARIABLE]: key });
  const headers = { ...Headers, ...(ContentType === undefined ? {} : { 'Content-Type': ContentType }) };
  const answer = await fetch(Uri, { method: Method.toUpperCase(), headers, ...(Body === undefined ? {} : { body: Body }) });
  return { text: await answer.text() };
};

export function textOf(writer: Writer, written: WrittenRequest | undefined): string {
  if (written === undefined) throw new Error(`${writer.id} did not write it`);
  return toPlainText(written.parts);
}
