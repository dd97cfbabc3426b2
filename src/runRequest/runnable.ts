import { t } from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import { cleanText } from '../keys/graphql/text.js';
import { withoutTokens } from '../withoutTokens.js';
import { KEY, literal, visible, type Draft, type Form, type Text } from './draft.js';
import { isStiggs, type StiggHosts } from './hosts.js';
import { writesOf } from './writes.js';

/** A request that can be sent: to Stigg, with nothing open and no secret in it. */
export interface RunnableRequest {
  readonly form: Form;
  readonly method: string;
  readonly url: URL;
  readonly surface: 'rest' | 'graphql';
  /** Without the key's header. */
  readonly headers: readonly (readonly [string, string])[];
  /** The request has a header for the key: the environment's key goes in there. */
  readonly sendsKey: boolean;
  /** Names of headers that hold a key and are not Stigg's: they are not sent. */
  readonly withheld: readonly string[];
  readonly body: string | undefined;
  /** Whether it may change anything at Stigg; all but GET, HEAD and GraphQL's queries. */
  readonly writes: boolean;
  readonly notes: readonly string[];
}

/** Headers that belong to the connection, or to a browser. */
const NOT_OURS = /^(?:host|content-length|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|accept-encoding|proxy-[\w-]{1,40}|sec-[\w-]{1,40})$/i;
/** A server that heeds one of these does something else than the method says, which the guard goes by. */
const METHOD_OVERRIDE = /^x[-_](?:http[-_]method(?:[-_]override)?|method[-_]override)$/i;
const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]{1,200}$/;
const METHOD = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/;
const LARGEST_BODY = 5_000_000;
/** UTF-16 code units. */
const LONGEST_ADDRESS = 8_000;

/** @throws ExpectedError `cannotRun` that says what could not be resolved, `notStiggs` when it goes elsewhere */
export function runnable(draft: Draft, hosts: StiggHosts): RunnableRequest {
  const [problem] = draft.problems;
  if (problem !== undefined) throw cannotRun(problem);
  const method = whole(draft.method, t('the method')).toUpperCase();
  if (!METHOD.test(method)) throw cannotRun(t('{0} is no method that Stigg’s API has.', cleanText(method, 20)));
  const url = addressOf(draft.url, hosts);
  const headers: (readonly [string, string])[] = [];
  const withheld: string[] = [];
  const notes = [...draft.notes];
  let sendsKey = false;
  for (const header of draft.headers) {
    const name = whole(header.name, t('the name of a header')).trim();
    if (!HEADER_NAME.test(name)) throw cannotRun(t('“{0}” cannot be the name of a header.', cleanText(name, 40)));
    if (METHOD_OVERRIDE.test(name)) throw cannotRun(t('The header {0} replaces the method of the request: write that method itself.', cleanText(name, 40)));
    if (/^x-api-key$/i.test(name)) sendsKey = true;
    else if (/^(?:set-)?cookie$/i.test(name)) notes.push(t('Cookies are not sent from here.'));
    else if (NOT_OURS.test(name)) continue;
    else if (holdsKey(header.value)) withheld.push(name);
    else headers.push([name, headerValue(name, header.value)]);
  }
  for (const name of withheld) notes.push(t('The header {0} was not sent: it holds a key, and Stigg reads keys from X-API-KEY alone.', cleanText(name, 40)));
  const body = bodyOf(draft);
  if (body !== undefined && (method === 'GET' || method === 'HEAD')) throw cannotRun(t('{0} with a body cannot be sent from here.', method));
  const surface = /\/graphql\/?$/i.test(url.pathname) ? 'graphql' : 'rest';
  return { form: draft.form, method, url, surface, headers, sendsKey, withheld, body, writes: writesOf(method, surface, url, body), notes };
}

function addressOf(written: Text, hosts: StiggHosts): URL {
  if (written.includes(KEY)) throw cannotRun(t('The key stands in the address, where it would be logged. It belongs into the header X-API-KEY.'));
  const text = whole(written, t('the address')).trim();
  if (text.length > LONGEST_ADDRESS) throw cannotRun(t('The address is longer than {0} characters.', LONGEST_ADDRESS));
  const url = urlOf(text);
  if (url === undefined) throw cannotRun(t('“{0}” is not a web address that begins with https://.', cleanText(text, 80)));
  if (!isStiggs(url, hosts)) {
    throw new ExpectedError('notStiggs', t('This request goes to {0}, which is not Stigg: the key is not sent there.', cleanText(url.origin, 100)), t('Requests to {0}, api.stigg.io and edge.api.stigg.io can be run.', cleanText(hosts.endpoint.host, 100)));
  }
  if (withoutTokens(decoded(text)) !== decoded(text)) throw cannotRun(t('A key stands in the address, where it would be logged. It belongs into the header X-API-KEY.'));
  url.hash = '';
  return url;
}

function urlOf(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined;
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function bodyOf(draft: Draft): string | undefined {
  if (draft.body === undefined) return undefined;
  if (draft.body.includes(KEY)) throw cannotRun(t('The key stands in the body. It belongs into the header X-API-KEY.'));
  const text = whole(draft.body, t('the body'));
  if (text.length > LARGEST_BODY) throw cannotRun(t('The body is larger than {0} MB.', 5));
  if (withoutTokens(text) !== text) throw cannotRun(t('A key stands in the body as text. It belongs into the header X-API-KEY, and not into a file.'));
  return draft.isGraphqlDocument ? envelope(text) : text;
}

/** A GraphQL document, and behind an empty line its variables. */
function envelope(text: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line, index) => index > 0 && line.startsWith('{') && lines[index - 1]?.trim() === '');
  if (at === -1) return JSON.stringify({ query: text });
  try {
    return JSON.stringify({ query: lines.slice(0, at).join('\n').trimEnd(), variables: JSON.parse(lines.slice(at).join('\n')) as unknown });
  } catch {
    throw cannotRun(t('The variables behind the GraphQL document are not JSON.'));
  }
}

function holdsKey(value: Text): boolean {
  const text = visible(value);
  return value.includes(KEY) || withoutTokens(text) !== text;
}

function headerValue(name: string, written: Text): string {
  const value = whole(written, t('the header {0}', cleanText(name, 40))).trim();
  if (!/^[\t\x20-\x7e\xa1-\xff]*$/.test(value) || value.length > 8_000) throw cannotRun(t('The header {0} has a value that cannot be sent.', cleanText(name, 40)));
  return value;
}

/** @param what names the text, for the message */
function whole(text: Text, what: string): string {
  const known = literal(text);
  if (known !== undefined) return known;
  const names = [...new Set(text.flatMap((part) => (typeof part === 'object' ? [cleanText(part.missing, 60)] : part === KEY ? [t('the key')] : [])))];
  throw cannotRun(t('{0} has no value here, and {1} needs it.', names.slice(0, 3).join(', '), what));
}

function cannotRun(why: string): ExpectedError {
  return new ExpectedError('cannotRun', t('This request cannot be run from here. {0}', why), t('Fill it in, or run it in a terminal that has the key.'));
}
