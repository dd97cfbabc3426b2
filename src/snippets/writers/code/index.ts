import type { Writer } from '../../writer.js';
import { csharpWriter } from './csharp.js';
import { goWriter } from './go.js';
import { fetchWriter } from './javascript.js';
import { javaWriter } from './java.js';
import { phpWriter } from './php.js';
import { pythonWriter } from './python.js';
import { rubyWriter } from './ruby.js';

/** Requests in programming languages, each with what the language brings along; Python alone needs a package (requests). */
export const CODE_WRITERS: readonly Writer[] = [fetchWriter, pythonWriter, goWriter, rubyWriter, javaWriter, csharpWriter, phpWriter];
