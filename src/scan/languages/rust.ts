import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../finding.js';
import { mayHoldToken } from '../tokens/trace.js';
import { codeLanguage } from './code/language.js';
import { children, fields, type Quotes } from './code/syntax.js';
import { rustLowering } from './lowering/rust.js';
import type { Import, ParsedSource, Span } from './language.js';
import type { SyntaxTree } from '../syntax/tree.js';
import { spanOf } from './span.js';

/** Constants, patterns and what macros are given hold no look-up: macros may want a literal, and their grammar is their own. */
const NO_LOOKUP = new Set(['const_item', 'static_item', 'token_tree', 'attribute_item', 'inner_attribute_item', 'match_pattern', 'const_block', 'extern_modifier', 'const_parameter']);
const BODIES = new Set(['closure_expression', 'function_item']);
/** Methods that make something of a text that lives on. */
const OWNING_METHODS = new Set(['to_string', 'to_owned', 'into', 'parse', 'to_uppercase', 'to_lowercase', 'replace', 'replacen', 'repeat', 'len', 'is_empty', 'into_bytes', 'contains', 'starts_with', 'ends_with', 'eq']);
const OWNING_FUNCTIONS = /^(?:(?:std::)?string::)?String::from$|(?:^|::)(?:PathBuf|OsString|Box|Arc|Rc|Cow|Bytes|SecretString)::from$/;
/** Functions that keep what they are given, or want a text that lives as long as the program. */
const KEEPING_FUNCTIONS = new Set(['from_static', 'insert', 'push', 'push_back', 'extend', 'entry', 'append', 'or', 'or_insert', 'unwrap_or', 'map_or', 'leak', 'replace', 'fill', 'from_iter']);
/** What a borrowed text may be part of inside a `let`, whose temporaries live as long as the variable. */
const EXTENDING = new Set(['field_initializer', 'field_initializer_list', 'struct_expression', 'array_expression', 'tuple_expression', 'reference_expression', 'parenthesized_expression']);

