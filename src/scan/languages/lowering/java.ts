import type { LoweringRules } from '../../ir/lowering.js';

export const javaLowering: LoweringRules = {
  nodes: {},
  blocks: new Set(),
  scopes: new Set(),
  skipped: new Set(['comment']),
};
