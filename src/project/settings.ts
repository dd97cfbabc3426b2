import type { ChosenNames } from '../inject/names.js';
import type { ScanContext } from '../scan/context.js';
import { DEFAULT_CENT_SHAPE, type CentShape } from '../scan/money/centShape.js';
import type { Severity } from '../scan/finding.js';
import type { Side } from '../scan/side.js';
import type { Glob } from './globs.js';

/** What can be made of a rule; `off` means that nobody hears of it. */
export const RULE_LEVELS = ['off', 'info', 'warning', 'error'] as const;
/** One of them. */
export type RuleLevel = Severity | 'off';

/** Something in a settings file that is not obeyed, for a person to read. */
export interface SettingsProblem {
  /** Absolute, with `/`. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** A rule that the file names, and where; whether it exists is for somebody to say who knows the rules. */
export interface NamedRule {
  readonly name: string;
  readonly line: number;
}

/** The levels of some rules, for some files or for all. */
export interface RuleLevels {
  /** Undefined for all files. */
  readonly files: readonly Glob[] | undefined;
  readonly levels: ReadonlyMap<string, RuleLevel>;
}

/** What a settings file says. */
export interface SettingsContent {
  readonly ignore: readonly Glob[];
  /** In order: later ones win. */
  readonly rules: readonly RuleLevels[];
  readonly browser: readonly Glob[];
  readonly server: readonly Glob[];
  /** What is set of it. */
  readonly centShape: Partial<CentShape>;
  /** Names that were checked. */
  readonly variables: ChosenNames;
  readonly namedRules: readonly NamedRule[];
  readonly problems: readonly SettingsProblem[];
}

const NOTHING: SettingsContent = { ignore: [], rules: [], browser: [], server: [], centShape: {}, variables: {}, namedRules: [], problems: [] };

/**
 * The settings of a repository, or of a part of it. They say under which names a process gets its keys, never that it gets one, nor which.
 * Paths are absolute, with `/`.
 */
export class Settings {
  /** There is no settings file. */
  static readonly none = new Settings('', NOTHING);

  readonly #folder: string;
  readonly #content: SettingsContent;

  /** @param folder what the globs are relative to, absolute, with `/` */
  constructor(folder: string, content: SettingsContent) {
    this.#folder = folder === '/' ? '/' : `${folder}/`;
    this.#content = content;
  }

  get problems(): readonly SettingsProblem[] {
    return this.#content.problems;
  }

  get namedRules(): readonly NamedRule[] {
    return this.#content.namedRules;
  }

  /** Whether the file is left out altogether. */
  isExcluded(path: string): boolean {
    return this.#matches(this.#content.ignore, path);
  }

  /** What the settings make of a rule in that file; undefined where they say nothing. */
  severityOf(rule: string, path: string): RuleLevel | undefined {
    return this.#content.rules.findLast(({ files, levels }) => levels.has(rule) && (files === undefined || this.#matches(files, path)))?.levels.get(rule);
  }

  /** Where the file runs. A file that both lists name ships to the browser: that is the answer that keeps keys out of it. */
  configuredSide(path: string): Side | undefined {
    if (this.#matches(this.#content.browser, path)) return 'browser';
    return this.#matches(this.#content.server, path) ? 'server' : undefined;
  }

  /** Which amounts look like cents. */
  centShape(): CentShape {
    return { ...DEFAULT_CENT_SHAPE, ...this.#content.centShape };
  }

  /** The names of variables for keys, as far as they are set. */
  get variables(): ChosenNames {
    return this.#content.variables;
  }

  /** The answers for one file, whatever path they are asked about. */
  contextFor(path: string): Pick<ScanContext, 'isExcluded' | 'severityOf' | 'configuredSide' | 'centShape'> {
    let side: { readonly value: Side | undefined } | undefined;
    return {
      isExcluded: () => this.isExcluded(path),
      severityOf: (rule) => this.severityOf(rule, path),
      centShape: () => this.centShape(),
      configuredSide: () => (side ??= { value: this.configuredSide(path) }).value,
    };
  }

  #matches(globs: readonly Glob[], path: string): boolean {
    if (globs.length === 0 || !path.startsWith(this.#folder)) return false;
    const relative = path.slice(this.#folder.length);
    return globs.some((glob) => glob.matches(relative));
  }
}
