import type { TextEdit } from '../../finding.js';
import type { CallNode, IrNode } from '../../ir/node.js';
import type { Code } from '../code.js';
import type { HeaderValue, QueryParameter, RequestBody } from '../request.js';
import type { HeaderSource, HttpDraft } from './draft.js';
import { hasKey, type HeaderList } from './headers.js';

/** How to find out about a request what only matters when it goes to Stigg. */
export interface Plan {
  readonly call: CallNode;
  readonly address: () => readonly IrNode[];
  readonly method: () => string | undefined;
  readonly headers: () => HeaderList;
  readonly body: () => RequestBody | undefined;
  readonly isOpen?: () => boolean;
  /** The client may add headers of its own: a request that shows no key gets one from there, and perhaps more. */
  readonly mayAdd?: () => boolean;
  readonly parameters?: () => readonly IrNode[];
  readonly query?: () => readonly QueryParameter[];
  readonly answer?: () => IrNode | undefined;
  readonly addHeader?: (name: string, value: HeaderValue, headers: HeaderList) => readonly TextEdit[] | undefined;
}

/** A draft that asks its plan when it is asked itself, so that requests to other hosts cost little. */
export class LazyDraft implements HttpDraft {
  readonly call: CallNode;
  readonly #plan: Plan;
  readonly #code: Code;
  #headers: HeaderList | undefined;

  constructor(plan: Plan, code: Code) {
    this.call = plan.call;
    this.#plan = plan;
    this.#code = code;
  }

  get address(): readonly IrNode[] {
    return this.#plan.address();
  }

  get method(): string | undefined {
    return this.#plan.method();
  }

  get headers(): readonly HeaderSource[] {
    return this.#list.sources;
  }

  get isOpen(): boolean {
    const { sources, isOpen } = this.#list;
    return isOpen || this.#plan.isOpen?.() === true || ((this.#plan.mayAdd?.() ?? true) && !hasKey(sources, this.#code));
  }

  get body(): RequestBody | undefined {
    return this.#plan.body();
  }

  get parameters(): readonly IrNode[] {
    return this.#plan.parameters?.() ?? [];
  }

  get query(): readonly QueryParameter[] {
    return this.#plan.query?.() ?? [];
  }

  get answer(): IrNode | undefined {
    return this.#plan.answer?.();
  }

  get #list(): HeaderList {
    return (this.#headers ??= this.#plan.headers());
  }

  addHeader(name: string, value: HeaderValue): readonly TextEdit[] | undefined {
    return this.#plan.addHeader?.(name, value, this.#list);
  }
}
