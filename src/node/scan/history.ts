import * as l10n from '@vscode/l10n';
import { arrivalsOf, type Arrival } from '../../git/commits.js';
import { objectsOf } from '../../git/objects.js';
import { openRepository } from '../../git/repository.js';
import { join } from '../../project/fileReader.js';
import { identityOf } from '../../report/identity.js';
import type { Report, ReportedFinding } from '../../report/report.js';
import { blobsOf, readContent } from './blobs.js';
import { Judge, type EngineSource, type ScanOptions } from './judge.js';
import { rootSeenFrom } from './root.js';

/** The history scan's surroundings. */
export interface HistoryScanOptions extends ScanOptions {
  /** Told what this repository cannot show, such as that it is a shallow clone. */
  onNote(note: string): void;
}

/** A content that a rule may speak about. */
interface Candidate {
  readonly oid: string;
  readonly path: string;
  readonly arrival: Arrival | undefined;
}

/** What was committed is known to everybody who has the repository. */
const COMMITTED = { isTracked: () => true, isIgnored: () => false };

/**
 * Scans every content that commits of refs and reflogs hold, each once, under the path and with the commit that brought it first. Only
 * findings about the value of a key are reported: a key stays leaked after it was removed, while other mistakes of the past are over.
 * Rejects with ExpectedError (see git/process.ts).
 */
export async function scanHistory(engine: EngineSource, options: HistoryScanOptions): Promise<Report> {
  const judge = new Judge(engine, options);
  const { cwd, signal } = options;
  const repository = await openRepository(cwd, signal);
  if (repository.isShallow) options.onNote(l10n.t('This is a shallow clone: older commits are not here and were not looked at.'));
  if (repository.isPartialClone) options.onNote(l10n.t('This is a partial clone: contents that were never fetched were not looked at.'));
  if (repository.submodules.length > 0) options.onNote(l10n.t('Submodules have histories of their own, which were not looked at.'));
  const root = await rootSeenFrom(cwd, repository.root);
  const candidates = await findCandidates(repository.root, root, judge, signal);
  const known = new Known();
  let at = 0;
  for await (const { content } of blobsOf(repository.root, candidates.map(({ oid }) => oid), signal)) {
    const candidate = candidates[at++];
    if (candidate === undefined || content?.kind !== 'text') continue;
    const findings = await judge.judge(join(root, candidate.path), content.text, { root, context: COMMITTED });
    judge.add(known.firstOnes(findings.filter(({ fingerprint }) => fingerprint !== undefined)).map((finding) => withCommit(finding, candidate.arrival)));
  }
  return judge.report();
}

/** First a look at everything, which remembers ids alone; then git tells in one go who brought them. The oldest come first. */
async function findCandidates(folder: string, root: string, judge: Judge, signal?: AbortSignal): Promise<readonly Candidate[]> {
  const paths = new Map<string, string>();
  for await (const { oid, path, size, chunks } of objectsOf(folder, { types: new Set(['blob']), from: 'reachable', ...(signal === undefined ? {} : { signal }) })) {
    const name = path ?? oid;
    if ((await judge.relevantText(join(root, name), await readContent(chunks(), size))) !== undefined) paths.set(oid, name);
  }
  const arrivals = new Map<string, Arrival>();
  for (const arrival of await arrivalsOf(folder, new Set(paths.keys()), signal)) if (!arrivals.has(arrival.oid)) arrivals.set(arrival.oid, arrival);
  const arrived = [...arrivals.values()].map((arrival) => ({ oid: arrival.oid, path: arrival.path, arrival }));
  // Such as what a tag names without a commit.
  const others = [...paths].filter(([oid]) => !arrivals.has(oid)).map(([oid, path]) => ({ oid, path, arrival: undefined }));
  return [...arrived, ...others];
}

function withCommit(finding: ReportedFinding, arrival: Arrival | undefined): ReportedFinding {
  if (arrival === undefined) return finding;
  const { commit: id, date, author, subject } = arrival;
  return { ...finding, commit: { id, date, author, subject } };
}

/** Later contents of a file repeat what earlier ones had. */
class Known {
  readonly #counts = new Map<string, number>();

  /** Those that no earlier content had as often. */
  firstOnes(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
    const here = new Map<string, number>();
    const fresh = findings.filter((finding) => {
      const key = `${finding.path}\0${finding.rule}\0${identityOf(finding)}`;
      const count = (here.get(key) ?? 0) + 1;
      here.set(key, count);
      return count > (this.#counts.get(key) ?? 0);
    });
    for (const [key, count] of here) this.#counts.set(key, Math.max(count, this.#counts.get(key) ?? 0));
    return fresh;
  }
}
