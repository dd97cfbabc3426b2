import { lineStartAt } from '../lines.js';
import { graphqlPayloads } from '../stigg/graphql/payloads.js';
import type { Language, ParsedSource } from './language.js';
import { inertHolder, plainText } from './plainText.js';

/** GraphQL documents. A variable of the environment has no place in them. */
export const graphql: Language = {
  ...plainText,
  ids: ['graphql'],
  files: [{ languageId: 'graphql', pattern: /\.(?:graphqls?|gql)$/i }],
  inComment,
  holderOf: (source, token) => inertHolder(inComment(source, token.start) ? 'comment' : 'text'),
  requests: graphqlPayloads,
};

/** A `#` inside of a string is rare enough. */
function inComment({ text }: ParsedSource, offset: number): boolean {
  return text.slice(lineStartAt(text, offset), offset).includes('#');
}
