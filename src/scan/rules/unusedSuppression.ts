import * as l10n from '@vscode/l10n';
import type { ScanContext } from '../context.js';
import type { Finding, TextEdit } from '../finding.js';
import type { Source } from '../source.js';
import { SUPPRESSION, type Suppression, type Suppressions } from '../suppress.js';
import { removeSuppression } from '../suppressionEdits.js';
import type { Rule } from './rule.js';

const NEXT = `${SUPPRESSION}next-line`;
const FILE = `${SUPPRESSION}file`;

/** A suppression that silences nothing. Its findings are made by `unusedSuppressions` when all other rules have spoken. */
export const unusedSuppression: Rule = {
  id: 'unused-suppression',
  severity: 'info',
  describe: () => ({
    title: l10n.t('Suppression that is not needed'),
    what: l10n.t('A comment suppresses a rule that finds nothing there, or that does not exist.'),
    why: l10n.t('What it once explained is gone, and it would silence the next key that comes to stand there.'),
    howToFix: l10n.t('Remove the comment, or correct the name of the rule. Where it is needed on other machines only, name {0} in it as well.', 'unused-suppression'),
  }),
  bad: [
    {
      path: 'src/billing.ts',
      text: () => `// ${NEXT} hardcoded-server-key -- demo account\nexport const key = process.env.STIGG_SERVER_API_KEY;\n`,
      fixed: () => 'export const key = process.env.STIGG_SERVER_API_KEY;\n',
    },
    {
      path: 'src/Pricing.tsx',
      text: () => `export const A = () => (\n  <div>\n    {/* ${NEXT} server-key-in-frontend -- ours */}\n    <b title="Stigg" />\n  </div>\n);\n`,
      fixed: () => 'export const A = () => (\n  <div>\n    <b title="Stigg" />\n  </div>\n);\n',
    },
    {
      path: 'src/typo.ts',
      text: (k) => `// ${NEXT} hardcoded-server-key, hard-coded-key -- test account\nexport const key = '${k.server}';\n`,
      fixed: (k) => `// ${NEXT} hardcoded-server-key -- test account\nexport const key = '${k.server}';\n`,
    },
    {
      path: 'src/generated.ts',
      text: () => `/* ${FILE} cents-to-stigg -- generated */\r\nexport const price = 1; // of Stigg\r\n`,
      fixed: () => 'export const price = 1; // of Stigg\r\n',
    },
    {
      path: 'notes.txt',
      languageId: 'plaintext',
      text: () => `# ${NEXT} -- forgot the rule\nStigg notes\n`,
      fixed: () => 'Stigg notes\n',
    },
  ],
  good: [
    { path: 'src/billing.ts', text: (k) => `// ${NEXT} hardcoded-server-key -- demo account\nexport const key = '${k.server}';\n` },
    { path: 'src/all.ts', text: (k) => `/* ${FILE} -- generated */\nexport const key = '${k.server}';\n` },
    { path: 'src/text.ts', text: () => `export const help = 'write ${NEXT} hardcoded-server-key -- reason';\n` },
    { path: 'src/ci.ts', text: () => `// ${NEXT} hardcoded-server-key unused-suppression -- CI puts a key here\nexport const key = '';\n` },
    { path: 'src/vault.ts', text: () => `// ${NEXT} dead-key -- known on other machines only\nexport const key = '';\n` },
    { path: 'src/legacy.ts', text: (k) => `// ${NEXT} hardcoded-server-key -- a server key, as the vault of others knows\nexport const stigg = '${k.legacy}';\n` },
    { path: 'src/broken.ts', text: () => `// ${NEXT} cents-to-stigg -- being typed\nexport const stigg = {{ amount: (;\n` },
  ],
  trigger: (text) => text.includes(SUPPRESSION),
  check: () => [],
};

/** What is known about a document after all other rules have spoken. */
export interface Judged {
  readonly source: Source;
  readonly suppressions: Suppressions;
  readonly context: ScanContext;
  readonly rules: readonly Rule[];
  /** False where code could not be understood, so that a rule may have missed something. */
  readonly isUnderstood: boolean;
  /** Whether the text around that place is written as it is; in a string of JSON a line cannot be taken out. */
  isPlain(offset: number): boolean;
}

