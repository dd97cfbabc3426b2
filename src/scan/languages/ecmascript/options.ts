import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../../finding.js';
import { readVariableName } from '../../variables.js';
import type { KeyArgument, ParsedSource, Span } from '../language.js';
import { writtenByTemplate } from '../markup/templates.js';
import { contains, spanOf } from '../span.js';
import { namedChildren, nameOf, occurrencesOf, stringValue, unwrap } from './nodes.js';
import { optionEdits } from './optionEdits.js';
import type { Scope } from './scope.js';
import { isEnvironment, variableOf } from './variableReads.js';

/** The named arguments of a call or of an element. */
export interface Options {
  readonly values: ReadonlyMap<string, Node>;
  /** More may come from a place that cannot be seen. */
  readonly isOpen: boolean;
  readonly add: (name: string, expression: string) => readonly TextEdit[] | undefined;
}

/** So many names are followed from one to the next. */
const FARTHEST = 5;

/** The options that an argument hands over: an object, or a constant of this document that is one. */
export function optionsOf(source: ParsedSource, scope: Scope, argument: Node | undefined): Options {
  const object = argument === undefined ? undefined : objectOf(scope, argument, 0);
  if (object === undefined) return { values: new Map(), isOpen: argument !== undefined, add: () => undefined };
  const values = new Map<string, Node>();
  // A constant may be given more properties later on.
  let isOpen = argument?.type === 'identifier' && isExtended(source.text, argument.text);
  for (const child of namedChildren(object)) {
    if (child.type === 'pair') {
      const name = nameOf(child.childForFieldName('key'));
      const value = child.childForFieldName('value');
      if (name === undefined) isOpen = true;
      else if (value !== null) values.set(name, value);
    } else if (child.type === 'shorthand_property_identifier') values.set(child.text, child);
    else if (child.type === 'method_definition') values.set(nameOf(child.childForFieldName('name')) ?? '', child);
    else isOpen = mergeSpread(source, scope, child, values) || isOpen;
  }
  return { values, isOpen, add: (name, expression) => optionEdits(source, object, name, expression) };
}

/** Takes over the properties of a spread object that can be seen; true when it cannot. */
function mergeSpread(source: ParsedSource, scope: Scope, child: Node, values: Map<string, Node>): boolean {
  const inner = child.type === 'spread_element' ? namedChildren(child)[0] : undefined;
  const object = inner === undefined ? undefined : objectOf(scope, inner, 0);
  if (inner === undefined || object === undefined || namedChildren(object).some(({ type }) => type === 'spread_element')) return true;
  const spread = optionsOf(source, scope, inner);
  for (const [name, value] of spread.values) values.set(name, value);
  return spread.isOpen;
}

function objectOf(scope: Scope, expression: Node, depth: number): Node | undefined {
  const node = unwrap(expression);
  if (node.type === 'object') return node;
  if (node.type !== 'identifier' || depth > FARTHEST) return undefined;
  const binding = scope.resolve(node.text, node.startIndex);
  return binding?.kind === 'value' && binding.key === undefined ? objectOf(scope, binding.node, depth + 1) : undefined;
}

function isExtended(text: string, name: string): boolean {
  return occurrencesOf(text, name).some((at) => /^\.\w{1,60}\s{0,4}=(?!=)/.test(text.slice(at + name.length, at + name.length + 70)));
}

/** What is known of the argument that carries the key. */
export function keyArgument(source: ParsedSource, scope: Scope, value: Node, isAttribute: boolean): KeyArgument {
  const expression = value.type === 'jsx_expression' ? namedChildren(value)[0] ?? value : value;
  const inner = core(source, expression);
  const whole = wholeOf(source, value);
  const written = writtenByTemplate(source, source.text.slice(whole.start, whole.end));
  const span = written === undefined ? spanOf(expression) : whole;
  const meaning: Meaning = written ?? meaningOf(source, scope, inner, 0);
  return {
    ...span,
    ...(meaning.variable === undefined ? {} : { variable: meaning.variable }),
    ...(meaning.variable !== undefined || meaning.name === undefined ? {} : { name: meaning.name }),
    ...(meaning.origin === undefined || contains(span, meaning.origin) ? {} : { origin: meaning.origin }),
    replaceBy: (text) => (value.hasError || written !== undefined ? undefined : replacement(inner, isAttribute && value.type !== 'jsx_expression', text)),
  };
}

/** All of a value. Quotes inside a template's expression may end a literal too early: the property goes on to its end. */
function wholeOf({ text }: ParsedSource, value: Node): Span {
  const key = value.parent?.type === 'pair' ? value.parent.childForFieldName('key') : null;
  const start = key?.endIndex ?? value.startIndex;
  const skipped = /^\s*:?\s*/.exec(text.slice(start, value.endIndex))?.[0].length ?? 0;
  return { start: start + skipped, end: value.endIndex };
}

