import { plainText } from '../../ir/access.js';
import type { IrNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';

const VERB = /^(?:Method)?(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/i;

/** The method that a name stands for: `post`, `POST`, `PostAsync`, `MethodPost`. */
export function verbOf(name: string): string | undefined {
  return VERB.exec(name)?.[1]?.toUpperCase();
}

/** The method that the expression stands for: `"POST"`, `http.MethodPost`, `HttpMethod.Post`, `Method::POST`; undefined where that cannot be told. */
export function methodIn(expression: IrNode | undefined, code: Code): string | undefined {
  if (expression === undefined) return undefined;
  const node = unwrap(expression);
  if (node.kind === 'call') {
    // `new HttpMethod("PATCH")`, `HttpMethod.valueOf("POST")`, `reqwest::Method::from_bytes(b"POST")`
    const [first] = node.arguments;
    const text = first === undefined ? undefined : plainText(first.value);
    return text === undefined ? undefined : verbOf(text);
  }
  if (node.kind === 'member') {
    const verb = verbOf(node.name);
    if (verb !== undefined) return verb;
  }
  if (node.kind === 'choice') return undefined;
  const text = verbOf(code.textOf(node));
  if (text !== undefined) return text;
  // An imported constant, or one that is set once.
  const origin = code.tracer.origins(node);
  const [only] = origin;
  if (origin.length !== 1 || only === undefined) return undefined;
  const last = only.path.at(-1) ?? (only.node.kind === 'name' ? only.node.name : '');
  return verbOf(last);
}
