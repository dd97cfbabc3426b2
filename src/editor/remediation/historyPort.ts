import * as vscode from 'vscode';
import { ExpectedError, isCancelled } from '../../errors.js';
import { searchHistory, submoduleFolders } from '../../git/history.js';
import { openRepository } from '../../git/repository.js';
import type { HistoryFacts, RepositoryHistory } from '../../keys/remediation/facts.js';

/** A history that takes longer is told in part. */
const ENOUGH_MS = 5 * 60_000;
/** Each is opened once; a workspace with more repositories than this is looked at in part, and says so. */
const REPOSITORIES_MAX = 40;

/**
 * Looks for a value in the histories of the opened folders, of further folders, and of submodules that are checked out. Git is started only where the
 * files are local and the workspace is trusted; everything that is not looked at is said. Rejects with CancelledError only.
 */
export async function searchHistories(fingerprint: string, further: readonly vscode.Uri[], signal: AbortSignal, report: (objects: number) => void): Promise<HistoryFacts> {
  const problems: string[] = [];
  const repositories: RepositoryHistory[] = [];
  const folders = [...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri), ...further];
  if (!vscode.workspace.isTrusted) return { repositories, problems: [vscode.l10n.t('The workspace is not trusted, so git was not started. Trust it to have its history looked at.')] };
  const remote = folders.filter(({ scheme }) => scheme !== 'file');
  if (remote.length > 0) problems.push(vscode.l10n.t('The history of files that are not on this machine was not looked at. Run "git log" where they are.'));
  const opened = new Set<string>();
  const queue = folders.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
  const named = new Set((vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath));
  const enough = AbortSignal.timeout(ENOUGH_MS);
  // Submodules are put at its end while it is worked off.
  for (const folder of queue) {
    try {
      const repository = await openRepository(folder, signal);
      if (opened.has(repository.commonDir)) continue;
      if (opened.size >= REPOSITORIES_MAX) {
        problems.push(vscode.l10n.t('There are more than {0} repositories; the others were not looked at.', REPOSITORIES_MAX));
        break;
      }
      opened.add(repository.commonDir);
      queue.push(...submoduleFolders(repository));
      repositories.push(await searchHistory(repository.root, new Set([fingerprint]), { signal, enough, onProgress: report }));
    } catch (error) {
      if (isCancelled(error)) throw error;
      if (!(error instanceof ExpectedError)) throw error;
      if (error.code === 'notARepository' && !named.has(folder)) continue;
      problems.push(`${folder}: ${error.full}`);
      if (error.code === 'gitMissing') break;
    }
  }
  return { repositories, problems };
}
