import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExpectedError } from '../../../src/errors.js';
import { visible, type Draft } from '../../../src/runRequest/draft.js';
import { LARGEST, requestAtOffset, stiggRequests, writtenRequests } from '../../../src/runRequest/requests.js';
import { runnable } from '../../../src/runRequest/runnable.js';
import { cpuNow } from '../../tools/cpu.js';
import { FRESH, HOSTS } from './support.js';

const U = 'https://api.stigg.io/api/v1/customers';
const LANGUAGES = ['shellscript', 'markdown', 'plaintext', 'http'] as const;
const PIECES = [
  'curl', ' ', '\n', '\r\n', '\\', '"', "'", '`', '$', '$(', ')', '${', '}', '{{', '}}', '{{a}}', '@a = {{a}}', '<<EOF', '<<<', '<(', '>', '|', '&&', ';', '#', '###', '```sh', '```', '~~~http', '-H', '-d', '--json', '-X', '--variable', '--expand-url',
  'X-API-KEY: $STIGG_API_KEY', U, 'GET ', 'POST ', 'Accept: a', '< file', '> {%', '%}', '\uFEFF', '\0', '\uD800', 'ü', 'EOF', '@-', "$'\\", 'A=b', '!',
];
const text = fc.array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ maxLength: 5, unit: 'binary' })), { maxLength: 60 }).map((pieces) => pieces.join(''));

function check(drafts: readonly Draft[], document: string): void {
  for (const draft of drafts) {
    expect(draft.start).toBeGreaterThanOrEqual(0);
    expect(draft.end).toBeGreaterThanOrEqual(draft.start);
    expect(draft.end).toBeLessThanOrEqual(document.length);
    try {
      const request = runnable(draft, HOSTS);
      expect(['api.stigg.io', 'edge.api.stigg.io']).toContain(request.url.host);
      expect(() => new Headers(request.headers.map(([name, value]): [string, string] => [name, value]))).not.toThrow();
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
    }
  }
}

describe('whatever is written', () => {
  test.each(LANGUAGES)('%s: reading never throws, and running only in words', (languageId) => {
    fc.assert(fc.property(text, fc.nat(500), (document, offset) => {
      const drafts = writtenRequests({ languageId, path: 'a', text: document }, FRESH);
      check(drafts, document);
      stiggRequests(drafts, HOSTS);
      requestAtOffset(drafts, document, Math.min(offset, document.length));
    }), { numRuns: 1_000 });
  });

  test('what stands in single quotes arrives as it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }).filter((body) => !body.includes('\0')), (body) => {
      const [draft] = writtenRequests({ languageId: 'shellscript', path: 'a.sh', text: `curl ${U} -d '${body.replaceAll("'", "'\\''")}' -s` }, FRESH);
      fc.pre(!body.startsWith('@'));
      expect(visible(draft?.body ?? [])).toBe(body);
    }));
  });

  const MANY = 100_000;
  test.each([
    ['open quotes', "curl '".repeat(MANY)], ['backslashes', `curl ${'\\'.repeat(MANY)}`], ['substitutions', `curl ${'$('.repeat(MANY)}`], ['open braces', `curl ${'${'.repeat(MANY)}`], ['backquotes', `curl ${'` '.repeat(MANY)}`],
    ['commands', 'curl x\n'.repeat(MANY)], ['commands on one line', 'curl x;'.repeat(MANY)], ['here-documents', 'curl <<A\n'.repeat(MANY)], ['assignments', 'A=$A$A\n'.repeat(MANY) + 'curl $A'], ['assignments before one command', 'A=b '.repeat(MANY) + 'curl x'],
    ['assignments on lines that go on', 'A=b \\\n'.repeat(150_000) + 'curl x'], ['backquotes in quotes', `curl "${'` '.repeat(450_000)}`], ['the word in a long sentence', 'x curl '.repeat(140_000)],
    ['one long word', `curl ${'x'.repeat(900_000)}`], ['one long line', `${' '.repeat(900_000)}curl x`], ['fences', '```sh\n'.repeat(MANY)], ['marks of fences', '`'.repeat(900_000)], ['blocks', '###\nGET a\n'.repeat(MANY)], ['double braces', `GET ${'{{'.repeat(MANY)}`],
    ['definitions', '@a = {{a}}{{a}}\n'.repeat(MANY) + 'GET {{a}}'], ['values in values', `${Array.from({ length: 40 }, (_, index) => `@a${String(index)} = {{a${String(index + 1)}}}{{a${String(index + 1)}}}`).join('\n')}\n@a40 = x\nGET https://api.stigg.io/{{a0}}`],
    ['headers', `GET ${U}\n${'A: {{b}}\n'.repeat(MANY)}`], ['expanded data', `curl --variable a=b --expand-data '${'{{a}}'.repeat(MANY)}' ${U}`],
    ['a large variable that is used often', `A=${'x'.repeat(9_000)}\ncurl ${'$A'.repeat(MANY)}`], ['a large variable of a file', `@a = ${'x'.repeat(400_000)}\nGET ${U}\n${'A: {{a}}\n'.repeat(10_000)}`],
  ])('hostile and large: %s', (_name, document) => {
    const started = cpuNow();
    const cut = document.slice(0, LARGEST);
    for (const languageId of LANGUAGES) check(writtenRequests({ languageId, path: 'a', text: cut }, FRESH).slice(0, 50), cut);
    expect(cpuNow() - started).toBeLessThan(8_000);
  });
});
