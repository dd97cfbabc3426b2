import type { Facts } from './facts.js';
import { usedValue } from './checks/used.js';

/** What can be done from the answer. The editor knows how; here is only what is possible. */
export const ACTION_IDS = [
  'openRequest', 'openFile', 'copyCurl', 'openTerminal', 'addEnvironment', 'storeKey', 'changeGracePeriod', 'switchEnvironment', 'openKey', 'openConsole',
  'scopeDocs', 'restDocs', 'limitsDocs', 'idempotencyDocs', 'tryAgain', 'showLog',
] as const;
export type ActionId = (typeof ACTION_IDS)[number];

/** Circumstances that the facts do not hold. */
export interface Possible {
  /** More than one environment is here. */
  readonly hasOtherEnvironments: boolean;
}

/** True when the action makes sense for what was found. */
export function isPossible(action: ActionId, facts: Facts, { hasOtherEnvironments }: Possible): boolean {
  const { key, value, environment, request } = facts;
  switch (action) {
    case 'openRequest':
      return request !== null;
    case 'openFile':
      return usedValue(facts) !== undefined;
    case 'openTerminal':
      return key !== null && value.kind === 'here' && facts.answer.kind !== 'refused';
    case 'storeKey':
      return environment !== null && key !== null && value.kind === 'gone';
    case 'changeGracePeriod':
    case 'openKey':
      return environment !== null && key !== null;
    case 'switchEnvironment':
      return hasOtherEnvironments;
    case 'openConsole':
      return environment !== null;
    case 'copyCurl':
    case 'addEnvironment':
    case 'scopeDocs':
    case 'restDocs':
    case 'limitsDocs':
    case 'idempotencyDocs':
    case 'tryAgain':
    case 'showLog':
      return true;
  }
}
