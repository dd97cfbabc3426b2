import type { IrNode } from '../../ir/node.js';
import { UNKNOWN } from '../../ir/texts.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';

const MEDIA = /^\s*[\w.+-]{1,60}\/[\w.+*-]{1,80}/;
const DEEPEST = 5;

/** The media type that the expression stands for, as a text: `"application/json".toMediaType()`, `MediaType.APPLICATION_JSON`, `new MediaTypeHeaderValue("…")`; undefined where that cannot be told. */
export function mediaOf(expression: IrNode, code: Code, depth = 0): IrNode | undefined {
  const node = unwrap(expression);
  if (depth > DEEPEST) return undefined;
  const text = code.textOf(node);
  if (text !== UNKNOWN && MEDIA.test(text)) return at(text, node);
  if (node.kind === 'member' && /json/i.test(node.name)) return at('application/json', node);
  if (node.kind === 'call') {
    const callee = unwrap(node.callee);
    for (const inner of [...node.arguments.map(({ value }) => value), ...(callee.kind === 'member' ? [callee.object] : [])]) {
      const found = mediaOf(inner, code, depth + 1);
      if (found !== undefined) return at(code.textOf(found), node);
    }
    return undefined;
  }
  if (node.kind !== 'name' && node.kind !== 'member') return undefined;
  for (const { node: origin, path } of code.tracer.origins(node, ({ kind }) => kind === 'call')) {
    const found = path.length > 0 || origin === node ? undefined : mediaOf(origin, code, depth + 1);
    if (found !== undefined) return at(code.textOf(found), node);
  }
  // A constant from elsewhere says it by its name.
  return node.kind === 'name' && /JSON|[jJ]son(?:Media|Content)?Type/.test(node.name) && code.tracer.origins(node).every(({ node: origin }) => origin === node) ? at('application/json', node) : undefined;
}

function at(value: string, { start, end }: IrNode): IrNode {
  return { kind: 'text', start, end, parts: [{ kind: 'stretch', value, start, end }] };
}
