import { t } from '@vscode/l10n';
import { cleanText } from './graphql/text.js';

/** What Stigg takes as a name, after trimming. Source: the console; the sandbox holds us to it. */
export const NAME_MAX = 100;
/** Our own bound: enough for a sentence or three, and far from what any server refuses. */
export const DESCRIPTION_MAX = 500;

/**
 * Name or description as it is sent and compared: one line without control or direction characters, without a token, because a name
 * stands in lists, logs and messages.
 */
export function asText(text: string): string {
  return cleanText(text, Number.MAX_SAFE_INTEGER);
}

/** Why this cannot be a key's name; undefined where it can. */
export function nameProblem(name: string): string | undefined {
  const characters = Array.from(asText(name)).length;
  if (characters === 0) return t('A key needs a name: say which service uses it.');
  return characters > NAME_MAX ? t('A name has at most {0} characters; this one has {1}.', NAME_MAX, characters) : undefined;
}

/** Why this cannot be a key's description; undefined where it can. */
export function descriptionProblem(description: string): string | undefined {
  const characters = Array.from(asText(description)).length;
  return characters > DESCRIPTION_MAX ? t('A description has at most {0} characters; this one has {1}.', DESCRIPTION_MAX, characters) : undefined;
}
