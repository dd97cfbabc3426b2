// @ts-check
// What the reports of the test runners say, in the words of the summary of `npm test`.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from './paths.mjs';

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} [failures] title and message of each
 * @property {string[]} [unsteady] the same for what passed only when its file was run a second time
 * @property {string} [note]
 */
/** @typedef {{ status: string, fullName: string, failureMessages: string[] }} Assertion */
/** @typedef {{ name: string, status: string, message: string, assertionResults: Assertion[] }} Suite a file; without assertions when it did not load */
/** @typedef {{ testResults: Suite[] }} VitestReport the part of Jest's format that vitest's json reporter keeps to */

/** @param {string} file a report of vitest @returns {Count | undefined} undefined where there is none */
export function countVitest(file) {
  const report = readVitest(file);
  return report === undefined ? undefined : countSuites(report.testResults);
}

/** @param {string} file a report of test/host @returns {Count | undefined} undefined where there is none */
export function countMocha(file) {
  const report = read(file);
  return report === undefined ? undefined : { passed: report.passed, failed: report.failed, skipped: report.pending, failures: report.failures.map((/** @type {{ title: string, message: string }} */ { title, message }) => `${title}\n${message}`) };
}

/** @param {string} file @returns {VitestReport | undefined} */
export function readVitest(file) {
  return read(file);
}

/** @param {VitestReport} report @returns {string[]} absolute paths of the files with a failure */
export function failedFiles(report) {
  return report.testResults.filter(hasFailed).map(({ name }) => name);
}

/**
 * The count after the files that failed were run once more. The second run decides, and what it made good is told as unsteady; a file
 * that it does not mention has failed.
 * @param {VitestReport} first @param {VitestReport} second @returns {Count}
 */
export function countBoth(first, second) {
  const again = new Map(second.testResults.map((suite) => [suite.name, suite]));
  const suites = first.testResults.map((suite) => (hasFailed(suite) ? again.get(suite.name) ?? suite : suite));
  const mended = first.testResults.filter((suite) => hasFailed(suite) && suites.every((other) => other.name !== suite.name || !hasFailed(other)));
  return { ...countSuites(suites), unsteady: failuresOf(mended) };
}

/** @param {Suite} suite */
function hasFailed(suite) {
  return suite.status === 'failed' || suite.assertionResults.some(({ status }) => status === 'failed');
}

/** @param {Suite[]} suites @returns {Count} */
function countSuites(suites) {
  const failures = failuresOf(suites);
  const all = suites.flatMap(({ assertionResults }) => assertionResults);
  const passed = all.filter(({ status }) => status === 'passed').length;
  return { passed, failed: failures.length, skipped: all.length - passed - all.filter(({ status }) => status === 'failed').length, failures };
}

/** @param {Suite[]} suites @returns {string[]} */
function failuresOf(suites) {
  return suites.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(repoRoot, name);
    const failed = assertionResults.filter((each) => each.status === 'failed').map(({ fullName, failureMessages }) => `${file} > ${fullName}\n${failureMessages.join('\n')}`);
    // A file that does not load, or whose hook fails, may have no test that failed.
    return failed.length > 0 || status !== 'failed' ? failed : [`${file}: ${message}`];
  });
}

/** @param {string} file */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
