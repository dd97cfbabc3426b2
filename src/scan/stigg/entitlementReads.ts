import { accessOf, ELEMENT, plainText, type Step } from '../ir/access.js';
import { handedTo } from '../ir/handed.js';
import { canonical } from '../ir/names.js';
import type { CallNode, IrNode, Target } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { ownNodes } from '../ir/shells.js';
import { unwrap } from '../ir/walk.js';
import { namesOf } from './answerPath.js';
import type { Answer, Provenance } from './answers.js';
import type { StiggFacts } from './facts.js';

/** The entitlements of a subscription, taken out of an answer. */
export interface EntitlementRead {
  readonly start: number;
  readonly end: number;
  /** The answer that they are taken out of, without other possible ones. */
  readonly answer: Answer;
  /** What has them as its value; undefined where they are bound to a name at once. */
  readonly node: IrNode | undefined;
  /** The name that a pattern binds them to. */
  readonly target: Target | undefined;
  /** What binds it. */
  readonly holder: IrNode;
}

const NAME = 'subscriptionEntitlements';
const PLUCKING = /(?:^|\.)(?:array_column|data_get|pluck|map|flatMap|flat_map|collect|sum|sumBy|each|itemgetter|get|filter_map)$/;

/** Every place of the program that reads the entitlements of a subscription, where nothing else can be meant. */
export function* entitlementReadsIn(facts: StiggFacts): Generator<EntitlementRead, void> {
  const { code, answers } = facts;
  if (!answers.isAny) return;
  for (const node of code.subjects.flatMap(ownNodes)) {
    switch (node.kind) {
      case 'member':
        if (canonical(node.name) === NAME && !isWritten(node, facts)) yield* read(answers.of(node), { start: node.nameStart, end: node.nameEnd, node: getter(node), target: undefined, holder: node });
        break;
      case 'call':
        yield* byText(node, facts);
        break;
      case 'bind':
        for (const target of node.targets) {
          if (node.value !== undefined && target.path.map(canonical).includes(NAME)) {
            const path = [...(node.isEach ? [ELEMENT] : []), ...taken(target)];
            yield* read(answers.inside(node.value, path), { start: target.start, end: target.end, node: undefined, target, holder: node });
          }
        }
        break;
      case 'function':
        for (const [index, { targets }] of node.parameters.entries()) {
          for (const target of targets) {
            const handed = target.path.map(canonical).includes(NAME) ? handedTo(node, index) : undefined;
            if (handed === undefined) continue;
            const path = [...(handed.isElement ? [ELEMENT] : []), ...taken(target)];
            yield* read(answers.inside(handed.value, path), { start: target.start, end: target.end, node: undefined, target, holder: node });
          }
        }
        break;
      default:
    }
  }
}

/** One that is certain: all origins are such an answer, of the same operation. */
function* read({ answers, others }: Provenance, place: Omit<EntitlementRead, 'answer'>): Generator<EntitlementRead, void> {
  const [answer] = answers;
  if (answer === undefined || others.length > 0) return;
  if (!answers.every((each) => each.surface === 'rest' && each.operation === answer.operation && namesOf(each.path).join('.') === NAME)) return;
  yield { ...place, answer };
}

/** `subscription.get("subscriptionEntitlements")`, `array_column($subscriptions, 'subscriptionEntitlements')`, `.map(&:subscription_entitlements)`. */
function* byText(node: CallNode, { answers }: StiggFacts): Generator<EntitlementRead, void> {
  const at = node.arguments.findIndex(({ value }) => canonical(textIn(value) ?? '') === NAME);
  const argument = node.arguments[at];
  if (argument === undefined) return;
  const { start, end } = argument.value;
  const place = { start, end, node, target: undefined, holder: node };
  const step = accessOf(node)?.step;
  if (step === NAME) {
    yield* read(answers.of(node), place);
    return;
  }
  const callee = unwrap(node.callee);
  if (!PLUCKING.test(calleeText(callee))) return;
  const first = node.arguments[0];
  const list = callee.kind === 'member' && at === 0 ? callee.object : at > 0 ? first?.value : undefined;
  if (list !== undefined) yield* read(answers.inside(list, [ELEMENT, NAME]), place);
}

function textIn(value: IrNode): string | undefined {
  const text = plainText(value);
  return text !== undefined && text.length < 60 ? text : undefined;
}

function taken({ path }: Target): Step[] {
  return path.map(canonical);
}

/** `subscription.subscriptionEntitlements()`: the call has the value. */
function getter(node: IrNode): IrNode {
  const { parent } = node;
  return parent?.kind === 'call' && parent.callee === node && parent.arguments.length === 0 ? parent : node;
}

/** Something that is assigned, or that the program puts there itself. */
function isWritten(node: IrNode & { readonly kind: 'member' }, { code }: StiggFacts): boolean {
  const { parent } = node;
  if (parent?.kind === 'bind' && parent.targets.some(({ place }) => place === node)) return true;
  const object = unwrap(node.object);
  return object.kind === 'name' && code.writes.of(object.name).some((write) => write.steps.at(-1) === NAME || (write.node.kind === 'bind' && write.steps.includes(NAME)));
}
