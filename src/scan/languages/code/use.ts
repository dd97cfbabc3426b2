import type { Node } from '@vscode/tree-sitter-wasm';
import type { CodeSyntax } from './syntax.js';
import { nameOf, plainValue } from './text.js';

/** Deeper than this a name says nothing about the value any more. */
const FARTHEST = 40;

/** The names that hold the value `around[index]`, innermost first; `around` goes from the innermost node outwards. */
export function namesOf(syntax: CodeSyntax, around: readonly Node[], index: number): string[] {
  const names: string[] = [];
  const add = (name: string | undefined): void => {
    if (name !== undefined && name !== '') names.push(name);
  };
  for (let at = index; at < around.length - 1 && at < index + FARTHEST; at++) {
    const child = around[at];
    const parent = around[at + 1];
    if (child === undefined || parent === undefined) break;
    const binding = syntax.bindings[parent.type]?.(parent);
    if (binding !== undefined) {
      if (binding.value === null || binding.value === undefined || binding.name?.id === child.id) break;
      add(nameOf(syntax, binding.name));
      if (!syntax.inner.has(parent.type)) break;
    } else if (syntax.argumentLists.has(parent.type)) {
      const outer = around.slice(at + 2, at + 4).findIndex(({ type }) => syntax.calls.has(type));
      const call = outer === -1 ? undefined : around[at + 2 + outer];
      if (call === undefined) break;
      if (syntax.wrappers?.test(syntax.calleeOf(call)) !== true || syntax.argumentsOf(call).length !== 1) {
        addCall(syntax, call, child, add);
        break;
      }
      // Goes on from the call, which stands for its argument.
      at += 1 + outer;
    } else if (!syntax.carriers.has(parent.type) && !syntax.strings.has(parent.type)) break;
  }
  return names;
}

/** `set("X-API-KEY", value)` names the value by the argument before, as `of("a", x, "b", y)` does; `apiKey(value)` by what is called. */
function addCall(syntax: CodeSyntax, call: Node, value: Node, add: (name: string | undefined) => void): void {
  const list = syntax.argumentsOf(call);
  const at = list.findIndex((argument) => argument.value.startIndex <= value.startIndex && value.endIndex <= argument.value.endIndex);
  const before = at % 2 === 1 ? list[at - 1]?.value : undefined;
  if (before !== undefined && syntax.strings.has(before.type)) add(plainValue(syntax, before));
  add(/(?<![\w$])([\w$]+)[?!]?$/.exec(syntax.calleeOf(call))?.[1]);
}
