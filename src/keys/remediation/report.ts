import { t } from '@vscode/l10n';
import { withoutTokens } from '../../withoutTokens.js';
import { countOf } from './counts.js';
import type { HistoryFacts, LeakActivity, Mended, RemediationFacts, RepositoryHistory } from './facts.js';
import { code, inline, utc } from './markdown.js';
import type { LeakEnd } from './journal.js';

/** A report is for people: beyond this the counts stand. */
const LIST_MAX = 40;

export interface ReportWords {
  /** The type of a key and of an environment in Stigg's words; the editor has them. */
  readonly keyType: (type: NonNullable<RemediationFacts['key']>['type']) => string;
  readonly environmentType: (type: NonNullable<RemediationFacts['environment']>['type']) => string;
  readonly version: string;
}

/** The report of a remediation as Markdown, to be pasted into an incident. No secret is in it, whatever the names and subjects hold. */
export function remediationReport(facts: RemediationFacts, words: ReportWords): string {
  const { key, environment } = facts;
  const name = key === null ? t('an unknown key') : `"${inline(key.name)}"`;
  const sections = [
    `# ${t('Leaked Stigg key: {0}', key === null ? (facts.mask ?? facts.fingerprint) : inline(key.name))}`,
    `**${statusLine(facts)}**`,
    section(t('The key'), table([
      [t('Name'), name],
      [t('Type'), key === null ? t('unknown') : inline(words.keyType(key.type))],
      [t('Environment'), environment === null ? t('unknown') : [inline(environment.displayName), typeWords(environment, words), environment.account === null ? '' : inline(environment.account.displayName)].filter((part) => part !== '').join(' · ')],
      [t('Leaked value'), facts.mask === null ? t('no longer on this machine') : code(facts.mask)],
      [t('Fingerprint'), code(facts.fingerprint)],
      [t('Key id'), key === null ? t('unknown') : code(key.id)],
      [t('Replaced by'), facts.successor === null ? t('nothing') : `${code(facts.successor.mask)} (${code(facts.successor.id)})`],
      [t('Began'), utc(facts.startedAt)],
      [facts.isOpen ? t('As of') : t('Finished'), utc(facts.finishedAt)],
    ], [t('What'), t('Value')])),
    section(t('What was done'), doneLines(facts).join('\n')),
    section(t('Files'), filesText(facts.mended, facts.isResumed)),
    section(t('Git history'), historyText(facts.history)),
    section(t('What Stigg has logged for the key'), activityText(facts.activity)),
    section(t('What is left for people'), leftLines(facts).map((line) => `- [ ] ${line}`).join('\n')),
    `---\n${t('Written by Stigg Key Hygiene {0}. Times are in UTC. This report holds no secret: the mask and the fingerprint name the value.', words.version)}`,
  ];
  // The last word: whatever came in by a name or a subject.
  return `${withoutTokens(sections.join('\n\n'))}\n`;
}

/** The one sentence that says where things stand. Only Stigg's own 401 counts as proof. */
export function statusLine({ old }: Pick<RemediationFacts, 'old'>): string {
  switch (old.kind) {
    case 'refused':
      return old.control
        ? t('Stigg answers 401 to the leaked value (asked {0}; another key was accepted at the same time).', utc(old.at))
        : t('Stigg answers 401 to the leaked value (asked {0}).', utc(old.at));
    case 'listedAsEnded':
      return t('Stigg lists the leaked value as ended{0}. It was not asked with the value itself, which is no longer here.', old.at === null ? '' : ` (${utc(old.at)})`);
    case 'stillValid':
      return `${old.until === null ? t('The leaked value is STILL VALID.') : t('The leaked value is STILL VALID until {0}.', utc(old.until))} ${inline(old.reason)}`;
  }
}

export function endWords(end: LeakEnd): string {
  switch (end) {
    case 'afterReplacement':
      return t('as soon as the replacement is in place');
    case 'now':
      return t('now');
    case 'revoke':
      return t('now, without a replacement');
    case 'none':
      return t('it had ended already');
    default:
      return t('after {0}', end);
  }
}

function doneLines({ log, end, isResumed }: RemediationFacts): readonly string[] {
  const lines = log.map(({ at, what }) => `- ${utc(at)}: ${inline(what)}`);
  return [
    t('The old value was to end: {0}.', endWords(end)), '',
    ...(isResumed ? [`- ${t('The remediation was interrupted and taken up again; what was done before that is not in this list.')}`] : []),
    ...(lines.length === 0 && !isResumed ? [`- ${t('Nothing yet.')}`] : lines),
  ];
}

