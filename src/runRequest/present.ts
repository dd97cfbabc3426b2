import { t } from '@vscode/l10n';
import { cleanText } from '../keys/graphql/text.js';
import type { Environment } from '../keys/model.js';
import type { Secret } from '../secret.js';
import type { Judgement } from './judgement.js';
import { Masking } from './masking.js';
import { prettyJson } from './prettyJson.js';
import type { RunnableRequest } from './runnable.js';
import type { Answered, Sent, Unanswered } from './send.js';

/** What is said about an answer that is a failure; Markdown, free of secrets. */
export interface Explanation {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface Presented {
  readonly request: RunnableRequest;
  readonly environment: Pick<Environment, 'displayName' | 'type'>;
  readonly key: Secret;
  readonly keyName: string;
  readonly sent: Sent;
  readonly judgement: Judgement | null;
  readonly explanation: Explanation | null;
  readonly at: Date;
}

/** The document that shows what became of a request, as Markdown. No key is in it, whatever Stigg answered. */
export function present(presented: Presented): string {
  const { sent } = presented;
  const masking = new Masking(presented.key);
  const lines = [
    `# ${headline(presented)}`,
    '',
    `${presented.request.method} ${oneLine(presented.request.url.href, 2_000)}`,
    '',
    ...facts(presented).map((fact) => `- ${fact}`),
    '',
    ...explained(presented),
    ...(sent.kind === 'answered' ? [...bodyLines(sent, masking), ...headerLines(sent, masking)] : []),
  ];
  return masking.text(lines.join('\n'));
}

/** What is between the first fences of such a document: the body, as it is shown. */
export function bodyIn(document: string): string | undefined {
  const lines = document.split('\n');
  const heading = lines.indexOf(`## ${t('Body')}`);
  const open = lines.findIndex((line, index) => index > heading && /^`{3}/.test(line));
  const fence = /^`{3,}/.exec(lines[open] ?? '')?.[0];
  const close = lines.findIndex((line, index) => index > open && line === fence);
  return heading === -1 || open === -1 || close === -1 || lines.slice(heading + 1, open).some((line) => line.startsWith('## ')) ? undefined : lines.slice(open + 1, close).join('\n');
}

/** The line of the document that its actions stand above. */
export const ACTIONS_LINE = 2;

function headline({ sent, judgement }: Presented): string {
  if (sent.kind !== 'answered') return noAnswer(sent);
  const status = `${String(sent.status)} ${oneLine(sent.statusText === '' ? (STATUS_TEXTS[sent.status] ?? '') : sent.statusText, 60)}`.trim();
  const time = t('{0} ms', Math.round(sent.ms));
  if (judgement?.hasGraphqlErrors === true) return t('{0}, but GraphQL reports an error · {1}', status, time);
  return judgement?.isWebPage === true && judgement.status < 300 ? t('{0}, but a web page · {1}', status, time) : `${status} · ${time}`;
}

function noAnswer({ kind, ms, reason }: Unanswered): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  switch (kind) {
    case 'timeout':
      return t('No answer within {0} s', seconds);
    case 'cancelled':
      return t('Cancelled after {0} s', seconds);
    case 'redirectFollowed':
      return t('Redirected elsewhere');
    case 'network':
      return reason === null ? t('Stigg cannot be reached') : t('Stigg cannot be reached ({0})', oneLine(reason, 60));
  }
}

function facts({ request, environment, key, keyName, sent, at }: Presented): string[] {
  const name = oneLine(environment.displayName, 100);
  return [
    environment.type === 'PRODUCTION' ? t('Environment: {0} (PRODUCTION)', name) : t('Environment: {0}', name),
    request.sendsKey ? t('Key: {0}, {1}', oneLine(keyName, 100), key.mask) : t('Key: none was sent, because the request has no header X-API-KEY'),
    ...(sent.kind === 'answered' ? [t('Size: {0}', sizeWords(sent))] : []),
    t('Sent: {0}', `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`),
    ...request.notes.map((note) => oneLine(note, 300)),
    ...(sent.kind === 'answered' && sent.status >= 300 && sent.status < 400 ? [t('The redirect was not followed: it could take the key elsewhere.')] : []),
  ];
}

function explained({ explanation, judgement, sent }: Presented): string[] {
  const says = judgement?.says === null || judgement?.says === undefined || !judgement.isFailure ? [] : [t('Stigg says: “{0}”', oneLine(judgement.says, 300)) + (judgement.code === null ? '' : ` (${oneLine(judgement.code, 60)})`), ''];
  const open = sent.kind !== 'answered' && sent.mayHaveHappened ? [t('**Stigg may have done it all the same.** Read what is there before you send it again.'), ''] : [];
  return [...says, ...open, ...(explanation === null ? [] : [`## ${explanation.title}`, '', ...explanation.lines, ''])];
}

function bodyLines(sent: Answered, masking: Masking): string[] {
  const heading = [`## ${t('Body')}`, ''];
  const { content } = sent;
  if (content.kind === 'none') return [...heading, t('The answer has no body.'), ''];
  if (content.kind === 'binary') return [...heading, t('The body is no text ({0}, {1}) and is not shown.', oneLine(sent.contentType, 80) || t('of unknown type'), bytesWords(sent.bytes)), ''];
  const json = content.isCut ? undefined : prettyJson(content.text, (name, value) => masking.named(name, value));
  const text = json ?? masking.text(content.text);
  const language = json !== undefined ? 'json' : /\bhtml\b/i.test(sent.contentType) ? 'html' : 'text';
  const cut = content.isCut ? [t('The body is larger than {0}; this is its beginning.', bytesWords(sent.bytes)), ''] : [];
  return [...heading, ...cut, ...fenced(text, language), ''];
}

/** Response headers as they came, without what is nobody's business. */
function headerLines({ headers }: Answered, masking: Masking): string[] {
  const lines = headers.slice(0, 200).map(([name, value]) => `${oneLine(name, 100)}: ${oneLine(masking.named(name, value), 1_000)}`);
  return lines.length === 0 ? [] : [`## ${t('Headers')}`, '', ...fenced(lines.join('\n'), 'http'), ''];
}

/** Between fences that are longer than any in the text. */
export function fenced(text: string, language: string): string[] {
  let longest = 2;
  for (const [run] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, text, fence];
}

function sizeWords({ bytes, content }: Answered): string {
  return content.kind === 'text' && content.isCut ? t('more than {0}', bytesWords(bytes)) : bytesWords(bytes);
}

function bytesWords(bytes: number): string {
  if (bytes < 1_000) return t('{0} bytes', bytes);
  return bytes < 1_000_000 ? t('{0} kB', (bytes / 1_000).toFixed(1)) : t('{0} MB', (bytes / 1_000_000).toFixed(1));
}

/** As it is, since the document is read as text. */
function oneLine(text: string, max: number): string {
  return cleanText(text, max);
}

/** HTTP/2 has no words for a status. */
const STATUS_TEXTS: Readonly<Record<number, string>> = {
  200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 301: 'Moved Permanently', 302: 'Found', 304: 'Not Modified', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found',
  405: 'Method Not Allowed', 409: 'Conflict', 413: 'Payload Too Large', 415: 'Unsupported Media Type', 422: 'Unprocessable Entity', 429: 'Too Many Requests', 500: 'Internal Server Error',
  502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout',
};
