import * as vscode from 'vscode';
import { isCancelled } from '../../errors.js';
import { reminderAt, type FollowUps } from '../../keys/followUps.js';
import { unref } from '../../unref.js';
import { timeLeft } from '../environments/wording.js';
import { isNothing } from '../usages/isNothing.js';
import { summaryOf } from '../usages/summary.js';
import type { Leftovers, Subject } from './leftovers.js';

/** Timers cannot wait for years, and the clock may be set. */
const LONGEST_WAIT_MS = 3_600_000;

export interface GraceWatchDeps {
  readonly leftovers: Leftovers;
  readonly followUps: FollowUps;
  readonly now: () => Date;
  readonly reportError: (error: unknown) => void;
  /** Whether this is to be said by us: false when somebody else has said that the old value ends, or was asked not to. */
  readonly claim: (subject: Subject, end: Date) => Promise<boolean>;
}

/** Reminds of old values that are about to end while something still uses them. Each end once. */
export class GraceWatch implements vscode.Disposable {
  readonly #deps: GraceWatchDeps;
  readonly #stop = new AbortController();
  readonly #subscription: vscode.Disposable;
  /** Ends that this window has searched for: one that cannot be searched for must not be tried at every change. */
  readonly #tried = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(deps: GraceWatchDeps) {
    this.#deps = deps;
    this.#subscription = deps.leftovers.onDidChange(() => { this.#schedule(); });
    this.#schedule();
  }

  dispose(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#looking || this.#stop.signal.aborted || this.#deps.leftovers.subjects.length === 0) return;
    this.#look().then((next) => {
      if (next === undefined || this.#stop.signal.aborted) return;
      this.#timer = setTimeout(() => { this.#schedule(); }, Math.min(next, LONGEST_WAIT_MS));
      unref(this.#timer);
    }, (error: unknown) => { if (!isCancelled(error)) this.#deps.reportError(error); });
  }

  /** Says what is due; resolves with the milliseconds until something else is. */
  async #look(): Promise<number | undefined> {
    const { leftovers, followUps, now, claim } = this.#deps;
    this.#looking = true;
    try {
      let next: number | undefined;
      for (const followUp of await followUps.list()) {
        const subject = leftovers.subject(followUp.id);
        const old = subject === undefined ? undefined : leftovers.oldValue(subject);
        if (subject === undefined || old?.kind !== 'works' || old.until === null || followUp.remindedOf === old.until.toISOString()) continue;
        const wait = reminderAt(followUp, old.until).getTime() - now().getTime();
        if (wait > 0) {
          next = Math.min(next ?? wait, wait);
          continue;
        }
        const attempt = `${subject.id} ${old.until.toISOString()}`;
        if (this.#tried.has(attempt)) continue;
        this.#tried.add(attempt);
        const search = subject.search ?? (await leftovers.search(subject.id, this.#stop.signal));
        // Where nothing stands there is nothing to say: the window whose folders hold it says it.
        if (isNothing(search) || !(await claim(subject, old.until))) continue;
        await leftovers.noteReminded(subject.id, old.until);
        this.#remind(subject.id, subject.keyName, old.until, summaryOf(search) ?? '');
      }
      return next;
    } finally {
      this.#looking = false;
    }
  }

  #remind(subjectId: string, name: string, until: Date, summary: string): void {
    const show = vscode.l10n.t('Show Usages');
    const extend = vscode.l10n.t('Extend…');
    const message = vscode.l10n.t('The old value of "{0}" ends in {1}, and still stands in: {2}', name, timeLeft(until.getTime() - this.#deps.now().getTime()), summary);
    void vscode.window.showWarningMessage(message, show, extend).then((choice) => {
      if (choice === show) return vscode.commands.executeCommand('stiggKeys.leftovers.focus');
      return choice === extend ? vscode.commands.executeCommand('stiggKeys.leftovers.extend', { kind: 'subject', subjectId }) : undefined;
    });
  }
}
