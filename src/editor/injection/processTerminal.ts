import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import * as vscode from 'vscode';
import { ExpectedError, isCancelled } from '../../errors.js';
import type { EnvironmentChanges } from '../../inject/variables.js';
import { withoutTokens } from '../../withoutTokens.js';
import { endTree, interrupt } from './endTree.js';
import { LineInput } from './lineInput.js';
import { Masking } from './masking.js';

/** What is run and where. */
export interface CommandToRun {
  readonly command: string;
  /** Absolute. */
  readonly cwd: string;
}

/** What a command gets, and what is said about it first. */
export interface Preparation {
  readonly changes: EnvironmentChanges;
  readonly lines: readonly string[];
}

/** What a prompt may be waiting for before its end is shown. Milliseconds. */
const HOLD_MS = 100;
/** Exit codes of a shell: the command was found and not started, and it was ended by Ctrl+C. */
const [NOT_STARTED, INTERRUPTED] = [126, 130];

/**
 * A terminal of VS Code's that runs a command with keys. The keys are in the command's environment and in this object's reach for the
 * moment of its start only: options of a task that runs in a shell could be read by every extension.
 *
 * It is no TTY: the command's streams are pipes, so that programs do not redraw lines and may buffer. What is typed goes to the command
 * line by line. What the command prints is shown with the values replaced by their masks; VS Code offers that for no terminal of its own.
 */
export class ProcessTerminal implements vscode.Pseudoterminal {
  readonly #run: CommandToRun;
  readonly #prepare: () => Promise<Preparation | undefined>;
  readonly #write = new vscode.EventEmitter<string>();
  readonly #close = new vscode.EventEmitter<number>();
  readonly #gone = new vscode.EventEmitter<void>();
  readonly #log: (what: string, error: unknown) => void;
  #child: ChildProcess | undefined;
  #isClosed = false;
  #ended: Promise<void> = Promise.resolve();

  readonly onDidWrite = this.#write.event;
  readonly onDidClose = this.#close.event;
  /** Once, when nothing runs any more, whoever ended it. Nothing comes after it. */
  readonly onDidEnd = this.#gone.event;

  /** @param prepare asks for consent and reads the keys; undefined: the person said no */
  constructor(run: CommandToRun, prepare: () => Promise<Preparation | undefined>, log: (what: string, error: unknown) => void) {
    this.#run = run;
    this.#prepare = prepare;
    this.#log = log;
  }

  open(): void {
    void this.#start();
  }

  /** VS Code's: the terminal was closed, or the task ended by a person. */
  close(): void {
    this.#isClosed = true;
    void this.end().finally(() => { this.#release(); });
  }

  /** Ends the command and what it started. Resolves when it is gone. */
  async end(): Promise<void> {
    if (this.#child !== undefined) await endTree(this.#child, this.#ended);
  }

  handleInput(data: string): void {
    this.#input.take(data);
  }

  readonly #input = new LineInput({
    echo: (text) => { this.#write.fire(text); },
    line: (line) => { this.#child?.stdin?.write(line); },
    end: () => { this.#child?.stdin?.end(); },
    interrupt: () => {
      if (this.#child === undefined) this.#finish(INTERRUPTED);
      else interrupt(this.#child);
    },
  });

  async #start(): Promise<void> {
    let preparation: Preparation | undefined;
    try {
      preparation = await this.#prepare();
    } catch (error) {
      this.#failed(error);
      return;
    }
    if (this.#isClosed) return;
    if (preparation === undefined) {
      this.#say(vscode.l10n.t('Not started: no key was handed over.'));
      this.#finish(NOT_STARTED);
      return;
    }
    for (const line of preparation.lines) this.#say(line);
    this.#spawn(preparation.changes);
  }

  #spawn(changes: EnvironmentChanges): void {
    const { command, cwd } = this.#run;
    const env = environmentFrom(process.env, changes);
    const masks = new Map([...changes.values()].flatMap((secret) => (secret === null ? [] : [[secret.reveal(), secret.mask] as const])));
    let child: ChildProcess;
    try {
      // A group of its own, which can be ended as a whole.
      child = spawn(command, { cwd, env, shell: true, detached: process.platform !== 'win32', windowsHide: true, stdio: 'pipe' });
    } catch (error) {
      this.#failed(error);
      return;
    } finally {
      for (const name of Object.keys(env)) Reflect.deleteProperty(env, name);
    }
    this.#child = child;
    this.#ended = new Promise((resolve) => { child.once('close', () => { resolve(); }).once('error', () => { resolve(); }); });
    child.stdin?.on('error', () => undefined);
    const shown = [child.stdout, child.stderr].flatMap((stream) => (stream === null ? [] : [this.#show(stream, new Masking(masks))]));
    child.once('error', (error) => {
      this.#say(vscode.l10n.t('The command could not be started: {0}', withoutTokens(error.message)));
      this.#finish(NOT_STARTED);
    });
    child.once('close', (code, signal) => {
      for (const rest of shown) rest();
      this.#finish(code ?? (signal === 'SIGINT' ? INTERRUPTED : 1));
    });
  }

  /** Streams have a masking each: what one prints must not tear apart a value that comes in pieces through the other. What is returned shows the rest. */
  #show(stream: Readable, masking: Masking): () => void {
    let timer: NodeJS.Timeout | undefined;
    stream.setEncoding('utf8').on('data', (text: string) => {
      clearTimeout(timer);
      this.#print(masking.next(text));
      timer = setTimeout(() => { this.#print(masking.harmlessRest()); }, HOLD_MS);
    });
    return () => {
      clearTimeout(timer);
      this.#print(masking.rest());
    };
  }

  #failed(error: unknown): void {
    if (error instanceof ExpectedError) this.#say(error.full);
    else if (!isCancelled(error)) {
      this.#log('Running a task with keys', error);
      this.#say(vscode.l10n.t('Stigg Key Hygiene failed in a way it should not. The log says where; please report it.'));
    }
    this.#finish(NOT_STARTED);
  }

  #say(line: string): void {
    this.#print(`${line}\n`);
  }

  #print(text: string): void {
    if (text !== '' && !this.#isClosed) this.#write.fire(text.replace(/\r?\n/g, '\r\n'));
  }

  #finish(code: number): void {
    this.#child = undefined;
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#close.fire(code);
    this.#release();
  }

  #release(): void {
    this.#gone.fire();
    for (const emitter of [this.#write, this.#close, this.#gone]) emitter.dispose();
  }
}

/** Of the extension host alone: VS Code's own terminals do not have them either. */
const OF_THE_HOST = /^(?:ELECTRON_|VSCODE_|CODE_SERVER_)/;

/** The environment of the command: ours without what steers VS Code's own processes, and the changes. Colours are asked for, because a pipe gets none. */
export function environmentFrom(inherited: NodeJS.ProcessEnv, changes: EnvironmentChanges, platform: NodeJS.Platform = process.platform): NodeJS.ProcessEnv {
  // Windows does not tell upper from lower case here.
  const folded = (name: string): string => (platform === 'win32' ? name.toUpperCase() : name);
  const changed = new Set([...changes.keys()].map(folded));
  const kept = Object.entries(inherited).filter(([name]) => !OF_THE_HOST.test(name) && !changed.has(folded(name)));
  const colour = inherited.NO_COLOR === undefined && inherited.FORCE_COLOR === undefined ? [['FORCE_COLOR', '1']] : [];
  return Object.fromEntries([...kept, ...colour, ...[...changes].flatMap(([name, secret]) => (secret === null ? [] : [[name, secret.reveal()]]))]) as NodeJS.ProcessEnv;
}
