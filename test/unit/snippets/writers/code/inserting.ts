import { missingHead } from '../../../../../src/snippets/customerToken.js';
import { toPlainText } from '../../../../../src/snippets/snippet.js';
import type { Writer, WrittenRequest } from '../../../../../src/snippets/writer.js';
import { HOSTS } from './hosts.js';

/** The host after the request was inserted with what was missing at its head, as VS Code indents it. */
export function inserted(writer: Writer, written: WrittenRequest, languageId: string): { file: string; text: string } {
  const host = HOSTS[languageId];
  if (host === undefined) throw new Error(`No host for ${languageId}`);
  const indent = /^([ \t]*)CURSOR/m.exec(host.text)?.[1] ?? '';
  const lines = host.text.split('\n');
  const head = missingHead({ head: written.head, ...(writer.before === undefined ? {} : { before: writer.before }) }, host.text);
  if (head !== undefined) lines.splice(head.line, 0, ...head.text.trimEnd().split('\n'));
  return { file: host.file, text: lines.join('\n').replace('CURSOR', () => toPlainText(written.parts).replaceAll(/\n(?=.)/g, `\n${indent}`)) };
}

/** VS Code's snippet syntax, read strictly: only what we mean to write is let through. Returns the text with the first values in it. */
export function readSnippet(text: string): string {
  let result = '';
  let inside = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') {
      at += 1;
      const next = text.charAt(at);
      if (!['\\', '$', '}'].includes(next)) throw new Error(`An escape that is none at ${at}: ${text.slice(at - 1, at + 20)}`);
      result += next;
    } else if (character === '$') {
      const open = /^\$\{[1-9]\d{0,3}:/.exec(text.slice(at, at + 12))?.[0];
      if (open === undefined || inside) throw new Error(`A variable at ${at}: ${text.slice(at, at + 20)}`);
      inside = true;
      at += open.length - 1;
    } else if (character === '}') {
      if (!inside) throw new Error(`A brace at ${at} ends nothing: ${text.slice(at, at + 20)}`);
      inside = false;
    } else result += character;
  }
  if (inside) throw new Error('A tab stop has no end');
  return result;
}
