/** Something that goes wrong on purpose. */
export interface FaultRequest {
  /** A GraphQL operation's name (`RotateApiKey`) or a REST one (`GET /api/v1/customers`); any operation when absent. */
  readonly operation?: string;
  /** Only calls that this key signs. */
  readonly keyId?: string;
  /** How often; 1 when absent, for ever when null. */
  readonly times?: number | null;
  /** `status` when absent. */
  readonly kind?: FaultKind;
  /** HTTP status: 500 when absent; 200 with a `code` gives an error as GraphQL reports it. */
  readonly status?: number;
  /** `extensions.code`; what belongs to the status when absent, none when null. */
  readonly code?: string | null;
  readonly message?: string;
  /** Seconds, or an HTTP date. */
  readonly retryAfter?: number | string;
  /** Where `redirect` points; another host when absent. */
  readonly location?: string;
  /** What `lie` answers as `data`; the true answer with every id exchanged when absent. */
  readonly data?: unknown;
  /** How long `slow` waits before it acts, in milliseconds; 1,000 when absent. */
  readonly ms?: number;
}

/**
 * - `status`: an error answer, nothing is done
 * - `hang`: no answer ever, nothing is done
 * - `hang-after`: executed, and no answer ever
 * - `slow`: the true answer, late
 * - `cut-before`, `cut-after`: the connection is destroyed before, or after, the operation was executed
 * - `html`: a web page with status 200 (or `status`)
 * - `redirect`: 302 (or `status`) to another host
 * - `lie`: executed, but the answer has another shape or other ids
 * - `invalid-json`: executed, but the answer is cut off in the middle
 * - `huge-body`: executed, but the answer never stops growing
 */
export const FAULT_KINDS = ['status', 'hang', 'hang-after', 'slow', 'cut-before', 'cut-after', 'html', 'redirect', 'lie', 'invalid-json', 'huge-body'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Faults {
  /** Queues a fault. Faults are used up in the order they came. */
  add(fault: FaultRequest): void;
  clear(): void;
  /** The fault this call runs into, if any; uses it up. */
  take(operation: string, keyId: string | null): FaultRequest | undefined;
}

export function createFaults(): Faults {
  let queue: { readonly fault: FaultRequest; left: number }[] = [];
  return {
    add: (fault) => {
      queue.push({ fault, left: fault.times === null ? Infinity : (fault.times ?? 1) });
    },
    clear: () => {
      queue = [];
    },
    take: (operation, keyId) => {
      const entry = queue.find(({ fault }) => (fault.operation === undefined || fault.operation === operation) && (fault.keyId === undefined || fault.keyId === keyId));
      if (entry === undefined) return undefined;
      entry.left--;
      if (entry.left <= 0) queue = queue.filter((other) => other !== entry);
      return entry.fault;
    },
  };
}
