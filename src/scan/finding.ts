/** What the engine says about a document; wording included, since editor and command line show the same. */

export type Severity = 'error' | 'warning' | 'info';

/** `safe` keeps behaviour and may be applied in bulk; `unsafe` changes it. */
export type FixSafety = 'safe' | 'unsafe';

/** Replaces [start, end) of the document by `text`. Offsets are UTF-16 code units. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Fix {
  readonly title: string;
  readonly safety: FixSafety;
  readonly edits: readonly TextEdit[];
  /** The fix the editor offers first. */
  readonly preferred?: boolean;
  /** `keepSecret`: the literal must be in the vault before the edit is applied. Only the editor can do that. */
  readonly before?: 'keepSecret';
}

export interface RelatedPlace {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** One problem. Never contains a secret: `mask` and `fingerprint` stand for it. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Offsets into Source.text, UTF-16 code units; end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly mask?: string;
  readonly fingerprint?: string;
  readonly related?: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
}
