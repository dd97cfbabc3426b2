import type { Definition, ParsedSource, Span } from '../language.js';
import { yamlDialect, type YamlDialect } from './yamlDialects.js';
import { yamlEntries, type YamlEntry } from './yamlEntries.js';

/** Mappings, and lists of `KEY=value`, whose keys are environment variables. */
const ENVIRONMENTS = new Set(['env', 'environment', 'build_environment', 'envVars', 'env_variables', 'extraEnv', 'extraEnvVars']);
const PAIR = /^([A-Za-z_][\w.-]*)=/;

/** The keys of all block mappings, and what lists of variables hold. */
export function* yamlDefinitions(source: ParsedSource): Iterable<Definition> {
  const { text } = source;
  const dialect = yamlDialect(source);
  let name: YamlEntry | undefined;
  let value: YamlEntry | undefined;
  for (const entry of yamlEntries(text)) {
    const [key = '', around = ''] = entry.names;
    if (entry.key === undefined) {
      const pair = ENVIRONMENTS.has(key) ? pairIn(text, entry) : undefined;
      if (pair !== undefined) yield pair;
      continue;
    }
    if (key === 'name') name = entry;
    if (key === 'value') value = entry;
    if ((key === 'name' || key === 'value') && entry.inList && (ENVIRONMENTS.has(around) || around === 'variables')) {
      // `- name: KEY` with `value: …` below, or above.
      if (name?.value !== undefined && name.mapping === value?.mapping) {
        yield { name: text.slice(name.value.start, name.value.end), nameSpan: place(name.value), valueSpan: value.value && place(value.value), isEnvironment: true };
        name = value = undefined;
      }
      continue;
    }
    yield { name: key, nameSpan: entry.key, valueSpan: entry.value && place(entry.value), isEnvironment: !entry.inList && isEnvironment(around, dialect) };
  }
}

/** Whether the keys below that one are environment variables. */
function isEnvironment(around: string, dialect: YamlDialect | undefined): boolean {
  return ENVIRONMENTS.has(around) || (around === 'variables' && (dialect?.name === 'gitlab' || dialect?.name === 'azure'));
}

function pairIn(text: string, { value }: YamlEntry): Definition | undefined {
  const name = value === undefined ? undefined : PAIR.exec(text.slice(value.start, value.end))?.[1];
  if (value === undefined || name === undefined) return undefined;
  const nameSpan = { start: value.start, end: value.start + name.length };
  const start = nameSpan.end + 1;
  return { name, nameSpan, valueSpan: start < value.end ? { start, end: value.end } : undefined, isEnvironment: true };
}

function place({ start, end }: Span): Span {
  return { start, end };
}
