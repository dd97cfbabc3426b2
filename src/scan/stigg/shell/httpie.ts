import type { IrNode } from '../../ir/node.js';
import { made } from '../../ir/walk.js';
import { HOLE } from '../payload/written.js';
import { valueIn } from '../payload/notation.js';
import { methodOf } from './curl.js';
import { bodyWith, emptyDraft, headerOf, impliedHeader, type CommandDraft, type HeaderOption } from './draft.js';
import type { ShellWord } from './lexer.js';
import { optionsWithEquals, pieceOf } from './options.js';
import { nodeOf, type Script } from './script.js';

const VALUED = new Set(['auth', 'auth-type', 'bearer', 'raw', 'print', 'style', 'session', 'output', 'timeout', 'verify', 'pretty', 'boundary', 'default-scheme', 'proxy', 'cert', 'max-redirects', 'response-charset', 'response-mime', 'format-options']);
/** `name=value`, `name:=json`, `name==query`, `Name:value`, `name@file`; the first separator counts. */
const ITEM = /^((?:[^\\=:@]|\\[^]){1,200}?)(:=@?|==|=@?|:|@)/;
/** `minimumSpend[amount]` */
const STEP = /\[([^[\]]{0,60})\]/g;

/** What HTTPie and xh make of their words. */
export function httpieDraft(words: readonly ShellWord[], isOpen: boolean, start: number, script: Script): CommandDraft {
  const draft = emptyDraft(isOpen);
  const fields: Field[] = [];
  let isForm = false;
  let raw: ShellWord | undefined;
  for (const { name, value, word } of optionsWithEquals(words, VALUED, /^-[aAospt]$/)) {
    if (name === 'form' || name === '-f' || name === 'multipart') isForm = true;
    else if (name === 'raw') raw = value;
    else if (name === 'auth' || name === '-a') draft.headers.push(impliedHeader('Authorization', word, value, 'Basic'));
    else if (name === 'bearer') draft.headers.push(impliedHeader('Authorization', word, value, 'Bearer'));
    else if (name === '') operand(draft, word, fields, script);
  }
  const sent = raw === undefined ? undefined : script.bodyOf(raw, start);
  if (fields.length > 0) draft.body = bodyWith(isForm ? undefined : objectOf(fields), isForm ? 'form' : 'json');
  else if (raw !== undefined) draft.body = bodyWith(sent, isForm ? 'form' : 'json');
  else {
    const piped = script.piped(start);
    if (piped.isPiped) draft.body = bodyWith(piped.value, isForm ? 'form' : 'json');
  }
  draft.method ??= draft.body === undefined ? 'GET' : 'POST';
  return draft;
}

function operand(draft: CommandDraft, word: ShellWord, fields: Field[], script: Script): void {
  if (draft.address === undefined) {
    const method = methodOf(word.written.text);
    if (method !== undefined && method === word.written.text && draft.method === undefined) draft.method = method;
    else if (script.textOf(word, true) === HOLE) draft.isOpen = true;
    else draft.address = word;
    return;
  }
  const item = ITEM.exec(word.written.text);
  const [whole = '', name = '', sign] = item ?? [];
  switch (sign) {
    case ':': {
      const header = headerOf(word, script);
      if (header !== undefined) draft.headers.push(header);
      draft.lastHeader = { start: word.start, end: word.end };
      return;
    }
    case '==':
      draft.query.push(`${name}=${script.textOf(pieceOf(word, whole.length), false)}`);
      return;
    case '=':
    case ':=':
      fields.push({ path: [name.replace(STEP, ''), ...Array.from(name.matchAll(STEP), ([, step = '']) => step)], word, value: pieceOf(word, whole.length), isJson: sign === ':=' });
      return;
    case undefined:
      // `"${items[@]}"` was put in its place; any other word may be anything.
      if (word.written.text === HOLE) draft.isOpen = true;
      return;
    default:
      fields.push({ path: [], word, value: word, isJson: false });
  }
}

interface Field {
  readonly path: readonly string[];
  readonly word: ShellWord;
  readonly value: ShellWord;
  readonly isJson: boolean;
}

/** The object that the items make; those of one path are one object. */
function objectOf(fields: readonly Field[], depth = 0): IrNode {
  const groups = new Map<string, Field[]>();
  for (const field of fields) {
    const step = field.path[depth];
    if (step !== undefined) groups.set(step, [...(groups.get(step) ?? []), field]);
  }
  const start = Math.min(...fields.map(({ word }) => word.start));
  const end = Math.max(...fields.map(({ word }) => word.end));
  const isList = depth > 0 && [...groups.keys()].every((step) => /^\d*$/.test(step));
  const values = [...groups].map(([step, group]) => {
    const [first] = group;
    const value = first !== undefined && group.length === 1 && first.path.length === depth + 1 ? valueOf(first) : depth < 20 ? objectOf(group, depth + 1) : undefined;
    return { step, value: value ?? made({ kind: 'group', children: [], isScope: false, start, end }) } as const;
  });
  if (isList) return made({ kind: 'list', elements: values.map(({ value }) => value), start, end });
  return made({
    kind: 'object', type: undefined, start, end, innerStart: start, innerEnd: end,
    entries: values.map(({ step, value }) => ({ key: step, keyStart: value.start, keyEnd: value.start, value, isSpread: false, isShorthand: false, start: value.start, end: value.end })),
  });
}

function valueOf({ value, isJson }: Field): IrNode {
  return isJson ? valueIn(value.written) ?? nodeOf(value) : nodeOf(value);
}

/** ` "Name:value"` */
export const httpieHeader: HeaderOption = (name, value) => `"${name}:${value}"`;
