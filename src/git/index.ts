/** Git as a local program: what a repository's history holds. Values go through pipes, never through arguments. */

/** A commit whose tree brought the value in, oldest first. */
export interface LeakCommit {
  readonly commit: string;
  /** ISO date of the commit. */
  readonly date: string;
  readonly subject: string;
  readonly author: string;
  readonly path: string;
}

export interface HistorySearch {
  readonly commits: readonly LeakCommit[];
  /** Branches, tags and remotes that still reach it. */
  readonly refs: readonly string[];
  /** How many blobs were looked at, each once. */
  readonly blobs: number;
  /** True where the search was ended early (too large, too slow), said in words by the caller. */
  readonly isPartial: boolean;
}