function replacement(inner: Node, isBraceless: boolean, text: string): readonly TextEdit[] {
  const { start, end } = spanOf(inner);
  if (isBraceless || inner.type === 'jsx_expression') return [{ start, end, text: `{${text}}` }];
  if (inner.type === 'shorthand_property_identifier') return [{ start, end, text: `${inner.text}: ${text}` }];
  // `as const` is for literals only.
  const constant = inner.parent?.type === 'as_expression' && inner.parent.lastChild?.text === 'const' ? inner.parent : undefined;
  return [{ ...(constant === undefined ? { start, end } : spanOf(constant)), text }];
}

/** The expression that decides: without type assertions, `String()`, a lone substitution and what stands in for a missing value. */
function core(source: ParsedSource, expression: Node): Node {
  let node = unwrap(expression);
  for (let depth = 0; depth < 8; depth++) {
    const next = nextCore(source, node);
    if (next === undefined) break;
    node = unwrap(next);
  }
  return node;
}

function nextCore(source: ParsedSource, node: Node): Node | undefined {
  switch (node.type) {
    case 'binary_expression': {
      const operator = node.childForFieldName('operator')?.text;
      if (operator !== '||' && operator !== '??') return undefined;
      const left = node.childForFieldName('left');
      const right = node.childForFieldName('right');
      const readsRight = right !== null && left !== null && variableOf(source, unwrap(left)) === undefined && variableOf(source, unwrap(right)) !== undefined;
      return (readsRight ? right : left) ?? undefined;
    }
    case 'template_string': {
      const [only, ...others] = namedChildren(node);
      return only?.type === 'template_substitution' && others.length === 0 ? namedChildren(only)[0] : undefined;
    }
    case 'call_expression': {
      if (node.childForFieldName('function')?.text !== 'String') return undefined;
      return namedChildren(node.childForFieldName('arguments') ?? node)[0];
    }
    default:
      return undefined;
  }
}

interface Meaning {
  readonly variable?: string;
  readonly name?: string;
  readonly origin?: Span;
}

function meaningOf(source: ParsedSource, scope: Scope, node: Node, depth: number): Meaning {
  const variable = variableOf(source, node);
  if (variable !== undefined) return { variable, origin: spanOf(node) };
  if (stringValue(node) !== undefined || node.type === 'template_string') return { origin: spanOf(node) };
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier': {
      const binding = scope.resolve(node.text, node.startIndex);
      if (binding?.kind !== 'value' || depth > FARTHEST) return { name: binding?.key ?? node.text };
      if (binding.key === undefined) return named(node.text, behind(source, scope, binding.node, depth + 1));
      return fromObject(source, scope, unwrap(binding.node), binding.key, patternPlace(binding.name), depth) ?? { name: binding.key };
    }
    case 'member_expression':
    case 'subscript_expression': {
      const name = nameOf(node);
      const object = node.childForFieldName('object');
      if (name === undefined || object === null) return {};
      return fromObject(source, scope, unwrap(object), name, undefined, depth) ?? { name };
    }
    case 'call_expression': {
      const name = nameOf(node.childForFieldName('function'));
      return name === undefined ? {} : { name };
    }
    default:
      return {};
  }
}

/** What a constant or a property is worth. A literal that stands in for a missing value comes from there as well. */
function behind(source: ParsedSource, scope: Scope, expression: Node, depth: number): Meaning {
  const inner = core(source, expression);
  const meaning = meaningOf(source, scope, inner, depth);
  const { origin } = meaning;
  const whole = unwrap(expression);
  if (origin === undefined || whole.type !== 'binary_expression' || !contains(spanOf(inner), origin)) return meaning;
  return { ...meaning, origin: { start: origin.start, end: whole.endIndex } };
}

/** `{ KEY: name }` as a whole, which is what reads the variable. */
function patternPlace(name: Node): Span {
  const { parent } = name;
  return spanOf(parent?.type === 'pair_pattern' || parent?.type === 'object_assignment_pattern' ? parent : name);
}

/** A property of the environment (`const { X } = process.env`), or of an object that this document writes out. */
function fromObject(source: ParsedSource, scope: Scope, object: Node, key: string, place: Span | undefined, depth: number): Meaning | undefined {
  if (place !== undefined && isEnvironment(object, readVariableName(key)?.namesStigg === true)) return { variable: key, origin: place };
  if (depth > FARTHEST) return undefined;
  const written = writtenOut(source, scope, object, depth);
  const value = written?.values.get(key);
  return value === undefined ? undefined : named(key, behind(source, scope, value, depth + 1));
}

function writtenOut(source: ParsedSource, scope: Scope, object: Node, depth: number): Options | undefined {
  if (object.type === 'object' || object.type === 'identifier') {
    const options = optionsOf(source, scope, object);
    return options.values.size === 0 ? undefined : options;
  }
  if (object.type !== 'member_expression' || depth > FARTHEST) return undefined;
  const outer = object.childForFieldName('object');
  const inner = outer === null ? undefined : writtenOut(source, scope, unwrap(outer), depth + 1)?.values.get(nameOf(object) ?? '');
  return inner === undefined ? undefined : writtenOut(source, scope, unwrap(inner), depth + 1);
}

/** What is behind a name, or at least the name. */
function named(name: string, meaning: Meaning): Meaning {
  return meaning.variable === undefined && meaning.name === undefined ? { ...meaning, name } : meaning;
}
