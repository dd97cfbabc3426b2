import type * as vscode from 'vscode';
import type { Disposable, Event } from '../../event.js';
import type { StoredKeyRef } from '../../keys/vault.js';
import type { KnownKey, ScanContext } from '../../scan/context.js';
import type { Finding } from '../../scan/finding.js';
import type { Engine } from '../../scan/engine.js';
import type { Secret } from '../../secret.js';

/** Stored keys as the editor's warnings may know them. Synchronous: whoever implements it keeps a copy of the index. */
export interface KnownKeys {
  knownKey(fingerprint: string): KnownKey | undefined;
  /** The names of all environments whose keys are stored. */
  environmentNames(): readonly string[];
  /** The stored key whose present value this is, when it can be rotated. */
  rotatable(fingerprint: string): StoredKeyRef | undefined;
  /** Fires when any answer may have changed. */
  readonly onDidChange: Event<unknown>;
}

/** The warnings of open documents, for others who show findings. */
export interface LiveFindings {
  /** The documents whose warnings are up to date or about to be, also those without any. */
  readonly current: ReadonlyMap<vscode.TextDocument, readonly Finding[]>;
  /** Fires when a document has a new result, or none any more. */
  readonly onDidSettle: Event<vscode.TextDocument>;
  /** What would be found if the document had this text. */
  findingsOfText(document: vscode.TextDocument, text: string): Promise<readonly Finding[]>;
}

/** Looks up what rules may know beyond the file. Does not reject for files that cannot be read: unknown is an answer. */
export interface ProjectFacts extends Disposable {
  contextFor(uri: vscode.Uri, knownKey: ScanContext['knownKey']): Promise<ScanContext>;
  /** The path by which rules judge the file. Which folder was opened makes no difference, nor do the folders around the repository. */
  pathOf(uri: vscode.Uri): Promise<string>;
  /** Fires when any answer may have changed. */
  readonly onDidChange: Event<unknown>;
}

/** Where a key went. */
export interface KeepResult {
  readonly environmentName: string;
  readonly keyName: string;
  readonly key: StoredKeyRef;
}

/** What warnings in the editor need from the rest of the extension. */
export interface DiagnosticsDeps {
  /** Called when the first document passes the prefilter, and again for each scan: the caller keeps the one engine. */
  readonly engine: () => Promise<Engine>;
  readonly knownKeys: KnownKeys;
  /** Proves the key at Stigg and puts it into the vault; resolves only when it is there. Rejects with ExpectedError. */
  readonly keepSecret: (secret: Secret, signal: AbortSignal) => Promise<KeepResult>;
  /** Starts the rotation of a stored key: asks what the person has to decide, and rotates. Rejects with ExpectedError. */
  readonly rotateKey: (key: StoredKeyRef) => Promise<void>;
  /** Starts the remediation of a leaked value. Rejects with ExpectedError. */
  readonly remediateLeak: (clue: { readonly fingerprint: string; readonly secret?: Secret | undefined }) => Promise<void>;
  /** Tells the person; ExpectedErrors in their own words, cancellation not at all. */
  readonly reportError: (error: unknown) => void;
  /** For failures of work nobody asked for by hand: to the log, never a notification. */
  readonly logError: (what: string, error: unknown) => void;
}
