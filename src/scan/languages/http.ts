import { httpFileRequests } from '../stigg/httpFile/index.js';
import type { Definition, Language, ParsedSource, Region, Span } from './language.js';
import { inertHolder, plainText } from './plainText.js';
import { contains } from './span.js';
import { assignmentIn, unlessEmpty } from './structured/assignments.js';
import { lineAround, linesOf } from './structured/lines.js';
import { readsIn } from './structured/reads.js';

/** A variable of the file, or a header. */
const FIELD = /^(?=@[\w-]+[ \t]*=|[A-Za-z][\w-]*[ \t]*:(?!\/\/))@?(?<name>[\w-]+)[ \t]*[=:](?<value>[^]*)$/d;
const REQUEST_LINE = /^(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|GRAPHQL|WEBSOCKET)[ \t]|https?:\/\/)/i;
const COMMENT = /^[ \t]*(?:#|\/\/)/;
const READ = /\{\{[ \t]*\$(?:processEnv[ \t]+%?(?<name>[A-Za-z_]\w*)|(?:env\.|dotenv[ \t]+%?)(?<braced>[A-Za-z_]\w*))[ \t]*\}\}/dg;

/**
 * Requests in `.http` and `.rest` files. The look-up is that of the REST Client extension; JetBrains' client and Visual Studio
 * have others, and say so when they meet it.
 */
export const http: Language = {
  ...plainText,
  ids: ['http', 'rest'],
  files: [{ languageId: 'http', pattern: /\.(?:http|rest)$/i }],
  embeds: () => ['json'],
  regions: ({ text }) => [...bodiesOf(text)],
  holderOf: (source, token) => {
    if (inComment(source, token.start)) return inertHolder('comment');
    const line = lineAround(source.text, token.start);
    const field = assignmentIn(source.text, line, FIELD);
    return {
      kind: 'text',
      use: { names: field !== undefined && contains(field.value, token) ? [field.name] : [] },
      replaceBy: (expression) => [{ start: token.start, end: token.end, text: expression }],
    };
  },
  inComment,
  *definitions({ text }) {
    for (const line of linesOf(text)) {
      const field = text.charAt(line.start) === '@' ? assignmentIn(text, line, FIELD) : undefined;
      if (field === undefined) continue;
      const { name, nameSpan, value } = field;
      yield { name, nameSpan, valueSpan: unlessEmpty(value), isEnvironment: false } satisfies Definition;
    }
  },
  variableReads: ({ text }) => readsIn(text, READ, (line) => (COMMENT.test(text.slice(line.start, line.end)) ? undefined : line)),
  requests: httpFileRequests,
  serverLookup: (variable) => ({ variable, expression: `{{$processEnv ${variable}}}` }),
};

/** The bodies that look like JSON: from the empty line behind the headers to the next request, or to a script. */
function* bodiesOf(text: string): Iterable<Region> {
  let state: 'start' | 'headers' | 'body' = 'start';
  let body: Span | undefined;
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end);
    if (/^(?:###|> )/.test(content)) {
      if (body !== undefined) yield { ...body, languageId: 'json' };
      body = undefined;
      state = 'start';
    } else if (state === 'start') {
      if (REQUEST_LINE.test(content)) state = 'headers';
    } else if (state === 'headers') {
      if (content.trim() === '') state = 'body';
    } else if (body !== undefined) {
      if (content.trim() !== '') body = { start: body.start, end: line.end };
    } else if (/^[ \t]*[{[]/.test(content) && !/^[ \t]*\{\{/.test(content)) {
      body = { start: line.start, end: line.end };
    } else if (content.trim() !== '') state = 'start';
  }
  if (body !== undefined) yield { ...body, languageId: 'json' };
}

function inComment({ text }: ParsedSource, offset: number): boolean {
  return COMMENT.test(text.slice(lineAround(text, offset).start, offset));
}
