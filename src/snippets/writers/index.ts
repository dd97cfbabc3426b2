import type { Writer } from '../writer.js';
import { CODE_WRITERS } from './code/index.js';
import { SDK_WRITERS } from './sdk/index.js';
import { SHELL_WRITERS } from './shell/index.js';

/** Everything a request can be written in, in the order it is offered. */
export const WRITERS: readonly Writer[] = [...SHELL_WRITERS, ...CODE_WRITERS, ...SDK_WRITERS];
