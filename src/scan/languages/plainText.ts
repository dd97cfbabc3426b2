import { lineStartAt } from '../lines.js';
import type { Holder, Language } from './language.js';

const COMMENT_LEADER = /\/\/|\/\*|#|<!--|--|;|%|(?:^|\s)rem\s/i;

/** A holder in which no expression can stand. */
export function inertHolder(kind: Holder['kind']): Holder {
  return { kind, use: { names: [] }, replaceBy: () => undefined };
}

/** For unknown languages and for texts that cannot be parsed: tokens are found, their surroundings are not understood. */
export const plainText: Language = {
  ids: [],
  files: [],
  grammar: () => undefined,
  embeds: () => [],
  regions: () => [],
  imports: () => [],
  lowering: undefined,
  holderOf: () => inertHolder('text'),
  inComment: (source, offset) => {
    return COMMENT_LEADER.test(source.text.slice(lineStartAt(source.text, offset), offset));
  },
  constantTexts: () => [],
  definitions: () => [],
  variableReads: () => [],
  sdkInits: () => [],
  commands: () => [],
  requests: () => [],
  cliCalls: () => [],
  inlinedSettings: () => [],
  handedToBrowser: () => undefined,
  serverOnlyPart: () => undefined,
  serverLookup: () => undefined,
  publishableLookup: () => undefined,
};
