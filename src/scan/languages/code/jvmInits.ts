import type { InitPattern } from './syntax.js';

/** Stigg's clients for the Java virtual machine; the new one is built by a chain that ends with `build()`, or by `fromEnv()`. */
export const JVM_INITS: readonly InitPattern[] = [
  {
    module: 'io.stigg:stigg-java',
    callee: /\bStiggOkHttpClient(?:Async)?\s*\.\s*(?:builder|fromEnv)(?=\s*\()/g,
    requires: /\bio\.stigg\b/,
    key: { names: ['apiKey'] },
    isChain: true,
  },
  {
    module: 'io.stigg:stigg-api-client',
    callee: /\bStigg\s*\.\s*createClient(?=\s*\()/g,
    requires: /\bio\.stigg\.api\.client\b/,
    key: { names: [], position: 0 },
  },
];
