/** A statement at the top of a module. */
export interface Statement {
  readonly start: number;
  readonly end: number;
  /** The code, strings and comments blanked. */
  readonly code: string;
  readonly isImport: boolean;
  readonly isExported: boolean;
  /** The names that a function, class or variable statement declares. Empty for others. */
  readonly names: readonly string[];
  /** All identifiers in it. */
  readonly words: ReadonlySet<string>;
}

const STARTS = /^(?:export|import|const|let|var|function|async|class|abstract|type|interface|enum|declare|namespace|if|for|try|[A-Za-z_$][\w$.]*\s*[(=])/gm;
const MODIFIERS = /^(?:(?:export|default|declare|async|abstract)\s+)*/;
const DECLARATION = /^(?:function|class|const|let|var)\b[\s*]*/;
const DECLARED = /^(?:[\w$]+|[{[][^=]*)/;

/**
 * The statements of a module whose strings and comments are blanked. Told by lines that start at the margin outside of all
 * braces, which is how people and formatters write; what stands before the first belongs to none.
 */
export function statementsIn(masked: string): Statement[] {
  const starts: number[] = [];
  let depth = 0;
  let at = 0;
  for (const { index } of masked.matchAll(STARTS)) {
    for (; at < index; at++) {
      const char = masked.charCodeAt(at);
      if (char === 123) depth++;
      else if (char === 125) depth = Math.max(0, depth - 1);
    }
    if (depth === 0) starts.push(index);
  }
  return starts.map((start, index) => statement(masked, start, starts[index + 1] ?? masked.length));
}

function statement(masked: string, start: number, end: number): Statement {
  const code = masked.slice(start, end);
  const declaration = code.slice(0, 2_000).replace(MODIFIERS, '');
  const keyword = DECLARATION.exec(declaration)?.[0];
  const declared = keyword === undefined ? '' : DECLARED.exec(declaration.slice(keyword.length))?.[0] ?? '';
  return {
    start,
    end,
    code,
    isImport: /^import\b(?!\s*[(.])/.test(code),
    isExported: /^export\b/.test(code),
    names: declared.match(/[A-Za-z_$][\w$]*/g) ?? [],
    words: new Set(code.match(/[A-Za-z_$][\w$]*/g)),
  };
}
