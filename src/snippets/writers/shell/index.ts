import type { Writer } from '../../writer.js';
import { cmd } from './cmd.js';
import { curl } from './curl.js';
import { http } from './http.js';
import { httpie } from './httpie.js';
import { powershell } from './powershell.js';

/** Command lines and request files, in the order they are offered. */
export const SHELL_WRITERS: readonly Writer[] = [curl, powershell, cmd, http, httpie];
