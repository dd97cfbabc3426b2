import { canonical } from '../ir/names.js';
import type { ClassNode, IrNode } from '../ir/node.js';
import type { Code } from '../stigg/code.js';

/** Types of whole numbers, of all languages. */
const WHOLE = /^(?:u?int(?:8|16|32|64)?|[iu](?:8|16|32|64|128|size)|u?long|u?short|Int|Long|Short|Integer|BigInteger|bigint)\??$/;
/** So long is a struct of Go that is looked at. */
const LONGEST_STRUCT = 2_000;

/** What the types of a program of its own say of the place where an amount stands. */
export type AmountType = 'whole' | 'decimal' | undefined;

/** By the class, record or struct that the value is made a member of, as far as this program declares it. */
export function amountTypeAt(value: IrNode, code: Code): AmountType {
  let node = value;
  while (node.parent?.kind === 'wrapped') node = node.parent;
  const holder = node.parent;
  if (holder?.kind === 'object') {
    const key = holder.entries.find((entry) => entry.value === node)?.key;
    return holder.type === undefined || key === undefined ? undefined : kindOf(memberType(holder.type, key, node, code));
  }
  if (holder?.kind !== 'call' || holder.callee.kind !== 'name') return undefined;
  const argument = holder.arguments.findIndex((each) => each.value === node);
  const type = holder.callee.name;
  const owner = classOf(type, node, code);
  if (argument === -1 || owner === undefined) return undefined;
  const name = holder.arguments[argument]?.name;
  return kindOf(name === undefined ? constructorTypes(owner)[argument] : memberType(type, name, node, code));
}

function kindOf(type: string | undefined): AmountType {
  const bare = type?.replace(/^[*&]+/, '').trim();
  if (bare === undefined) return undefined;
  if (WHOLE.test(bare)) return 'whole';
  return /^(?:decimal|Decimal|BigDecimal)\??$/.test(bare) ? 'decimal' : undefined;
}

function classOf(name: string, at: IrNode, code: Code): ClassNode | undefined {
  const sources = code.scopes.resolve(name, at)?.sources ?? [];
  return sources.length === 1 && sources[0]?.kind === 'class' ? sources[0].node : undefined;
}

function memberType(type: string, key: string, at: IrNode, code: Code): string | undefined {
  const name = type.replace(/^[*&[\]]+/, '').split(/[.:<]/)[0] ?? '';
  if (code.languageId === 'go' || code.languageId === 'rust') return structMember(name, key, code);
  const owner = classOf(name, at, code);
  if (owner === undefined) return undefined;
  const wanted = canonical(key);
  for (const member of owner.members) {
    if (member.kind === 'bind' && member.targets.some((target) => target.name !== undefined && canonical(target.name) === wanted)) return member.type;
  }
  return constructorOf(owner)?.parameters.find(({ targets }) => targets.some((target) => target.name !== undefined && canonical(target.name) === wanted))?.type;
}

function constructorOf({ name, members }: ClassNode): (IrNode & { readonly kind: 'function' }) | undefined {
  return members.find((member): member is IrNode & { readonly kind: 'function' } => member.kind === 'function' && member.name !== undefined && (member.name === name || member.name === 'constructor'));
}

function constructorTypes(owner: ClassNode): readonly (string | undefined)[] {
  const own = constructorOf(owner);
  if (own !== undefined) return own.parameters.map(({ type }) => type);
  return owner.members.flatMap((member) => (member.kind === 'bind' && member.isDeclaration ? [member.type] : []));
}

/** Go's `Amount int64` and Rust's `amount: i64`, in the lines of the struct. */
function structMember(name: string, key: string, { text, languageId }: Code): string | undefined {
  if (!/^\w{1,100}$/.test(name) || !/^\w{1,100}$/.test(key)) return undefined;
  const head = languageId === 'go' ? `type ${name} struct {` : `struct ${name} {`;
  const at = text.indexOf(head);
  if (at === -1) return undefined;
  const body = text.slice(at + head.length, at + LONGEST_STRUCT).split('}', 1)[0] ?? '';
  for (const line of body.split('\n')) {
    const [, field, type] = /^[ \t]{0,20}(?:pub )?(\w{1,100}):?[ \t]{1,40}([\w*&.]{1,80})/.exec(line) ?? [];
    if (field === key) return type;
  }
  return undefined;
}
