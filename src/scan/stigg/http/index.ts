import type { HttpClient } from './draft.js';

/** The HTTP clients whose requests are understood. */
export const HTTP_CLIENTS: readonly HttpClient[] = [];
