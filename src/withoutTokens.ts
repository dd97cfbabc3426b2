import { CURRENT_TOKEN_SOURCE, maskToken, UUID_SOURCE } from './tokenShape.js';

const CURRENT = new RegExp(CURRENT_TOKEN_SOURCE, 'gi');
const LEGACY = new RegExp(String.raw`\$2[aby]\$\d{2}\$[./A-Za-z0-9]{53}:${UUID_SOURCE}`, 'gi');

/** Text without any whole key in it: its mask stands there instead. For what others wrote, and for defects that go to the log. */
export function withoutTokens(text: string): string {
  return text.replace(CURRENT, (token) => maskToken(token)).replace(LEGACY, (token) => maskToken(token));
}
