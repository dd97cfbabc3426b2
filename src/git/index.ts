/** Git as a local program: what a repository's history holds. Values go through pipes, never through arguments. */

/** A commit whose tree brought the value in, oldest first. */
export interface LeakCommit {
  readonly commit: string;
  /** ISO date of the commit. */
  readonly date: string;
  readonly subject: string;
  readonly author: string;
  /** The file, from the root of the repository; empty where the value stands in the commit's own message. */
  readonly path: string;
  /** Full names of the refs that reach the commit, such as `refs/heads/main`; empty for what only this machine's reflog still holds. */
  readonly refs: readonly string[];
}

export interface HistorySearch {
  readonly commits: readonly LeakCommit[];
  /** Branches, tags and remotes that still reach it. */
  readonly refs: readonly string[];
  /** How many objects (files' contents, messages of commits and tags) were looked at, each once. */
  readonly blobs: number;
  /** True where the search was ended early (too large, too slow), said in words by the caller. */
  readonly isPartial: boolean;
  /** Objects that hold the value and that no commit of a ref or reflog brings: staged, dropped, or in a tag's message. */
  readonly loose: number;
  /** The work tree's folder, or the repository's own where it is bare. */
  readonly root: string;
  /** What this search could not see, in words: a shallow clone, submodules, a partial clone. */
  readonly notes: readonly string[];
}

/** A repository as git itself describes it. */
export interface Repository {
  readonly root: string;
  /** Shared by all work trees of one repository: tells whether two folders belong together. */
  readonly commonDir: string;
  readonly isBare: boolean;
  /** The history is cut off at some depth. */
  readonly isShallow: boolean;
  /** Objects may be missing here that the remote holds. */
  readonly isPartialClone: boolean;
  /** Paths of submodules, from the root. Each has a history of its own. */
  readonly submodules: readonly string[];
}

export type ObjectType = 'blob' | 'commit' | 'tag' | 'tree';

/** One object and its content, which must be read (or passed over) before the next one is asked for. */
export interface GitObject {
  readonly oid: string;
  readonly type: ObjectType;
  /** Bytes. */
  readonly size: number;
  /** One of its paths, where the listing knows it. */
  readonly path: string | null;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}
