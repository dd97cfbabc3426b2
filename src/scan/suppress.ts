import { Lines } from './lines.js';
import type { Source } from './source.js';

const DIRECTIVE = /stigg-keys-ignore-(next-line|file)\b([^\r\n]*)/g;
const RULE_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;

/** Answers whether the person asked not to hear about a rule at a place. */
export type Suppressed = (rule: string, offset: number) => boolean;

/**
 * Reads the suppressions of a document: `stigg-keys-ignore-next-line <rule> -- reason` and `stigg-keys-ignore-file [rule]`,
 * in comments of any syntax. Several rules are separated by commas or spaces; without a rule the file form means all of them.
 */
export function readSuppressions(source: Source, inComment: (offset: number) => boolean): Suppressed {
  const files = new Set<string>();
  const lines = new Map<number, Set<string>>();
  let index: Lines | undefined;
  const pending: { readonly line: number; readonly rules: readonly string[] }[] = [];
  for (const match of source.text.matchAll(DIRECTIVE)) {
    if (!inComment(match.index)) continue;
    const rules = rulesIn(match[2] ?? '');
    if (match[1] === 'file') {
      for (const rule of rules.length === 0 ? ['*'] : rules) files.add(rule);
    } else if (rules.length > 0) {
      index ??= new Lines(source.text);
      pending.push({ line: index.lineAt(match.index), rules });
    }
  }
  if (index === undefined) return (rule) => files.has('*') || files.has(rule);
  // Several suppressions may stand above one line: each means the first line that is not itself one.
  const own = new Set(pending.map(({ line }) => line));
  for (const { line, rules } of pending) {
    let target = line + 1;
    while (own.has(target)) target++;
    const known = lines.get(target) ?? new Set<string>();
    for (const rule of rules) known.add(rule);
    lines.set(target, known);
  }
  const positions = index;
  return (rule, offset) => files.has('*') || files.has(rule) || (lines.get(positions.lineAt(offset))?.has(rule) ?? false);
}

/** The rule names up to the reason or the end of the comment. */
function rulesIn(text: string): string[] {
  const names: string[] = [];
  for (const word of text.split(/[\s,]+/)) {
    if (word === '') continue;
    if (!RULE_NAME.test(word)) break;
    names.push(word);
  }
  return names;
}
