import type { MatrixRule } from './cell.js';
import type { Client } from './model.js';
import { KNOWN } from './known.js';
import { MONEY_CELLS } from './moneyCells.js';
import { REQUEST_CELLS } from './requestCells.js';

/** The rows, in the order of the table. */
export const MATRIX_RULES: readonly MatrixRule[] = [...MONEY_CELLS.slice(0, 4), ...REQUEST_CELLS.slice(0, 5), ...MONEY_CELLS.slice(4), ...REQUEST_CELLS.slice(5)];

/** Whether a cell is claimed: its tests run. Others have nothing to say, or are known to be missed. */
export function stateOf(rule: MatrixRule, client: Client): 'covered' | 'excluded' | 'missed' {
  if (rule.excluded(client) !== undefined) return 'excluded';
  return KNOWN.has(`${rule.id} ${client.id}`) ? 'missed' : 'covered';
}
