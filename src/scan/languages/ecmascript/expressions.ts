import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../../finding.js';
import type { ParsedSource, Span } from '../language.js';

/** Whether the place is a whole expression that puts a text together: operands of a `+` that stand side by side, or a call. */
export function isComposed(around: readonly Node[], { start, end }: Span): boolean {
  const [node] = around;
  if (node?.type === 'call_expression') return node.startIndex === start && node.endIndex === end;
  let isEnd = false;
  for (let chain: Node | null | undefined = node; chain?.type === 'binary_expression' && chain.childForFieldName('operator')?.text === '+';) {
    const left: Node | null = chain.childForFieldName('left');
    isEnd ||= chain.endIndex === end;
    if (isEnd && (chain.startIndex === start || chain.childForFieldName('right')?.startIndex === start)) return true;
    chain = left;
  }
  return false;
}

/** Edits that put the expression in the place of one that puts a text together; undefined where it cannot stand. */
export function replaceComposed(source: ParsedSource, around: readonly Node[], { start, end }: Span, expression: string): TextEdit[] | undefined {
  const [node, parent] = around;
  // The members of an enum are constants.
  if (node === undefined || node.hasError || parent === undefined || parent.type === 'enum_assignment') return undefined;
  // A literal may touch a keyword (`return"…"`), an expression may not.
  const lead = /[\w$]/.test(source.text.charAt(start - 1)) ? ' ' : '';
  const trail = /[\w$]/.test(source.text.charAt(end)) ? ' ' : '';
  return [{ start, end, text: `${lead}${expression}${trail}` }];
}
