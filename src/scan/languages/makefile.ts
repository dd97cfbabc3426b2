import type { Decoded, Definition, Language, ParsedSource, Region, Span } from './language.js';
import { inertHolder, plainText } from './plainText.js';
import { contains } from './span.js';
import { assignmentIn, unlessEmpty } from './structured/assignments.js';
import { decode } from './structured/decoded.js';
import { isBehindHash, lineAround, linesOf, trimmed } from './structured/lines.js';
import { beforeHash, readsIn } from './structured/reads.js';

/** `NAME = value` in all its forms, also for one target (`all: NAME = value`) and behind `export`. */
const ASSIGNMENT = /^ *(?:[^\s:=#][^:=#]*:(?![:=]) *)?(?<modifiers>(?:(?:export|override|private) +)*)(?<name>[\w.-]+)[ \t]*(?<sign>:{0,3}=|[?+!]=)(?<value>[^]*)$/d;
const READ = /(?<!\$)\$(?:\((?<name>[A-Za-z_]\w*)\)|\{(?<braced>[A-Za-z_]\w*)\})/dg;
/** What make does to a recipe before the shell sees it: the prefix of each command (of a line that goes on only the tab), `$$`, and variables, which it hands over as they are named. */
const RECIPE = /(?<=\\\r?\n)\t|(?<!\\\r?\n)^\t[@+\- \t]*|\$\$|\$\([A-Za-z_]\w*\)/gm;

/** Makefiles. A recipe is shell script in which `$` is written twice. */
export const makefile: Language = {
  ...plainText,
  ids: ['makefile'],
  files: [{ languageId: 'makefile', pattern: /(?:^|\/)(?:GNU)?Makefile(?:\.[^/]*)?$|\.(?:mk|mak)$/i }],
  embeds: () => ['shellscript'],
  regions: ({ text }) => [...recipesOf(text)],
  holderOf: (source, token) => {
    if (inComment(source, token.start)) return inertHolder('comment');
    const assignment = assignmentIn(source.text, lineAround(source.text, token.start), ASSIGNMENT);
    if (assignment === undefined || !contains(assignment.value, token)) return inertHolder('text');
    const { name, sign } = assignment;
    return {
      kind: 'text',
      use: { names: [name] },
      // A variable that is expanded late may not read itself; `!=` holds a command.
      replaceBy: (expression) => (sign === '!=' || (expression.includes(`(${name})`) && !/^:+=$/.test(sign)) ? undefined : [{ start: token.start, end: token.end, text: expression }]),
    };
  },
  inComment,
  *definitions({ text }) {
    for (const line of linesOf(text)) {
      const assignment = assignmentIn(text, line, ASSIGNMENT);
      if (assignment === undefined) continue;
      const { name, nameSpan, value } = assignment;
      yield { name, nameSpan, valueSpan: unlessEmpty(trimmed(text, beforeHash(text, value))), isEnvironment: true } satisfies Definition;
    }
  },
  variableReads: ({ text }) => readsIn(text, READ, (line) => (text.charAt(line.start) === '\t' ? undefined : beforeHash(text, line))),
  serverLookup: (variable) => ({ variable, expression: `$(${variable})` }),
};

/** Stretches of lines that begin with a tab, and what continues their last line. */
function* recipesOf(text: string): Iterable<Region> {
  let recipe: Span | undefined;
  let goesOn = false;
  for (const line of linesOf(text)) {
    const isRecipe: boolean = text.charAt(line.start) === '\t' || (goesOn && recipe !== undefined);
    goesOn = isRecipe && text.charAt(line.end - 1) === '\\';
    if (isRecipe) recipe = { start: recipe?.start ?? line.start, end: line.end };
    else if (recipe !== undefined) {
      yield region(text, recipe);
      recipe = undefined;
    }
  }
  if (recipe !== undefined) yield region(text, recipe);
}

function region(text: string, span: Span): Region {
  return { ...span, languageId: 'shellscript', decoded: shellOf(text, span) };
}

/** What the shell is given. */
function shellOf(text: string, span: Span): Decoded {
  const value = (escape: string): string => {
    if (escape === '$$') return '$';
    return escape.startsWith('$(') ? `\${${escape.slice(2, -1)}}` : ' '.repeat(escape.length);
  };
  return decode(text, span, RECIPE, value, (shell) => shell.replaceAll('$', '$$$$'));
}

function inComment({ text }: ParsedSource, offset: number): boolean {
  return isBehindHash(text, offset);
}
