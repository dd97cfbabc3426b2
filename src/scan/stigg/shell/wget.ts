import { bodyWith, emptyDraft, headerOf, type CommandDraft, type HeaderOption } from './draft.js';
import { methodOf } from './curl.js';
import { optionsWithEquals } from './options.js';
import type { ShellWord } from './lexer.js';
import type { Script } from './script.js';
import { HOLE } from '../payload/written.js';

const VALUED = new Set([
  'header', 'post-data', 'post-file', 'body-data', 'body-file', 'method', 'output-document', 'output-file', 'timeout', 'tries', 'user', 'password', 'http-user', 'http-password', 'user-agent', 'referer', 'wait', 'directory-prefix', 'certificate', 'ca-certificate',
]);

/** What wget makes of its words. */
export function wgetDraft(words: readonly ShellWord[], isOpen: boolean, start: number, script: Script): CommandDraft {
  const draft = emptyDraft(isOpen);
  for (const { name, value, word } of optionsWithEquals(words, VALUED, /^-[OoTtUP]$/)) {
    const text = value === undefined ? '' : script.textOf(value, name === '');
    switch (name) {
      case 'method':
        draft.method = methodOf(text);
        break;
      case 'header': {
        const header = value === undefined ? undefined : headerOf(value, script);
        if (header === undefined) draft.isOpen = true;
        else draft.headers.push(header);
        draft.lastHeader = { start: word.start, end: value?.end ?? word.end };
        break;
      }
      case 'post-data':
      case 'body-data':
        draft.body = bodyWith(value === undefined ? undefined : script.bodyOf(value, start), 'text');
        break;
      case 'post-file':
      case 'body-file':
        draft.body = bodyWith(undefined, 'text');
        break;
      case '':
        if (text === HOLE) draft.isOpen = true;
        else draft.address ??= value;
        break;
      default:
    }
  }
  draft.method ??= draft.body === undefined ? 'GET' : 'POST';
  return draft;
}

/** ` --header="Name: value"` */
export const wgetHeader: HeaderOption = (name, value) => `--header="${name}: ${value}"`;
