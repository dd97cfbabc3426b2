import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../finding.js';
import type { Holder, Language, ParsedSource, Span } from './language.js';
import { plainText, proseHolder } from './plainText.js';

const GRAMMARS: Readonly<Record<string, string>> = {
  typescript: 'typescript',
  typescriptreact: 'tsx',
  javascript: 'javascript',
  javascriptreact: 'javascript',
};

/** TypeScript and JavaScript, with and without JSX. */
export const ecmascript: Language = {
  ids: Object.keys(GRAMMARS),
  grammar: (languageId) => GRAMMARS[languageId],
  holderOf: (source, token) => {
    const around = source.syntax?.nodesAround(token.start, token.end) ?? [];
    const [inner, outer] = around;
    if (inner === undefined) return proseHolder('text');
    if (inner.type === 'comment') return proseHolder('comment');
    const literal = inner.type === 'string' || inner.type === 'template_string' ? inner : outer;
    if (literal === undefined) return proseHolder('text');
    return { kind: 'code', use: { names: [] }, replaceBy: (expression) => replacement(literal, token, around, expression) };
  },
  inComment: (source, offset) => (source.syntax === undefined
    ? plainText.inComment(source, offset)
    : source.syntax.nodesAround(offset, offset + 1)[0]?.type === 'comment'),
  environmentLookup: (name) => `process.env.${name}`,
} satisfies Language;

function replacement(literal: Node, token: Span, around: readonly Node[], expression: string): TextEdit | undefined {
  if (literal.type !== 'string') return undefined;
  if (literal.startIndex !== token.start - 1 || literal.endIndex !== token.end + 1) return undefined;
  const inAttribute = around[around.indexOf(literal) + 1]?.type === 'jsx_attribute';
  return { start: literal.startIndex, end: literal.endIndex, text: inAttribute ? `{${expression}}` : expression };
}

export type { Holder, ParsedSource };
