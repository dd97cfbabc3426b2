import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../finding.js';
import { shellFacts } from '../stigg/shell/index.js';
import { readVariableName } from '../variables.js';
import type { Command, Definition, Holder, Language, ParsedSource, Span, Use, VariableRead } from './language.js';
import { inertHolder, plainText } from './plainText.js';
import { isWrittenToEnvFile } from './shell/envFileWrites.js';
import { constantTexts } from './shell/constants.js';
import { namesInArgument, variablesIn, wordsOf } from './shell/words.js';
import { spanOf } from './span.js';
import { defaultAt, type Default } from './structured/defaults.js';
import { isStiggMcp } from './structured/mcp.js';

const HOLDERS = new Set(['string', 'raw_string', 'word', 'heredoc_body', 'ansi_c_string', 'concatenation']);
/** `NAME=value`, also as an argument such as docker's `-e NAME=value`. */
const ASSIGNMENT = /(?<![\w$.-])([A-Za-z_]\w*)=/g;
const EXPRESSION = /^[^\S\n]{0,9}\$\{\{[^{}\n]{0,200}\}\}[^\n;&|<>]*/;
const LONGEST_REST = 2_000;
/** A program that hands variables to another one. */
/** What stands behind the last quote holds the sign of a comment. */
const COMMENT = /(?:^|["'])[^"'#]*#[^"']*$/;
const PASSES_ON = /(?:^|\s)(?:-e|--env|--build-arg|--set-env-vars|--update-env-vars|--env-vars)[ =]["']?$/;

/** Bourne shells. A key is read from `$NAME`; where that is also the variable's own name, a missing value stops the script. */
export const shellScript: Language = {
  ...plainText,
  ids: ['shellscript'],
  files: [{ languageId: 'shellscript', pattern: /(?:\.(?:sh|bash|zsh|ksh|bats|command)|(?:^|\/)\.envrc(?:\.[^/]*)?|(?:^|\/)\.(?:bashrc|zshrc|zshenv|profile|bash_profile|bash_aliases|zprofile))$/i }],
  grammar: () => 'bash',
  inComment: (source, offset) => (source.syntax === undefined ? plainText.inComment(source, offset) : innermost(source, offset)?.type === 'comment'),
  holderOf,
  constantTexts,
  definitions,
  variableReads,
  commands,
  requests: (source) => shellFacts(source).requests,
  cliCalls: (source) => shellFacts(source).commands,
  serverLookup: (variable) => ({ variable, expression: `$${variable}` }),
};

function innermost(source: ParsedSource, offset: number): Node | undefined {
  return source.syntax?.nodesAround(offset, offset + 1)[0];
}

function holderOf(source: ParsedSource, token: Span): Holder {
  const around = source.syntax?.nodesAround(token.start, token.end) ?? [];
  if (around[0]?.type === 'comment') return inertHolder('comment');
  const index = around.findIndex(({ type }) => HOLDERS.has(type));
  const literal = around[index];
  const use = useOf(source, around, token);
  const given = around.some(({ type }) => type === 'expansion') ? defaultAt(source.text, token) : undefined;
  if (given?.isWhole === true) return { kind: 'code', use, replaceBy: (expression) => replaceDefault(given, token, expression) };
  if (literal === undefined) return { ...inertHolder(source.syntax === undefined ? 'text' : 'code'), use };
  return { kind: 'code', use, replaceBy: (expression) => (expression === `$${given?.variable ?? ''}` ? undefined : replaceIn(source, around, literal, token, expression)) };
}

/** What stands in for a variable becomes another one; of that variable itself, a missing value stops the script. */
function replaceDefault(given: Default, token: Span, expression: string): TextEdit[] {
  return expression === `$${given.variable}` ? [{ start: given.operator, end: token.end, text: ':?' }] : [{ ...token, text: expression }];
}

function useOf(source: ParsedSource, around: readonly Node[], token: Span): Use {
  const given = defaultAt(source.text, token);
  const own = names(given?.variable);
  const assignment = around.find(({ type }) => type === 'variable_assignment');
  const command = around.find(({ type }) => type === 'command');
  if (assignment !== undefined) {
    const found = [...own, ...names(assignment.childForFieldName('name')?.text)];
    return command !== undefined && found.includes('STIGG_API_KEY') && runsStigg(command) ? { names: found, stiggInit: 'backend' } : { names: found };
  }
  if (command === undefined) return { names: own };
  const words = wordsOf(source.text, spanOf(command), '\\');
  const at = words.findIndex(({ start, end }) => start <= token.start && token.end <= end);
  const word = words[at];
  if (word === undefined) return { names: own };
  const value = source.text.slice(given?.start ?? token.start, token.end);
  const found = [...own, ...namesInArgument(word.text, words[at - 1]?.text, value)];
  const program = programOf(command.childForFieldName('name')?.text);
  const isInit = (program === 'stigg' && found.includes('api-key')) || (program === 'helm' && found.includes('serverApiKey'));
  return isInit ? { names: found, stiggInit: 'backend' } : { names: found };
}

/** Stigg's command line, or its MCP server, which read STIGG_API_KEY. */
function runsStigg(command: Node): boolean {
  return programOf(command.childForFieldName('name')?.text) === 'stigg' || command.namedChildren.some((child) => child !== null && isStiggMcp(child.text));
}

function names(name: string | undefined): string[] {
  return name === undefined ? [] : [name];
}

/** Edits that expand the variable where the token stood, whatever quotes it stood in. */
function replaceIn(source: ParsedSource, around: readonly Node[], literal: Node, token: Span, expression: string): TextEdit[] | undefined {
  const assigned = around.find(({ type }) => type === 'variable_assignment')?.childForFieldName('name')?.text;
  const variable = expression.replace(/^\$/, '');
  const braced = assigned === variable ? `\${${variable}:?}` : /\w/.test(source.text.charAt(token.end)) ? `\${${variable}}` : expression;
  switch (literal.type) {
    case 'string':
      return [{ ...token, text: braced }];
    case 'heredoc_body': {
      const start = around.flatMap((node) => node.children).find((child) => child?.type === 'heredoc_start')?.text ?? "'";
      return /['"\\]/.test(start) ? undefined : [{ ...token, text: braced }];
    }
    case 'raw_string': {
      const { startIndex: start, endIndex: end } = literal;
      const rest = source.text.slice(start + 1, token.start) + source.text.slice(token.end, end - 1);
      if (/[$`"\\!]/.test(rest)) return [{ ...token, text: `'"${braced}"'` }];
      return [{ start, end: start + 1, text: '"' }, { ...token, text: braced }, { start: end - 1, end, text: '"' }];
    }
    case 'word':
    case 'concatenation':
      return [{ ...token, text: `"${braced}"` }];
    default:
      return undefined;
  }
}

function* definitions(source: ParsedSource): Iterable<Definition> {
  for (const match of source.text.matchAll(ASSIGNMENT)) {
    const name = match[1] ?? '';
    if (readVariableName(name) === undefined) continue;
    const nameSpan = { start: match.index, end: match.index + name.length };
    const around = source.syntax?.nodesAround(nameSpan.start, nameSpan.end) ?? [];
    if (around[0]?.type === 'comment') continue;
    const assignment = around.find(({ type }) => type === 'variable_assignment');
    const lineStart = source.text.lastIndexOf('\n', match.index) + 1;
    const before = source.text.slice(lineStart, match.index);
    const isPassedOn = PASSES_ON.test(before) || (!COMMENT.test(before) && isWrittenToEnvFile(around));
    if (assignment === undefined && !isPassedOn) continue;
    const value = assignment?.childForFieldName('value');
    const parent = around[around.findIndex(({ type }) => type === 'variable_assignment') + 1]?.type;
    yield {
      name,
      nameSpan,
      valueSpan: value === null || value === undefined ? valueAfter(source, nameSpan.end + 1) : spanOf(value),
      // `export NAME=…` and `NAME=… command`
      isEnvironment: isPassedOn || parent === 'command' || (parent === 'declaration_command' && /^(?:export|declare\s+-\w*x)/.test(source.text.slice(lineStart).trimStart())),
    };
  }
}

function valueAfter(source: ParsedSource, start: number): Span | undefined {
  const value = /^["']?[^\s"']+/.exec(source.text.slice(start, start + 500))?.[0];
  return value === undefined ? undefined : { start, end: start + value.length };
}

function* variableReads(source: ParsedSource): Iterable<VariableRead> {
  for (const read of variablesIn(source.text, 0)) {
    const type = source.syntax?.nodesAround(read.start, read.end)[0]?.type;
    if (type !== 'comment' && type !== 'raw_string') yield read;
  }
}

function* commands(source: ParsedSource): Iterable<Command> {
  for (const node of source.syntax?.root.descendantsOfType('command') ?? []) {
    const name = node?.childForFieldName('name');
    if (node === null || name === null || name === undefined) continue;
    const end = endWithExpressions(source.text, node.endIndex);
    yield { start: node.startIndex, end, name: programOf(name.text), words: wordsOf(source.text, { start: name.startIndex, end }, '\\') };
  }
}

/** The end of a command whose grammar stops at `${{ … }}`: CI systems put values in there before a shell sees the line. */
function endWithExpressions(text: string, end: number): number {
  return end + (EXPRESSION.exec(text.slice(end, end + LONGEST_REST))?.[0].length ?? 0);
}

/** The program without its path; undefined where a variable names it. */
function programOf(word: string | undefined): string | undefined {
  return word === undefined || /[$`(]/.test(word) ? undefined : word.replace(/^["']|["']$/g, '').split('/').at(-1);
}
