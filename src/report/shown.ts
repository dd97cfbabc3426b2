import { withoutTokens } from '../withoutTokens.js';
import type { ReportedFinding, SkippedFile } from './report.js';

/**
 * A finding as every form of the report has it. What a file, a commit or its author is called is anybody's text and may hold a key itself,
 * and reports end up in logs. The report's own finding keeps its path: baselines know it by that.
 */
export function shownFinding(finding: ReportedFinding): ReportedFinding {
  const { path, message, commit } = finding;
  return {
    ...finding,
    path: withoutTokens(path),
    message: withoutTokens(message),
    ...(commit === undefined ? {} : { commit: { ...commit, author: withoutTokens(commit.author), subject: withoutTokens(commit.subject) } }),
  };
}

/** The same for a file that was left out. */
export function shownFile({ path, reason }: SkippedFile): SkippedFile {
  return { path: withoutTokens(path), reason: withoutTokens(reason) };
}
