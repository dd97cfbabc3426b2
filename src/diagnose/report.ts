import { t } from '@vscode/l10n';
import type { CheckState } from './checks/index.js';
import type { Certainty, Diagnosis, ToldCause } from './judge.js';
import { pathOf } from './path.js';
import { methodOf } from './request.js';
import { symptomWords } from './symptom.js';
import { quoted, utc } from './words.js';

/** What the report says about where it was made. */
export interface Origin {
  /** Stigg's host, as configured. */
  readonly host: string;
  readonly version: string;
}

export function certaintyWords(certainty: Certainty): string {
  switch (certainty) {
    case 'found':
      return t('Found');
    case 'likely':
      return t('Likely');
    case 'possible':
      return t('Possible');
  }
}

const MARKS: Readonly<Record<CheckState, string>> = { good: '✓', bad: '✗', note: '•', open: '?' };

/** What stands above the steps; the editor puts its actions there. */
export function stepsHeading(): string {
  return `## ${t('What to do')}`;
}

/** The diagnosis as Markdown, fit to be pasted into a ticket: no key in it, nor anything of the code but the request's line and names. */
export function report(diagnosis: Diagnosis, origin: Origin): string {
  const { main, others, checks, facts } = diagnosis;
  const { label, meaning } = symptomWords(facts.symptom);
  const list = (lines: readonly string[]): string[] => lines.map((line) => `- ${markdown(line)}`);
  return [
    `# ${t('Stigg: {0}', label)}`,
    '',
    markdown(meaning),
    '',
    `## ${certaintyWords(main.certainty)}: ${markdown(main.title)}`,
    '',
    markdown(main.why),
    '',
    stepsHeading(),
    '',
    markdown(main.fix),
    '',
    ...(others.length === 0 ? [] : [`## ${t('Also worth a look')}`, '', ...others.map(other), '']),
    `## ${t('What was checked')}`,
    '',
    t('✓ in order, ✗ wrong, • worth knowing, ? could not be checked'),
    '',
    ...checks.map(({ state, words }) => `- ${MARKS[state]} ${markdown(words)}`),
    '',
    `## ${t('Circumstances')}`,
    '',
    ...list(circumstances(diagnosis, origin)),
    '',
    t('This report holds no key.'),
    '',
  ].join('\n');
}

function other({ certainty, title, why, fix }: ToldCause): string {
  return `- **${certaintyWords(certainty)}: ${markdown(title)}.** ${markdown(why)} ${markdown(fix)}`;
}

function circumstances({ facts }: Diagnosis, { host, version }: Origin): string[] {
  const { environment, key, request, now } = facts;
  return [
    t('Time: {0}', utc(now)),
    environment === null ? t('Environment: none was added') : t('Environment: {0} ({1})', environment.displayName, environment.id),
    key === null ? t('Key: none') : t('Key: {0}, {1}', key.displayName, key.mask),
    request === null ? t('Request: none under the cursor') : t('Request: {0}', requestLine(request)),
    t('Asked: {0}', quoted(host, 100)),
    t('Made by: Stigg Key Hygiene {0}', version),
  ];
}

/** `POST /api/v1/customers`, or `GraphQL CreateCustomer (POST /graphql)`. */
export function requestLine(request: NonNullable<Diagnosis['facts']['request']>): string {
  const line = `${quoted(methodOf(request), 20)} ${quoted(pathOf(request))}`;
  return request.surface === 'graphql' && request.operation !== undefined ? `GraphQL ${quoted(request.operation, 60)} (${line})` : line;
}

/** Text that means nothing to Markdown: names come from Stigg's console and from files. */
export function markdown(text: string): string {
  return text.replace(/[\\`*[\]<]/g, '\\$&');
}
