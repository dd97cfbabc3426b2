import type { Definition, ParsedSource, Span } from '../language.js';
import { linesOf, trimmed } from './lines.js';
import { yamlDialect, type YamlDialect } from './yamlDialects.js';
import { yamlEntries, type YamlValue } from './yamlEntries.js';

/** Mappings, and lists of `KEY=value`, whose keys are environment variables. */
const ENVIRONMENTS = new Set(['env', 'environment', 'build_environment', 'envVars', 'env_variables', 'extraEnv', 'extraEnvVars']);
/** Inputs of actions and plugins that take one `KEY=value` a line. */
const LINES_OF_VARIABLES = new Set(['build-args', 'build_args', 'env_vars', 'env-vars']);
const PAIR = /^([A-Za-z_][\w.-]*)=/;

/** A variable as a list has it: `- name: KEY` (Render says `key`) with `value: …` or `valueFrom: …`, in any order. */
interface Item {
  readonly mapping: number;
  name?: YamlValue;
  value?: YamlValue | undefined;
}

/** The keys of all block mappings, and what lists of variables hold. */
export function* yamlDefinitions(source: ParsedSource): Iterable<Definition> {
  const { text } = source;
  const dialect = yamlDialect(source);
  let item: Item | undefined;
  for (const entry of yamlEntries(text)) {
    const [key = '', around = ''] = entry.names;
    if (entry.key === undefined) {
      const pair = isList(key, around) && entry.value !== undefined ? pairIn(text, entry.value) : undefined;
      if (pair !== undefined) yield pair;
      continue;
    }
    if (LINES_OF_VARIABLES.has(key) && entry.value !== undefined) yield* pairsIn(text, entry.value);
    if (!entry.inList || (!ENVIRONMENTS.has(around) && around !== 'variables')) {
      yield { name: key, nameSpan: entry.key, valueSpan: entry.value && place(entry.value), isEnvironment: !entry.inList && isEnvironment(around, dialect) };
      continue;
    }
    if (item?.mapping !== entry.mapping) {
      yield* variableOf(text, item);
      item = { mapping: entry.mapping };
    }
    if ((key === 'name' || key === 'key') && entry.value !== undefined) item.name ??= entry.value;
    else if (key === 'value') item.value = entry.value;
  }
  yield* variableOf(text, item);
}

function* variableOf(text: string, item: Item | undefined): Iterable<Definition> {
  if (item?.name === undefined) return;
  yield { name: text.slice(item.name.start, item.name.end), nameSpan: place(item.name), valueSpan: item.value && place(item.value), isEnvironment: true };
}

/** Lists of `KEY=value`: of variables, and of the arguments of an image in Compose. */
function isList(key: string, around: string): boolean {
  return ENVIRONMENTS.has(key) || LINES_OF_VARIABLES.has(key) || (key === 'args' && around === 'build');
}

/** Whether the keys below that one are environment variables. */
function isEnvironment(around: string, dialect: YamlDialect | undefined): boolean {
  return ENVIRONMENTS.has(around) || (around === 'variables' && (dialect?.name === 'gitlab' || dialect?.name === 'azure'));
}

function pairIn(text: string, value: Span): Definition | undefined {
  const name = PAIR.exec(text.slice(value.start, value.end))?.[1];
  if (name === undefined) return undefined;
  const nameSpan = { start: value.start, end: value.start + name.length };
  const start = nameSpan.end + 1;
  return { name, nameSpan, valueSpan: start < value.end ? { start, end: value.end } : undefined, isEnvironment: true };
}

/** The lines of a block, or the one line of another scalar. */
function* pairsIn(text: string, value: YamlValue): Iterable<Definition> {
  for (const line of linesOf(text.slice(value.start, value.end))) {
    const pair = pairIn(text, trimmed(text, { start: value.start + line.start, end: value.start + line.end }));
    if (pair !== undefined) yield pair;
  }
}

function place({ start, end }: Span): Span {
  return { start, end };
}
