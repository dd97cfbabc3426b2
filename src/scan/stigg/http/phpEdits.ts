import type { TextEdit } from '../../finding.js';
import type { IrNode, ListNode, ObjectNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HeaderValue } from '../request.js';
import { insertEntry } from './insert.js';
import { literalAt } from './properties.js';
import { valueExpression } from './values.js';

/** `'Idempotency-Key' => bin2hex(random_bytes(16))` */
export function phpEntry(name: string, value: HeaderValue, code: Code): string | undefined {
  const written = valueExpression(value, code);
  return written === undefined ? undefined : `'${name}' => ${written.expression}`;
}

/** `'Idempotency-Key: ' . bin2hex(random_bytes(16))` */
export function phpLine(name: string, value: HeaderValue, code: Code): string | undefined {
  if (value.kind === 'text') return `'${name}: ${value.text}'`;
  const written = valueExpression(value, code);
  return written === undefined ? undefined : `'${name}: ' . ${written.expression}`;
}

/** Edits that add an entry to an array of headers by name: inside of it, or on top of what comes from elsewhere. */
export function addToHeaders(headers: IrNode, entry: string, code: Code): TextEdit[] | undefined {
  const literal = literalAt(headers) ?? listAt(headers, code);
  if (literal !== undefined) return isByName(literal) ? insertEntry(literal, entry, code) : undefined;
  return isOperand(headers) ? [{ start: headers.end, end: headers.end, text: ` + [${entry}]` }] : undefined;
}

/** Edits that add a line to an array of headers in lines. */
export function addToLines(headers: IrNode, line: string, code: Code): TextEdit[] | undefined {
  const literal = listAt(headers, code);
  if (literal !== undefined) return insertEntry(literal, line, code);
  if (!isOperand(headers)) return undefined;
  return [{ start: headers.start, end: headers.start, text: 'array_merge(' }, { start: headers.end, end: headers.end, text: `, [${line}])` }];
}

/** An empty array counts as one with names. */
function isByName({ entries }: ObjectNode): boolean {
  return entries.every(({ key, computed, isSpread }) => key !== undefined || computed !== undefined || isSpread);
}

/** What needs no brackets beside an operator. */
function isOperand(node: IrNode): boolean {
  return /^(?:name|member|call)$/.test(unwrap(node).kind) && unwrap(node) === node;
}

/** A list that is written with brackets, as something that entries can be put into. */
function listAt(node: IrNode, code: Code): ObjectNode | undefined {
  const list = unwrap(node);
  if (list.kind !== 'list' || code.text[list.start] !== '[' || code.text[list.end - 1] !== ']') return undefined;
  return asObject(list);
}

function asObject({ start, end, elements }: ListNode): ObjectNode {
  return {
    kind: 'object', type: undefined, start, end, innerStart: start + 1, innerEnd: end - 1,
    entries: elements.map((value) => ({ key: undefined, keyStart: value.start, keyEnd: value.start, value, isSpread: false, isShorthand: false, start: value.start, end: value.end })),
  };
}
