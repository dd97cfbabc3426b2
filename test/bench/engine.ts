import { EMPTY_CONTEXT, type ScanContext } from '../../src/scan/context.js';

export { Engine } from '../../src/scan/engine.js';

/** Nothing is known beyond the document. */
export const context: ScanContext = EMPTY_CONTEXT;
