import type { SideVerdict } from '../side.js';
import type { Decoded, Language, Region, Span } from './language.js';
import { added, joined, type Piece } from './markup/decode.js';
import { fenceLanguage } from './markup/fenceLanguages.js';
import { notebookCells, type NotebookCell } from './markup/notebookCells.js';
import { plainText } from './plainText.js';
import { decodeJsonString, encodeJsonString } from './structured/jsonString.js';

/** Notebooks are run where their kernel is, which their path says nothing about. */
const NOWHERE: SideVerdict = { side: 'unknown', evidence: '' };
const MAGIC = /^\s*%%(!|[A-Za-z_]\w{0,20})[^\r\n]*(?:\r\n?|\n|$)/;
const MAGICS: Readonly<Record<string, string>> = { bash: 'shellscript', sh: 'shellscript', script: 'shellscript', system: 'shellscript', '!': 'shellscript', sx: 'shellscript' };
/** Magics that leave the cell in the kernel's language. */
const SAME_LANGUAGE = new Set(['time', 'timeit', 'capture', 'prun', 'memit', 'mprun', 'debug']);
const LONGEST_IMPORT = 400;
/** Later cells use what earlier ones have imported. */
const isStiggImport = (line: string): boolean => line.length < LONGEST_IMPORT && /^(?:from|import)\s/.test(line) && /\bstigg/.test(line);

/** Jupyter notebooks as files. In an editor for notebooks every cell is a document of its own. */
export const notebook: Language = {
  ...plainText,
  ids: ['ipynb', 'jupyter'],
  files: [{ languageId: 'ipynb', pattern: /\.ipynb$/i }],
  embeds: ({ text }) => {
    const { language, cells } = notebookCells(text);
    const named = [language ?? 'python', ...cells.flatMap((cell) => cell.language ?? [])].flatMap((name) => fenceLanguage(name) ?? []);
    const magics = Array.from(text.matchAll(/%%(\w{1,20})/g), ([, name = '']) => MAGICS[name] ?? fenceLanguage(name) ?? []).flat();
    return [...new Set([...named, ...magics, 'markdown', ...(/"\s*!/.test(text) ? ['shellscript'] : [])])];
  },
  regions: ({ text }) => {
    const { language, cells } = notebookCells(text);
    let imports = '';
    return cells.flatMap((cell) => {
      const { region, imported } = regionOf(text, cell, language ?? 'python', imports);
      imports = (imports + imported).slice(0, 2_000);
      return region ?? [];
    });
  },
  inComment: () => false,
};

function regionOf(text: string, cell: NotebookCell, kernel: string, imports: string): { readonly region: Region | undefined; readonly imported: string } {
  const none = { region: undefined, imported: '' };
  const first = cell.source[0];
  const last = cell.source.at(-1);
  if (first === undefined || last === undefined || first.start >= last.end) return none;
  const pieces: readonly Piece[] = cell.source.map((string) => decodeJsonString(text, string));
  const span: Span = { start: first.start, end: last.end };
  const whole = joined(pieces, encodeJsonString);
  if (cell.type === 'markdown') return { region: { ...span, languageId: 'markdown', decoded: whole, side: NOWHERE }, imported: '' };
  if (cell.type === 'raw') return none;
  const magic = MAGIC.exec(whole.text);
  const isSame = magic?.[1] === undefined || SAME_LANGUAGE.has(magic[1]);
  const languageId = isSame ? fenceLanguage(cell.language ?? kernel) : MAGICS[magic[1] ?? ''] ?? fenceLanguage(magic[1] ?? '');
  // What a shell is told in a cell of its own.
  if (magic === null && /^\s*!/.test(whole.text) && whole.text.split(/\r\n?|\n/).every((line) => /^\s*(?:!|$)/.test(line))) {
    return { region: { ...span, languageId: 'shellscript', decoded: without(whole, /^[ \t]*!/gm), side: NOWHERE }, imported: '' };
  }
  if (languageId === undefined) return none;
  const code = magic === null ? whole : without(whole, MAGIC);
  if (languageId !== 'python') return { region: { ...span, languageId, decoded: code, side: NOWHERE }, imported: '' };
  const decoded = imports === '' ? code : joined([added(imports, span.start), code], encodeJsonString);
  return {
    region: { ...span, languageId, decoded, side: NOWHERE },
    imported: code.text.split(/\r\n?|\n/).filter(isStiggImport).map((line) => `${line.trimEnd()}\n`).join(''),
  };
}

/** The text without what the pattern matches. */
function without(decoded: Decoded, pattern: RegExp): Decoded {
  const pieces: Piece[] = [];
  const matches = pattern.global ? decoded.text.matchAll(pattern) : [pattern.exec(decoded.text)].filter((match) => match !== null);
  let at = 0;
  const piece = (start: number, end: number): Piece => ({ text: decoded.text.slice(start, end), toOuter: (offset) => decoded.toOuter(start + offset) });
  for (const match of matches) {
    if (match.index > at) pieces.push(piece(at, match.index));
    at = match.index + match[0].length;
  }
  return joined([...pieces, piece(at, decoded.text.length)], encodeJsonString);
}
