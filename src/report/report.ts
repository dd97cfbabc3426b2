import type { Finding } from '../scan/finding.js';
import { safeFix } from '../scan/safeFix.js';
import { Lines } from '../scan/lines.js';
import { codeFrames, type CodeFrame } from './codeFrame.js';

/** A finding with its file, in the form that people and machines read: lines and columns from 1. */
export interface ReportedFinding {
  readonly rule: string;
  readonly severity: Finding['severity'];
  /** Relative to the working directory, with `/`. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly mask?: string;
  readonly fingerprint?: string;
  /** The commit that brought it first, where the history was scanned. */
  readonly commit?: ReportedCommit;
  /** For people alone; no other form of the report has it. */
  readonly frame?: CodeFrame;
  /** For editors alone, as `isFixable`: places in the same file that have to do with it. */
  readonly related?: readonly ReportedPlace[];
  /** A safe fix needs nothing but its edits. */
  readonly isFixable?: true;
}

/** A place in the file of a finding; lines and columns from 1. */
export interface ReportedPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
}

/** What a reported finding has beyond what is documented. */
export interface ReportDetails {
  readonly withFrames?: boolean | undefined;
  readonly forEditor?: boolean | undefined;
}

/** A commit, as far as a report names it. */
export interface ReportedCommit {
  readonly id: string;
  /** ISO 8601. */
  readonly date: string;
  readonly author: string;
  readonly subject: string;
}

/** A file that was not scanned although it was in the way, and why. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** The result of one run. */
export interface Report {
  readonly findings: readonly ReportedFinding[];
  readonly summary: {
    /** Files that were read. */
    readonly files: number;
    readonly bytes: number;
    readonly findings: number;
    readonly ms: number;
    readonly skipped: readonly SkippedFile[];
    /** Findings that a baseline let by; left out where there is none. */
    readonly known?: number;
  };
}

/** Turns a document's findings into reported ones. Fixes are for editors and stay behind. */
export function reportFindings(path: string, text: string, findings: readonly Finding[], { withFrames = false, forEditor = false }: ReportDetails = {}): ReportedFinding[] {
  if (findings.length === 0) return [];
  const lines = new Lines(text);
  const frames = withFrames ? codeFrames(text, findings) : [];
  return findings.map(({ rule, severity, start, end, message, mask, fingerprint, related, fixes }, index) => {
    const frame = frames[index];
    return {
      rule,
      severity,
      path,
      ...spanOf(lines, start, end),
      message,
      ...(mask === undefined ? {} : { mask }),
      ...(fingerprint === undefined ? {} : { fingerprint }),
      ...(frame === undefined ? {} : { frame }),
      ...(forEditor && related !== undefined ? { related: related.map((place) => ({ ...spanOf(lines, place.start, place.end), message: place.message })) } : {}),
      ...(forEditor && safeFix(fixes) !== undefined ? { isFixable: true as const } : {}),
    };
  });
}

function spanOf(lines: Lines, start: number, end: number): Omit<ReportedPlace, 'message'> {
  const from = lines.positionAt(start);
  const to = lines.positionAt(end);
  return { line: from.line + 1, column: from.column + 1, endLine: to.line + 1, endColumn: to.column + 1 };
}

/** By path, then by position; code unit order, the same on every machine. */
export function sortFindings(findings: readonly ReportedFinding[]): ReportedFinding[] {
  return [...findings].sort((a, b) => (a.path === b.path ? a.line - b.line || a.column - b.column : a.path < b.path ? -1 : 1));
}
