import { curlDraft } from './curl.js';
import { visible, type Draft, type Text } from './draft.js';
import { readCommand, readWord } from './shellWords.js';

/** `NAME=value` by itself on a line, also exported. */
const ASSIGNMENT = /^[ \t]*(?:(?:export|local|readonly|declare)[ \t]+)?([A-Za-z_]\w{0,100})=/gm;
const CURL = /(?<![\w./-])curl(?:\.exe)?(?=[ \t\\]|$)/gm;
/** Where a command may begin: at the start of a line, behind a prompt, an operator, a word that takes a command, or an assignment. */
const BEFORE = /(?:^[ \t]*(?:[$%>][ \t]+)?|[;&|({`!][ \t]*|(?:^|[ \t])(?:then|do|else|time|exec|command|if|while|until)[ \t]+|(?:^|[ \t])[A-Za-z_]\w{0,100}=\S{0,500}[ \t]+)$/;
/** More than this in one document are data. */
const MOST = 2_000;
const MOST_PARTS = 50;
const LONGEST_VALUE = 10_000;

/** The curl commands of a script, in order. Offsets are of the text, moved by `base`. */
export function curlDrafts(text: string, base = 0): Draft[] {
  const drafts: Draft[] = [];
  const assigned = assignments(text);
  const variables = new Map<string, Text>();
  let next = 0;
  let past = 0;
  for (const { index } of text.matchAll(CURL)) {
    if (drafts.length >= MOST) break;
    if (index < past || !isCommand(text, index)) continue;
    for (; next < assigned.length; next++) {
      const { at, name, valueAt } = assigned[next] ?? { at: Infinity, name: '', valueAt: 0 };
      if (at >= index) break;
      if (at < past) continue;
      const value = readWord(text.slice(valueAt, valueAt + LONGEST_VALUE), variables);
      variables.set(name, value.length > MOST_PARTS || visible(value).length > LONGEST_VALUE ? [{ missing: `$${name}` }] : value);
    }
    const command = readCommand(text, index, variables);
    past = Math.max(past, command.end);
    drafts.push(curlDraft(command, { start: base + index, end: base + command.end, after: text.slice(command.end, command.end + 200) }));
  }
  return drafts;
}

function assignments(text: string): { readonly at: number; readonly name: string; readonly valueAt: number }[] {
  return Array.from(text.matchAll(ASSIGNMENT), (match) => ({ at: match.index, name: match[1] ?? '', valueAt: match.index + match[0].length })).slice(0, 10_000);
}

function isCommand(text: string, index: number): boolean {
  const near = text.slice(Math.max(0, index - 700), index);
  const before = near.slice(near.lastIndexOf('\n') + 1);
  if (/(?:^|[ \t])#/.test(before)) return false;
  return BEFORE.test(before);
}
