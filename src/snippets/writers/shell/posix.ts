import type { WriterOptions } from '../../writer.js';
import { plainText, type JsonStyle } from './json.js';

/** Text inside double quotes, taken literally by bash and zsh. */
export function inDoubleQuotes(text: string): string {
  return text.replace(/[\\"$`]/g, '\\$&');
}

/** Text inside single quotes. There is no escape in there: the quotes are closed, an escaped quote follows, and they are opened again. */
export function inSingleQuotes(text: string): string {
  return text.replaceAll("'", "'\\''");
}

/** A word that needs no quotes, or one in single quotes. */
export function word(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${inSingleQuotes(text)}'`;
}

/**
 * A value nobody used before, for double quotes. A script is run again and again and makes one at each run; where a command is read
 * or copied once, one stands in the text.
 */
export function freshValue({ languageId, uuid }: WriterOptions): string {
  return isScript(languageId) ? '$(uuidgen)' : inDoubleQuotes(uuid());
}

/** JSON inside single quotes. */
export function quotedJson(options: WriterOptions): JsonStyle {
  return {
    quote: '"',
    newline: '\n',
    text: (text) => inSingleQuotes(plainText(text)),
    // Single quotes expand nothing: they are left for the one value that the shell makes.
    fresh: () => (isScript(options.languageId) ? `'"$(uuidgen)"'` : inSingleQuotes(plainText(options.uuid()))),
  };
}

/** A whole script that stops where something fails, a missing variable included. */
export const SCRIPT_HEAD = '#!/usr/bin/env bash\nset -euo pipefail\n\n';

function isScript(languageId: string | undefined): boolean {
  return languageId === undefined || languageId === 'shellscript';
}
