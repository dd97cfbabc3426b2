import type { TextEdit } from '../../finding.js';
import type { CallNode, IrNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HeaderValue } from '../request.js';
import { insertArgument, insertEntry } from './insert.js';
import { literalAt } from './properties.js';
import { valueExpression } from './values.js';

interface Place {
  /** The headers that the call is given. */
  readonly headers: IrNode | undefined;
  /** They are given in a way that has no place of its own, as with `**options`. */
  readonly isHidden: boolean;
}

/** Into the dictionary that stands there, over a dictionary from elsewhere, or as an argument of its own. A constant of several requests is left alone: a fresh value would be one for all. */
export function addPythonHeader(call: CallNode, { headers, isHidden }: Place, code: Code, name: string, value: HeaderValue): readonly TextEdit[] | undefined {
  const written = valueExpression(value, code);
  if (written === undefined || isHidden) return undefined;
  const entry = `"${name}": ${written.expression}`;
  const literal = literalAt(headers);
  if (literal !== undefined) return [...written.edits, ...insertEntry(literal, entry, code)];
  if (headers !== undefined) {
    if (!/^(?:name|member|call)$/.test(unwrap(headers).kind)) return undefined;
    return [...written.edits, { start: headers.start, end: headers.start, text: '{**' }, { start: headers.end, end: headers.end, text: `, ${entry}}` }];
  }
  if (call.arguments.some(({ isSpread }) => isSpread)) return undefined;
  const edits = insertArgument(call, `headers={${entry}}`, code);
  return edits === undefined ? undefined : [...written.edits, ...edits];
}