/** Rust: `std::env::var("…").expect("…")`, borrowed where a `&str` stood. */
export const rust = codeLanguage({
  ids: ['rust'],
  files: [{ languageId: 'rust', pattern: /\.rs$/i }],
  grammar: 'rust',
  comments: new Set(['line_comment', 'block_comment']),
  strings: new Set(['string_literal', 'raw_string_literal']),
  bindings: {
    let_declaration: fields('pattern', 'value'),
    const_item: fields('name', 'value'),
    static_item: fields('name', 'value'),
    assignment_expression: fields('left', 'right'),
    field_initializer: fields('field', 'value'),
    tuple_expression: (node) => (node.namedChildCount === 2 && node.namedChild(0)?.type.endsWith('string_literal') === true ? { name: node.namedChild(0), value: node.namedChild(1) } : undefined),
  },
  inner: new Set(['field_initializer', 'tuple_expression']),
  carriers: new Set(['field_initializer_list', 'struct_expression', 'array_expression', 'tuple_expression', 'reference_expression', 'parenthesized_expression', 'binary_expression',
    'field_expression', 'call_expression', 'try_expression', 'await_expression', 'if_expression', 'else_clause', 'block']),
  joins: new Set(['binary_expression', 'macro_invocation']),
  joinOperator: '+',
  tight: new Set(),
  calls: new Set(['call_expression']),
  calleeOf,
  receiverOf: (call) => call.childForFieldName('function')?.childForFieldName('value'),
  argumentsOf: (call) => children(call.childForFieldName('arguments')).map((value) => ({ name: undefined, value })),
  argumentLists: new Set(['arguments']),
  interpolation: () => undefined,
  quotesOf,
  reads: /\b(?:(?:std::)?env::var(?:_os)?\(|dotenvy?::var\(|(?:std::)?(?:option_)?env!\()\s*"(?<name>\w+)"\s*(?:,[^()\n]{0,200})?\)/g,
  environmentTarget: /(?!)/,
  lookup: (variable) => `std::env::var("${variable}").expect("${variable} is not set")`,
  lookupImports: () => [],
  asVariable: () => [],
  replaceHere,
  wrappers: /(?:^|::)(?:from|from_str|from_static|new|Some|Ok)$/,
  partsOf: (node) => (node.type === 'macro_invocation' && node.childForFieldName('macro')?.text === 'concat' ? children(children(node).find(({ type }) => type === 'token_tree')) : undefined),
  inits: [],
  lowering: rustLowering,
  imports,
});

function calleeOf(call: Node): string {
  const callee = call.childForFieldName('function');
  return (callee?.childForFieldName('field') ?? callee)?.text ?? '';
}

/** `"…"` and `r#"…"#`; bytes and C strings are of other types. */
function quotesOf(literal: string): Quotes | undefined {
  const open = /^(?:r#{0,9})?"/.exec(literal)?.[0];
  if (open === undefined) return undefined;
  const close = `"${open.slice(1, -1)}`;
  return literal.length < open.length + close.length || !literal.endsWith(close) ? undefined : { open, close };
}

/** The look-up is an owned `String`; a part of a text becomes one of a `format!`. */
function replaceHere({ text }: ParsedSource, around: readonly Node[], place: Span, expression: string): TextEdit[] | undefined {
  const [node] = around;
  const borrow = borrowAt(around);
  if (node === undefined || borrow === undefined) return undefined;
  const { startIndex: start, endIndex: end } = node;
  const quotes = quotesOf(text.slice(start, end));
  const isAll = place.start === start && place.end === end;
  if (quotes === undefined && !isAll) return undefined;
  if (isAll || (quotes !== undefined && place.start === start + quotes.open.length && place.end === end - quotes.close.length)) return [{ start, end, text: `${borrow}${expression}` }];
  const rest = text.slice(start, place.start) + text.slice(place.end, end);
  // Braces would have to be doubled in what is not ours to repeat.
  if (/[{}]/.test(rest) || mayHoldToken(rest)) return undefined;
  return [{ start, end: start, text: `${borrow}format!(` }, { ...place, text: '{}' }, { start: end, end, text: `, ${expression})` }];
}

/** What has to stand before an owned text in the place of a `&'static str`: nothing, or `&*`; undefined where it would not live long enough. */
function borrowAt(around: readonly Node[]): '' | '&*' | undefined {
  for (const node of around.slice(1)) {
    if (NO_LOOKUP.has(node.type)) return undefined;
    if (node.type === 'function_item' && children(node).some(({ type, text }) => type === 'function_modifiers' && /\bconst\b/.test(text))) return undefined;
    if (BODIES.has(node.type)) break;
  }
  const [node, parent, outer] = around;
  if (node === undefined || parent === undefined || outer === undefined) return undefined;
  if (parent.type === 'field_expression') return outer.type === 'call_expression' && OWNING_METHODS.has(parent.childForFieldName('field')?.text ?? '') ? '' : undefined;
  if (parent.type === 'arguments') return asArgument(outer);
  if (parent.type === 'binary_expression') return '&*';
  for (let at = 1; at < around.length; at++) {
    const container = around[at];
    const child = around[at - 1];
    if (container === undefined || child === undefined) return undefined;
    if (container.type === 'let_declaration') return '&*';
    // Only while the call lasts: what is built for it may be kept, what it borrows is not.
    if (container.type === 'arguments') return child.type === 'reference_expression' || child.type === 'struct_expression' ? '&*' : undefined;
    if (!EXTENDING.has(container.type)) return undefined;
  }
  return undefined;
}

function asArgument(call: Node): '' | '&*' | undefined {
  if (call.type !== 'call_expression') return undefined;
  const callee = calleeOf(call);
  if (OWNING_FUNCTIONS.test(callee)) return '';
  const last = /(?<!\w)(\w+)(?:::<[^<>]*>)?$/.exec(callee)?.[1];
  // Tuple structs and variants hold what they are given.
  return last === undefined || KEEPING_FUNCTIONS.has(last) || /^[A-Z]/.test(last) ? undefined : '&*';
}

function imports(syntax: SyntaxTree): Import[] {
  return syntax.statements.filter(({ type }) => type === 'use_declaration').flatMap((declaration): Import[] => {
    const path = declaration.childForFieldName('argument');
    if (path?.type === 'scoped_identifier') return [importOf(path.text, path)];
    // `use stripe::{CreatePaymentIntent, Currency};`
    const from = path?.type === 'scoped_use_list' ? path.childForFieldName('path') : null;
    const list = path?.childForFieldName('list') ?? null;
    return from === null || list === null ? [] : children(list).filter(({ type }) => /^(?:scoped_)?identifier$/.test(type)).map((one) => importOf(`${from.text}::${one.text}`, one));
  });
}

function importOf(module: string, node: Node): Import {
  return { module, local: module.split('::').at(-1), imported: '*', place: spanOf(node) };
}