/** The suppressions that silenced nothing, and those that name no rule. */
export function* unusedSuppressions(judged: Judged): Iterable<Finding> {
  const { source, suppressions, rules } = judged;
  const ids = new Map(rules.map((rule) => [rule.id, rule]));
  const mayHoldLegacy = legacySearch(judged);
  const allowed = targetsAllowed(suppressions.all);
  for (const suppression of suppressions.all) {
    if (allowed.has(undefined) || allowed.has(suppression.target)) continue;
    const { start, end } = suppression;
    const unknown = suppression.rules.flatMap(({ name }) => (ids.has(name) ? [] : [name]));
    const unused = unusedRules(suppression, ids, judged, mayHoldLegacy);
    const all = [...unknown, ...unused];
    if (all.length === 0 && !isEmpty(suppression, judged, mayHoldLegacy)) continue;
    const edit = judged.isPlain(start) ? removeSuppression(source.text, suppression, all) : undefined;
    yield {
      rule: unusedSuppression.id, severity: unusedSuppression.severity, start, end, message: message(unknown, unused, suppression), fixes: edit === undefined ? [] : [fix(edit, suppression, all)],
    };
  }
}

/** The lines (undefined: the whole file) whose suppressions need not be needed: one of them says so itself. */
function targetsAllowed(all: readonly Suppression[]): Set<number | undefined> {
  return new Set(all.filter(({ rules }) => rules.some(({ name }) => name === unusedSuppression.id)).map(({ target }) => target));
}

/** The named rules that exist, were asked, and found nothing; only where that is certain. */
function unusedRules(suppression: Suppression, ids: ReadonlyMap<string, Rule>, { source, context, isUnderstood }: Judged, mayHoldLegacy: LegacySearch): string[] {
  // Whether a legacy key is a server key may be known on another machine only.
  if (!isUnderstood || mayHoldLegacy(suppression)) return [];
  const areGitFactsKnown = context.isTracked(source.path) !== undefined && context.isIgnored(source.path) !== undefined;
  return suppression.rules.flatMap(({ name }) => {
    const rule = ids.get(name);
    if (rule === undefined || suppression.used.has(name) || rule.isPersonal === true || context.severityOf(name, source.path) === 'off') return [];
    return name === 'unprotected-env-file' && !areGitFactsKnown ? [] : [name];
  });
}

/** It names no rule: above a line that means nothing, for a file it means everything that is found there. */
function isEmpty(suppression: Suppression, { isUnderstood }: Judged, mayHoldLegacy: LegacySearch): boolean {
  const { form, rules, used } = suppression;
  if (rules.length > 0) return false;
  return form === 'next-line' || (used.size === 0 && isUnderstood && !mayHoldLegacy(suppression));
}

/** Whether there may be a legacy key in what a suppression is about. */
type LegacySearch = (suppression: Suppression) => boolean;

/** Searches each line, and the whole text, no more than once. */
function legacySearch({ source, suppressions }: Judged): LegacySearch {
  const known = new Map<number | undefined, boolean>();
  return (suppression) => {
    const { target } = suppression;
    const found = known.get(target) ?? /\$2[aby]\\?\$/.test(suppressions.textOf(suppression, source));
    known.set(target, found);
    return found;
  };
}

function message(unknown: readonly string[], unused: readonly string[], { form, rules }: Suppression): string {
  if (unknown.length > 0) return l10n.t('There is no rule called {0}.', unknown.join(', '));
  if (rules.length === 0) return form === 'file' ? l10n.t('This comment silences nothing: there is nothing to report in this file.') : l10n.t('This comment silences nothing, because it names no rule.');
  return l10n.t('This comment silences nothing here: {0}.', unused.join(', '));
}

function fix(edit: TextEdit, { rules }: Suppression, removed: readonly string[]): Finding['fixes'][number] {
  const isWhole = rules.every(({ name }) => removed.includes(name));
  return { title: isWhole ? l10n.t('Remove the suppression') : l10n.t('Remove {0} from the suppression', removed.join(', ')), safety: 'safe', edits: [edit], preferred: true };
}
