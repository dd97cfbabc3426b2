import type { TextEdit } from '../finding.js';
import type { IrNode } from '../ir/node.js';
import type { Span } from '../languages/language.js';
import type { Code } from './code.js';
import type { Endpoint } from '../../endpoints.js';
import type { Destination } from './endpointFor.js';

/** A request to Stigg that is sent by hand: with an HTTP client, curl, or from an `.http` file. */
export interface StiggRequest extends Span, Destination {
  /** Upper case; undefined where it cannot be told. */
  readonly method: string | undefined;
  /** Undefined for GraphQL, and where method and path fit none or several. */
  readonly endpoint: Endpoint | undefined;
  /** Those that are written out, also by a client, session or instance that the request goes through. */
  readonly headers: readonly RequestHeader[];
  /** Further headers may come from a place that cannot be seen. */
  readonly isOpen: boolean;
  /** They come from the settings of a client alone, if at all: they are the same for every request, so that none is the key of one operation. */
  readonly isOpenBySettings?: boolean;
  readonly body: RequestBody | undefined;
  /** Parameters of the query that are given apart from the URL: axios' and requests' `params`. */
  readonly parameters: readonly QueryParameter[];
  /** Edits that add a header; undefined where that cannot be done. The value is an expression of the language, or the plain text where headers are plain text. */
  addHeader(name: string, value: HeaderValue): readonly TextEdit[] | undefined;
  /**
   * The request that a function of the program makes for its callers, as it stands there: this is the same with what one caller hands over. What is wrong
   * with the other by itself is said there.
   */
  readonly through?: StiggRequest;
  /** What answers questions about its values, when they come from that caller. */
  readonly within?: Code;
  /** The call whose value is the answer; undefined where code does not get it. */
  readonly call: IrNode | undefined;
  /** A document that holds no more than what such a request is given: a JSON file, a GraphQL document. Only what it says of money counts; method, path and headers say nothing. */
  readonly isPayload?: true;
}

/** A header's new value: one text, or a value that differs each time, as that language makes it. */
export type HeaderValue = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'fresh' };

export interface RequestHeader extends Span {
  /** As it is written. */
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly value: Span;
  /** With `UNKNOWN` for what is not constant. Never shown: it may hold a key. */
  readonly text: string;
  /** An option of a command makes it (`curl -u`, `--json`): the places are those of the option, and there is no name that could be edited. */
  readonly isImplied?: true;
}

export interface RequestBody {
  /** Undefined where it cannot be seen. */
  readonly value: IrNode | undefined;
  /** What the client makes of it: `json`: it says so in the Content-Type by itself; `text`: whoever calls has to; `form`: it is sent as a form. */
  readonly form: 'json' | 'text' | 'form';
}

export interface QueryParameter {
  readonly name: string;
  readonly value: IrNode;
}
