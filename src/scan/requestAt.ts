import { EMPTY_CONTEXT } from './context.js';
import type { Span } from './languages/language.js';
import { UNKNOWN } from './ir/texts.js';
import type { Part } from './parts.js';
import { ScanFile } from './scanFile.js';
import type { Source } from './source.js';
import { ENDPOINTS } from '../endpoints.js';
import type { RequestHeader, StiggRequest } from './stigg/request.js';
import { mayHoldToken } from './tokens/trace.js';

/** A request to Stigg as a document makes it. Holds no secret: of a header's value it has what cannot be one. */
export interface WrittenRequest {
  readonly surface: 'rest' | 'graphql';
  /** undefined where the code leaves it open. */
  readonly method: string | undefined;
  /** From the first slash on, as it is written; what is not constant stands as `{…}`. */
  readonly path: string;
  /** The value is a content type, or the name of a variable; undefined for everything else. */
  readonly headers: readonly { readonly name: string; readonly value: string | undefined }[];
  readonly headersAreOpen: boolean;
  readonly hasBody: boolean;
  /** As the SDKs call it; of GraphQL the SDK's method. */
  readonly operation?: string;
}

/** The request that the document makes at the offset: of several around it the smallest. undefined when there is none. */
export function requestAt(document: Source, parts: readonly Part[], offset: number): WrittenRequest | undefined {
  try {
    const found = parts.flatMap((part) => requestsIn(new ScanFile(part, document, EMPTY_CONTEXT)).map(({ span, request }) => ({ start: part.toOuter(span.start), end: part.toOuter(span.end), request })));
    return found.filter(({ start, end }) => start <= offset && offset <= end).sort((a, b) => a.end - a.start - (b.end - b.start))[0]?.request;
  } finally {
    for (const { syntax } of parts) syntax?.forgetNodes();
  }
}

function requestsIn(file: ScanFile): { readonly span: Span; readonly request: WrittenRequest }[] {
  if (!file.mentionsStigg()) return [];
  const { requests, sdkCalls } = file.stigg;
  return [
    ...requests.filter(({ isPayload }) => isPayload !== true).map((request) => ({ span: request, request: written(request, file) })),
    ...sdkCalls.map(({ node, surface, name }) => ({ span: node, request: bySdk(surface, name, node.arguments.length > 0) })),
  ];
}

function written(request: StiggRequest, file: ScanFile): WrittenRequest {
  const { surface, method, headers, isOpen, body, endpoint } = request;
  return {
    surface,
    method,
    path: request.written.replaceAll(UNKNOWN, '{…}'),
    headers: headers.map((header) => ({ name: header.name.replaceAll(UNKNOWN, '…'), value: harmless(header, file) })),
    headersAreOpen: isOpen,
    // What the client says by itself is said.
    ...(body === undefined ? { hasBody: false } : { hasBody: true }),
    ...(endpoint === undefined ? {} : { operation: endpoint.operation }),
  };
}

/** The SDKs put the headers and the path together themselves. */
function bySdk(surface: 'rest' | 'graphql', name: string, hasBody: boolean): WrittenRequest {
  const endpoint = ENDPOINTS.find(({ operation }) => surface === 'rest' && operation === name);
  return {
    surface,
    method: endpoint?.method ?? 'POST',
    path: surface === 'graphql' ? '/graphql' : `/api/${(endpoint?.path ?? '').replace(/\{\w+\}/g, '{…}')}`,
    headers: [],
    headersAreOpen: true,
    hasBody: hasBody && endpoint?.method !== 'GET',
    operation: name,
  };
}

function harmless({ name, text, value }: RequestHeader, file: ScanFile): string | undefined {
  if (/^content-type$/i.test(name)) return text.includes(UNKNOWN) ? undefined : text.slice(0, 100);
  // A literal may be a key; what it is made of when it is not constant has a name.
  const expression = file.text.slice(value.start, value.end).trim();
  return text.includes(UNKNOWN) && /^["'`]?[$\w.[\](){}'"?!:@ -]{1,80}["'`]?$/.test(expression) && !mayHoldToken(expression) ? expression : undefined;
}
