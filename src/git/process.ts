import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { t } from '@vscode/l10n';
import { CancelledError, ExpectedError } from '../errors.js';

/** What git says on stderr beyond this is not read. */
const ERROR_MAX = 8_192;

/**
 * Settings that a repository could use to start programs, switched off. Nothing here ever talks to a remote.
 * Source: git's own documentation of what it executes: file system monitor, hooks, pager, signature checks, transports.
 */
const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.pager=cat', '-c', 'log.showSignature=false', '-c', 'log.showRoot=true', '-c', 'protocol.allow=never', '--no-pager', '--literal-pathspecs'];

/** The environment of git: the person's, without anything that points git elsewhere or makes it log. */
export function gitEnvironment(from: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(from).filter(([name]) => !/^(?:GIT_|SSH_ASKPASS|PAGER$|LANGUAGE$|LC_)/i.test(name)));
  return {
    ...kept,
    // Its messages are recognised by their English words.
    LC_ALL: 'C', GIT_PAGER: 'cat', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0',
    // A partial clone would fetch what is missing, with whatever program its remote names.
    GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none', GIT_NO_REPLACE_OBJECTS: '1',
  };
}

/** A git that runs. Whoever has it ends it. */
export interface GitProcess extends Disposable {
  readonly stdin: NodeJS.WritableStream;
  readonly stdout: AsyncIterable<Buffer>;
  /** Resolves when git has ended well; rejects with ExpectedError otherwise, and with CancelledError when the signal fired. */
  readonly ended: Promise<void>;
}

/** Starts git for a folder. Arguments are written by us alone: no value is ever among them. `extra` is put into its environment. */
export function startGit(folder: string, args: readonly string[], signal?: AbortSignal, extra: NodeJS.ProcessEnv = {}): GitProcess {
  if (signal?.aborted === true) throw new CancelledError();
  // Not started inside the folder: on Windows a program of that name lying there would be taken for git.
  const child: ChildProcessWithoutNullStreams = spawn('git', ['-C', folder, ...SAFE, ...args], { cwd: homedir(), env: { ...gitEnvironment(), ...extra }, windowsHide: true });
  let said = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => { if (said.length < ERROR_MAX) said += text; });
  // Git that has ended closes its pipe; why it ended is what counts.
  child.stdin.on('error', () => undefined);
  const stop = (): void => {
    child.kill('SIGKILL');
    // Output that nobody reads any more would keep it from being over.
    child.stdout.destroy();
  };
  signal?.addEventListener('abort', stop, { once: true });
  const ended = (async () => {
    try {
      const [code] = (await once(child, 'close')) as [number | null];
      if (signal?.aborted === true) throw new CancelledError();
      if (code !== 0) throw gitError(said);
    } catch (error) {
      throw isMissing(error) ? gitMissing(error) : error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  })();
  // It is looked at when the output has been read; until then it must not count as unhandled.
  ended.catch(() => undefined);
  return { stdin: child.stdin, stdout: child.stdout, ended, [Symbol.dispose]: stop };
}

/** Runs git to its end and resolves with what it wrote. For answers that are small. */
export async function runGit(folder: string, args: readonly string[], signal?: AbortSignal, extra?: NodeJS.ProcessEnv): Promise<string> {
  const git = startGit(folder, args, signal, extra);
  git.stdin.end();
  const parts: Buffer[] = [];
  try {
    for await (const part of git.stdout) parts.push(part);
  } catch (error) {
    await git.ended;
    throw error;
  }
  await git.ended;
  return Buffer.concat(parts).toString('utf8');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES');
}

function gitMissing(cause: unknown): ExpectedError {
  return new ExpectedError('gitMissing', t('Git could not be started on this machine, so the history was not looked at.'), t('Install git, and see that it is on the PATH.'), { cause });
}

/** What git's refusal means. Its own words may hold paths and names of a repository, so they are not passed on. */
export function gitError(said: string): ExpectedError {
  if (/dubious ownership|safe\.directory/i.test(said)) {
    return new ExpectedError('gitRefused', t('Git refuses this repository because it belongs to another user of this machine.'), t('If you trust it, add its folder to git\'s setting safe.directory.'));
  }
  if (/not a git repository|must be run in a work tree|cannot change to/i.test(said)) {
    return new ExpectedError('notARepository', t('This folder is not in a git repository.'), t('There is no history here to look at.'));
  }
  if (/missing|promisor|corrupt|unable to read|bad object|could not fetch/i.test(said)) {
    return new ExpectedError('gitDamaged', t('Git could not read every object of this repository: some are missing or damaged.'), t('Run git fsck there, or look at a full clone.'));
  }
  return new ExpectedError('gitFailed', t('Git ended with an error, so the history could not be looked at in full.'), t('Run git log there to see what is wrong.'));
}
