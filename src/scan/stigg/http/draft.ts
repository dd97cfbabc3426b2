import type { TextEdit } from '../../finding.js';
import type { CallNode, IrNode } from '../../ir/node.js';
import type { Code } from '../code.js';
import type { HeaderValue, QueryParameter, RequestBody } from '../request.js';

/** What one HTTP client makes of a call: found by its own spelling, not yet known to go to Stigg. */
export interface HttpDraft {
  /** The call that sends, or that makes, the request: where something missing is reported. */
  readonly call: CallNode;
  /** Upper case; undefined where it cannot be told. */
  readonly method: string | undefined;
  /** What its address is put together from, in order: a base URL of a client first. Joined by `/` where the next is no whole URL. */
  readonly address: readonly IrNode[];
  readonly headers: readonly HeaderSource[];
  readonly isOpen: boolean;
  /** See `StiggRequest`. */
  readonly isOpenBySettings?: boolean;
  readonly body: RequestBody | undefined;
  /** Objects, dictionaries or lists of pairs that become the query. */
  readonly parameters: readonly IrNode[];
  /** Parameters of the query that are set one by one: `.addQueryParameter("limit", "100")`. */
  readonly query?: readonly QueryParameter[];
  /** The call whose value is the answer where that is another: `client.Do(request)`, `.send()`. */
  readonly answer?: IrNode | undefined;
  addHeader(name: string, value: HeaderValue): readonly TextEdit[] | undefined;
}

/** Where headers come from: an object with names and values (or a list of pairs), or one header that is set. */
export type HeaderSource =
  | { readonly kind: 'object'; readonly node: IrNode }
  | { readonly kind: 'pair'; readonly name: IrNode; readonly value: IrNode; readonly start: number; readonly end: number };

/** One HTTP client, or a family of alike ones. */
export interface HttpClient {
  /** VS Code's language ids. */
  readonly languages: readonly string[];
  /** Cheap, on the text: may the client be used at all? */
  readonly trace: RegExp;
  /** The request that the call sends or makes; undefined for any other call. Asked for every call of the program. */
  draft(call: CallNode, code: Code): HttpDraft | undefined;
}
