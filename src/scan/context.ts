import { DEFAULT_CENT_SHAPE, type CentShape } from './money/centShape.js';
import type { Severity } from './finding.js';
import type { Side } from './side.js';

/** A stored key as rules may know it: by fingerprint, never by value. */
export interface KnownKey {
  readonly environmentName: string;
  readonly displayName: string;
  readonly keyType: 'SERVER' | 'CLIENT' | 'SCOPED' | 'SALESFORCE' | 'WORKFLOW';
  /** What Stigg says the environment is for; left out where that is not known. */
  readonly environmentType?: 'PRODUCTION' | 'SANDBOX' | 'DEVELOPMENT';
  /** When this very value stops working; null while it has no end, or none that is certain. In the past for revoked and expired values. */
  readonly expireAt: Date | null;
  /** An earlier value of the key, which a rotation has replaced. */
  readonly isRetired?: boolean;
}

/** What a rule may know beyond its file. Pure and synchronous: whoever implements it gathers the facts first. */
export interface ScanContext {
  /** The nearest package.json's dependency names (all kinds), or undefined when there is none. */
  dependencies(path: string): ReadonlySet<string> | undefined;
  /** Whether git tracks the file; undefined when that is not known. */
  isTracked(path: string): boolean | undefined;
  /** Whether git ignores the file; undefined when that is not known, such as outside of any repository. */
  isIgnored(path: string): boolean | undefined;
  /** The stored key (or retired value of one) with this fingerprint. */
  knownKey(fingerprint: string): KnownKey | undefined;
  /** The names of all environments whose keys are stored. */
  environmentNames(): readonly string[];
  /** The modules through which a browser entry imports the file: the entry first, the file's importer last. Undefined when none does. */
  browserImportChain(path: string): readonly string[] | undefined;
  /** The side that the repository's settings give the file. */
  configuredSide(path: string): Side | undefined;
  /** The repository's settings leave the file out: nothing is said about it. */
  isExcluded(path: string): boolean;
  /** What the settings make of a rule in that file. */
  severityOf(rule: string, path: string): Severity | 'off' | undefined;
  /** Which amounts in that file look like cents. */
  centShape(path: string): CentShape;
  now(): Date;
}

/** Knows nothing beyond the file. */
export const EMPTY_CONTEXT: ScanContext = {
  dependencies: () => undefined,
  isTracked: () => undefined,
  isIgnored: () => undefined,
  knownKey: () => undefined,
  environmentNames: () => [],
  browserImportChain: () => undefined,
  configuredSide: () => undefined,
  isExcluded: () => false,
  severityOf: () => undefined,
  centShape: () => DEFAULT_CENT_SHAPE,
  now: () => new Date(),
};
