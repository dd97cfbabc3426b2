import { centsToStigg } from './centsToStigg.js';
import { hardcodedServerKey } from './hardcodedServerKey.js';
import type { Rule } from './rule.js';
import { serverKeyInFrontend } from './serverKeyInFrontend.js';

/** All rules. Where two find the same thing, the earlier one speaks. */
export const RULES: readonly Rule[] = [serverKeyInFrontend, hardcodedServerKey, centsToStigg];
