import type { MemoryKey } from '../ir/memory.js';
import type { IrNode } from '../ir/node.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';
import { rootOf } from './shapes.js';

/** `price: Dinero.Dinero`, `price?: Dinero<number>`, of fields, parameters and variables. */
const DECLARED = /(?<![\w$])([A-Za-z_$][\w$]{0,100})[?!]?[ \t]{0,4}:[ \t]{0,4}(?:Dinero\.)?Dinero(?![\w$])/g;
const DINEROS: MemoryKey<ReadonlySet<string>> = {};
const DEEPEST = 30;

/** An object of a library that counts in minor units: Dinero's, and PHP's `Money\\Money`. */
export function isMinorUnitObject(object: IrNode, code: Code): boolean {
  const { languageId, tracer } = code;
  if (languageId === 'php') return code.says(/\bMoney\\Money\b/);
  if (!code.says(/dinero/i)) return false;
  return isDeclaredDinero(object, code) || tracer.origins(object).some(({ node }) => /^dinero$/i.test(code.slice(rootOf(node))));
}

/** By the type of what has that name; what Dinero's methods give is of the type too. */
function isDeclaredDinero(object: IrNode, code: Code): boolean {
  let node = unwrap(object);
  for (let left = DEEPEST; left > 0 && node.kind === 'call'; left--) {
    const callee = unwrap(node.callee);
    if (callee.kind !== 'member') return false;
    node = unwrap(callee.object);
  }
  // Declarations may stand anywhere.
  code.focus?.asked.everything();
  const names = code.once(DINEROS, code.program.root, () => new Set(Array.from(code.text.matchAll(DECLARED), ([, name = '']) => name)));
  return (node.kind === 'name' || node.kind === 'member') && names.has(node.name);
}
