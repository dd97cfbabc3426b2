import { canonical } from '../ir/names.js';
import type { BindNode, CallNode, IrNode, NameNode, Target } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { unwrap, walk } from '../ir/walk.js';
import type { Code } from './code.js';

/** Methods that search a list, or ask whether something is in it. */
const SEARCHES = new Set([
  'find', 'findLast', 'findIndex', 'some', 'includes', 'every', 'any', 'all', 'none', 'contains', 'has', 'include', 'member', 'detect', 'exists', 'firstOrDefault', 'firstOrNull', 'singleOrDefault', 'singleOrNull', 'anyMatch', 'allMatch', 'noneMatch',
  'containsKey', 'indexOf', 'findFirst', 'toSet', 'toHashSet', 'keyBy', 'indexBy', 'associateBy', 'toDictionary', 'position', 'trueForAll', 'firstWhere', 'isSubsetOf', 'isSupersetOf',
]);
/** The same as functions: PHP's, Python's, lodash's, and sets, which are made to be asked. */
const SEARCHING = /(?:^|\.)(?:in_array|array_search|any|all|set|frozenset|Set|HashSet|Set\.of|Set\.new|setOf|hashSetOf|slices\.Contains|slices\.ContainsFunc|slices\.IndexFunc|lo\.Contains|lo\.ContainsBy|_\.some|_\.find|_\.includes|_\.keyBy|keyBy|array_key_exists|array_flip)$/;
/** Methods and functions whose result stands for the same list. */
const PASSES = new Set(['map', 'filter', 'select', 'collect', 'stream', 'toList', 'iter', 'intoIter', 'slice', 'values', 'where', 'flatMap', 'asSequence', 'orElse', 'unwrapOr', 'unwrapOrDefault', 'asArray', 'enumerateArray', 'pluck', 'toArray', 'compact', 'sorted', 'reject']);
const PASSING = /(?:^|\.)(?:array_column|array_map|array_filter|list|sorted|collect|Array\.from|map|filter|tuple|lo\.Map|iter|array_values|Collection|new Collection)$/;
const COMPARES = /^(?:==|===|!=|!==|=~|eql\?|in|not in|is|eq)$/;
const WHOLE = /^(?:(?:all|customer|granted|effective|plan)?(?:entitlements|features|permissions|capabilities|access))$/i;
const ANSWERS = /entitle|feature|access|permission|allow|grant|capabilit/i;
/** Names that say what the list is: then it is meant so. */
const MEANT = /override|custom|extra|additional|diff|delta|own_?entitle|special/i;

const DEEPEST = 14;
const MOST_STEPS = 200;

/** Tells whether a list decides something: it is searched, compared, or handed on as everything there is. */
export class Decisions {
  readonly #code: Code;
  #left = 0;
  #seen = new Set<IrNode>();

  constructor(code: Code) {
    this.#code = code;
  }

  /** The same for what an expression has as its value. */
  byValue(node: IrNode): boolean {
    this.#start();
    return this.#byValue(node, 0);
  }

  /** The same for what a pattern binds. */
  byName(target: Target, holder: IrNode): boolean {
    this.#start();
    return this.#byName(target, holder, 0);
  }

