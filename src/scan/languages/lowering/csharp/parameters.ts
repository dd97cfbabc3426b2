import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower } from '../../../ir/lowering.js';
import type { Parameter } from '../../../ir/node.js';
import { nameTarget, solid, spanOf } from '../made.js';

/** The parameters of a list, or the one of `x => …`. */
export function parametersOf(list: Node | null | undefined, lower: Lower): Parameter[] {
  if (list === null || list === undefined) return [];
  if (list.type === 'implicit_parameter') return [{ targets: [nameTarget(list, lower.textOf(list))], type: undefined, fallback: undefined, ...spanOf(list) }];
  const parameters: Parameter[] = [];
  // `params T[] rest` has no node of its own: its type and its name follow each other.
  let type: Node | undefined;
  for (const child of solid(list)) {
    if (child.type === 'parameter') parameters.push(parameterOf(child, lower));
    else if (child.type === 'identifier' && type !== undefined) {
      parameters.push({ targets: [nameTarget(child, lower.textOf(child))], type: lower.textOf(type), fallback: undefined, start: type.startIndex, end: child.endIndex });
      type = undefined;
    } else if (child.isNamed && child.type !== 'attribute_list') type = child;
  }
  return parameters;
}

/** `int x = 1`, `this Foo x`, `[FromBody] Foo x`, or the name alone. */
function parameterOf(node: Node, lower: Lower): Parameter {
  const children = solid(node);
  const equals = children.findIndex(({ type }) => type === '=');
  const own = (equals === -1 ? children : children.slice(0, equals)).filter(({ isNamed, type }) => isNamed && type !== 'modifier' && type !== 'attribute_list');
  const fallback = equals === -1 ? undefined : children[equals + 1];
  const name = own.at(-1);
  const type = own.length > 1 ? own.at(-2) : undefined;
  return {
    targets: name === undefined ? [] : [nameTarget(name, lower.textOf(name))],
    type: type === undefined ? undefined : lower.textOf(type),
    fallback: lower.maybe(fallback),
    ...spanOf(node),
  };
}
