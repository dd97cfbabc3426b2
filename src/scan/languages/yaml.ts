import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../finding.js';
import type { Holder, Language, ParsedSource, Span } from './language.js';
import { inertHolder, plainText } from './plainText.js';
import { defaultAt } from './structured/defaults.js';
import { isBehindHash } from './structured/lines.js';
import { isMcpKey } from './structured/mcp.js';
import { beforeHash, DOLLAR_READ, readsIn } from './structured/reads.js';
import { yamlDefinitions } from './structured/yamlDefinitions.js';
import { yamlDialect, type YamlDialect } from './structured/yamlDialects.js';
import { isBackendKey, namesAround, scalarIndex } from './structured/yamlNodes.js';
import { stepLanguages, stepsOf } from './structured/yamlSteps.js';

const ACTIONS_READ = /\$\{\{[ \t]*(?:secrets|vars|env)\.(?<name>[A-Za-z_]\w*)[ \t]*\}\}/dg;
const AZURE_READ = /\$\((?<name>[A-Za-z_][\w.]*)\)/dg;

/** YAML: configuration, Compose, Kubernetes, Helm values and pipelines. */
export const yaml: Language = {
  ...plainText,
  ids: ['yaml', 'dockercompose', 'github-actions-workflow', 'azure-pipelines', 'helm', 'ansible', 'spring-boot-properties-yaml'],
  files: [{ languageId: 'yaml', pattern: /\.ya?ml$/i }],
  grammar: () => 'yaml',
  embeds: stepLanguages,
  regions: (source) => [...stepsOf(source)],
  holderOf,
  inComment,
  definitions: yamlDefinitions,
  variableReads: (source) => {
    const pattern = readPattern(yamlDialect(source));
    return pattern === undefined ? [] : readsIn(source.text, pattern, (line) => beforeHash(source.text, line));
  },
  serverLookup: (variable, source) => {
    const expression = yamlDialect(source)?.expression?.(variable);
    return expression === undefined ? undefined : { variable, expression };
  },
};

function readPattern(dialect: YamlDialect | undefined): RegExp | undefined {
  switch (dialect?.name) {
    case 'github':
    case 'githubAction':
      return ACTIONS_READ;
    case 'azure':
      return AZURE_READ;
    case 'compose':
    case 'gitlab':
    case 'spring':
      return DOLLAR_READ;
    case 'bitbucket':
    case 'circleci':
    case 'taskfile':
    case 'serverless':
    case undefined:
      return undefined;
  }
}

function holderOf(source: ParsedSource, token: Span): Holder {
  if (inComment(source, token.start)) return inertHolder('comment');
  const around = source.syntax?.nodesAround(token.start, token.end) ?? [];
  const index = scalarIndex(around);
  const scalar = around[index];
  if (scalar === undefined) return inertHolder('text');
  const found = namesAround(source, around, index, token);
  if (found === undefined) return inertHolder('text');
  const isBackend = isBackendKey(source, found, around) || isMcpKey(found);
  const given = defaultAt(source.text, token);
  const names = given === undefined ? found : [given.variable, ...found];
  return {
    kind: 'text',
    use: isBackend ? { names, stiggInit: 'backend' } : { names },
    replaceBy: (expression) => (mayRead(source, found, expression) ? replaceInScalar(source, around, index, token, expression) : undefined),
  };
}

function mayRead(source: ParsedSource, names: readonly string[], expression: string): boolean {
  const dialect = yamlDialect(source);
  if (dialect?.expression === undefined || (dialect.below !== undefined && !names.some((name) => dialect.below?.includes(name)))) return false;
  return dialect.isCircular !== true || dialect.expression(names[0] ?? '') !== expression;
}

/** Edits that put the expression into the scalar; plain ones get quotes where braces would end them. */
function replaceInScalar(source: ParsedSource, around: readonly Node[], index: number, token: Span, expression: string): TextEdit[] | undefined {
  const scalar = around[index];
  if (scalar === undefined || scalar.hasError || /["'\\\r\n]/.test(expression)) return undefined;
  const edit = withinDefault(source, token, expression);
  if (edit === undefined) return undefined;
  if (scalar.type === 'single_quote_scalar' || scalar.type === 'double_quote_scalar') return [edit];
  if (scalar.type !== 'plain_scalar') return undefined;
  const { startIndex, endIndex } = scalar;
  const rest = source.text.slice(startIndex, token.start) + source.text.slice(token.end, endIndex);
  const isFlow = around.some(({ type }) => type === 'flow_mapping' || type === 'flow_sequence');
  if (!isFlow) return [edit];
  if (/["\\\r\n]/.test(rest)) return undefined;
  // Edits may not touch: a quote beside the token is written together with it.
  const opens = startIndex === token.start ? '"' : '';
  const closes = endIndex === token.end ? '"' : '';
  return [
    ...(opens === '' ? [{ start: startIndex, end: startIndex, text: '"' }] : []),
    { ...edit, text: `${opens}${expression}${closes}` },
    ...(closes === '' ? [{ start: endIndex, end: endIndex, text: '"' }] : []),
  ];
}

/** Compose reads variables in what stands in for another one; for the others that is text. Instead of a variable itself, nothing stands in for it. */
function withinDefault(source: ParsedSource, token: Span, expression: string): TextEdit | undefined {
  const given = defaultAt(source.text, token);
  if (given === undefined) return { start: token.start, end: token.end, text: expression };
  if (!given.isWhole || yamlDialect(source)?.name !== 'compose') return undefined;
  return expression === `\${${given.variable}}` ? { start: given.operator, end: token.end, text: '' } : { start: token.start, end: token.end, text: expression };
}

function inComment(source: ParsedSource, offset: number): boolean {
  if (source.syntax === undefined) return isBehindHash(source.text, offset);
  return source.syntax.nodesAround(offset, offset + 1)[0]?.type === 'comment';
}
