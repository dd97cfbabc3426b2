import type { ReportedFinding } from '../../report/report.js';
import type { SkippedFile } from '../workspaceScan/state.js';

/** A row of the view. What it stands for is looked up when it is used, so that it always shows the newest. */
export type FindingNode =
  | { readonly kind: 'rule'; readonly rule: string }
  | { readonly kind: 'file'; readonly rule: string; readonly uri: string }
  | { readonly kind: 'finding'; readonly rule: string; readonly uri: string; readonly finding: ReportedFinding }
  | { readonly kind: 'more'; readonly parent: string; readonly left: number }
  | { readonly kind: 'note'; readonly note: Note }
  | { readonly kind: 'skipped'; readonly file: SkippedFile };

/** What there is to say besides findings. */
export type Note = 'nothing' | 'cancelled' | 'failed' | 'skipped' | 'readElsewhere';

/** Names the row: in the tree, and where it is remembered how many of its rows are shown. */
export function idOf(node: FindingNode): string {
  switch (node.kind) {
    case 'rule':
      return node.rule;
    case 'file':
      return `${node.rule} ${node.uri}`;
    case 'finding':
      return `${node.rule} ${node.uri} ${node.finding.line}:${node.finding.column} ${node.finding.message}`;
    case 'more':
      return `more ${node.parent}`;
    case 'note':
      return `note ${node.note}`;
    case 'skipped':
      return `skipped ${node.file.uri} ${node.file.reason}`;
  }
}

/** What comes back with a command is believed only if it has the looks of a row. */
export function asNode(value: unknown): FindingNode | undefined {
  const kinds: readonly unknown[] = ['rule', 'file', 'finding', 'more', 'note', 'skipped'];
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.includes(value.kind) ? (value as FindingNode) : undefined;
}
