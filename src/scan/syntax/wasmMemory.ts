/** The part of WebAssembly's interface that is needed; the libraries that declare all of it are those of browsers. */
export interface Memory {
  readonly buffer: ArrayBuffer;
}
type NewMemory = new (limits: { readonly initial: number; readonly maximum: number }) => Memory;

const PAGES_PER_MEGABYTE = 16;
/** What the runtime starts with by itself. */
const INITIAL = 32 * PAGES_PER_MEGABYTE;
/** Without a limit of ours a few kilobytes of broken code may take two gigabytes, which the process would never get back. */
const MAXIMUM = 1_024 * PAGES_PER_MEGABYTE;

// The state of the process, as the runtime is.
let memory: Memory | undefined;
let hasFailed = false;

/** The memory for the runtime, which grows when a parse needs more, and never shrinks. */
export function runtimeMemory(): Memory {
  const { Memory } = (globalThis as unknown as { readonly WebAssembly: { readonly Memory: NewMemory } }).WebAssembly;
  memory ??= new Memory({ initial: INITIAL, maximum: MAXIMUM });
  return memory;
}

/** The size of the runtime's memory. */
export function runtimeBytes(): number {
  return memory?.buffer.byteLength ?? 0;
}

/**
 * To be told after a trap: out of memory or of stack, in the midst of the allocator's work. What the runtime holds is not to be relied upon
 * any more, it cannot be started again, and every further document is plain text until the process ends.
 */
export function runtimeFailed(): void {
  hasFailed = true;
}

export function isRuntimeUsable(): boolean {
  return !hasFailed;
}
