import { t } from '@vscode/l10n';
import { cleanText } from '../keys/graphql/text.js';
import { joined, splitAt, trimmed, visible, type Draft, type DraftHeader, type Part, type Text } from './draft.js';
import { HttpVariables, type Fresh } from './httpVariables.js';

interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const METHODS = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|GRAPHQL)$/;
const MOST = 2_000;

/** The requests of an `.http` file (or of a fence with one), as the REST Client extension and JetBrains' HTTP client read them. */
export function httpDrafts(text: string, fresh: Fresh, base = 0): Draft[] {
  const lines = linesOf(text);
  const variables = new HttpVariables(text, fresh);
  const drafts: Draft[] = [];
  for (let at = 0; at < lines.length && drafts.length < MOST;) {
    let end = at;
    while (end < lines.length && !(lines[end]?.text.startsWith('###') ?? false)) end++;
    const draft = blockOf(lines.slice(at, end), variables, base);
    if (draft !== undefined) drafts.push(draft);
    at = end + 1;
  }
  return drafts;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  // A byte-order mark is no part of the first line.
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start <= text.length;) {
    const stop = text.indexOf('\n', start);
    const end = stop === -1 ? text.length : stop;
    lines.push({ text: text.slice(start, end).replace(/\r$/, ''), start, end });
    start = end + 1;
  }
  return lines;
}

function blockOf(lines: readonly Line[], variables: HttpVariables, base: number): Draft | undefined {
  const problems: string[] = [];
  const notes: string[] = [];
  let at = 0;
  for (let isScript = false; at < lines.length; at++) {
    const text = lines[at]?.text.trim() ?? '';
    if (isScript || text.startsWith('< {%')) {
      isScript = !text.endsWith('%}');
      if (!isScript) notes.push(t('Scripts of the file were not run.'));
    } else if (text !== '' && !/^(?:#|\/\/|@[\w-]{1,100}[ \t]*=)/.test(text)) break;
  }
  const first = lines[at];
  const { method, target } = requestLine(first?.text ?? '');
  if (first === undefined || target === '' || (method !== '' && !METHODS.test(method)) || (method === '' && !/^(?:https?:\/\/|\{\{)/i.test(target))) return undefined;
  let address = target;
  for (at++; at < lines.length && /^[ \t]+[?&/]/.test(lines[at]?.text ?? ''); at++) address += lines[at]?.text.trim() ?? '';
  const headers: DraftHeader[] = [];
  for (; at < lines.length && lines[at]?.text.trim() !== ''; at++) {
    const text = lines[at]?.text.trim() ?? '';
    if (/^(?:#|\/\/)/.test(text)) continue;
    const pair = splitAt([text], ':');
    if (pair === undefined) problems.push(t('“{0}” is neither a header nor a part of the address.', cleanText(text, 40)));
    else headers.push({ name: variables.text(pair.before.trim()), value: trimmed(variables.text(visible(pair.after))) });
  }
  const { body, last } = bodyOf(lines.slice(at + 1), variables, problems, notes);
  const isNamed = (name: string, value: RegExp) => (header: DraftHeader): boolean => visible(header.name).toLowerCase() === name && value.test(visible(header.value));
  const isGraphql = method === 'GRAPHQL' || headers.some(isNamed('x-request-type', /^graphql$/i));
  const sent = headers.filter(({ name }) => visible(name).toLowerCase() !== 'x-request-type');
  if (isGraphql && !sent.some(isNamed('content-type', /^/))) sent.push({ name: ['Content-Type'], value: ['application/json'] });
  return {
    start: base + first.start,
    end: base + (last ?? lines[Math.min(at, lines.length) - 1] ?? first).end,
    form: 'http',
    method: [isGraphql ? 'POST' : method === '' ? 'GET' : method],
    url: variables.text(address),
    headers: sent,
    body,
    isGraphqlDocument: isGraphql && body !== undefined,
    problems,
    notes,
  };
}

/** `GET https://… HTTP/1.1`, of which the address alone has to be there. */
function requestLine(line: string): { readonly method: string; readonly target: string } {
  const text = line.trim().replace(/[ \t]HTTP\/[\d.]{1,4}$/i, '').trimEnd();
  const method = /^[A-Za-z]{3,10}(?=[ \t])/.exec(text)?.[0] ?? '';
  return { method: method.toUpperCase(), target: text.slice(method.length).trimStart() };
}

/** From behind the empty line to the end of the block, without response handlers. */
function bodyOf(lines: readonly Line[], variables: HttpVariables, problems: string[], notes: string[]): { readonly body: Text | undefined; readonly last: Line | undefined } {
  const kept: string[] = [];
  let last: Line | undefined;
  for (const line of lines) {
    if (/^>>?!?[ \t]|^>[ \t]*\{%|^<>[ \t]/.test(line.text)) {
      notes.push(t('Scripts of the file were not run.'));
      break;
    }
    if (/^<@?\w{0,20}[ \t]+\S/.test(line.text)) problems.push(t('The body comes from a file ({0}), which is not read here.', cleanText(line.text.slice(1), 60)));
    if (line.text.trim() !== '') last = line;
    kept.push(line.text);
  }
  const text = kept.join('\n').trim();
  const parts: Part[] = [...variables.text(text)];
  return { body: text === '' ? undefined : joined(parts), last };
}
