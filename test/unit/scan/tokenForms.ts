/** The ways in which a token may be written, for tables and properties. */

export const base64 = (text: string): string => Buffer.from(text).toString('base64');
export const percent = (text: string): string => encodeURIComponent(text);
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
/** As the `base64` command and mail write it. */
const wrapped = (text: string, lineBreak: string): string => base64(text).replace(/.{76}(?=.)/g, `$&${lineBreak}`);
const json = (key: string): string => JSON.stringify({ url: 'https://mcp.stigg.io', headers: { 'X-API-KEY': key }, name: '~?>ÿ' });

export interface TokenForm {
  readonly name: string;
  readonly write: (token: string) => string;
}

export const FORMS: readonly TokenForm[] = [
  { name: 'as it is', write: (key) => key },
  { name: 'dollars escaped', write: (key) => key.replaceAll('$', '\\$') },
  { name: 'dollars escaped twice', write: (key) => key.replaceAll('$', '\\\\$') },
  { name: 'dollars doubled', write: (key) => key.replaceAll('$', '$$$$') },
  { name: 'percent-encoded', write: percent },
  { name: 'percent-encoded, lower case', write: (key) => percent(key).toLowerCase().length === key.length ? key : percent(key).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()) },
  { name: 'percent-encoded twice', write: (key) => percent(percent(key)) },
  { name: 'only the dollars percent-encoded', write: (key) => key.replaceAll('$', '%24') },
  { name: 'HTML', write: (key) => key.replaceAll('$', '&#36;').replace(':', '&#58;') },
  { name: 'HTML, hexadecimal', write: (key) => key.replaceAll('$', '&#x24;').replace(':', '&#x3a;') },
  { name: 'JSON escapes', write: (key) => key.replaceAll('$', '\\u0024').replace(':', '\\u003A').replaceAll('/', '\\/') },
  { name: 'a deeplink', write: (key) => `vscode:mcp/install?${percent(json(key))}` },
  { name: 'a header in a query', write: (key) => `https://x.test/?header=${percent(`X-API-KEY: ${key}`)}&x=1` },
  { name: 'base64', write: base64 },
  { name: 'base64 without padding', write: base64url },
  { name: 'base64 of a user and the token', write: (key) => `Basic ${base64(`api:${key}`)}` },
  { name: 'base64 of the token as user', write: (key) => `Basic ${base64(`${key}:`)}` },
  { name: 'base64 of the token as user, with a password', write: (key) => `Basic ${base64(`${key}:x`)}` },
  { name: 'a deeplink with base64', write: (key) => `cursor://anysphere.cursor-deeplink/mcp/install?name=stigg&config=${percent(base64(json(key)))}` },
  { name: 'base64 of environment settings', write: (key) => base64(JSON.stringify({ command: 'npx', env: { STIGG_API_KEY: key } })) },
  { name: 'base64 of an env file', write: (key) => base64(`A=1\nSTIGG_API_KEY=${key}\nB=2\n`) },
  { name: 'base64 over lines', write: (key) => wrapped(`{"token":"${key}"}`, '\n') },
  { name: 'base64 over indented CRLF lines', write: (key) => wrapped(`"${key}"`, '\r\n    ') },
];
