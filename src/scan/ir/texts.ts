import { plainText } from './access.js';
import type { CallNode, IrNode, NameNode } from './node.js';
import { calleeText } from './objects.js';
import type { Tracer } from './trace.js';
import { unwrap } from './walk.js';

/** Stands for a part that is not constant; nobody writes it in a URL. */
export const UNKNOWN = '\uE000';

const DEEPEST = 12;
const LONGEST = 4_000;
/** Calls that fill in a pattern; what is filled in comes next. */
const FORMATS = /(?:^|\.)(?:Sprintf|format|Format|sprintf|printf|formatted|concat)!?$/;
const HOLES = /%[-+# 0]{0,5}\d{0,4}(?:\.\d{1,4})?[a-zA-Z@]|\{[^{}]{0,40}\}|:[A-Za-z_]\w{0,60}(?=\/|$)/g;
/** Calls that leave the text of their receiver what it is. */
const UNCHANGED = /^(?:trim|strip|trimEnd|trimStart|rstrip|chomp|toString|to_s|trim_end_matches|replace|intern|freeze|parse|toHttpUrl|as_str)$/;
/** Calls whose text is that of their arguments, joined. */
const URLS = /(?:^|\.)(?:URL|URI|Uri|HttpUrl|create|parse|URI\.create|Parse|String|str|toString|toHttpUrl|toUri|uri|url|JoinPath|join|urljoin|to_s|String::from|Url::parse|from)$/;

/** What is asked for the text of something of which the program says no more than its name. */
export type NamedText = (name: string) => string;

/** The text of an expression as far as it is constant, with `UNKNOWN` for the rest. */
export function textOf(expression: IrNode, tracer: Tracer, named: NamedText = () => UNKNOWN): string {
  return new Texts(tracer, named).work(expression, 0).slice(0, LONGEST);
}

class Texts {
  readonly #tracer: Tracer;
  readonly #named: NamedText;

  constructor(tracer: Tracer, named: NamedText) {
    this.#tracer = tracer;
    this.#named = named;
  }

  work(expression: IrNode, depth: number): string {
    const node = unwrap(expression);
    if (depth > DEEPEST) return UNKNOWN;
    switch (node.kind) {
      case 'text':
        return node.parts.map((part) => (part.kind === 'stretch' ? part.value : this.work(part, depth + 1))).join('');
      case 'number':
        return String(node.value);
      case 'operation':
        return this.#operation(node.operator, node.operands, depth);
      case 'group': {
        const last = node.children.at(-1);
        return last === undefined ? UNKNOWN : this.work(last, depth + 1);
      }
      case 'choice':
        return known(node.alternatives.map((alternative) => this.work(alternative, depth + 1)));
      case 'call':
        return this.#call(node, depth);
      case 'name': {
        // A fallback may be all that is known of the value: `process.env.STIGG_URL || DEFAULT`.
        const text = known(this.#sources(node).map((source) => this.work(source, depth + 1)));
        return text === UNKNOWN ? this.#byOrigin(node, depth) : text;
      }
      case 'member':
      case 'element':
        return this.#byOrigin(node, depth);
      default:
        return UNKNOWN;
    }
  }

  #sources(node: NameNode): IrNode[] {
    const { scopes } = this.#tracer;
    const binding = scopes.resolve(node.name, node);
    if (binding === undefined) return [];
    return scopes.sourcesAt(binding, node).flatMap((source) => (source.kind === 'bind' && !source.node.isEach && source.target.path.length === 0 ? source.node.value ?? [] : []));
  }

  #byOrigin(node: IrNode, depth: number): string {
    const origins = this.#tracer.origins(node).filter((origin) => origin.path.length === 0 && origin.node !== node && origin.node.kind !== 'name');
    const text = known(origins.map((origin) => this.work(origin.node, depth + 1)));
    return text === UNKNOWN ? this.#byName(node) : text;
  }

  /** Python's paths and Kotlin's URIs divide. */
  #operation(operator: string, operands: readonly IrNode[], depth: number): string {
    const [first] = operands;
    if (operator === '%' && first !== undefined) return this.work(first, depth + 1).replace(HOLES, UNKNOWN);
    if (operator !== '+' && operator !== '/') return UNKNOWN;
    return operands.map((operand) => this.work(operand, depth + 1)).join(operator === '+' ? '' : '/');
  }

  #call(node: CallNode, depth: number): string {
    const callee = unwrap(node.callee);
    // What this program calls so itself is what it returns, whatever its name.
    const fn = this.#tracer.functionOf(node);
    if (fn !== undefined) {
      if (this.#tracer.isWithin(fn)) return UNKNOWN;
      const within = new Texts(this.#tracer.within(fn, node), this.#named);
      return known(this.#tracer.returnsOf(fn).map((value) => within.work(value, depth + 1)));
    }
    const path = calleeText(callee);
    const texts = node.arguments.map(({ value }) => this.work(value, depth + 1));
    const receiver = callee.kind === 'member' ? callee.object : undefined;
    if (FORMATS.test(path)) {
      // `"…".format(x)` fills in its receiver, `fmt.Sprintf("…", x)` its first argument.
      const own = receiver === undefined ? undefined : plainText(receiver);
      return fill(own ?? texts[0] ?? UNKNOWN, own === undefined ? texts.slice(1) : texts);
    }
    if (URLS.test(path)) {
      // new URL(path, base)
      if (/(?:^|\.)URL$/.test(path) && texts.length === 2) return `${texts[1] ?? ''}/${texts[0] ?? ''}`;
      if (/join/i.test(path)) return texts.join('/');
      return texts[0] ?? (receiver === undefined ? UNKNOWN : this.work(receiver, depth + 1));
    }
    if (receiver !== undefined && callee.kind === 'member' && UNCHANGED.test(callee.name)) return this.work(receiver, depth + 1);
    // `os.Getenv("NAME")`, `ENV.fetch('NAME', 'https://…')`
    const [name, fallback] = texts;
    if (name === undefined || !/^\w{1,80}$/.test(name)) return UNKNOWN;
    return fallback !== undefined && fallback !== UNKNOWN ? fallback : this.#named(name);
  }

  #byName(node: IrNode): string {
    if (node.kind === 'name' || node.kind === 'member') return this.#named(node.name);
    const key = node.kind === 'element' && node.index !== undefined ? plainText(node.index) : undefined;
    return key === undefined ? UNKNOWN : this.#named(key);
  }
}

/** The pattern with what is known of its arguments, in order. */
function fill(pattern: string, values: readonly string[]): string {
  let index = 0;
  return pattern.replace(HOLES, () => values[index++] ?? UNKNOWN);
}

/** Of several texts the one of which most is known: `process.env.API_URL ?? 'https://…'`. */
function known(texts: readonly string[]): string {
  return texts.find((text) => !text.includes(UNKNOWN)) ?? texts.find((text) => text !== UNKNOWN) ?? UNKNOWN;
}
