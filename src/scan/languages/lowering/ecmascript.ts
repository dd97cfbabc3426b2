import type { LoweringRules } from '../../ir/lowering.js';

export const ecmascriptLowering: LoweringRules = {
  nodes: {},
  blocks: new Set(),
  scopes: new Set(),
  skipped: new Set(['comment']),
};
