/** A stored key as rules may know it: by fingerprint, never by value. */
export interface KnownKey {
  readonly environmentName: string;
  readonly displayName: string;
  readonly keyType: 'SERVER' | 'CLIENT' | 'SCOPED' | 'SALESFORCE' | 'WORKFLOW';
  readonly expireAt: Date | null;
}

/** What a rule may know beyond its file. Pure and synchronous: whoever implements it gathers the facts first. */
export interface ScanContext {
  /** The nearest package.json's dependency names (all kinds), or undefined when there is none. */
  dependencies(path: string): ReadonlySet<string> | undefined;
  /** Whether git tracks the file; undefined when that is not known. */
  isTracked(path: string): boolean | undefined;
  /** The stored key (or retired value of one) with this fingerprint. */
  knownKey(fingerprint: string): KnownKey | undefined;
}

/** Knows nothing beyond the file. */
export const EMPTY_CONTEXT: ScanContext = {
  dependencies: () => undefined,
  isTracked: () => undefined,
  knownKey: () => undefined,
};
