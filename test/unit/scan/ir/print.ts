import type { Argument, Entry, IrNode, Parameter, Target } from '../../../../src/scan/ir/node.js';
import { childrenOf } from '../../../../src/scan/ir/walk.js';

/**
 * The representation as text that looks alike for all languages, for tests:
 * `client.v1.coupons.create(id: "a", amountsOff: [{amount: (49 * 100)}])`, `let x = await f(1)`, `[x, y] <- {data: …}`.
 */
export function print(node: IrNode): string {
  switch (node.kind) {
    case 'number':
      return String(node.value);
    case 'text':
      return `"${node.parts.map((part) => (part.kind === 'stretch' ? part.value : `\${${print(part)}}`)).join('')}"`;
    case 'name':
      return node.name;
    case 'member':
      return `${print(node.object)}.${node.name}`;
    case 'element':
      return `${print(node.object)}[${node.index === undefined ? '' : print(node.index)}]`;
    case 'call':
      return `${node.isNew ? 'new ' : ''}${print(node.callee)}(${node.arguments.map(printArgument).join(', ')})`;
    case 'object':
      return `${node.type ?? ''}{${node.entries.map(printEntry).join(', ')}}`;
    case 'list':
      return `[${node.elements.map(print).join(', ')}]`;
    case 'operation':
      return `(${node.operands.length === 1 ? node.operator : ''}${node.operands.map(print).join(` ${node.operator} `)})`;
    case 'choice':
      return `(${node.conditions.map(print).join(', ')}${node.conditions.length > 0 ? ' ' : ''}? ${node.alternatives.map(print).join(' | ')})`;
    case 'wrapped':
      return node.by === 'parentheses' ? print(node.inner) : `${{ await: 'await ', cast: 'cast ', reference: '&', spread: '...' }[node.by]}${print(node.inner)}`;
    case 'function':
      return `fn ${node.name ?? ''}(${node.parameters.map(printParameter).join(', ')}) { ${node.body.map(print).join('; ')} }`;
    case 'class':
      return `class ${node.name ?? ''} { ${node.members.map(print).join('; ')} }`;
    case 'bind': {
      const type = node.type === undefined ? '' : `: ${node.type}`;
      const value = node.value === undefined ? '' : ` ${node.isEach ? 'of' : node.operator === '=' ? '=' : `${node.operator}=`} ${print(node.value)}`;
      return `${node.isDeclaration ? 'let ' : ''}${node.targets.map(printTarget).join(', ')}${type}${value}`;
    }
    case 'return':
      return `return${node.value === undefined ? '' : ` ${print(node.value)}`}`;
    case 'group': {
      const inner = node.children.map(print).join('; ');
      return node.isScope ? `{ ${inner} }` : inner;
    }
  }
}

function printArgument({ name, value, isSpread }: Argument): string {
  return `${isSpread ? '...' : ''}${name === undefined ? '' : `${name}: `}${print(value)}`;
}

function printEntry({ key, computed, value, isSpread, isShorthand }: Entry): string {
  if (isSpread) return `...${print(value)}`;
  if (computed !== undefined) return `[${print(computed)}]: ${print(value)}`;
  return isShorthand ? key ?? '?' : `${key ?? '?'}: ${print(value)}`;
}

function printParameter({ targets, type, fallback }: Parameter): string {
  return `${targets.map(printTarget).join(' ')}${type === undefined ? '' : `: ${type}`}${fallback === undefined ? '' : ` = ${print(fallback)}`}`;
}

function printTarget({ name, place, path }: Target): string {
  return `${name ?? (place === undefined ? '?' : print(place))}${path.length === 0 ? '' : `<${path.join('.')}>`}`;
}

/** What is wrong with the places of the nodes: children lie inside of their parents and know them, names stand where they say. */
export function misplaced(root: IrNode, text: string): string[] {
  const wrong: string[] = [];
  const visit = (node: IrNode): void => {
    const own = text.slice(node.start, node.end);
    if (node.start > node.end || node.start < 0 || node.end > text.length) wrong.push(`${node.kind} at ${node.start}-${node.end}`);
    // Ruby's `@x` is a member of an unwritten `self`.
    if (node.kind === 'name' && !own.includes(node.name) && !/^@{1,2}$/.test(own)) wrong.push(`name ${node.name} is ${own}`);
    if (node.kind === 'member' && !text.slice(node.nameStart, node.nameEnd).includes(node.name) && !own.includes('\\')) wrong.push(`member ${node.name} in ${own}`);
    if (node.kind === 'object') {
      for (const entry of node.entries) {
        if (entry.start < node.innerStart || entry.end > node.innerEnd) wrong.push(`entry ${entry.key ?? '?'} outside of ${own}`);
        if (entry.value.start < entry.start || entry.value.end > entry.end) wrong.push(`value outside of entry ${entry.key ?? '?'}`);
      }
    }
    if (node.kind === 'call') {
      if (node.listStart < node.callee.end && node.listStart !== node.listEnd) wrong.push(`argument list of ${own}`);
      for (const argument of node.arguments) if (argument.value.start < argument.start || argument.value.end > argument.end) wrong.push(`value outside of argument in ${own}`);
    }
    for (const child of childrenOf(node)) {
      if (child.parent !== node) wrong.push(`${child.kind} ${text.slice(child.start, child.end)} does not know its parent`);
      // The content of Ruby's heredocs stands below their name.
      if (child.start < node.start || (child.end > node.end && !(node.kind === 'text' && own.startsWith('<<')))) wrong.push(`${child.kind} ${text.slice(child.start, child.end)} outside of ${node.kind}`);
      visit(child);
    }
  };
  visit(root);
  return wrong;
}
