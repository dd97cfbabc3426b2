import { CURRENT_TOKEN_SOURCE, maskToken } from '../../tokenShape.js';

const WHOLE_TOKEN = new RegExp(CURRENT_TOKEN_SOURCE, 'gi');
// Halves of a token, and legacy tokens with or without their tail: no message of ours has a use for any of them.
const TOKEN_PART = /(?:server|client)-[0-9a-f]{8}-[0-9a-f-]{4,}(?::[0-9a-f-]*)?|\$2[aby]\$\d{2}\$[./A-Za-z0-9]{20,}(?::[0-9a-f-]*)?/gi;
// Control characters, and those that turn, hide or break the text around them.
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

// `[text](command:…)` becomes a link in VS Code's notifications, and a key's name is not a place for one.
const LINK = /\](?=\()/g;

/**
 * Text from the server, made fit to be shown or logged: one line, no control or direction characters, no link, no token, at most
 * `max` characters (an ellipsis marks what was cut).
 *
 * @param secret a value that must not appear even where its shape is unknown
 */
export function cleanText(text: string, max: number, secret?: string): string {
  let clean = text.slice(0, 20_000).replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').replace(LINK, '] ').trim();
  if (secret !== undefined && secret.length >= 8) clean = clean.split(secret).join(maskToken(secret));
  // Before cutting: half a token would no longer be recognised.
  clean = clean.replace(WHOLE_TOKEN, (token) => maskToken(token)).replace(TOKEN_PART, '…');
  const characters = Array.from(clean);
  return characters.length <= max ? clean : `${characters.slice(0, max - 1).join('')}…`;
}
