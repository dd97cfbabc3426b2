import type { MatrixRule } from './cell.js';
import { CLIENTS } from './clients/index.js';
import { MATRIX_RULES, stateOf } from './matrix.js';
import type { Client, Language } from './model.js';

const DIGITS = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
const superscript = (number: number): string => String(number).replace(/\d/g, (digit) => DIGITS[Number(digit)] ?? '');
const LANGUAGES: readonly Language[] = [...new Map(CLIENTS.map(({ language }) => [language.id, language])).values()];

const clientsOf = ({ id }: Language): readonly Client[] => CLIENTS.filter(({ language }) => language.id === id);

/** The notes that say why a rule is not about a language, by their number. */
class Notes {
  readonly #texts: string[] = [];

  mark(texts: readonly string[]): string {
    return texts.map((text) => {
      if (!this.#texts.includes(text)) this.#texts.push(text);
      return superscript(this.#texts.indexOf(text) + 1);
    }).join(' ');
  }

  lines(): string {
    return this.#texts.map((text, index) => `${superscript(index + 1)} ${text}`).join('<br>\n');
  }
}

/** `5`, `4 of 5`, `–` with a note, or nothing. */
function cell(rule: MatrixRule, language: Language, notes: Notes): string {
  const clients = clientsOf(language);
  const about = clients.filter((client) => rule.excluded(client) === undefined);
  if (about.length === 0) return `– ${notes.mark([...new Set(clients.map((client) => rule.excluded(client) ?? ''))])}`;
  const covered = about.filter((client) => stateOf(rule, client) === 'covered').length;
  return covered === 0 ? '' : covered === about.length ? String(covered) : `${covered} of ${about.length}`;
}

function marked(rule: MatrixRule, notes: Notes): string {
  const reasons = leftOut(rule);
  return reasons.length === 0 ? '' : ` ${notes.mark(reasons)}`;
}

/** Why a rule leaves out some clients of a language that it is about. */
function leftOut(rule: MatrixRule): readonly string[] {
  const partly = LANGUAGES.map(clientsOf).filter((clients) => clients.some((client) => rule.excluded(client) === undefined));
  return [...new Set(partly.flat().flatMap((client) => rule.excluded(client) ?? []))];
}

/** What a rule does not find yet, by client. */
function missed(rule: MatrixRule): string {
  const names = LANGUAGES.flatMap((language) => clientsOf(language).filter((client) => stateOf(rule, client) === 'missed').map(({ name }) => `${name} (${language.name})`));
  return names.length === 0 ? '' : `- ${rule.id}: ${names.join(', ')}\n`;
}

/** The section of the README. */
export function matrixSection(): string {
  const notes = new Notes();
  const rows = MATRIX_RULES.map((rule) => `| [${rule.id}](#${rule.id})${marked(rule, notes)} | ${LANGUAGES.map((language) => cell(rule, language, notes)).join(' | ')} |\n`);
  const misses = MATRIX_RULES.map(missed).join('');
  return [
    '## What is covered\n\n',
    'For the rules about money and requests: in how many of the clients of a language each is tested, of those that it can be about. Every number stands for files that run as tests, per client one that is reported and two that are not.\n\n',
    `| Rule | ${LANGUAGES.map(({ name }) => name).join(' | ')} |\n`,
    `| --- |${' --- |'.repeat(LANGUAGES.length)}\n`,
    ...rows,
    `\n${notes.lines()}\n\n`,
    ...LANGUAGES.map((language) => `- ${language.name}: ${clientsOf(language).map(({ name, kind }) => (kind === 'sdk' ? `${name} (SDK)` : name)).join(', ')}\n`.replace('stigg (SDK)\n', language.id === 'shell' ? 'the `stigg` command\n' : 'stigg (SDK)\n')),
    misses === '' ? '' : `\nNot covered yet:\n\n${misses}`,
  ].join('');
}
