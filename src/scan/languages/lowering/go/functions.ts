import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower, LowerNode } from '../../../ir/lowering.js';
import type { IrNode, Parameter } from '../../../ir/node.js';
import { parts } from '../shared.js';

/** Functions, methods and closures. A receiver is the first parameter; results that have names are declared in the body. */
export const functionNode: LowerNode = (node, lower) => {
  const receiver = node.childForFieldName('receiver');
  const list = node.childForFieldName('parameters');
  const result = node.childForFieldName('result');
  const body = node.childForFieldName('body');
  const name = node.childForFieldName('name');
  const parameters = [receiver, list].flatMap((each) => (each === null ? [] : parametersOf(each, lower)));
  const results = result?.type === 'parameter_list' ? parametersOf(result, lower).flatMap((each) => resultBind(each, lower)) : [];
  const statements = body === null ? [] : parts(body).flatMap((part) => lower.body(part));
  return lower.make({ kind: 'function', start: node.startIndex, end: node.endIndex, name: name === null ? undefined : lower.textOf(name), parameters, body: [...results, ...statements] });
};

function resultBind({ targets, type, start, end }: Parameter, lower: Lower): IrNode[] {
  return targets.length === 0 ? [] : [lower.make({ kind: 'bind', start, end, targets, value: undefined, operator: '=', isDeclaration: true, isEach: false, type })];
}

/** `a, b int, opts ...Option`: one parameter per name, one without a name where there is only the type. */
function parametersOf(list: Node, lower: Lower): Parameter[] {
  return parts(list).flatMap((declaration): Parameter[] => {
    if (declaration.type !== 'parameter_declaration' && declaration.type !== 'variadic_parameter_declaration') return [];
    const all = parts(declaration);
    const last = all.at(-1);
    if (last === undefined) return [];
    const type = `${declaration.type === 'variadic_parameter_declaration' ? '...' : ''}${lower.textOf(last)}`;
    const names = all.slice(0, -1).filter((name) => name.type === 'identifier');
    if (names.length === 0) return [{ targets: [], type, fallback: undefined, start: declaration.startIndex, end: declaration.endIndex }];
    return names.map((name, index): Parameter => {
      const { startIndex: start, endIndex } = name;
      const text = lower.textOf(name);
      const targets = text === '_' ? [] : [{ name: text, place: undefined, path: [], start, end: endIndex }];
      return { targets, type, fallback: undefined, start, end: index === names.length - 1 ? declaration.endIndex : endIndex };
    });
  });
}
