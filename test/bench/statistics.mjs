// @ts-check
// What a bench does with its numbers. Medians and ratios of neighbours: one slow round of a busy machine moves neither.

/** @param {readonly number[]} values @param {number} share from 0 to 1 */
export function percentile(values, share) {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** @param {readonly number[]} values */
export const median = (values) => percentile(values, 0.5);

/**
 * How many times the other one: the median over the rounds of the ratio within a round, because the two of a round met the same machine.
 * @param {readonly number[]} own @param {readonly number[]} other
 */
export function ratio(own, other) {
  const rounds = Math.min(own.length, other.length);
  return median(Array.from({ length: rounds }, (_each, round) => (own[round] ?? Number.NaN) / (other[round] ?? Number.NaN)));
}

/** @typedef {{ readonly text: string, readonly met: boolean | undefined }} Verdict */

/** Whether a figure keeps its goal; nothing is said of a figure that is missing. @param {number | undefined} value @param {'at most' | 'at least'} direction @param {number} goal @returns {Verdict} */
export function verdict(value, direction, goal) {
  if (value === undefined || Number.isNaN(value)) return { text: 'not measured', met: undefined };
  const met = direction === 'at most' ? value <= goal : value >= goal;
  return { text: met ? 'met' : `missed by ${(Math.abs(value / goal - 1) * 100).toFixed(0)} %`, met };
}

/** 0.36 s, 41 ms, 3.2 ms. @param {number | undefined} ms */
export function duration(ms) {
  if (ms === undefined || Number.isNaN(ms)) return '-';
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return ms >= 100 ? `${ms.toFixed(0)} ms` : ms >= 10 ? `${ms.toFixed(1)} ms` : `${ms.toFixed(2)} ms`;
}

/** @param {number | undefined} bytes */
export function size(bytes) {
  if (bytes === undefined || Number.isNaN(bytes)) return '-';
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(bytes >= 1e7 ? 0 : 1)} MB` : `${(bytes / 1e3).toFixed(bytes >= 1e5 ? 0 : 1)} KB`;
}

/** @param {number | undefined} value */
export function times(value) {
  if (value === undefined || Number.isNaN(value)) return '-';
  return `${value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)} x`;
}

/** @typedef {readonly (readonly string[])[]} Rows the first row is the heading; the first column is words, the others are figures */

/** A table of Markdown. @param {Rows} rows */
export function markdownTable(rows) {
  const [heading = [], ...body] = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map((_each, column) => (column === 0 ? '---' : '---:'))), ...body.map(line)].join('\n');
}

/** The same for a terminal. @param {Rows} rows */
export function textTable(rows) {
  const widths = (rows[0] ?? []).map((_each, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd()).join('\n');
}
