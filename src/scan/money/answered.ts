import { canonical } from '../ir/names.js';
import type { CallNode, IrNode } from '../ir/node.js';
import { unwrap } from '../ir/walk.js';
import type { Answer } from '../stigg/answers.js';
import type { StiggFacts } from '../stigg/facts.js';
import { sameAmount } from './numbers.js';
import { moneyIn } from './responses.js';

/** An amount of an answer of Stigg, in full units. */
export interface AnsweredMoney {
  /** In Stigg's spelling: `immediateInvoice.total`. */
  readonly name: string;
  readonly answer: Answer;
}

/** What an expression is: such an amount, nothing that has a say (a fallback), or something else. */
type Verdict = AnsweredMoney | 'nothing' | undefined;

const DEEPEST = 10;
const MOST_STEPS = 150;
const SUMS = new Set(['reduce', 'fold', 'inject', 'sum', 'sumOf', 'sumBy', 'sumByDouble', 'aggregate']);
const NOTHING = /^(?:null|None|nil|undefined|NULL)$/;

/** Tells which expressions are amounts of Stigg's answers, as they came: added up at most, never scaled. */
export class AnsweredAmounts {
  readonly #facts: StiggFacts;
  #left = 0;

  constructor(facts: StiggFacts) {
    this.#facts = facts;
  }

  of(expression: IrNode): AnsweredMoney | undefined {
    if (!this.#facts.answers.isAny) return undefined;
    this.#left = MOST_STEPS;
    const verdict = this.#evaluate(expression, 0);
    return verdict === 'nothing' ? undefined : verdict;
  }

  #evaluate(expression: IrNode, depth: number): Verdict {
    const node = unwrap(expression);
    if (depth > DEEPEST || this.#left-- <= 0) return undefined;
    switch (node.kind) {
      case 'number':
        return 'nothing';
      case 'text':
        return node.parts.every((part) => part.kind === 'stretch') ? 'nothing' : undefined;
      case 'choice':
        return this.#all(node.alternatives, depth);
      case 'operation':
        // `a + b`, `-a`; everything else makes another amount.
        return node.operator === '+' || node.operator === '-' ? this.#all(node.operands, depth) : undefined;
      case 'bind':
        return node.value !== undefined && /^[-+=]$/.test(node.operator) && !node.isEach ? this.#evaluate(node.value, depth + 1) : undefined;
      case 'group': {
        const last = node.children.at(-1);
        return last === undefined ? undefined : this.#evaluate(last, depth + 1);
      }
      case 'call': {
        const same = this.#facts.code.tracer.functionOf(node) === undefined ? this.#sum(node) ?? sameAmount(node) : undefined;
        return same === undefined ? this.#traced(node, depth) : this.#evaluate(same, depth + 1);
      }
      case 'name':
        return NOTHING.test(node.name) ? 'nothing' : this.#traced(node, depth);
      case 'member':
      case 'element':
        return this.#traced(node, depth);
      default:
        return undefined;
    }
  }

  #traced(node: IrNode, depth: number): Verdict {
    const { answers, others } = this.#facts.answers.of(node);
    const verdicts: Verdict[] = answers.map((answer) => {
      const name = moneyIn(answer);
      return name === undefined ? undefined : { name, answer };
    });
    for (const other of others) {
      verdicts.push(isRunning(other.node) ? 'nothing' : other.path.length > 0 || other.node === node || other.node === unwrap(node) ? undefined : this.#evaluate(other.node, depth + 1));
    }
    return settle(verdicts);
  }

  #all(nodes: readonly IrNode[], depth: number): Verdict {
    return settle(nodes.map((node) => this.#evaluate(node, depth + 1)));
  }

  /** What `reduce` and `sum` add up. */
  #sum(node: CallNode): IrNode | undefined {
    const callee = unwrap(node.callee);
    if (callee.kind !== 'member' || !SUMS.has(canonical(callee.name))) return undefined;
    const fn = node.arguments.map(({ value }) => unwrap(value)).find((value) => value.kind === 'function');
    const [value, second] = fn?.kind === 'function' ? this.#facts.code.tracer.returnsOf(fn) : [];
    return second === undefined ? value : undefined;
  }
}

/** The sum so far, among the parameters of `reduce`. */
function isRunning(node: IrNode): boolean {
  if (node.kind !== 'name') return false;
  let fn: IrNode | undefined = node.parent;
  while (fn !== undefined && fn.kind !== 'function') fn = fn.parent;
  const call = fn?.parent;
  const callee = call?.kind === 'call' ? unwrap(call.callee) : undefined;
  return fn?.kind === 'function' && callee?.kind === 'member' && /^(?:reduce|fold|inject|aggregate)$/i.test(callee.name) && fn.parameters[0]?.targets[0]?.name === node.name;
}

/** All have to be amounts, or to say nothing. */
function settle(verdicts: readonly Verdict[]): Verdict {
  let found: Verdict;
  for (const verdict of verdicts) {
    if (verdict === undefined) return undefined;
    if (verdict !== 'nothing' || found === undefined) found = found === undefined || found === 'nothing' ? verdict : found;
  }
  return found;
}
