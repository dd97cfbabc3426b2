import * as vscode from 'vscode';
import { ExpectedError, isCancelled } from '../errors.js';
import { withoutTokens } from '../withoutTokens.js';
import type { Node } from './environments/nodes.js';

/** Codes of refusals that come from what was learned of our keys, see Refusal. */
const CHECKABLE: readonly string[] = ['role', 'plan', 'scope'];

/** Tells a person what went wrong, in one way everywhere. Cancelling is not an error. */
export class ErrorReporter {
  readonly #log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  /**
   * Shows the message with its next step. Resolves with the chosen one of `actions`, or undefined.
   * A defect (anything that is not an ExpectedError) is logged with its stack; its message is not trusted to be fit for a person.
   */
  async show(error: unknown, ...actions: string[]): Promise<string | undefined> {
    if (isCancelled(error)) return undefined;
    if (error instanceof ExpectedError) {
      this.#log.warn(`${error.code}: ${error.message}`);
      return vscode.window.showErrorMessage(error.full, ...actions);
    }
    this.log('', error);
    const showLog = vscode.l10n.t('Show Log');
    const choice = await vscode.window.showErrorMessage(vscode.l10n.t('Stigg Key Hygiene failed in a way it should not. The log says where; please report it.'), ...actions, showLog);
    if (choice === showLog) this.#log.show();
    return choice;
  }

  /** Writes a defect to the log, with its stack and without any key that its words may hold. */
  log(what: string, error: unknown): void {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#log.error(withoutTokens(what === '' ? words : `${what} ${words}`));
  }

  /** Registers a command whose failures are shown, never lost. The sidebar hands over the node it was chosen on. */
  command(id: string, run: (node?: Node, ...more: unknown[]) => Promise<void>): vscode.Disposable {
    return vscode.commands.registerCommand(id, async (node?: Node, ...more: unknown[]) => {
      try {
        await run(node, ...more);
      } catch (error) {
        // Not awaited: a command is over when its work is, not when its message has been read.
        void this.#tell(error);
      }
    });
  }

  /** A refusal that rests on what is known of role, plan or scope may be out of date: it can be checked from its message. */
  async #tell(error: unknown): Promise<void> {
    const checkAgain = vscode.l10n.t('Check Again');
    const isCheckable = error instanceof ExpectedError && CHECKABLE.includes(error.code);
    const choice = await this.show(error, ...(isCheckable ? [checkAgain] : []));
    if (isCheckable && choice === checkAgain) await vscode.commands.executeCommand('stiggKeys.checkPermissions');
  }
}

/**
 * After how many milliseconds work is announced. VS Code keeps back every toast after the third within 800 ms: the
 * notifications of quick steps would cost the person the message that says how it ended.
 */
const ANNOUNCED_AFTER = 300;

/** Runs `work`; when it takes a moment, under a notification that can be cancelled. The signal fires when it is. */
export async function withProgress<T>(title: string, work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let last: string | undefined;
  let report = (message: string): void => { last = message; };
  const working = work(controller.signal, (message) => { report(message); });
  if (await isOverWithin(ANNOUNCED_AFTER, working)) return working;
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
    const subscription = token.onCancellationRequested(() => { controller.abort(); });
    report = (message) => { progress.report({ message }); };
    if (last !== undefined) report(last);
    try {
      return await working;
    } finally {
      subscription.dispose();
    }
  });
}

/** Whether `work` ends, well or badly, before the milliseconds are over. */
async function isOverWithin(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => { timer = setTimeout(resolve, milliseconds, false); });
  try {
    return await Promise.race([work.then(() => true, () => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
