import type { Field } from '../ir/fields.js';
import { plainText } from '../ir/access.js';
import { canonical } from '../ir/names.js';
import type { CallNode, IrNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { PathTree } from '../ir/pathTree.js';
import { unwrap } from '../ir/walk.js';
import type { SdkCall } from './calls.js';
import { importsSdk } from './client.js';
import type { Code } from './code.js';
import { BODY_IDEMPOTENCY } from '../../endpoints.js';
import type { StiggRequest } from './request.js';

/** The operations of the GraphQL clients that take keys, and where: in one event, in a list, or inside of the input that others wrap around. */
const GRAPHQL = /^(?:reportEvent|reportUsage)$/;
const GRAPHQL_PATHS = ['idempotencyKey', '[].idempotencyKey', 'input.idempotencyKey', 'events[].idempotencyKey', 'input[].idempotencyKey', 'input.events[].idempotencyKey', 'input.usages[].idempotencyKey'];
const GRAPHQL_TREE = treeOf(GRAPHQL_PATHS);
const VARIABLES_TREE = treeOf(GRAPHQL_PATHS.map((path) => `variables.${path}`));
/** Where the SDKs take headers for one call: in TypeScript's, Python's and Ruby's options. */
const HEADER_PATHS = ['headers.idempotencyKey', 'extraHeaders.idempotencyKey', 'requestOptions.extraHeaders.idempotencyKey', 'requestOptions.headers.idempotencyKey'];
const HEADERS_TREE = treeOf(HEADER_PATHS);
/** By the operations that ask for keys in their body: there, and with the headers. */
const BODY_TREES = new Map([...BODY_IDEMPOTENCY].map(([name, path]) => [name, treeOf([path])]));
const CALL_TREES = new Map([...BODY_IDEMPOTENCY].map(([name, path]) => [name, treeOf([...HEADER_PATHS, path])]));
const NOTHING = treeOf([]);
const NAME = 'idempotencyKey';

/** The idempotency keys inside of that body or input. */
function bodyKeysOf(body: IrNode, paths: PathTree<string>, code: Code): readonly Field<string>[] {
  return code.fields.inside(body, paths);
}

/** The keys that the body of a request has, of operations that ask for them there. */
export function requestBodyKeys({ surface, endpoint, body }: StiggRequest, code: Code): readonly Field<string>[] {
  if (body?.value === undefined) return [];
  if (surface === 'graphql') return bodyKeysOf(body.value, VARIABLES_TREE, code);
  return bodyKeysOf(body.value, BODY_TREES.get(endpoint?.operation ?? '') ?? NOTHING, code);
}

/** The keys that a call of an SDK is given, in its parameters or in the headers of its options. */
export function callKeys({ node, surface, name }: SdkCall, code: Code): readonly Field<string>[] {
  const tree = surface === 'graphql' ? (GRAPHQL.test(name) ? GRAPHQL_TREE : NOTHING) : CALL_TREES.get(name) ?? HEADERS_TREE;
  return code.fields.ofArguments(node, tree);
}

/** The values of the header in calls that set it: Go's `option.WithHeader(name, value)`, Java's `.putAdditionalHeader(name, value)`. */
export function headerCallKeys(code: Code): readonly IrNode[] {
  if (!/^(?:go|java|kotlin|csharp)$/.test(code.languageId) || !importsSdk(code)) return [];
  return code.calls.flatMap((call) => headerOption(call) ?? []);
}

function headerOption(call: CallNode): IrNode | undefined {
  const [name, value] = call.arguments;
  if (name === undefined || value === undefined || !/(?:^|\.)(?:option\.WithHeader|option\.WithHeaderAdd|putAdditionalHeader|replaceAdditionalHeaders)$/.test(calleeText(unwrap(call.callee)))) return undefined;
  return canonical(plainText(name.value) ?? '') === NAME ? value.value : undefined;
}

function treeOf(paths: readonly string[]): PathTree<string> {
  const tree = new PathTree<string>();
  for (const path of paths) tree.add(path, path);
  return tree;
}
