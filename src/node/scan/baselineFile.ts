import { readFile, stat } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';
import { formatBaseline, parseBaseline, withoutKnown, type PathInBaseline } from '../../report/baseline.js';
import type { Report } from '../../report/report.js';
import { errorCode, withSlashes } from '../files.js';
import { writeWhole } from './output.js';

/** Bytes; a baseline is read as a whole. */
const LARGEST = 64 * 1024 * 1024;

/** The report without what the baseline knows. Rejects with ExpectedError `baselineUnreadable` and `baselineInvalid`. */
export async function applyBaseline(report: Report, file: string, cwd: string): Promise<Report> {
  const path = resolve(cwd, file);
  return withoutKnown(report, parseBaseline(await read(path, file), file), pathsFrom(path, cwd));
}

/** Notes all findings of a report. Rejects with ExpectedError `outputUnwritable`. */
export async function writeBaseline(report: Report, file: string, cwd: string): Promise<void> {
  const path = resolve(cwd, file);
  await writeWhole(path, formatBaseline(report.findings, pathsFrom(path, cwd)), file);
}

function pathsFrom(baseline: string, cwd: string): PathInBaseline {
  const folder = dirname(baseline);
  return (path) => withSlashes(relative(folder, resolve(cwd, path)));
}

async function read(path: string, shown: string): Promise<string> {
  let code: string;
  try {
    const entry = await stat(path);
    if (entry.isFile() && entry.size <= LARGEST) return await readFile(path, 'utf8');
    code = entry.isFile() ? l10n.t('too large') : l10n.t('not a file');
  } catch (error) {
    code = errorCode(error);
  }
  throw new ExpectedError('baselineUnreadable', l10n.t('The baseline {0} cannot be read ({1}).', shown, code), l10n.t('Make one with --write-baseline.'));
}
