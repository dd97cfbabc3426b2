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

/** What a fix does beyond its document. Only the editor can do it; others leave such fixes out. */
export type FixAction =
  | { readonly kind: 'ignoreFile' }
  | { readonly kind: 'renameVariable'; readonly from: string; readonly to: string }
  | { readonly kind: 'rotateKey' };

/** One way to mend a finding: edits of its document, or an action. */
export interface Fix {
  readonly title: string;
  readonly safety: FixSafety;
  readonly edits: readonly TextEdit[];
  /** The fix the editor offers first. */
  readonly preferred?: boolean;
  /** `keepSecret`: the literal must be in the vault before the edit is applied. Only the editor can do that. */
  readonly before?: 'keepSecret';
  /**
   * Done in place of edits. `ignoreFile`: add the document to .gitignore. `renameVariable`: in the whole workspace.
   * `rotateKey`: start the rotation of the finding's key.
   */
  readonly action?: FixAction;
}

/** A place in the same document that has to do with a finding, such as where its key comes from. */
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
