import { lstat, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { ExpectedError } from '../errors.js';
import { below, parentOf } from '../project/fileReader.js';
import { Project } from '../project/project.js';
import type { SettingsProblem } from '../project/settings.js';
import { reportFindings, sortFindings, type Report, type ReportedFinding, type SkippedFile } from '../report/report.js';
import type { Engine } from '../scan/engine.js';
import { languageIdFor } from '../scan/languages/index.js';
import * as l10n from '@vscode/l10n';
import { diskReader, errorCode, withSlashes } from './files.js';
import { readText, type ReadResult } from './readText.js';
import { walk } from './walk.js';

/** Files that are read at the same time. */
const AT_ONCE = 16;

export interface ScanOptions {
  readonly cwd: string;
  /** Called as soon as a file has to be left out. */
  onSkipped(file: SkippedFile): void;
  /** Called for what a settings file says and what is not obeyed. Its path is absolute. */
  readonly onSettingsProblem?: (problem: SettingsProblem) => void;
  readonly signal?: AbortSignal;
}

/**
 * Scans files and folders. Rejects with ExpectedError `pathUnreadable` when one of the named paths cannot be read;
 * what cannot be read below them is left out, noted and reported.
 */
export async function scanPaths(paths: readonly string[], engine: Engine, options: ScanOptions): Promise<Report> {
  const started = performance.now();
  const project = new Project(diskReader, options.onSettingsProblem === undefined ? {} : { onSettingsProblem: options.onSettingsProblem });
  const findings: ReportedFinding[] = [];
  const skipped: SkippedFile[] = [];
  let files = 0;
  let bytes = 0;
  const shown = (path: string): string => withSlashes(relative(options.cwd, path)) || '.';
  const skip = (path: string, reason: string): void => {
    const file = { path: shown(path), reason };
    skipped.push(file);
    options.onSkipped(file);
  };

  const cwd = withSlashes(resolve(options.cwd));
  const pathInProject = async (path: string): Promise<string> => {
    const folder = parentOf(path) ?? '/';
    const root = await project.rootOf(folder) ?? (below(cwd, path) === undefined ? folder : cwd);
    return below(root, path) ?? path;
  };

  const read = async (path: string, named: boolean): Promise<ReadResult | undefined> => {
    try {
      return await readText(path);
    } catch (error) {
      const code = errorCode(error);
      if (named) throw unreadable(path, code, error);
      // ENOENT: it went away while we were scanning.
      if (code !== 'ENOENT') skip(path, code);
      return undefined;
    }
  };

  const scanOne = async (path: string, named: boolean): Promise<void> => {
    const content = await read(path, named);
    if (content === undefined || content.kind === 'binary') return;
    if (content.kind === 'tooLarge') {
      skip(path, l10n.t('too large'));
      return;
    }
    files++;
    bytes += content.bytes;
    if (content.kind === 'irrelevant') return;
    const text = content.text;
    if (!engine.relevant({ path, languageId: languageIdFor(path), text })) return;
    // What a path says about a file must not depend on where the command was started.
    const source = { path: await pathInProject(path), languageId: languageIdFor(path), text };
    await engine.prepare(source);
    const context = await project.contextFor(path);
    const understood = engine.understandsCode();
    findings.push(...reportFindings(shown(path), text, engine.scan(source, context)));
    if (understood && !engine.understandsCode()) skip(path, l10n.t('it broke the parser, so that in it and in later files keys are found by their shape alone'));
  };

  const seen = new Set<string>();
  const pending = new Set<Promise<void>>();
  const take = async (path: string, named: boolean): Promise<void> => {
    options.signal?.throwIfAborted();
    if (seen.has(path)) return;
    seen.add(path);
    const work = scanOne(path, named);
    pending.add(work);
    // Rejections surface through the race or the wait below.
    void work.finally(() => pending.delete(work)).catch(() => undefined);
    if (pending.size >= AT_ONCE) await Promise.race(pending);
  };

  for (const name of paths) {
    const path = withSlashes(resolve(options.cwd, name));
    if (await isFolder(path)) {
      const walking = walk(path, {
        repositoryOf: (folder) => project.repositoryOf(folder),
        onUnreadable: (folder, code) => {
          if (folder === path) throw unreadable(folder, code);
          skip(folder, code);
        },
      });
      for await (const file of walking) await take(file, false);
    } else await take(path, true);
  }
  await Promise.all(pending);

  return {
    findings: sortFindings(findings),
    summary: { files, bytes, findings: findings.length, ms: Math.round(performance.now() - started), skipped },
  };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    const entry = await lstat(path);
    const target = entry.isSymbolicLink() ? await stat(path) : entry;
    if (target.isDirectory()) return true;
    if (target.isFile()) return false;
  } catch (error) {
    throw unreadable(path, errorCode(error), error);
  }
  throw new ExpectedError('pathUnreadable', l10n.t('{0} is neither a file nor a folder.', path), l10n.t('Name files or folders.'));
}

function unreadable(path: string, code: string, cause?: unknown): ExpectedError {
  return new ExpectedError('pathUnreadable', l10n.t('{0} cannot be read ({1}).', path, code), l10n.t('Check the path and its permissions.'), { cause });
}
