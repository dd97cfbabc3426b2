/** Where the scan of the workspace stands, for whoever shows it. */
export type ScanState =
  | { readonly kind: 'never' }
  | { readonly kind: 'scanning'; readonly files: number }
  | { readonly kind: 'done'; readonly files: number; readonly at: Date }
  | { readonly kind: 'cancelled'; readonly files: number; readonly at: Date }
  | { readonly kind: 'failed'; readonly message: string };

/** A file that the scan left out, and why. */
export interface SkippedFile {
  readonly uri: string;
  readonly reason: string;
}
