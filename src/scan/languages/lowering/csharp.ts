import type { LoweringRules } from '../../ir/lowering.js';

export const csharpLowering: LoweringRules = {
  nodes: {},
  blocks: new Set(),
  scopes: new Set(),
  skipped: new Set(['comment']),
};
