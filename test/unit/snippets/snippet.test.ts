import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tabStop, toPlainText, toSnippetText, type SnippetParts } from '../../../src/snippets/snippet.js';

/**
 * VS Code's snippet grammar, as far as it reaches here, written from its documentation and not from our escaping:
 * a backslash protects $, } and itself; `$name` and `${name}` are variables (unknown to us: empty); `${1:text}` nests.
 */
function interpret(snippet: string): string {
  let at = 0;
  const word = (): string => {
    const match = /^[A-Za-z0-9_]+/.exec(snippet.slice(at))?.[0] ?? '';
    at += match.length;
    return match;
  };
  const run = (nested: boolean): string => {
    let text = '';
    while (at < snippet.length) {
      const char = snippet.charAt(at);
      if (char === '\\' && /[\\$}]/.test(snippet.charAt(at + 1))) {
        text += snippet.charAt(at + 1);
        at += 2;
      } else if (char === '$' && /[A-Za-z0-9_]/.test(snippet.charAt(at + 1))) {
        at += 1;
        word();
      } else if (char === '$' && snippet.charAt(at + 1) === '{') {
        at += 2;
        word();
        if (snippet.charAt(at) === ':') {
          at += 1;
          text += run(true);
        }
        if (snippet.charAt(at) === '}') at += 1;
      } else if (char === '}' && nested) {
        return text;
      } else {
        text += char;
        at += 1;
      }
    }
    return text;
  };
  return run(false);
}

const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('$', '{', '}', '\\', ':', '1', 'A', '|', '/', '\n', ' ') }));
const parts: fc.Arbitrary<SnippetParts> = fc.array(fc.oneof(text, fc.tuple(fc.integer({ min: 1, max: 9 }), text).map(([stop, value]) => tabStop(stop, value))));

describe('snippet text', () => {
  it('inserts exactly the plain text, whatever the parts hold', () => {
    fc.assert(fc.property(parts, (value) => interpret(toSnippetText(value)) === toPlainText(value)), { numRuns: 2000 });
  });

  it('keeps a shell variable a shell variable', () => {
    expect(toSnippetText(['-H "X-API-KEY: $STIGG_SERVER_API_KEY"'])).toBe('-H "X-API-KEY: \\$STIGG_SERVER_API_KEY"');
  });

  it('is an interpreter that would notice a missing escape', () => {
    expect(interpret('a $STIGG_SERVER_API_KEY b')).toBe('a  b');
    expect(interpret('${1:x}} \\\\')).toBe('x} \\');
  });
});
