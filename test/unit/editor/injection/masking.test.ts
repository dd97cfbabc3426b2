import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Masking } from '../../../../src/editor/injection/masking.js';

const VALUE = `server-${'ab12'.repeat(9)}:${'cd34'.repeat(9)}`;
const masking = (): Masking => new Masking(new Map([[VALUE, 'server-ab12…cd34'], ['', 'nothing']]));

describe('masking of what a command prints', () => {
  it.each<[what: string, pieces: readonly string[], shown: string]>([
    ['nothing to hide', ['hello ', 'world\n'], 'hello world\n'],
    ['a value', [`key=${VALUE}\n`], 'key=server-ab12…cd34\n'],
    ['two of them', [`${VALUE}${VALUE}`], 'server-ab12…cd34server-ab12…cd34'],
    ['in two pieces', [`key=${VALUE.slice(0, 30)}`, `${VALUE.slice(30)}\n`], 'key=server-ab12…cd34\n'],
    ['character by character', Array.from(VALUE).concat('!'), 'server-ab12…cd34!'],
    ['a beginning that goes on otherwise', ['server', 'less\n'], 'serverless\n'],
    ['a word that begins alike, at the end', ['Your name is'], 'Your name is'],
    ['cut off at the end', [VALUE.slice(0, 40)], 'server-ab12…'],
    ['dollars', [`$& ${VALUE} $1`], '$& server-ab12…cd34 $1'],
  ])('%s', (_what, pieces, shown) => {
    const mask = masking();
    expect(pieces.map((piece) => mask.next(piece)).join('') + mask.rest()).toBe(shown);
  });

  it('shows the end of a prompt while nothing else comes, but no part of a value', () => {
    const mask = masking();
    expect(mask.next('Continue? yes')).toBe('Continue? ye');
    expect(mask.harmlessRest()).toBe('s');
    expect(mask.next(VALUE.slice(0, 50))).toBe('');
    expect(mask.harmlessRest()).toBe('');
    expect(mask.next(VALUE.slice(50))).toBe('server-ab12…cd34');
  });

  it('shows a value in no way of cutting it', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(VALUE, 's', 'server-', 'text\n')), fc.array(fc.nat(200)), (parts, cuts) => {
      const text = parts.join('');
      const places = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].sort((a, b) => a - b);
      const mask = masking();
      const shown = places.slice(1).map((end, index) => mask.next(text.slice(places[index], end))).join('') + mask.rest();
      expect(shown).not.toContain(VALUE.slice(12, 40));
      expect(shown).toBe(text.replaceAll(VALUE, 'server-ab12…cd34'));
    }));
  });
});