  #start(): void {
    this.#left = MOST_STEPS;
    this.#seen = new Set();
  }

  #byValue(node: IrNode, depth: number): boolean {
    const { parent } = node;
    if (parent === undefined || depth > DEEPEST || this.#left-- <= 0 || this.#seen.has(node)) return false;
    this.#seen.add(node);
    switch (parent.kind) {
      case 'wrapped':
        return this.#byValue(parent, depth + 1);
      case 'choice':
        return parent.alternatives.includes(node) && this.#byValue(parent, depth + 1);
      case 'group':
        return parent.children.at(-1) === node && this.#byValue(parent, depth + 1);
      case 'member':
        return this.#byMember(parent, depth);
      case 'call':
        return parent.callee !== node && this.#byCall(parent, depth);
      case 'operation':
        return /^(?:not )?in$/.test(parent.operator) && parent.operands[1] === node;
      case 'bind':
        if (parent.value !== node) return false;
        if (parent.isEach) return this.#byElements(parent, depth);
        return parent.targets.some((target) => this.#byName(target, parent, depth + 1));
      case 'object': {
        const key = parent.entries.find(({ value }) => value === node)?.key;
        return key !== undefined && WHOLE.test(key) && this.#isHandedOver(parent);
      }
      case 'return':
        return this.#isReturned(parent, depth);
      default:
        return false;
    }
  }

  #byMember(member: IrNode & { readonly kind: 'member' }, depth: number): boolean {
    const call = member.parent;
    const name = canonical(member.name);
    if (call?.kind === 'call' && call.callee === member) {
      if (SEARCHES.has(name)) return true;
      if (name === 'forEach' || name === 'each') return this.#byFunction(call);
      return (PASSES.has(name) || call.arguments.length === 0) && this.#byValue(call, depth + 1);
    }
    return PASSES.has(name) && this.#byValue(member, depth + 1);
  }

  #byCall(call: CallNode, depth: number): boolean {
    const text = calleeText(unwrap(call.callee));
    if (SEARCHING.test(text)) return true;
    return PASSING.test(text) && this.#byValue(call, depth + 1);
  }

  #byName({ name }: Target, holder: IrNode, depth: number): boolean {
    if (name === undefined || MEANT.test(name)) return false;
    const { scopes } = this.#code;
    return this.#code.namesOf(name, holder).some((use) => isFrom(use, holder, scopes.resolve(name, use)?.sources) && this.#byValue(use, depth + 1));
  }

  /** Elements that are compared one by one, or collected to be asked for. */
  #byElements(loop: BindNode, depth: number): boolean {
    const outer = loop.parent;
    // Comprehensions: `{item.id for item in entitlements}`.
    if (outer?.kind === 'group' && outer.children.at(-1)?.kind === 'list' && this.#byValue(outer, depth + 1)) return true;
    return loop.targets.some((target) => this.#isCompared(target, loop));
  }

  #byFunction(call: CallNode): boolean {
    const fn = call.arguments.map(({ value }) => unwrap(value)).find((value) => value.kind === 'function');
    return fn?.kind === 'function' && fn.parameters.some(({ targets }) => targets.some((target) => this.#isCompared(target, fn)));
  }

  #isCompared({ name }: Target, holder: IrNode): boolean {
    if (name === undefined) return false;
    const { scopes } = this.#code;
    return this.#code.namesOf(name, holder).some((use) => isFrom(use, holder, scopes.resolve(name, use)?.sources) && isInComparison(use));
  }

  #isHandedOver(object: IrNode): boolean {
    for (let node = object.parent, left = 4; node !== undefined && left > 0; node = node.parent, left--) {
      if (node.kind === 'return' || node.kind === 'call') return true;
      if (node.kind !== 'wrapped' && node.kind !== 'object') return false;
    }
    return false;
  }

  /** From a function that is about what somebody may do; or one whose callers decide. */
  #isReturned(statement: IrNode, depth: number): boolean {
    let fn: IrNode | undefined = statement.parent;
    while (fn !== undefined && fn.kind !== 'function') fn = fn.parent;
    if (fn?.kind !== 'function') return false;
    const name = fn.name ?? (fn.parent?.kind === 'bind' ? fn.parent.targets[0]?.name : undefined);
    if (name === undefined) {
      // `.then((subscription) => subscription.subscriptionEntitlements)`
      const call = fn.parent;
      return call?.kind === 'call' && this.#byValue(call, depth + 1);
    }
    if (MEANT.test(name)) return false;
    if (ANSWERS.test(name)) return true;
    return this.#code.callsOf(fn).some((call) => this.#left > 0 && this.#byValue(call, depth + 1));
  }
}

function isFrom(use: NameNode, holder: IrNode, sources: readonly { readonly node: IrNode }[] | undefined): boolean {
  return use !== holder && sources?.some(({ node }) => node === holder) === true;
}

/** `entitlement.id === featureId`, `entitlement.get("id").asText().equals(featureId)`. */
function isInComparison(use: IrNode): boolean {
  let node = use;
  for (let left = 8; left > 0; left--) {
    const { parent } = node;
    if (parent === undefined) return false;
    if (parent.kind === 'operation') return COMPARES.test(parent.operator);
    if (parent.kind === 'call') {
      const callee = unwrap(parent.callee);
      const name = callee.kind === 'member' ? callee.name : '';
      if (/^(?:equals|Equals|equalsIgnoreCase|eql\?|equal\?|EqualFold|compareTo|has|includes|contains|Contains)$/.test(name)) return true;
      if (parent.callee !== node) return false;
    } else if (parent.kind !== 'member' && parent.kind !== 'element' && parent.kind !== 'wrapped') {
      return false;
    }
    node = parent;
  }
  return false;
}

/** The function around, or the whole program. */
export function functionAround(start: IrNode): IrNode {
  let node = start;
  while (node.parent !== undefined && node.kind !== 'function') node = node.parent;
  return node;
}

/** Whether there is such a node inside. */
export function holds(root: IrNode, isWanted: (node: IrNode) => boolean): boolean {
  for (const node of walk(root)) if (isWanted(node)) return true;
  return false;
}
