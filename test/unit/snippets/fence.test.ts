import { describe, expect, it } from 'vitest';
import { insideFence, wrappingFor } from '../../../src/snippets/fence.js';

describe('code blocks in Markdown', () => {
  it.each([
    ['', false],
    ['# Title\n\n', false],
    ['```sh\n', true],
    ['```sh\ncurl\n```\n', false],
    ['~~~\n```\n', true],
    ['````\n```\n', true],
    ['```\ncode ``` \n', true],
    ['    ```\n', false],
    ['``` a `b` ```\n', false],
    ['```js\r\nx\r\n```\r\n', false],
  ])('%j ends inside one: %s', (text, expected) => {
    expect(insideFence(text)).toBe(expected);
  });

  it('opens one only in Markdown, and only where there is none', () => {
    expect(wrappingFor('markdown', 'Try it:\n')).toEqual({ before: '```sh\n', after: '\n```\n' });
    expect(wrappingFor('markdown', '```sh\n')).toEqual({ before: '', after: '' });
    expect(wrappingFor('shellscript', '# a comment\n')).toEqual({ before: '', after: '' });
  });
});
