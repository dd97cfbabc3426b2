import type { Source } from '../../source.js';
import type { Decoded, ParsedSource, Region } from '../language.js';
import { decode, decodeEscapes, type Escape } from './decoded.js';
import { decodeJsonString } from './jsonString.js';
import { yamlDialect, type YamlDialect } from './yamlDialects.js';
import { YamlVariables } from './yamlVariables.js';
import { yamlEntries, type YamlEntry, type YamlValue } from './yamlEntries.js';

/** What a document must hold to have a step at all. */
const STEP = /(?:run|script|bash|pwsh|powershell|cmds?|command)['"]?[ \t]*:/;
const SCRIPTS = new Set(['script', 'before_script', 'after_script', 'after-script']);
/** Kinds of files whose commands no shell takes apart. */
const WITHOUT_STEPS = new Set<string | undefined>(['compose', 'serverless', 'spring']);

type StepLanguage = 'shellscript' | 'powershell' | 'python' | 'javascript';

/** The languages that steps of this document may have; rather too many. */
export function stepLanguages(source: Source): StepLanguage[] {
  if (!mayHaveSteps(source)) return [];
  const languages: StepLanguage[] = ['shellscript'];
  if (/pwsh|powershell|windows/i.test(source.text)) languages.push('powershell');
  if (/shell:[ \t]*['"]?python|PythonScript@/i.test(source.text)) languages.push('python');
  if (/github-script|shell:[ \t]*['"]?node/i.test(source.text)) languages.push('javascript');
  return languages;
}

function mayHaveSteps(source: Source): boolean {
  return STEP.test(source.text) && !WITHOUT_STEPS.has(yamlDialect(source)?.name);
}

/** The steps that a shell or an interpreter runs. */
export function* stepsOf(source: ParsedSource): Iterable<Region> {
  if (!mayHaveSteps(source)) return;
  const entries = [...yamlEntries(source.text)];
  const steps = new Steps(source.text, yamlDialect(source), entries);
  const variables = new YamlVariables(source.text, yamlDialect(source)?.name, entries);
  for (const entry of entries) {
    const { value } = entry;
    const languageId = value === undefined || value.start === value.end ? undefined : steps.languageOf(entry);
    if (value === undefined || languageId === undefined) continue;
    const decoded = decodedStep(source.text, value, steps.expressionPrefix(languageId));
    const environment = languageId === 'shellscript' ? variables.of(entry) : undefined;
    yield { start: value.start, end: value.end, languageId, ...(environment === undefined || environment.size === 0 ? {} : { environment }), ...(decoded === undefined ? {} : { decoded }) };
  }
}

class Steps {
  readonly #dialect: YamlDialect | undefined;
  /** What is said beside or around a step about its language: by mapping and key. */
  readonly #said = new Map<string, string>();

  constructor(text: string, dialect: YamlDialect | undefined, entries: readonly YamlEntry[]) {
    this.#dialect = dialect;
    for (const { names, mapping, key, value } of entries) {
      const [name = ''] = names;
      if (key === undefined || value === undefined || !/^(?:shell|uses|task|runs-on)$/.test(name)) continue;
      this.#said.set(`${mapping} ${name}`, text.slice(value.start, value.end));
      const [, second, third, ...outer] = names;
      if (name === 'shell' && second === 'run' && third === 'defaults') this.#said.set(`defaults ${outer.join(' ')}`, text.slice(value.start, value.end));
      if (name === 'runs-on' && names[2] === 'jobs') this.#said.set(`runs-on ${names[1] ?? ''}`, text.slice(value.start, value.end));
    }
  }

  /** The language of a value that is a step; undefined for all others. */
  languageOf(entry: YamlEntry): StepLanguage | undefined {
    const [name = '', around = ''] = entry.names;
    switch (this.#dialect?.name) {
      case 'github':
      case 'githubAction':
        return entry.key === undefined ? undefined : this.#github(entry, name, around);
      case 'azure':
        return entry.key === undefined ? undefined : this.#azure(entry, name, around);
      case 'gitlab':
      case 'bitbucket':
        return SCRIPTS.has(name) ? 'shellscript' : undefined;
      case 'circleci':
        return (name === 'run' && entry.names.includes('steps')) || (name === 'command' && around === 'run') ? 'shellscript' : undefined;
      case 'taskfile':
        return /^cmds?$/.test(name) ? 'shellscript' : undefined;
      case 'compose':
      case 'serverless':
      case 'spring':
        return undefined;
      case undefined:
        // Templates of workflows, and pipelines with names of their own.
        if (name === 'run' && around === 'steps' && entry.key !== undefined) return 'shellscript';
        return SCRIPTS.has(name) && (entry.key === undefined || entry.value?.style === 'literal') && around !== 'with' && around !== 'inputs' ? 'shellscript' : undefined;
    }
  }

  /** How the step's language begins to read a variable, where expressions are put into steps; undefined elsewhere. */
  expressionPrefix(languageId: StepLanguage): string | undefined {
    if (this.#dialect?.name !== 'github' && this.#dialect?.name !== 'githubAction') return undefined;
    return languageId === 'shellscript' ? '${' : languageId === 'powershell' ? '${env:' : undefined;
  }

  #github({ names, mapping, outer }: YamlEntry, name: string, around: string): StepLanguage | undefined {
    if (name === 'script' && around === 'with') return (this.#said.get(`${outer} uses`) ?? '').includes('github-script') ? 'javascript' : undefined;
    if (name !== 'run' || around !== 'steps') return undefined;
    const job = names[2] ?? '';
    const shell = this.#said.get(`${mapping} shell`) ?? this.#said.get(`defaults ${job} jobs`) ?? this.#said.get('defaults ');
    if (shell !== undefined) return shellLanguage(shell);
    return /windows/i.test(this.#said.get(`runs-on ${job}`) ?? '') ? 'powershell' : 'shellscript';
  }

  #azure({ outer }: YamlEntry, name: string, around: string): StepLanguage | undefined {
    if (around === 'inputs' && name === 'script') {
      const task = this.#said.get(`${outer} task`) ?? '';
      if (/^PowerShell@/i.test(task)) return 'powershell';
      if (/^PythonScript@/i.test(task)) return 'python';
      return /^(?:Bash|CmdLine)@/i.test(task) ? 'shellscript' : undefined;
    }
    if (name === 'pwsh' || name === 'powershell') return 'powershell';
    return name === 'script' || name === 'bash' ? 'shellscript' : undefined;
  }
}

function shellLanguage(shell: string): StepLanguage | undefined {
  if (/^(?:pwsh|powershell)\b/i.test(shell)) return 'powershell';
  if (/^python/i.test(shell)) return 'python';
  if (/^node\b/i.test(shell)) return 'javascript';
  return /^cmd\b/i.test(shell) ? undefined : 'shellscript';
}

/** Literal blocks and plain scalars are the step as it is: a shell does not mind their indentation. */
function decodedStep(text: string, value: YamlValue, prefix: string | undefined): Decoded | undefined {
  const raw = text.slice(value.start, value.end);
  switch (value.style) {
    case 'literal':
    case 'plain':
      return prefix === undefined || !raw.includes('${{') ? undefined : decodeEscapes(text, value, expressions(raw, value.start, prefix), (step) => step);
    case 'folded':
      return decode(text, value, FOLD, (ends) => (/^(?:\r\n|[\r\n])$/.test(ends) ? ' '.repeat(ends.length) : ends), (step) => step);
    case 'single':
      return raw.includes("''") ? decode(text, value, /''/g, () => "'", encodeSingle) : { text: raw, toOuter: (offset) => value.start + offset, encode: encodeSingle };
    case 'double':
      return decodeJsonString(text, value);
  }
}

const EXPRESSION = /(\$\{\{[ \t]*(?:secrets|env|vars)\.)[A-Za-z_]\w*([ \t]*\}\})/g;

/** `${{ secrets.NAME }}` as the shell's own read of the variable: what it is handed over like, with the name in its place. */
function* expressions(raw: string, start: number, prefix: string): Iterable<Escape> {
  for (const { 0: whole, 1: open = '', 2: close = '', index } of raw.matchAll(EXPRESSION)) {
    // A shell expands nothing there, GitHub does: the commands know the expression as it is.
    if (isSingleQuoted(raw, index)) continue;
    const from = start + index;
    const to = from + whole.length;
    yield { start: from, end: from + open.length, value: prefix };
    yield { start: to - close.length, end: to, value: '}' };
  }
}

/** Longer quoted texts before an expression nobody writes on one line. */
const LONGEST_QUOTED = 500;

function isSingleQuoted(raw: string, at: number): boolean {
  const before = raw.slice(Math.max(0, at - LONGEST_QUOTED), at);
  let quote = '';
  for (const mark of before.slice(before.lastIndexOf('\n') + 1).match(/\\.|['"]/g) ?? []) {
    if (quote === '') quote = mark.length === 1 ? mark : '';
    else if (mark === quote) quote = '';
  }
  return quote === "'";
}

/** Line ends, with the empty lines between them. Folding makes a single one a space. */
const FOLD = /(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))*/g;

function encodeSingle(step: string): string {
  return step.replaceAll("'", "''");
}
