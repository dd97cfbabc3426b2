import { canonical } from '../ir/names.js';
import type { Entry, IrNode, ObjectNode } from '../ir/node.js';
import { made } from '../ir/walk.js';
import type { Span } from '../languages/language.js';
import { restOperation, type Operation } from './operations.js';
import { valueIn } from './payload/notation.js';
import type { ShellWord } from './shell/lexer.js';
import { optionsWithEquals } from './shell/options.js';
import { nodeOf } from './shell/script.js';

/** A command of Stigg's command line: `stigg v1:coupons create --amounts-off.amount 49`. */
export interface CliCall extends Operation, Span {
  /** What its flags make up, by the names of the REST API: `{ amountsOff: [{ amount: 49 }] }`. */
  readonly input: ObjectNode;
}

/** Flags that stand for one element of a list, and go by one of them or by the list. */
const LISTS: ReadonlyMap<string, string> = new Map([
  ['amountsOff', 'amountsOff'], ['priceOverride', 'priceOverrides'], ['priceOverrides', 'priceOverrides'], ['subscription', 'subscriptions'], ['subscriptions', 'subscriptions'], ['usage', 'usages'], ['usages', 'usages'],
]);
/** The same inside of `--charges`. */
const CHARGES: ReadonlyMap<string, string> = new Map([['pricingModel', 'pricingModels'], ['pricingModels', 'pricingModels'], ['overagePricingModels', 'overagePricingModels'], ['minimumSpend', 'minimumSpend']]);
const GLOBAL = /^(?:api-key|base-url|format|transform|format-error|transform-error|debug|help|version|environment|raw-output)$/;

interface Flag {
  readonly steps: readonly string[];
  readonly value: IrNode;
  readonly start: number;
}

/** The call that the words make; undefined for a command that is none of the API's. */
export function cliCall(words: readonly ShellWord[], span: Span): CliCall | undefined {
  const at = words.findIndex(({ written }) => /^(?:v1|beta|v1-beta)(?::|$)/.test(written.text));
  const resource = words[at];
  if (at < 1 || resource === undefined) return undefined;
  const method = words[at + 1];
  const names = resource.written.text.split(':').slice(1).map(canonical);
  const name = method === undefined ? undefined : restOperation([...names, canonical(method.written.text)]);
  if (name === undefined) return undefined;
  const flags: Flag[] = [];
  for (const option of optionsWithEquals(words.slice(at + 1), 'all', /^$/)) {
    if (option.name === '' || option.value === undefined || GLOBAL.test(option.name)) continue;
    flags.push({ steps: option.name.split('.').map(canonical), value: valueIn(option.value.written) ?? nodeOf(option.value), start: option.word.start });
  }
  return { surface: 'rest', name, ...span, input: objectOf(flags, span) };
}

function objectOf(flags: readonly Flag[], { start, end }: Span): ObjectNode {
  const entries = new Map<string, Flag[]>();
  for (const flag of flags) {
    const [step = ''] = flag.steps;
    entries.set(step, [...(entries.get(step) ?? []), flag]);
  }
  return made({ kind: 'object', type: undefined, start, end, innerStart: start, innerEnd: end, entries: [...entries].map(([step, own]) => entryOf(step, own, LISTS)) });
}

function entryOf(step: string, flags: readonly Flag[], lists: ReadonlyMap<string, string>): Entry {
  const list = lists.get(step);
  const nested = flags.filter(({ steps }) => steps.length > 1).map((flag) => ({ ...flag, steps: flag.steps.slice(1) }));
  const whole = flags.filter(({ steps }) => steps.length === 1).map(({ value }) => value);
  const start = Math.min(...flags.map((flag) => flag.start));
  const end = Math.max(...flags.map(({ value }) => value.end));
  const inner = step === 'charges' ? CHARGES : NO_LISTS;
  const objects = (list === undefined ? [nested] : elementsOf(nested)).filter((group) => group.length > 0).map((group) => nestedObject(group, inner));
  if (list === undefined) {
    const value = objects[0] ?? whole.at(-1) ?? made<IrNode>({ kind: 'group', start, end, children: [], isScope: false });
    return { key: step, keyStart: start, keyEnd: start, value, isSpread: false, isShorthand: false, start, end };
  }
  const elements = whole.map((value) => (value.kind === 'list' ? made<IrNode>({ kind: 'wrapped', by: 'spread', inner: value, start: value.start, end: value.end }) : value));
  return { key: list, keyStart: start, keyEnd: start, value: made({ kind: 'list', elements: [...objects, ...elements], start, end }), isSpread: false, isShorthand: false, start, end };
}

const NO_LISTS: ReadonlyMap<string, string> = new Map();

function nestedObject(flags: readonly Flag[], lists: ReadonlyMap<string, string>): ObjectNode {
  const byStep = new Map<string, Flag[]>();
  for (const flag of flags) {
    const [step = ''] = flag.steps;
    byStep.set(step, [...(byStep.get(step) ?? []), flag]);
  }
  const start = Math.min(...flags.map((flag) => flag.start));
  const end = Math.max(...flags.map(({ value }) => value.end));
  return made({ kind: 'object', type: undefined, start, end, innerStart: start, innerEnd: end, entries: [...byStep].map(([step, own]) => entryOf(step, own, lists)) });
}

/** A flag that was there before begins the next element. */
function elementsOf(flags: readonly Flag[]): Flag[][] {
  const elements: Flag[][] = [];
  const seen = new Set<string>();
  for (const flag of flags) {
    const name = flag.steps.join('.');
    const current = elements.at(-1);
    if (current === undefined || seen.has(name)) {
      elements.push([flag]);
      seen.clear();
    } else current.push(flag);
    seen.add(name);
  }
  return elements;
}
