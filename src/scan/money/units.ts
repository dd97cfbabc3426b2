import { accessOf, ELEMENT, pathOf, plainText } from '../ir/access.js';
import { handedTo } from '../ir/handed.js';
import { canonical } from '../ir/names.js';
import type { BindNode, CallNode, IrNode, MemberNode, NameNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import type { Origin } from '../ir/trace.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';
import { DIVIDED, isTimesParameter, PRODUCTS, RUNNING, SHIFTED, TIMES } from './factors.js';
import { isMinorUnitObject } from './moneyObjects.js';
import { isMinorUnitHelper, isMinorUnitMember, isMinorUnitName, isNoPrice, isStripeAmount } from './names.js';
import { constantOf, sameAmount } from './numbers.js';
import { isConversion, isCount, isRounding, isStripeCall, short } from './shapes.js';
import { addedUp, oneOf, summedUp } from './sums.js';
import { reference, settle, type MinorUnits, type Verdict } from './verdict.js';

/** Values are followed this far, over so many steps for one question. */
const DEEPEST = 14;
const MOST_STEPS = 300;
const MOST_CALLERS = 6;

/** Tells amounts in cents from others. */
export class Units {
  readonly #code: Code;
  #left = 0;
  #isAmount = false;

  constructor(code: Code) {
    this.#code = code;
  }

  /** Why the value is an amount in minor units, as far as the program tells; undefined when nothing says so. `isAmount` where nothing but an amount of money can stand. */
  minorUnits(value: IrNode, isAmount = false): MinorUnits | undefined {
    this.#left = MOST_STEPS;
    this.#isAmount = isAmount;
    const verdict = this.#evaluate(value, 0);
    return verdict === 'converted' ? undefined : verdict;
  }

  #evaluate(expression: IrNode, depth: number): Verdict {
    const node = unwrap(expression);
    if (depth > DEEPEST || this.#left-- <= 0) return undefined;
    switch (node.kind) {
      case 'name':
        return this.#name(node, depth);
      case 'member':
      case 'element':
        return this.#member(node, depth);
      case 'call':
        return this.#call(node, depth);
      case 'operation':
        return this.#operation(node, node.operator, node.operands, depth);
      case 'choice':
        return this.#either(node.alternatives, depth);
      case 'bind':
        return node.operator === '=' && node.value !== undefined ? this.#evaluate(node.value, depth + 1) : this.#compound(node, depth);
      case 'group': {
        const last = node.children.at(-1);
        return last === undefined ? undefined : this.#evaluate(last, depth + 1);
      }
      case 'function':
        // A property or Ruby's method without arguments: what it gives.
        return reference(settle(this.#code.tracer.returnsOf(node).map((value) => this.#evaluate(value, depth + 1))));
      case 'text':
        return node.parts.length === 1 && node.parts[0] !== undefined && node.parts[0].kind !== 'stretch' ? this.#evaluate(node.parts[0], depth + 1) : undefined;
      default:
        return undefined;
    }
  }

  #name(node: NameNode, depth: number): Verdict {
    const { scopes } = this.#code;
    const binding = scopes.resolve(node.name, node);
    const verdicts: Verdict[] = [];
    for (const source of binding === undefined ? [] : scopes.sourcesAt(binding, node)) {
      if (source.kind === 'parameter') verdicts.push(this.#parameter(node, source.node, source.index, source.target.path, depth));
      else if (source.kind === 'bind') verdicts.push(this.#bound(source.node, source.target.path, source.target, depth));
      else if (source.kind === 'function' && source.node.parameters.length === 0) verdicts.push(this.#evaluate(source.node, depth + 1));
    }
    const known = settle(verdicts);
    // A name may lie about a value that was just converted.
    return known ?? this.#named(node.name, node);
  }

  #bound(bind: BindNode, path: readonly string[], target: { readonly start: number; readonly end: number }, depth: number): Verdict {
    const key = path.at(-1);
    if (key !== undefined) {
      const at: IrNode = { kind: 'name', name: key, start: target.start, end: target.end };
      const origins = bind.value === undefined ? [] : this.#code.tracer.originsWithin(bind.value, bind.isEach ? [ELEMENT, ...path] : path);
      return this.#taken(origins, key, at, depth) ?? this.#named(key, at);
    }
    if (bind.isEach || bind.value === undefined) return undefined;
    if (!/^(?:=|\|\||\?\?)$/.test(bind.operator)) return this.#compound(bind, depth);
    return reference(this.#evaluate(bind.value, depth + 1));
  }

  /** What callers in this program hand over. */
  #parameter(use: NameNode, fn: IrNode, index: number, path: readonly string[], depth: number): Verdict {
    const key = path.at(-1);
    if (fn.kind !== 'function') return undefined;
    const { tracer } = this.#code;
    const verdicts: Verdict[] = [];
    const handed = key === undefined ? undefined : handedTo(fn, index);
    if (key !== undefined && handed !== undefined) verdicts.push(this.#taken(tracer.originsWithin(handed.value, handed.isElement ? [ELEMENT, ...path] : path), key, use, depth));
    for (const call of this.#code.callsOf(fn)) {
      if (verdicts.length >= MOST_CALLERS) break;
      if (call.arguments.length <= index) continue;
      const parameter = fn.parameters[index]?.targets[0]?.name;
      const argument = call.arguments.find(({ name }) => name !== undefined && name === parameter) ?? call.arguments[index];
      // One that is named otherwise belongs to another parameter.
      if (argument === undefined || (argument.name !== undefined && argument.name !== parameter)) continue;
      verdicts.push(key === undefined ? reference(this.#evaluate(argument.value, depth + 1)) : this.#taken(tracer.originsWithin(argument.value, path), key, use, depth));
    }
    return settle(verdicts) ?? (key === undefined ? undefined : this.#named(key, use));
  }

  /** `x *= 100`, `x /= 100`. */
  #compound(bind: BindNode, depth: number): Verdict {
    const factor = bind.value === undefined ? undefined : constantOf(bind.value, this.#code);
    if (bind.operator === '*' && factor === 100) {
      const name = bind.targets[0]?.name ?? '';
      return isNoPrice(name, this.#isAmount) ? undefined : { cause: 'multiplied', evidence: '*= 100', node: bind };
    }
    if (bind.operator === '/') return factor === undefined || factor >= 100 ? 'converted' : undefined;
    return bind.operator === '+' && bind.value !== undefined ? reference(this.#evaluate(bind.value, depth + 1)) : undefined;
  }

  #named(name: string, node: IrNode): MinorUnits | undefined {
    if (isStripeAmount(name, () => this.#code.says(/stripe/i))) return { cause: 'stripe', evidence: name, node };
    return isMinorUnitName(name) ? { cause: 'name', evidence: name, node } : undefined;
  }

  #member(node: IrNode, depth: number): Verdict {
    const same = sameAmount(node);
    if (same !== undefined) return this.#same(node, same, node.kind === 'member' ? node.name : '', depth);
    const added = node.kind === 'member' ? summedUp(node, this.#code) : [];
    if (added.length > 0) return reference(this.#either(added, depth));
    const access = accessOf(node);
    if (access === undefined) return undefined;
    const name = node.kind === 'member' ? node.name : access.step ?? '';
    const own = this.#named(name, node) ?? (isMinorUnitMember(name) ? { cause: 'helper' as const, evidence: name, node } : undefined);
    const path = pathOf(node);
    const isStripes = name.toLowerCase() === 'amount' && path.slice(0, -1).some((part) => /stripe|payment_?intent/i.test(part));
    if (own === undefined && isStripes) return { cause: 'stripe', evidence: name, node };
    // A value that the program itself puts there says more than the name.
    return this.#taken(this.#code.tracer.origins(node), name, node, depth) ?? own;
  }

  /** What the program itself puts to where a member or a pattern takes it from. */
  #taken(origins: readonly Origin[], name: string, at: IrNode, depth: number): Verdict {
    const verdicts: Verdict[] = [];
    for (const { node, path } of origins) {
      if (node === at || this.#left <= 0) continue;
      // Nobody knows more of it than its name.
      if (node.kind === 'name') verdicts.push(path.length === 0 ? this.#named(node.name, node) : undefined);
      else if (path.length === 0) verdicts.push(reference(this.#evaluate(node, depth + 1)));
      else if (path.at(-1) === 'amount' && isStripeCall(node)) verdicts.push({ cause: 'stripe', evidence: name, node: at });
    }
    return settle(verdicts);
  }

  #call(node: CallNode, depth: number): Verdict {
    const callee = unwrap(node.callee);
    const [argument, second] = node.arguments;
    const last = callee.kind === 'member' || callee.kind === 'name' ? callee.name : '';
    const object = callee.kind === 'member' ? callee.object : undefined;
    const method = canonical(last);
    // Lodash's `_.multiply(100, price)` is another thing; a second argument says how to round.
    if (object !== undefined && argument !== undefined && (second === undefined || /^(?:java|kotlin)$/.test(this.#code.languageId))) {
      const factor = constantOf(argument.value, this.#code);
      if (TIMES.has(method) && factor === 100) return this.#timesHundred(node, object, `.${last}(100)`, depth);
      // It gives an optional number, which is unwrapped next.
      if (method === 'checkedMul' && factor === 100) return reference(this.#timesHundred(node, object, `.${last}(100)`, depth));
      if (SHIFTED.has(method) && factor === 2) return this.#timesHundred(node, object, `.${last}(2)`, depth);
      if ((SHIFTED.has(method) && factor === -2) || (method === 'movePointLeft' && factor !== 0)) return 'converted';
      if (DIVIDED.has(method)) return factor === undefined || factor >= 100 || factor < 0 ? 'converted' : reference(this.#evaluate(object, depth + 1));
    }
    if (isMinorUnitHelper(last)) return { cause: 'helper', evidence: `${last}()`, node, ...(second === undefined && argument?.isSpread === false && isConversion(last, argument.value) ? { keep: argument.value } : {}) };
    const fn = this.#code.tracer.functionOf(node);
    // What is called `round` here may do more than that.
    const same = fn === undefined ? sameAmount(node) : undefined;
    if (same !== undefined) return this.#same(node, same, last, depth);
    if (fn === undefined && argument !== undefined && second !== undefined && PRODUCTS.test(calleeText(callee))) {
      for (const [factor, other] of [[second, argument], [argument, second]] as const) if (constantOf(factor.value, this.#code) === 100) return this.#timesHundred(node, other.value, `${last}(…, 100)`, depth);
    }
    const choices = fn === undefined ? oneOf(node) : undefined;
    if (choices !== undefined) return this.#oneOf(choices, depth);
    const added = fn === undefined ? addedUp(node, this.#code) : undefined;
    if (added !== undefined && added.length > 0) return reference(this.#either(added, depth));
    const given = node.arguments.length === 0 ? undefined : unwrap(node.arguments.at(-1)?.value ?? node);
    if (given?.kind === 'function' && RUNNING.has(method)) return reference(this.#evaluate(given, depth + 1));
    if (callee.kind === 'function') return reference(this.#evaluate(callee, depth + 1));
    if (fn !== undefined) {
      const inner = settle(this.#code.tracer.returnsOf(fn).map((value) => this.#evaluate(value, depth + 1)));
      if (inner === undefined || inner === 'converted') return inner;
      return { cause: 'helper', evidence: `${last}()`, node, ...(second === undefined && argument?.isSpread === false && isTimesParameter(fn, inner) ? { keep: argument.value } : {}) };
    }
    if (object !== undefined && argument === undefined && (isMinorUnitMember(last) || (method === 'getAmount' && isMinorUnitObject(object, this.#code)))) return { cause: 'helper', evidence: `${last}()`, node };
    if (argument === undefined) return callee.kind === 'member' ? this.#getter(callee, node, depth) : undefined;
    // `row.getLong("base_cents")`
    const key = second === undefined && object !== undefined ? plainText(argument.value) : undefined;
    return key !== undefined && accessOf(node)?.step === canonical(key) ? this.#named(key, node) : undefined;
  }

  /** The larger or smaller of several: zero counts nothing, so that the conversion can be left out beside it. */
  #oneOf(all: readonly IrNode[], depth: number): Verdict {
    const amounts = all.filter((each) => constantOf(each, this.#code) !== 0);
    const [only, second] = amounts;
    return only !== undefined && second === undefined ? this.#evaluate(only, depth + 1) : reference(this.#either(amounts, depth));
  }

  /** `node` is `same`, rounded or in another form. */
  #same(node: IrNode, same: IrNode, name: string, depth: number): Verdict {
    const inner = this.#evaluate(same, depth + 1);
    if (inner === undefined || inner === 'converted') return inner;
    // Rounding is part of the conversion: without it there is nothing to round.
    const isWhole = inner.keep !== undefined && unwrap(same) === inner.node && (node.kind !== 'call' || node.arguments.length < 2) && isRounding(name);
    return isWhole ? { ...inner, node } : inner;
  }

  /** `price.getUnitAmount()`, `invoice.amount_due()`. */
  #getter(callee: MemberNode, node: IrNode, depth: number): Verdict {
    const step = accessOf(node)?.step ?? callee.name;
    return this.#named(step, node) ?? this.#member(node, depth);
  }

  #operation(node: IrNode, operator: string, operands: readonly IrNode[], depth: number): Verdict {
    const [left, right] = operands;
    if (left === undefined) return undefined;
    if (right === undefined && operator !== '~') return operator === '-' || operator === '+' ? this.#evaluate(left, depth + 1) : undefined;
    if (right === undefined || (operator === '//' && constantOf(right, this.#code) === 1)) return this.#whole(node, depth);
    switch (operator) {
      case '*':
        return this.#product(node, left, right, depth);
      case '/':
      case '//':
        return this.#quotient(node, left, right, depth);
      case '+':
        // `dollars + '.' + cents`
        if (operands.some((operand) => (plainText(unwrap(operand)) ?? '').includes('.'))) return 'converted';
        return reference(this.#either(operands, depth));
      case '-':
        // The other operand counts in the same unit, whatever it looks like.
        return reference(this.#either(operands, depth));
      default:
        return this.#whole(node, depth);
    }
  }

  /** `~~x`, `x | 0`, `x >> 0`. */
  #whole(node: IrNode, depth: number): Verdict {
    const same = sameAmount(node);
    return same === undefined ? undefined : this.#same(node, same, 'trunc', depth);
  }

  #product(node: IrNode, left: IrNode, right: IrNode, depth: number): Verdict {
    for (const [factor, other] of [[right, left], [left, right]] as const) {
      const value = constantOf(factor, this.#code);
      if (value === 0.01) return 'converted';
      if (value === 100 && !isCount(factor, this.#isAmount)) return this.#timesHundred(node, other, `* ${short(this.#code.slice(factor))}`, depth);
    }
    // What is left of the conversion is still a product.
    return this.#either([left, right], depth);
  }

  #quotient(node: IrNode, left: IrNode, right: IrNode, depth: number): Verdict {
    const divisor = constantOf(right, this.#code);
    if (divisor === 0.01) return this.#timesHundred(node, left, '/ 0.01', depth);
    // A divisor that may be the conversion is taken for it; a number of months or a half is none.
    if (divisor === undefined ? !isCount(right, this.#isAmount) : divisor >= 100) return 'converted';
    const dividend = this.#evaluate(left, depth + 1);
    if (dividend === undefined || dividend === 'converted') return dividend;
    // `used * 100 / total` is a percentage, `unit_amount / 12` still counts cents.
    if (dividend.cause === 'multiplied' || (dividend.cause === 'helper' && divisor === undefined)) return undefined;
    return reference(dividend);
  }

  /** `node` is a hundred times `other`. */
  #timesHundred(node: IrNode, other: IrNode, evidence: string, depth: number): Verdict {
    const number = constantOf(other, this.#code);
    // Something that was divided before is a percentage or a rounding; twelve times a hundred is a year of hundreds.
    if (isCount(other, this.#isAmount) || number === 12 || (number !== undefined && number < 1)) return undefined;
    const inner = this.#evaluate(other, depth + 1);
    if (inner === 'converted') return undefined;
    const origin: MinorUnits = { cause: 'multiplied', evidence, node, keep: other, ...(number === undefined ? {} : { amount: number * 100 }) };
    return inner === undefined ? origin : reference(origin);
  }

  #either(nodes: readonly IrNode[], depth: number): Verdict {
    return settle(nodes.map((node) => this.#evaluate(node, depth + 1)));
  }
}
