import { pathOf } from '../ir/access.js';
import type { MemoryKey } from '../ir/memory.js';
import type { IrNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { isSelf } from '../ir/scopes.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from './code.js';

const STIGG = /stigg/i;
/** Names of Stigg's REST API that no other has, for files to which the client is handed. */
const ENTITLEMENTS = /\bsubscription_?entitlements\b|\bcheck_?entitlement\b|\bv1(?:\(\))?\.plans(?:\(\))?\.entitlements\b/i;
/** Other vendors' clients have methods of the same names. */
const OTHERS = /stripe|paddle|chargebee|recurly|braintree|lemon_?squeezy|shopify|lago|\borb\b|orb[A-Z_]|metronome|m3ter|maxio|chargify|zuora|adyen|paypal|square|polar|dodo|togai|openmeter|autumn|schematic|kill_?bill|mollie|razorpay|prisma|supabase|knex/i;

/**
 * Whether the object that has the method is a client of Stigg's: by how it was made, what it is called, its type, or where it is imported from. An object of which
 * nothing is known is one where the file uses Stigg's packages, or where what is called is found nowhere else (`isDistinctive`) and the file is about Stigg.
 */
export function isStiggClient(object: IrNode, code: Code, isDistinctive: boolean): boolean {
  const names = pathOf(object);
  if (names.some((name) => STIGG.test(name))) return true;
  if (names.some((name) => OTHERS.test(name))) return false;
  const verdict = verdictOn(rootOf(object), code, isDistinctive);
  return verdict === undefined ? (isDistinctive ? code.says(STIGG) || code.says(ENTITLEMENTS) : importsSdk(code)) : verdict === 'stigg';
}

/** One client is called in many places. */
function verdictOn(root: IrNode, code: Code, isDistinctive: boolean): Verdict {
  const binding = root.kind === 'name' ? code.scopes.resolve(root.name, root) : undefined;
  const [source, second] = binding?.sources ?? [];
  const judged = (): Verdict => {
    const verdicts = code.tracer.origins(root).map(({ node }) => judge(node, code, isDistinctive));
    return verdicts.includes('stigg') ? 'stigg' : verdicts.includes('other') ? 'other' : undefined;
  };
  // What has one source is the same wherever it is read.
  return source === undefined || second !== undefined ? judged() : code.once(isDistinctive ? DISTINCTIVE : PLAIN, 'target' in source ? source.target : source.node, judged);
}

type Verdict = 'stigg' | 'other' | undefined;

const DISTINCTIVE: MemoryKey<Verdict> = {};
const PLAIN: MemoryKey<Verdict> = {};

function judge(origin: IrNode, code: Code, isDistinctive: boolean): Verdict {
  const node = unwrap(origin);
  switch (node.kind) {
    case 'call': {
      const callee = calleeText(unwrap(node.callee));
      if (STIGG.test(callee) || isImportedFromStigg(callee.split('.')[0] ?? '', code)) return 'stigg';
      if (isOwnClass(callee.split('.')[0] ?? '', node, code)) return 'other';
      return OTHERS.test(callee) ? 'other' : undefined;
    }
    case 'object':
      return STIGG.test(node.type ?? '') ? 'stigg' : undefined;
    case 'name': {
      const type = typeOf(node, code);
      if (STIGG.test(type) || isImportedFromStigg(node.name, code) || isImportedFromStigg(type, code)) return 'stigg';
      return OTHERS.test(type) || isImportedFromElsewhere(node.name, code, isDistinctive) ? 'other' : undefined;
    }
    // A class or function of this program with a method of that name.
    case 'class':
    case 'function':
      return 'other';
    default:
      return undefined;
  }
}

/** A class of this program that gets nothing from another: what it makes of an amount is its own affair. */
function isOwnClass(name: string, at: IrNode, code: Code): boolean {
  const sources = name === '' || name === '?' ? [] : code.scopes.resolve(name, at)?.sources ?? [];
  return sources.length === 1 && sources[0]?.kind === 'class';
}

/** The type of the parameter, variable or field that the name stands for, as it is written. */
function typeOf(node: IrNode & { readonly kind: 'name' }, code: Code): string {
  for (const source of code.scopes.resolve(node.name, node)?.sources ?? []) {
    if (source.kind === 'parameter') return source.node.parameters[source.index]?.type ?? '';
    if (source.kind === 'bind') return source.node.type ?? '';
  }
  return '';
}

/** The name or own member that the chain starts with. */
function rootOf(object: IrNode): IrNode {
  let node = unwrap(object);
  for (let left = 60; left > 0; left--) {
    if (node.kind === 'member') {
      const inner = unwrap(node.object);
      if (inner.kind === 'name' && isSelf(inner.name)) return node;
      node = inner;
    } else if (node.kind === 'call' && node.arguments.length === 0 && unwrap(node.callee).kind === 'member') {
      node = unwrap(node.callee);
    } else {
      return node;
    }
  }
  return node;
}

function isImportedFromStigg(name: string, { imports }: Code): boolean {
  return name !== '' && imports.some(({ local, module }) => local === name && STIGG.test(module));
}

/** From a package or a file whose name says something else. Only script modules tell a program's own files from packages: elsewhere a distinctive call says more. */
function isImportedFromElsewhere(name: string, { imports, languageId }: Code, isDistinctive: boolean): boolean {
  const tells = !isDistinctive || !/^(?:python|java|kotlin|csharp|php|go|rust|ruby)$/.test(languageId);
  return imports.some(({ local, module }) => local === name && (OTHERS.test(module) || (tells && !/^[.@~#/]/.test(module))));
}

/** Whether the file uses one of Stigg's packages, so that a client of an unspecific name is likely Stigg's. */
export function importsSdk(code: Code): boolean {
  const { imports, languageId } = code;
  if (imports.some(({ module }) => /(?:^@stigg\/|^stigg(?:$|[._/])|stiggio\/|^io\.stigg\b|^Stigg\b|stigg_)/.test(module))) return true;
  // Languages whose imports are calls or come from elsewhere.
  return /^(?:ruby|php)$/.test(languageId) && code.says(/\brequire(?:_relative)?[ \t(]{0,4}["']stigg["']|\bStigg::|\buse[ \t]{1,4}Stigg\b/);
}
