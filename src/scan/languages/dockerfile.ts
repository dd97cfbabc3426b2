import type { Definition, Language, ParsedSource, Region } from './language.js';
import { inertHolder, plainText } from './plainText.js';
import { contains } from './span.js';
import { type Instruction, instructionAt, instructionsOf } from './structured/dockerInstructions.js';
import { groupSpan, lineAround } from './structured/lines.js';
import { DOLLAR_READ, readsOf } from './structured/reads.js';

/** `KEY=value` of `ENV` and `ARG`; quotes and escaped spaces keep a value together. */
const PAIR = /(?<name>[A-Za-z_]\w*)(?:=(?:"(?<double>(?:[^"\\]|\\[^])*)"|'(?<single>[^']*)'|(?<plain>(?:[^\s"'\\]|\\[^])*)))?/dg;
/** The older form, for one variable: `ENV KEY value`. */
const OLD_PAIR = /^(?<name>[A-Za-z_]\w*)[ \t]+(?<value>[^=\s][^]*)$/d;
const SHELLS: readonly (readonly [RegExp, string | undefined])[] = [[/powershell|pwsh/i, 'powershell'], [/\bcmd\b/i, undefined]];

/**
 * Dockerfiles. No look-up may take a value's place: what `ENV` and `ARG` are given stays in the image's layers or its history,
 * wherever it comes from.
 */
export const dockerfile: Language = {
  ...plainText,
  ids: ['dockerfile'],
  files: [{ languageId: 'dockerfile', pattern: /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[^/]*)?$|\.(?:dockerfile|containerfile)$/i }],
  embeds: () => ['shellscript', 'powershell'],
  regions: ({ text }) => [...regionsOf(text)],
  holderOf: (source, token) => {
    if (inComment(source, token.start)) return inertHolder('comment');
    const instruction = instructionAt(source.text, token.start);
    const holding = instruction === undefined ? undefined : Array.from(definitionsOf(source.text, instruction)).find(({ valueSpan }) => contains(valueSpan, token));
    return { ...inertHolder('text'), use: { names: holding === undefined ? [] : [holding.name] } };
  },
  inComment,
  *definitions({ text }) {
    for (const instruction of instructionsOf(text)) yield* definitionsOf(text, instruction);
  },
  *variableReads({ text }) {
    for (const instruction of instructionsOf(text)) if (!isShell(text, instruction)) yield* readsOf(text, DOLLAR_READ, instruction.body);
  },
};

function* definitionsOf(text: string, { keyword, body }: Instruction): Iterable<Definition> {
  if (keyword !== 'ENV' && keyword !== 'ARG') return;
  const slice = text.slice(body.start, body.end);
  const old = keyword === 'ENV' ? OLD_PAIR.exec(slice) : null;
  for (const match of old === null ? slice.matchAll(PAIR) : [old]) {
    const nameSpan = groupSpan(match, 'name', body.start);
    if (nameSpan === undefined || isComment(text, nameSpan.start)) continue;
    const valueSpan = ['value', 'double', 'single', 'plain'].map((group) => groupSpan(match, group, body.start)).find((span) => span !== undefined);
    yield { name: text.slice(nameSpan.start, nameSpan.end), nameSpan, valueSpan: valueSpan === undefined || valueSpan.start === valueSpan.end ? undefined : valueSpan, isEnvironment: true };
  }
}

/** The commands that a shell runs: not those in the JSON form. */
function* regionsOf(text: string): Iterable<Region> {
  let languageId: string | undefined = 'shellscript';
  for (const instruction of instructionsOf(text)) {
    const { keyword, body, heredoc } = instruction;
    if (keyword === 'FROM') languageId = 'shellscript';
    if (keyword === 'SHELL') {
      const shell = text.slice(body.start, body.end);
      const known = SHELLS.find(([pattern]) => pattern.test(shell));
      languageId = known === undefined ? 'shellscript' : known[1];
    }
    if (languageId === undefined || !isShell(text, instruction)) continue;
    const span = keyword === 'RUN' && heredoc !== undefined ? heredoc : body;
    if (span.start < span.end) yield { ...span, languageId };
  }
}

function isShell(text: string, { keyword, body }: Instruction): boolean {
  return /^(?:RUN|CMD|ENTRYPOINT)$/.test(keyword) && text.charAt(body.start) !== '[';
}

function inComment({ text }: ParsedSource, offset: number): boolean {
  return isComment(text, offset);
}

function isComment(text: string, offset: number): boolean {
  const { start } = lineAround(text, offset);
  return /^[ \t]*#/.test(text.slice(start, offset));
}

