import { plainText } from './access.js';
import type { CallNode, IrNode } from './node.js';
import { calleeText } from './objects.js';
import type { Tracer } from './trace.js';
import { unwrap } from './walk.js';

/** Stands for a part that is not constant; nobody writes it in a URL. */
export const UNKNOWN = '\u{1}';

const DEEPEST = 12;
const LONGEST = 4_000;
/** Calls that fill in a pattern; what is filled in comes next. */
const FORMATS = /(?:^|\.)(?:Sprintf|format|Format|sprintf|printf|formatted|concat)!?$/;
const HOLES = /%[-+# 0]*\d*(?:\.\d+)?[a-zA-Z@]|\{[^{}]{0,40}\}|:[A-Za-z_]\w*(?=\/|$)/g;
/** Calls whose text is that of their arguments, joined. */
const URLS = /(?:^|\.)(?:URL|URI|Uri|HttpUrl|create|parse|URI\.create|Parse|String|str|toString|toHttpUrl|toUri|uri|url|JoinPath|join|urljoin|to_s|String::from|Url::parse|from)$/;

/** The text of an expression as far as it is constant, with `UNKNOWN` for the rest. */
export function textOf(expression: IrNode, tracer: Tracer): string {
  return work(expression, tracer, 0).slice(0, LONGEST);
}

function work(expression: IrNode, tracer: Tracer, depth: number): string {
  const node = unwrap(expression);
  if (depth > DEEPEST) return UNKNOWN;
  switch (node.kind) {
    case 'text':
      return node.parts.map((part) => (part.kind === 'stretch' ? part.value : work(part, tracer, depth + 1))).join('');
    case 'number':
      return String(node.value);
    case 'operation': {
      if (node.operator === '+' || node.operator === '/') {
        // Python's paths and Kotlin's URIs divide.
        const joined = node.operands.map((operand) => work(operand, tracer, depth + 1));
        return node.operator === '+' ? joined.join('') : joined.join('/');
      }
      return node.operator === '%' && node.operands[0] !== undefined ? filled(work(node.operands[0], tracer, depth + 1)) : UNKNOWN;
    }
    case 'choice':
      return known(node.alternatives.map((alternative) => work(alternative, tracer, depth + 1)));
    case 'call':
      return called(node, tracer, depth);
    case 'name':
    case 'member':
    case 'element': {
      const origins = tracer.origins(node).filter((origin) => origin.path.length === 0 && origin.node !== node);
      return origins.length === 0 ? UNKNOWN : known(origins.map((origin) => work(origin.node, tracer, depth + 1)));
    }
    default:
      return UNKNOWN;
  }
}

function called(node: CallNode, tracer: Tracer, depth: number): string {
  const callee = unwrap(node.callee);
  const path = calleeText(callee);
  const texts = node.arguments.map(({ value }) => work(value, tracer, depth + 1));
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
    return texts[0] ?? (receiver === undefined ? UNKNOWN : work(receiver, tracer, depth + 1));
  }
  if (receiver !== undefined && /^(?:trim|strip|trimEnd|trimStart|rstrip|chomp|toString|to_s|trim_end_matches|replace|intern|freeze|parse|toHttpUrl|as_str)$/.test(callee.kind === 'member' ? callee.name : '')) return work(receiver, tracer, depth + 1);
  const fn = tracer.functionOf(node);
  return fn === undefined ? UNKNOWN : known(tracer.returnsOf(fn).map((value) => work(value, tracer, depth + 1)));
}

function filled(pattern: string): string {
  return pattern.replace(HOLES, UNKNOWN);
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
