import * as l10n from '@vscode/l10n';
import { languageIdFor } from '../languages/index.js';
import { describeKnown } from '../tokens/knownWording.js';
import { RULES } from './index.js';
import type { Example, ExampleDocs, ExampleKeys, RuleDocs } from './rule.js';

/** What stands for keys where examples are shown: no documentation holds a token-shaped text. */
const MASKS: ExampleKeys = { server: 'server-6a4b…fe26', client: 'client-6a4b…fe26', legacy: '$2b$10$ouA…eeb8' };

/** What is known about a rule, for hovers and the README; undefined for an unknown id. */
export function ruleDocs(id: string): RuleDocs | undefined {
  const rule = RULES.find((candidate) => candidate.id === id);
  const [bad] = rule?.bad ?? [];
  const [good] = rule?.good ?? [];
  if (rule === undefined || bad === undefined || good === undefined) return undefined;
  return { id: rule.id, severity: rule.severity, ...rule.describe(), bad: shown(bad), good: shown(good) };
}

function shown(example: Example): ExampleDocs {
  const { path, languageId = languageIdFor(path), text } = example;
  const lines = text(MASKS).trimEnd();
  return { path, languageId, text: lines, circumstances: circumstances(example, lines) };
}

/** What a rule knows beyond the text, and what makes the difference. */
function circumstances({ facts = {} }: Example, text: string): string[] {
  const told: string[] = [];
  const { isTracked, isIgnored, known = {}, now } = facts;
  if (isTracked === true) told.push(l10n.t('git tracks it'));
  else if (isIgnored !== undefined) told.push(isIgnored ? l10n.t('git ignores it') : l10n.t('git does not ignore it'));
  for (const kind of ['server', 'client', 'legacy'] as const) {
    const key = known[kind];
    if (key !== undefined && text.includes(MASKS[kind])) told.push(l10n.t('{0} is {1}', MASKS[kind], describeKnown(key, now)));
  }
  return told;
}
