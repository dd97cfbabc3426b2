import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../finding.js';
import type { Definition, Holder, Language, ParsedSource, Span } from './language.js';
import { constantTexts } from './hcl/constants.js';
import { inertHolder, plainText } from './plainText.js';
import { hclVariables } from './structured/hclVariables.js';
import { groupSpan, isBehindHash, linesOf, trimmed } from './structured/lines.js';
import { beforeHash, readsIn } from './structured/reads.js';

const READ = /(?<![\w.-])var\.(?<name>[A-Za-z_][\w-]*)/dg;
const PAIR = /^[ \t]*(?:"(?<quoted>[^"]*)"|(?<name>[A-Za-z_][\w.-]*))[ \t]*[=:](?!=)(?<value>[^]*)$/d;
const NAME = /^[ \t]*(?:"([^"]*)"|([A-Za-z_][\w.-]*))/;
const OPENS = /[{[][ \t]*$/;
const HEREDOC = /<<-?(\w+)[ \t]*$/;
/** Maps whose keys are environment variables, of functions, tasks and containers. */
const ENVIRONMENTS = new Set(['environment', 'environment_variables', 'env', 'env_vars']);
/** Terraform reads these before it knows any variable. */
const LITERAL_ONLY = new Set(['variable', 'terraform', 'backend', 'required_providers', 'cloud', 'provider_meta']);
const FARTHEST = 120;

/** Terraform, OpenTofu, and what else is written in HCL. */
export const hcl: Language = {
  ...plainText,
  ids: ['terraform', 'terraform-vars', 'hcl', 'opentofu', 'opentofu-vars'],
  files: [
    { languageId: 'terraform', pattern: /\.(?:tf|tofu)$/i },
    { languageId: 'terraform-vars', pattern: /\.tfvars$/i },
    { languageId: 'hcl', pattern: /\.hcl$/i },
  ],
  grammar: () => 'hcl',
  holderOf,
  constantTexts,
  inComment,
  definitions: (source) => [...definitions(source), ...hclVariables(source)],
  variableReads: (source) => (isModule(source) ? readsIn(source.text, READ, (line) => beforeHash(source.text, line)) : []),
  serverLookup: (variable, source) => (isModule(source) ? { variable, expression: `var.${variable.toLowerCase()}` } : undefined),
};

/** Files of variables and of other programs cannot read variables of the module. */
function isModule({ path, languageId }: ParsedSource | { readonly path: string; readonly languageId: string }): boolean {
  return /\.(?:tf|tofu)$/i.test(path) || (languageId === 'terraform' && !/\.tfvars$/i.test(path));
}

function holderOf(source: ParsedSource, token: Span): Holder {
  if (inComment(source, token.start)) return inertHolder('comment');
  const around = source.syntax?.nodesAround(token.start, token.end) ?? [];
  const index = around.findIndex(({ type }) => type === 'string_lit' || type === 'quoted_template' || type === 'heredoc_template');
  const literal = around[index];
  if (literal === undefined) return inertHolder('text');
  const { names, blocks } = namesAround(source, around, index);
  const mayRead = isModule(source) && !blocks.some((block) => LITERAL_ONLY.has(block));
  return { kind: 'code', use: { names }, replaceBy: (expression) => (mayRead ? replaceInLiteral(source, around, index, token, expression) : undefined) };
}

interface Around {
  readonly names: readonly string[];
  /** The types of the blocks. */
  readonly blocks: readonly string[];
}

function namesAround(source: ParsedSource, around: readonly Node[], index: number): Around {
  const names: string[] = [];
  const blocks: string[] = [];
  let own = around[index];
  for (const node of around.slice(index + 1, index + FARTHEST)) {
    if (node.type === 'attribute') names.push(nameOf(source, node.namedChild(0)));
    if (node.type === 'object_elem' && node.childForFieldName('key')?.id !== own?.id) names.push(nameOf(source, node.childForFieldName('key')));
    if (node.type === 'block') {
      const type = nameOf(source, node.namedChild(0));
      blocks.push(type);
      // The labels say what it is: `variable "stigg_api_key" { default = … }`.
      const labels = node.namedChildren.filter((child) => child?.type === 'string_lit').map((child) => nameOf(source, child));
      names.push(...labels.reverse(), type);
    }
    own = node;
  }
  return { names: names.filter((name) => name !== ''), blocks };
}

function nameOf(source: ParsedSource, node: Node | null): string {
  return node === null ? '' : source.text.slice(node.startIndex, node.endIndex).replace(/^"(.*)"$/s, '$1');
}

/** The whole literal becomes the expression; of a part of one, an interpolation. */
function replaceInLiteral(source: ParsedSource, around: readonly Node[], index: number, token: Span, expression: string): TextEdit[] | undefined {
  const literal = around[index];
  const parent = around[index + 1];
  if (literal === undefined || literal.hasError || parent === undefined || parent.type === 'block') return undefined;
  const isKey = around.some((node, at) => node.type === 'object_elem' && node.childForFieldName('key')?.id === around[at - 1]?.id);
  if (isKey) return undefined;
  const isWhole = literal.type !== 'heredoc_template' && literal.startIndex + 1 === token.start && literal.endIndex - 1 === token.end;
  if (isWhole) return [{ start: literal.startIndex, end: literal.endIndex, text: expression }];
  return source.text.charAt(token.start - 1) === '$' ? undefined : [{ start: token.start, end: token.end, text: `\${${expression}}` }];
}

/** One pair a line; blocks, maps and here-documents are told by how their lines begin and end. */
function* definitions({ text }: ParsedSource): Iterable<Definition> {
  const around: string[] = [];
  let heredoc: string | undefined;
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end);
    if (heredoc !== undefined) {
      if (content.trim() === heredoc) heredoc = undefined;
      continue;
    }
    if (/^[ \t]*(?:#|\/\/)/.test(content)) continue;
    heredoc = HEREDOC.exec(content)?.[1];
    const opens = OPENS.test(content) ? NAME.exec(content) : null;
    const match = PAIR.exec(content);
    const nameSpan = match === null ? undefined : groupSpan(match, 'quoted', line.start) ?? groupSpan(match, 'name', line.start);
    const rest = match === null ? undefined : groupSpan(match, 'value', line.start);
    if (nameSpan !== undefined && rest !== undefined) {
      const isEnvironment = around.slice(-2).some((name) => ENVIRONMENTS.has(name));
      yield { name: text.slice(nameSpan.start, nameSpan.end), nameSpan, valueSpan: opens === null ? valueSpan(text, trimmed(text, rest)) : undefined, isEnvironment };
    }
    if (opens !== null) around.push(opens[1] ?? opens[2] ?? '');
    else if (/^[ \t]*[}\]]/.test(content)) around.pop();
  }
}

function valueSpan(text: string, value: Span): Span | undefined {
  const quoted = /^"((?:[^"\\]|\\[^])*)"/.exec(text.slice(value.start, value.end));
  if (quoted !== null) return { start: value.start + 1, end: value.start + quoted[0].length - 1 };
  const plain = trimmed(text, beforeHash(text, value));
  return plain.start === plain.end || text.startsWith('<<', plain.start) ? undefined : plain;
}

function inComment(source: ParsedSource, offset: number): boolean {
  if (source.syntax === undefined) return isBehindHash(source.text, offset);
  return source.syntax.nodesAround(offset, offset + 1)[0]?.type === 'comment';
}
