import * as l10n from '@vscode/l10n';
import type { ScanContext } from './context.js';
import type { ParsedSource } from './languages/language.js';
import { sideByFolder } from './side/folders.js';
import { sideOfMarkup } from './side/markup.js';
import { sideByDependencies, sideByStiggSdk } from './side/modules.js';
import { ownSide, sideBySetting } from './side/own.js';

/** Where code runs: does it ship to browsers, and apps that are handed out, or stay on a server? */
export type Side = 'browser' | 'server' | 'unknown';

/** Where code runs, and what says so. */
export interface SideVerdict {
  readonly side: Side;
  /** Short, fit for "ships to the browser: …". Empty when unknown. */
  readonly evidence: string;
}

/** What is asked about a file's surroundings. */
export type SideFacts = Pick<ScanContext, 'dependencies' | 'browserImportChain' | 'configuredSide'>;

const UNKNOWN: SideVerdict = { side: 'unknown', evidence: '' };
const NONE: ReadonlySet<string> = new Set();
/** What only a browser has; asked last, since comments and strings count too. */
const DOCUMENT = /\bdocument\.(?:getElementById|querySelector(?:All)?|createElement|addEventListener|body)\b/;
/** More steps of an import chain than this are not shown. */
const STEPS_SHOWN = 3;

/**
 * Decides whether a file ships to the browser, strongest evidence first: what the module says itself (see `ownSide`), then that
 * browser code imports it, then guesses: a backend SDK, folders, the package, and what the code touches. Unknown is an answer.
 * Of other languages only the settings and the kind of markup tell; their regions carry sides of their own.
 */
export function sideOf(source: ParsedSource, facts: SideFacts): SideVerdict {
  const { path, languageId, text } = source;
  if (!/^(?:type|java)script/.test(languageId)) {
    const configured = facts.configuredSide(path);
    return configured === undefined ? sideOfMarkup(source) ?? UNKNOWN : sideBySetting(configured);
  }
  const own = ownSide(source, facts);
  if (own !== undefined && !own.yields) return { side: own.side, evidence: own.evidence };
  const chain = facts.browserImportChain(path);
  if (chain !== undefined && chain.length > 0) return { side: 'browser', evidence: describeChain(chain) };
  if (own !== undefined) return { side: own.side, evidence: own.evidence };
  const dependencies = facts.dependencies(path) ?? NONE;
  return sideByStiggSdk(source.imports)
    ?? sideByFolder(path, dependencies)
    ?? sideByDependencies(path, dependencies)
    ?? (DOCUMENT.test(text) ? { side: 'browser', evidence: l10n.t('uses {0}', 'document') } : UNKNOWN);
}

/** The entry, and of a long way its last steps. */
function describeChain(chain: readonly string[]): string {
  const [entry = '', ...rest] = chain;
  const steps = rest.length < STEPS_SHOWN ? rest : ['…', ...rest.slice(1 - STEPS_SHOWN)];
  return l10n.t('by way of {0} → this file', [entry, ...steps].join(' → '));
}
