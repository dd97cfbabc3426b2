import { Emitter, type Disposable, type Event } from '../../event.js';
import type { ReportedFinding } from '../../report/report.js';

/**
 * All findings that are known, by the URI of their file: what the scan of the workspace found, and for open documents what their live
 * warnings say, which are newer. One truth for the tree and for the diagnostics of files that are not open.
 */
export class FindingsStore implements Disposable {
  readonly #scanned = new Map<string, readonly ReportedFinding[]>();
  readonly #live = new Map<string, readonly ReportedFinding[]>();
  readonly #changed = new Emitter<string>();

  /** Fires with the URI of a file whose findings may be others. */
  readonly onDidChange: Event<string> = this.#changed.event;

  /** The scan's result for a file that is on disk. */
  setScanned(uri: string, findings: readonly ReportedFinding[] | null): void {
    if (findings === null || findings.length === 0) {
      if (this.#scanned.delete(uri)) this.#changed.fire(uri);
      return;
    }
    this.#scanned.set(uri, findings);
    this.#changed.fire(uri);
  }

  /** What the live warnings of an open document say; undefined when it has none any more. */
  setLive(uri: string, findings: readonly ReportedFinding[] | undefined): void {
    if (findings === undefined ? !this.#live.delete(uri) : this.#live.get(uri)?.length === 0 && findings.length === 0) return;
    if (findings !== undefined) this.#live.set(uri, findings);
    this.#changed.fire(uri);
  }

  /** Forgets what the scan found in files that fit. */
  forgetScanned(fits: (uri: string) => boolean): void {
    for (const uri of [...this.#scanned.keys()]) if (fits(uri)) this.setScanned(uri, null);
  }

  /** What is to be shown for the file by whoever shows files that are not open. */
  unopened(uri: string): readonly ReportedFinding[] {
    return this.#live.has(uri) ? [] : this.#scanned.get(uri) ?? [];
  }

  of(uri: string): readonly ReportedFinding[] {
    return this.#live.get(uri) ?? this.#scanned.get(uri) ?? [];
  }

  /** The files that the scan found something in. */
  get scannedUris(): readonly string[] {
    return [...this.#scanned.keys()];
  }

  /** Each file with its findings; none without. */
  *files(): Generator<readonly [uri: string, findings: readonly ReportedFinding[]]> {
    for (const [uri, findings] of this.#live) if (findings.length > 0) yield [uri, findings];
    for (const [uri, findings] of this.#scanned) if (!this.#live.has(uri)) yield [uri, findings];
  }

  dispose(): void {
    this.#changed.dispose();
    this.#scanned.clear();
    this.#live.clear();
  }
}
