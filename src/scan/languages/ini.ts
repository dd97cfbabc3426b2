import type { Definition, Language, ParsedSource, Span } from './language.js';
import { inertHolder, plainText } from './plainText.js';
import { contains } from './span.js';
import { assignmentIn, unlessEmpty, type Assignment } from './structured/assignments.js';
import { isSpringConfiguration, springExpression } from './structured/spring.js';
import { lineAround, linesOf, previousLine } from './structured/lines.js';
import { beforeHash, DOLLAR_READ, readsIn } from './structured/reads.js';

const PROPERTY = /^[ \t]*(?<name>[^\s=:#;![\]][^\s=:[\]]*(?:[ \t]+[^\s=:[\]]+)*)[ \t]*[=:](?<value>.*)$/ds;
const SECTION = /^[ \t]*\[(?<name>[^\]]+)\]/;
/** A section that starts farther above is not looked for. */
const FARTHEST_LINES = 2_000;

/** INI files, Java properties and what is written like them. Only Spring's have a look-up. */
export const ini: Language = {
  ...plainText,
  ids: ['ini', 'properties', 'java-properties', 'spring-boot-properties'],
  files: [
    { languageId: 'properties', pattern: /\.properties$/i },
    { languageId: 'ini', pattern: /\.(?:ini|cfg|conf)$|(?:^|\/)\.(?:npmrc|pypirc|editorconfig|gitconfig|gitmodules)$/i },
  ],
  holderOf: (source, token) => {
    if (inComment(source, token.start)) return inertHolder('comment');
    const property = propertyIn(source.text, lineAround(source.text, token.start));
    if (property === undefined || !contains(property.value, token)) return inertHolder('text');
    const section = sectionAt(source.text, token.start);
    return {
      kind: 'text',
      use: { names: section === undefined ? [property.name] : [property.name, section] },
      replaceBy: (expression) => (expression.includes(`{${property.name}}`) ? undefined : [{ start: token.start, end: token.end, text: expression }]),
    };
  },
  inComment,
  *definitions({ text }) {
    for (const line of linesOf(text)) {
      const property = /^[ \t]*[#;!]/.test(text.slice(line.start, line.end)) ? undefined : propertyIn(text, line);
      if (property === undefined) continue;
      const { name, nameSpan, value } = property;
      yield { name, nameSpan, valueSpan: unlessEmpty(value), isEnvironment: false } satisfies Definition;
    }
  },
  variableReads: (source) => (isSpringConfiguration(source) ? readsIn(source.text, DOLLAR_READ, (line) => beforeHash(source.text, line)) : []),
  serverLookup: (variable, source) => (isSpringConfiguration(source) ? { variable, expression: springExpression(variable) } : undefined),
};

/** The property of a line, its value without the quotes around it. */
function propertyIn(text: string, line: Span): Assignment | undefined {
  const property = assignmentIn(text, line, PROPERTY);
  return property === undefined ? undefined : { ...property, value: withoutQuotes(text, property.value) };
}

function withoutQuotes(text: string, value: Span): Span {
  const slice = text.slice(value.start, value.end);
  return /^(?:"[^"]*"|'[^']*')$/.test(slice) ? { start: value.start + 1, end: value.end - 1 } : value;
}

function sectionAt(text: string, offset: number): string | undefined {
  let line: Span | undefined = lineAround(text, offset);
  for (let count = 0; line !== undefined && count < FARTHEST_LINES; count++) {
    const name = SECTION.exec(text.slice(line.start, line.end))?.[1];
    if (name !== undefined) return name.trim();
    line = previousLine(text, line.start);
  }
  return undefined;
}

/** Java properties have comments on lines of their own only. */
function inComment({ text, languageId, path }: ParsedSource, offset: number): boolean {
  const { start } = lineAround(text, offset);
  const before = text.slice(start, offset);
  const isJava = languageId !== 'ini' || /\.properties$/i.test(path);
  return isJava ? /^[ \t]*[#!]/.test(before) : /(?:^|[ \t])[#;]/.test(before);
}
