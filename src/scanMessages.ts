import type { ReportedFinding } from './report/report.js';
import type { KnownKey } from './scan/context.js';
import type { Severity } from './scan/finding.js';

/** What the editor and its scan in a thread of its own say to each other: plain data, and no key in it. Paths are absolute, with `/`. */

/** What is known of this machine's keys, and what the person has set. */
export interface PersonalFacts {
  /** The stored keys and their earlier values, by fingerprint. */
  readonly keys: ReadonlyMap<string, KnownKey>;
  readonly environmentNames: readonly string[];
  /** What the person wants of a rule. */
  readonly levels: ReadonlyMap<string, Severity | 'off'>;
}

/** What the thread is given when it starts. */
export interface ScanWorkerData {
  /** The folder with the grammars. */
  readonly wasm: string;
  /** The editor's ripgrep, where it has one. */
  readonly ripgrep?: string;
  /** Where the thread writes what it is at, see PlaceInMemory: whoever started it can read that when the thread no longer answers. */
  readonly place: SharedArrayBuffer;
  /** The person's language. */
  readonly translations?: Readonly<Record<string, unknown>>;
}

/** Files that may have changed. */
export interface FileChanges {
  /** What changed, came or went: files and folders. */
  readonly paths: readonly string[];
  /** Those of them that came or went. */
  readonly cameOrWent: readonly string[];
  /** Files that were judged before: they are judged again if what they are judged by has changed. */
  readonly judged: readonly string[];
  /** They are judged again in any case. */
  readonly isOutdated: boolean;
}

/** One at a time; the next when the answer is complete. Whoever does not want to wait ends the thread. */
export type ScanRequest =
  | { readonly kind: 'folder'; readonly folder: string; readonly personal: PersonalFacts; readonly leaveOut: readonly string[] }
  | { readonly kind: 'files'; readonly folder: string; readonly personal: PersonalFacts; readonly leaveOut: readonly string[]; readonly changes: FileChanges };

/** A file and what was found in it; null where there is no file, or none that concerns us. Of a folder that is gone, everything below it too. */
export interface JudgedFile {
  readonly path: string;
  readonly findings: readonly ReportedFinding[] | null;
}

export type ScanAnswer =
  | { readonly kind: 'judged'; readonly files: readonly JudgedFile[] }
  | { readonly kind: 'progress'; readonly files: number }
  /** Told every few seconds, so that a thread that hangs is known by its silence. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'skipped'; readonly path: string; readonly reason: string }
  | { readonly kind: 'problem'; readonly path: string; readonly line: number; readonly message: string }
  | { readonly kind: 'done'; readonly files: number }
  /** `nextStep` is there when the message is fit for a person. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly nextStep?: string };
