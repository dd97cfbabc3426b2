import { centsToStigg } from './centsToStigg.js';
import { deadKey } from './deadKey.js';
import { expiringKey } from './expiringKey.js';
import { hardcodedServerKey } from './hardcodedServerKey.js';
import type { Rule } from './rule.js';
import { serverKeyInFrontend } from './serverKeyInFrontend.js';
import { unprotectedEnvFile } from './unprotectedEnvFile.js';
import { unusedSuppression } from './unusedSuppression.js';
import { wrongEnvironmentKey } from './wrongEnvironmentKey.js';

/** All rules. Where two find the same thing, the earlier one speaks. */
export const RULES: readonly Rule[] = [
  // A dead key leaks nothing.
  deadKey,
  serverKeyInFrontend,
  unprotectedEnvFile,
  hardcodedServerKey,
  // Only where no leak is worth more.
  wrongEnvironmentKey,
  expiringKey,
  centsToStigg,
  unusedSuppression,
];
