import type { Writer } from '../../writer.js';
import { csharpSdk } from './csharp.js';
import { goSdk } from './go.js';
import { javaSdk } from './java.js';
import { pythonSdk } from './python.js';
import { rubySdk } from './ruby.js';
import { typescriptSdk } from './typescript.js';

/** Requests as calls of Stigg's own REST SDKs. */
export const SDK_WRITERS: readonly Writer[] = [typescriptSdk, pythonSdk, goSdk, rubySdk, javaSdk, csharpSdk];
