import ignore from 'ignore';
import { describe, expect, it } from 'vitest';
import { ignoreLine } from '../../../src/editor/diagnostics/ignoreLine.js';

describe('a line for an ignore file', () => {
  it.each<[string, string, string, string | undefined]>([
    ['an empty file', '', '.env', '/.env\n'],
    ['after a last line with an end', 'dist/\n', '.env', '/.env\n'],
    ['after a last line without one', 'dist/', '.env', '\n/.env\n'],
    ['CRLF', 'dist/\r\nout/\r\n', 'apps/api/.env', '/apps/api/.env\r\n'],
    ['CRLF without an end', 'dist/\r\nout/', '.env', '\r\n/.env\r\n'],
    ['there already', 'dist/\n/.env\n', '.env', undefined],
    ['there already, without a slash and with blanks', '.env  \n', '.env', undefined],
    ['taken back further down', '.env\n!.env\n', '.env', '/.env\n'],
    ['only a comment', '# .env\n', '.env', '/.env\n'],
    ['a name with signs that mean something', '', 'a[1]/*.env', '/a\\[1\\]/\\*.env\n'],
  ])('%s', (_, text, path, expected) => {
    expect(ignoreLine(text, path)).toBe(expected);
  });

  it.each(['.env', 'apps/web/.env.local', 'a[1]/x*.env', '#a/.env', '!b/.env'])('ignores %s and nothing else', (path) => {
    const text = `dist/${ignoreLine('dist/', path) ?? ''}`;
    expect(ignore().add(text).ignores(path)).toBe(true);
    expect(ignore().add(text).ignores(`other/${path}`)).toBe(false);
    expect(ignoreLine(text, path)).toBeUndefined();
  });
});