function filesText(mended: Mended | null, isResumed: boolean): string {
  if (mended === null) return t('Not looked at.');
  const lines = [
    isResumed ? t('Files that were changed before the interruption are not listed here: see what git shows as changed.') : '',
    mended.files.length === 0 ? t('No file was changed ({0} were looked at).', mended.looked) : t('The value is read from the environment in {0} now. The value itself is in the keychain.', countOf(mended.files.length, 'file')),
    ...list(mended.files.map(code)),
    mended.left.length === 0 ? '' : t('Still with the value: {0}', countOf(mended.left.length, 'place')),
    ...list(mended.left.map(({ place, reason }) => `${code(place)}: ${inline(reason)}`)),
    mended.skipped.length === 0 ? '' : t('Not looked at:'),
    ...list(mended.skipped.map(inline)),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function historyText(history: HistoryFacts | null): string {
  if (history === null) return t('Not looked at yet.');
  const parts = history.repositories.map(repositoryText);
  const problems = list(history.problems.map(inline));
  if (parts.length === 0 && problems.length === 0) return t('There is no git repository here.');
  const hasFound = history.repositories.some(({ commits, loose }) => commits.length > 0 || loose > 0);
  const advice = hasFound ? [t('Rotation is the remedy: once Stigg refuses the value, what history holds is of no use to anybody. Rewriting history (git filter-repo) is optional, changes every commit after the first one named here, needs a force-push, and does not reach clones and forks that others have.')] : [];
  return [...parts, ...(problems.length === 0 ? [] : [t('Not looked at:'), problems.join('\n')]), ...advice].join('\n\n');
}

function repositoryText(found: RepositoryHistory): string {
  const heading = `${code(found.root)}: `;
  const looked = found.isPartial ? t('{0} objects were looked at, not all.', found.blobs) : t('all {0} objects were looked at.', found.blobs);
  const notes = found.notes.map((note) => `- ${inline(note)}`);
  if (found.commits.length === 0 && found.loose === 0) return [heading + t('the value is not in the history; {0}', looked), ...notes].join('\n');
  const commits = new Set(found.commits.map(({ commit }) => commit)).size;
  const rows = found.commits.slice(0, LIST_MAX).map(({ commit, date, author, path, subject, refs }) => [code(commit.slice(0, 12)), utc(new Date(date)), inline(author), path === '' ? t('the message itself') : code(path), inline(subject), reached(refs)]);
  return [
    heading + t('{0} commits brought the value; {1}', commits, looked),
    found.commits.length === 0 ? '' : `\n${table(rows, [t('Commit'), t('Date'), t('Author'), t('Path'), t('Subject'), t('Reached from')])}`,
    found.commits.length > LIST_MAX ? t('{0} more are not listed.', found.commits.length - LIST_MAX) : '',
    `\n${pushedLine(found.refs)}`,
    found.loose > 0 ? t('{0} objects that no commit holds have it as well (staged, dropped, or in a tag\'s message); git removes them by itself in time.', found.loose) : '',
    ...notes,
  ].filter((line) => line !== '').join('\n');
}

function reached(refs: readonly string[]): string {
  if (refs.length === 0) return t('the reflog of this machine only');
  const shown = refs.slice(0, 6).map((ref) => code(shortRef(ref)));
  return shown.join(', ') + (refs.length > shown.length ? t(' and {0} more', refs.length - shown.length) : '');
}

function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|remotes)\//, '').replace(/^refs\//, '');
}

/** What remote-tracking refs say: what this machine last saw of the remotes, no more. */
function pushedLine(refs: readonly string[]): string {
  const remotes = [...new Set(refs.filter((ref) => ref.startsWith('refs/remotes/')).map((ref) => ref.slice('refs/remotes/'.length).split('/')[0] ?? ''))];
  if (remotes.length > 0) return t('Pushed: as far as this machine has seen, it is on {0}.', remotes.map(code).join(', '));
  if (refs.some((ref) => ref.startsWith('refs/tags/'))) return t('No remote branch that this machine has seen holds it. Whether the tags were pushed is not known here.');
  return t('Not pushed, as far as this machine has seen: no remote branch holds it.');
}

function activityText(activity: readonly LeakActivity[] | null): string {
  if (activity === null) return t('Stigg could not be asked for the key\'s activity.');
  if (activity.length === 0) return t('Nothing.');
  return table(activity.map(({ at, type, actor }) => [utc(at), code(type), inline(actor)]), [t('Time'), t('Event'), t('Actor')]);
}

function leftLines(facts: RemediationFacts): readonly string[] {
  const { old, mended, history, successor } = facts;
  const refs = history?.repositories.flatMap((found) => found.refs) ?? [];
  return [
    old.kind === 'stillValid' ? t('End the leaked value: continue this remediation, or revoke the key in the Stigg console.') : '',
    old.kind === 'listedAsEnded' ? t('Ask Stigg once with the leaked value: a 401 is the proof that is missing here.') : '',
    successor === null ? '' : t('Give the new value to CI, hosting, other machines and colleagues: only this machine\'s keychain has it.'),
    ...(mended?.left ?? []).slice(0, LIST_MAX).map(({ place }) => t('Remove the value from {0}.', code(place))),
    (mended?.terminals ?? 0) > 0 ? t('Close the {0} terminals that were opened with the old value.', mended?.terminals ?? 0) : '',
    (mended?.files.length ?? 0) > 0 ? t('Review and commit the changed files.') : '',
    refs.length > 0 ? t('Decide whether to rewrite the history and force-push; tell everybody who has a clone.') : '',
    t('Look through Stigg\'s Logs > Activity for calls with this key that nobody here made.'),
    t('Look where else the value may be: chats, tickets, logs, CI caches, built bundles, images, other clones and forks.'),
  ].filter((line) => line !== '');
}

/** An environment that is called as its type is: then the type is told apart by its capitals. */
function typeWords({ displayName, type }: NonNullable<RemediationFacts['environment']>, words: ReportWords): string {
  const said = words.environmentType(type);
  return said === displayName ? said.toUpperCase() : said;
}

function section(title: string, text: string): string {
  return `## ${title}\n\n${text}`;
}

function list(items: readonly string[]): readonly string[] {
  const shown = items.slice(0, LIST_MAX).map((item) => `- ${item}`);
  return items.length > LIST_MAX ? [...shown, `- ${t('{0} more', items.length - LIST_MAX)}`] : shown;
}

function table(rows: readonly (readonly string[])[], columns: readonly string[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('\n', ' ').replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}
