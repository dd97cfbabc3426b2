import type { KnownKey } from '../context.js';
import type { Finding, Severity } from '../finding.js';
import type { ScanFile } from '../scanFile.js';
import type { Traces } from '../traces.js';

/** What a hover and the documentation say about a rule. */
export interface RuleDocs {
  readonly id: string;
  /** The usual severity; a finding may be more severe where the circumstances are. */
  readonly severity: Severity;
  readonly title: string;
  readonly what: string;
  readonly why: string;
  readonly howToFix: string;
  /** What is reported, and what is not. */
  readonly bad: ExampleDocs;
  readonly good: ExampleDocs;
}

/** An example as it is shown, with masks in place of keys. */
export interface ExampleDocs {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  /** What matters beyond the text, in words: what git does with the file, which key it holds. */
  readonly circumstances: readonly string[];
}

/** Stand-ins for keys in examples: masks in documentation, made-up tokens in tests. No example holds a token-shaped text. */
export interface ExampleKeys {
  readonly server: string;
  readonly client: string;
  readonly legacy: string;
}

/** What the rule may know beyond an example's text. */
export interface ExampleFacts {
  readonly isTracked?: boolean;
  readonly isIgnored?: boolean;
  /** The stand-ins that are stored keys. */
  readonly known?: Partial<Record<keyof ExampleKeys, KnownKey>>;
  readonly environmentNames?: readonly string[];
  readonly now?: Date;
}

/** A small document that is reported by its rule (bad) or by no rule (good). */
export interface Example {
  readonly path: string;
  /** By the path's extension when left out. */
  readonly languageId?: string;
  readonly text: (keys: ExampleKeys) => string;
  /** The nearest package.json's dependencies. */
  readonly dependencies?: readonly string[];
  readonly facts?: ExampleFacts;
  /** The text after the first fix; left out where there is none. */
  readonly fixed?: (keys: ExampleKeys) => string;
}

/** A finding with the thing it is about: of several findings with one anchor only the first rule's stays. */
export interface RuleFinding extends Omit<Finding, 'rule'> {
  readonly anchor: string;
}

/** One rule: what it is about, examples that run as tests, and the detection with its fixes. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** What it finds depends on the keys that are stored on this machine, so that others may find something else. */
  readonly isPersonal?: boolean;
  /** In the person's language, hence asked for when needed. The first example of each kind illustrates it. */
  describe(): Pick<RuleDocs, 'title' | 'what' | 'why' | 'howToFix'>;
  readonly bad: readonly Example[];
  readonly good: readonly Example[];
  /** Cheap and without a parser: may the text hold a finding? `traces` are of the same text. */
  readonly trigger: (text: string, traces: Traces) => boolean;
  check(file: ScanFile): Iterable<RuleFinding>;
}
