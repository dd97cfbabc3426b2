import type { TextEdit } from '../../finding.js';
import type { BindNode, CallNode, IrNode } from '../../ir/node.js';
import { childrenOf } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HeaderValue } from '../request.js';
import type { HeaderList } from './headers.js';
import { insertEntry } from './insert.js';
import { literalAt } from './properties.js';
import { statementBelow } from './statements.js';
import { valueExpression } from './values.js';

/** Edits that set one more header: below the last line that sets one, in the literal that holds them, or where the request was made and its error was looked at. */
export function addHeaderLine(call: CallNode, { setters }: HeaderList, { name, value }: { readonly name: string; readonly value: HeaderValue }, code: Code): TextEdit[] | undefined {
  const written = valueExpression(value, code);
  if (written === undefined) return undefined;
  const bind = bindOf(call);
  const variable = bind?.targets[0]?.name;
  if (bind === undefined || variable === undefined) return undefined;
  const statement = `${variable}.Header.Set("${name}", ${written.expression})`;
  const block = bind.parent;
  const last = setters.findLast(({ node }) => node.parent === block);
  if (last !== undefined) {
    const literal = last.isAssignment && last.path.length === 1 ? literalAt(last.values[0]) : undefined;
    if (literal !== undefined) return [...written.edits, ...insertEntry(literal, `"${name}": {${written.expression}}`, code)];
    return added(statementBelow(last.node, statement, code), written.edits);
  }
  return setters.length > 0 ? undefined : added(afterCheck(bind, block, statement, code), written.edits);
}

function added(edits: TextEdit[] | undefined, others: readonly TextEdit[]): TextEdit[] | undefined {
  return edits === undefined ? undefined : [...others, ...edits];
}

/** Below `if err != nil { … }`; below the request itself where its error is left out. */
function afterCheck(bind: BindNode, block: IrNode | undefined, statement: string, code: Code): TextEdit[] | undefined {
  const { text } = code;
  if (bind.targets.length === 1) return statementBelow(bind, statement, code);
  const error = bind.targets[1]?.name;
  const next = block === undefined ? undefined : childrenOf(block).find(({ start }) => start >= bind.end);
  if (error === undefined || next === undefined || text.slice(bind.end, next.start).trim() !== '') return undefined;
  const head = `if ${error} != nil {`;
  return text.startsWith(head, next.start) && text.slice(next.start, next.end).endsWith('}') && !/\}\s*else\b/.test(text.slice(next.start, next.end)) ? statementBelow(next, statement, code) : undefined;
}

function bindOf(call: CallNode): BindNode | undefined {
  const { parent } = call;
  return parent?.kind === 'bind' && parent.value === call ? parent : undefined;
}
