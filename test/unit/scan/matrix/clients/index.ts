import type { Client } from '../model.js';
import { CSHARP } from './csharp.js';
import { GO } from './go.js';
import { JAVA } from './java.js';
import { JAVASCRIPT } from './javascript.js';
import { KOTLIN } from './kotlin.js';
import { MORE_CSHARP, MORE_JAVA, OLD_SDKS } from './moreCompiled.js';
import { MORE_JAVASCRIPT, MORE_PHP, MORE_POWERSHELL, MORE_PYTHON, MORE_RUBY } from './moreScripting.js';
import { PHP } from './php.js';
import { PYTHON } from './python.js';
import { RUBY } from './ruby.js';
import { RUST } from './rust.js';
import { SCRIPTS } from './scripts.js';
import { COMPILED_SDKS } from './sdksCompiled.js';
import { apiClientJs, jsClientSdk, nodeServerSdk, stiggTypescript } from './sdksJavascript.js';
import { SCRIPTING_SDKS } from './sdksScripting.js';

/** Everything that requests and calls are written with, in the order of the table. */
export const CLIENTS: readonly Client[] = [
  stiggTypescript, nodeServerSdk, jsClientSdk, apiClientJs, ...JAVASCRIPT, ...MORE_JAVASCRIPT, ...PYTHON, ...MORE_PYTHON, ...GO, ...RUBY, ...MORE_RUBY, ...JAVA, ...MORE_JAVA, ...KOTLIN, ...CSHARP, ...MORE_CSHARP,
  ...PHP, ...MORE_PHP, ...RUST, ...SCRIPTS, ...MORE_POWERSHELL, ...SCRIPTING_SDKS, ...COMPILED_SDKS, ...OLD_SDKS,
];
