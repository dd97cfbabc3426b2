import type { HttpClient } from './draft.js';
import { javascriptHttp } from './javascript.js';

/** The HTTP clients whose requests are understood. */
export const HTTP_CLIENTS: readonly HttpClient[] = [javascriptHttp];
