import type { Writer } from '../../writer.js';

/** Requests as calls of Stigg's own REST SDKs. */
export const SDK_WRITERS: readonly Writer[] = [];
