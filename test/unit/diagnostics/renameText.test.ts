import { describe, expect, it } from 'vitest';
import { placesOf, textOf } from '../../../src/editor/diagnostics/renameText.js';

const NAME = 'VITE_STIGG_SERVER_API_KEY';

describe('places of a variable', () => {
  it.each<[string, number]>([
    [`import.meta.env.${NAME};`, 1],
    [`${NAME}=x\n\${${NAME}}\n$${NAME}\n"${NAME}"`, 4],
    [`MY_${NAME}`, 0],
    [`${NAME}_OLD ${NAME}2 ${NAME}é`, 0],
    [`${NAME},${NAME}`, 2],
    ['', 0],
  ])('%j: %i', (text, count) => {
    const places = placesOf(text, NAME);
    expect(places).toHaveLength(count);
    for (const { start, end } of places) expect(text.slice(start, end)).toBe(NAME);
  });

  it('finds nothing for no name, and is linear', () => {
    expect(placesOf('abc', '')).toEqual([]);
    expect(placesOf('AA'.repeat(200_000), 'A')).toEqual([]);
  });

  it('leaves binary files and other encodings alone', () => {
    expect(textOf(new Uint8Array([65, 0, 66]))).toBeUndefined();
    expect(textOf(new Uint8Array([0xc3, 0x28]))).toBeUndefined();
    expect(textOf(new TextEncoder().encode('ä'))).toBe('ä');
  });
});
