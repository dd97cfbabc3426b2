import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, named } from '../../../ir/lowering.js';
import type { FunctionNode, IrNode, Parameter, ReturnNode } from '../../../ir/node.js';
import { COMMENTS, keyOf, parts, typeOf } from './parts.js';
import { patternOf } from './patterns.js';

/** Children of a function that are neither its name nor its body. */
const BESIDE: ReadonlySet<string> = new Set([...COMMENTS, 'type_parameters', 'type_annotation', 'asserts_annotation', 'type_predicate_annotation', 'accessibility_modifier', 'override_modifier']);
const PROPERTY = /(?:^|\s)(?:private|public|protected|readonly|override)\s+$/;

interface Lowered {
  readonly function: FunctionNode;
  /** Where the name stands, without quotes; where the function begins when it has none. */
  readonly nameStart: number;
  readonly nameEnd: number;
  /** Decorators and what a computed name is made of. */
  readonly beside: readonly IrNode[];
  /** Fields that a constructor's parameters declare. */
  readonly fields: readonly IrNode[];
}

/** Declarations, expressions, arrow functions and methods. */
export function functionOf(node: Node, lower: Lower): Lowered {
  const beside: IrNode[] = [];
  const parameters: Parameter[] = [];
  const inside: IrNode[] = [];
  const fields: IrNode[] = [];
  let name: string | undefined;
  let nameStart = node.startIndex;
  let nameEnd = nameStart;
  let body: Node | undefined;
  const into = { parameters, inside, fields };
  const isArrow = node.type === 'arrow_function';
  let hasParameters = false;
  for (const child of named(node)) {
    const { type } = child;
    if (BESIDE.has(type)) continue;
    if (type === 'decorator') beside.push(...lower.some(child));
    else if (type === 'formal_parameters') {
      for (const part of parts(child)) parameter(part, into, lower);
      hasParameters = true;
    } else if (hasParameters) body = child;
    else if (isArrow) {
      parameter(child, into, lower);
      hasParameters = true;
    } else {
      const key = keyOf(child, lower);
      ({ name, start: nameStart, end: nameEnd } = key);
      if (key.computed !== undefined) beside.push(key.computed);
    }
  }
  inside.push(...bodyOf(body, lower));
  return { function: lower.make({ kind: 'function', start: node.startIndex, end: node.endIndex, name, parameters, body: inside }), nameStart, nameEnd, beside, fields };
}

function bodyOf(body: Node | undefined, lower: Lower): IrNode[] {
  if (body === undefined || body.type === 'statement_block') return lower.body(body);
  return [lower.make<ReturnNode>({ kind: 'return', start: body.startIndex, end: body.endIndex, value: lower.one(body) })];
}

function parameter(node: Node, into: { parameters: Parameter[]; inside: IrNode[]; fields: IrNode[] }, lower: Lower): void {
  const { startIndex: start, endIndex: end } = node;
  let pattern: Node | undefined = node;
  let fallback: Node | undefined;
  let type: string | undefined;
  let isProperty = false;
  switch (node.type) {
    case 'assignment_pattern':
      [pattern, fallback] = parts(node);
      break;
    case 'required_parameter':
    case 'optional_parameter':
      pattern = undefined;
      for (const part of parts(node)) {
        if (part.type === 'decorator') into.inside.push(...lower.some(part));
        else if (part.type === 'type_annotation') type = typeOf(part, lower);
        else if (part.type === 'accessibility_modifier' || part.type === 'override_modifier') isProperty = true;
        else if (pattern === undefined) pattern = part;
        else fallback = part;
      }
      break;
    default:
  }
  if (pattern === undefined || pattern.type === 'this') return;
  isProperty ||= pattern.startIndex > start && PROPERTY.test(lower.text.slice(Math.max(start, pattern.startIndex - 20), pattern.startIndex));
  const { targets, inside } = patternOf(pattern, lower);
  into.inside.push(...inside);
  into.parameters.push({ targets, type, fallback: lower.maybe(fallback), start, end });
  const [target] = targets;
  if (!isProperty || target?.name === undefined) return;
  into.fields.push(lower.make({ kind: 'bind', start, end, targets: [{ ...target }], value: lower.maybe(fallback), operator: '=', isDeclaration: true, isEach: false, type }));
}
