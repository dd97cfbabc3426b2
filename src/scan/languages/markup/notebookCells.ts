import type { Span } from '../language.js';

/** A cell of a notebook file. */
export interface NotebookCell {
  /** `code`, `markdown` or `raw`; empty where the file does not say (any more). */
  readonly type: string;
  /** Set where a cell has a language of its own. */
  readonly language: string | undefined;
  /** What stands between the quotes of the strings that make up its source. */
  readonly source: readonly Span[];
}

/** What is read of a notebook: its cells, in order. */
export interface Notebook {
  /** The language of code cells; undefined where the metadata does not tell. */
  readonly language: string | undefined;
  readonly cells: readonly NotebookCell[];
}

interface Draft {
  type: string;
  language: string | undefined;
  source: Span[];
}

/** Paths are followed down to here only. */
const DEEPEST = 7;

/** Finds the cells in the text of a notebook (nbformat 4). Reads what there is of a file that is broken or cut off. */
export function notebookCells(text: string): Notebook {
  const cells: Draft[] = [];
  const path: string[] = [];
  /** For each open bracket, whether the next string is a key. */
  const expectsKey: boolean[] = [];
  let depth = 0;
  let language: string | undefined;
  const mark = /["{}[\],:]/g;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    switch (match[0]) {
      case '{':
      case '[':
        depth++;
        if (depth > DEEPEST) break;
        expectsKey[depth - 1] = match[0] === '{';
        path[depth - 1] = match[0] === '{' ? '' : '[]';
        if (depth === 3 && match[0] === '{' && path[0] === 'cells' && path[1] === '[]') cells.push({ type: '', language: undefined, source: [] });
        break;
      case '}':
      case ']':
        depth = Math.max(0, depth - 1);
        break;
      case ',':
        if (depth > 0 && depth <= DEEPEST && path[depth - 1] !== '[]') expectsKey[depth - 1] = true;
        break;
      case ':':
        if (depth > 0 && depth <= DEEPEST) expectsKey[depth - 1] = false;
        break;
      default: {
        const string = { start: match.index + 1, end: closingQuote(text, match.index + 1) };
        mark.lastIndex = string.end + 1;
        if (depth === 0 || depth > DEEPEST) break;
        const value = text.slice(string.start, Math.min(string.end, string.start + 100));
        if (expectsKey[depth - 1] === true) path[depth - 1] = value;
        else if (place(path, depth) === 'metadata/kernelspec/language') language = value;
        else if (place(path, depth) === 'metadata/language_info/name') language ??= value;
        else if (path[0] === 'cells') collect(cells.at(-1), place(path, depth), string, value);
      }
    }
  }
  return { language, cells };
}

function collect(cell: Draft | undefined, at: string, string: Span, value: string): void {
  switch (at) {
    case 'cells/[]/cell_type':
      if (cell !== undefined) cell.type = value;
      break;
    case 'cells/[]/source':
    case 'cells/[]/source/[]':
      cell?.source.push(string);
      break;
    case 'cells/[]/metadata/vscode/languageId':
    case 'cells/[]/metadata/dotnet_interactive/language':
      if (cell !== undefined) cell.language = value;
      break;
    default:
  }
}

function place(path: readonly string[], depth: number): string {
  return path.slice(0, depth).join('/');
}

/** Where the string ends; a string that is not closed ends with its line. */
function closingQuote(text: string, from: number): number {
  const mark = /["\\\n]/g;
  mark.lastIndex = from;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    if (match[0] !== '\\') return match.index;
    mark.lastIndex = match.index + 2;
  }
  return text.length;
}
