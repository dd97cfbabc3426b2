import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tokenIn } from '../../../src/editor/diagnostics/tokenIn.js';
import { Secret } from '../../../src/secret.js';

const token = (): string => `server-${randomUUID()}:${randomUUID()}`;
const legacy = `$2b$10$${'aB3./xYz9Q'.repeat(6).slice(0, 53)}:${randomUUID()}`;

describe('taking a key out of a text', () => {
  it('finds it by its fingerprint, wherever it has moved to', () => {
    const [wanted, other] = [token(), token()];
    const text = `const a = "${other}";\nconst b = "${wanted}";\n`;
    expect(tokenIn(text, new Secret(wanted).fingerprint, 0)?.reveal()).toBe(wanted);
  });

  it('says so when it is gone or was changed by a character', () => {
    const wanted = token();
    const { fingerprint } = new Secret(wanted);
    expect(tokenIn('nothing here', fingerprint, 0)).toBeUndefined();
    expect(tokenIn(`"${wanted.slice(0, -1)}"`, fingerprint, 0)).toBeUndefined();
  });

  it('takes escaped dollar signs out of a legacy key', () => {
    const { fingerprint } = new Secret(legacy);
    expect(tokenIn(`KEY=${legacy.replaceAll('$', '\\$')}\n`, fingerprint, 0)?.reveal()).toBe(legacy);
  });
});
