import { csharpHttp } from './csharp.js';
import type { HttpClient } from './draft.js';
import { goHttp } from './go.js';
import { javascriptHttp } from './javascript.js';
import { javascriptGraphql } from './javascriptGraphql.js';
import { jvmHttp } from './jvm.js';
import { phpHttp } from './php.js';
import { pythonHttp } from './python.js';
import { rubyHttp } from './ruby.js';
import { rustHttp } from './rust.js';

/** The HTTP clients whose requests are understood. */
export const HTTP_CLIENTS: readonly HttpClient[] = [javascriptGraphql, javascriptHttp, pythonHttp, rubyHttp, phpHttp, goHttp, rustHttp, jvmHttp, csharpHttp];
