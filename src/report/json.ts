import type { Report } from './report.js';

/** The stable machine-readable form, one line. */
export function formatJson({ findings, summary }: Report): string {
  return `${JSON.stringify({ version: 1, findings, summary })}\n`;
}
