// Made-up keys for the corpus: assembled at run time, so that no file of this repository holds a text of that shape.
import { createHash } from 'node:crypto';

/** A version 4 UUID made of a seed. @param {string} seed */
export function uuid(seed) {
  const hex = createHash('sha256').update(`eval ${seed}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The hash of a password, as bcrypt writes it. @param {string} seed */
function bcrypt(seed) {
  const body = createHash('sha512').update(`eval ${seed}`).digest('base64').replaceAll('+', '.').replaceAll('=', '');
  return ['$2b', '10', body.slice(0, 53)].join('$');
}

/** @param {string} kind @param {string} seed */
const key = (kind, seed) => [kind, uuid(`${seed} secret`)].join('-') + ':' + uuid(`${seed} environment`);

/** A UUID of one digit. @param {string} digit */
const uuidOf = (digit) => [8, 4, 4, 4, 12].map((length) => digit.repeat(length)).join('-');
const COUNTING = [8, 4, 4, 4, 12].map((length) => '123456789012'.slice(0, length)).join('-');

/** What a placeholder of the corpus stands for, by kind. @type {Readonly<Record<string, (seed: string) => string>>} */
const KINDS = {
  server: (seed) => key('server', seed),
  client: (seed) => key('client', seed),
  legacy: (seed) => `${bcrypt(seed)}:${uuid(seed)}`,
  escapedLegacy: (seed) => `${bcrypt(seed)}:${uuid(seed)}`.replaceAll('$', '\\$'),
  doubledLegacy: (seed) => `${bcrypt(seed)}:${uuid(seed)}`.replaceAll('$', '$$$$'),
  bcrypt,
  uuid,
  hex: (seed) => uuid(seed).replaceAll('-', ''),
  serverId: (seed) => ['server', uuid(seed)].join('-'),
  // The two halves, for keys that are written in parts.
  serverSecret: (seed) => uuid(`${seed} secret`),
  serverEnvironment: (seed) => uuid(`${seed} environment`),
  mask: (seed) => key('server', seed).replace(/^(server-.{4}).*(.{4})$/, '$1…$2'),
  dots: (seed) => key('server', seed).replace(/^(server-.{4}).*(.{4})$/, '$1...$2'),
  stars: (seed) => key('server', seed).replace(/(?<=^server-.{4}).(?=.{4})/g, '*'),
  crossed: (seed) => key('server', seed).replace(/[0-9a-f](?=[0-9a-f-:]{4})/g, 'x'),
  zeros: (seed) => key('server', seed).replace(/(?<=-.*|:)[0-9a-f]/g, '0'),
  urlServer: (seed) => encodeURIComponent(key('server', seed)),
  base64Server: (seed) => Buffer.from(key('server', seed)).toString('base64'),
  basicServer: (seed) => Buffer.from(`${key('server', seed)}:`).toString('base64'),
  // What people make up for tests.
  counting: () => ['server', COUNTING].join('-') + ':' + COUNTING,
  repeated: () => ['server', uuidOf('a')].join('-') + ':' + uuidOf('b'),
  upperServer: (seed) => `server-${key('server', seed).slice('server-'.length).toUpperCase()}`,
  deeplink: (seed) => Buffer.from(JSON.stringify({ url: 'https://mcp.stigg.io', headers: { 'X-API-KEY': key('server', seed) } })).toString('base64'),
  urlDeeplink: (seed) => encodeURIComponent(JSON.stringify({ name: 'stigg', type: 'http', url: 'https://mcp.stigg.io', headers: { 'X-API-KEY': key('server', seed) } })),
  // A JSON Web Token of nobody.
  jwt: (seed) => [{ alg: 'HS256', typ: 'JWT' }, { sub: uuid(seed), scope: 'server-side' }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.' + createHash('sha256').update(seed).digest('base64url'),
  base64Other: (seed) => createHash('sha512').update(seed).digest('base64'),
};

/** Replaces `«kind:seed»` by what it stands for. @param {string} text */
export function fillIn(text) {
  return text.replace(/«(\w+):([\w-]+)»/g, (whole, /** @type {string} */ kind, /** @type {string} */ seed) => {
    const make = KINDS[kind];
    if (make === undefined) throw new Error(`No such placeholder: ${whole}`);
    return make(seed);
  });
}
