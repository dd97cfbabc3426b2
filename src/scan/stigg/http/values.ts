import type { TextEdit } from '../../finding.js';
import type { Code } from '../code.js';
import type { HeaderValue } from '../request.js';

/** A header's value as an expression of the language, with the edits that it needs elsewhere. */
export interface ValueExpression {
  readonly expression: string;
  readonly edits: readonly TextEdit[];
}

/** What makes a value that nobody used before. Go and Rust have nothing for it in their standard libraries. */
const FRESH: Readonly<Record<string, string>> = {
  javascript: 'crypto.randomUUID()',
  javascriptreact: 'crypto.randomUUID()',
  typescript: 'crypto.randomUUID()',
  typescriptreact: 'crypto.randomUUID()',
  python: 'str(uuid.uuid4())',
  ruby: 'SecureRandom.uuid',
  php: 'bin2hex(random_bytes(16))',
  java: 'java.util.UUID.randomUUID().toString()',
  kotlin: 'java.util.UUID.randomUUID().toString()',
  csharp: 'System.Guid.NewGuid().ToString()',
};
const SINGLE = new Set(['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'ruby', 'php']);

/** undefined where the language has no such expression. */
export function valueExpression(value: HeaderValue, code: Code): ValueExpression | undefined {
  const { languageId } = code;
  if (value.kind === 'text') return { expression: quoted(value.text, languageId), edits: [] };
  const expression = FRESH[languageId];
  if (expression === undefined) return undefined;
  if (languageId === 'python' && !code.says(/^import[ \t]+uuid\b/m)) return { expression, edits: [importAt(code, /^(?:import|from)\s/m, 'import uuid')] };
  if (languageId === 'ruby' && !code.says(/^[ \t]{0,12}require[ (]{0,2}["']securerandom["']/m)) return { expression, edits: [importAt(code, /(?:^|\n)[ \t]{0,12}require\b/, "require 'securerandom'")] };
  return { expression, edits: [] };
}

/** A text in the quotes that the language usually has. */
export function quoted(text: string, languageId: string): string {
  const quote = SINGLE.has(languageId) ? "'" : '"';
  return `${quote}${text}${quote}`;
}

/** Before the first line that imports something, otherwise before the first line of code. */
function importAt({ text, focus }: Code, first: RegExp, line: string): TextEdit {
  focus?.asked.everything();
  const match = first.exec(text);
  const at = match === null ? /^(?:#.*\n|\s*\n)*/.exec(text)?.[0].length ?? 0 : match.index + (/^\s*/.exec(match[0])?.[0].length ?? 0);
  return { start: at, end: at, text: `${line}${text.includes('\r\n') ? '\r\n' : '\n'}` };
}
