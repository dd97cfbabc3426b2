/** A name that is taken from another module. */
export interface ImportedName {
  /** The other module's name for it; `default`, or `*` for all of it. */
  readonly imported: string;
  /** The name in this module; undefined for what is only handed on, or not named. */
  readonly local: string | undefined;
}

/** A place that makes another module part of this one's program. Imports of types are none. */
export interface ModuleImport {
  readonly specifier: string;
  readonly kind: 'import' | 'export' | 'require' | 'dynamic';
  /** Empty for an import that is made for its effect. */
  readonly names: readonly ImportedName[];
  /** Where it stands, in UTF-16 units. */
  readonly start: number;
}

const KEYWORDS = /(?<![\w$#]|(?<!\.\.)\.)(?:import|export|require)(?![\w$])/g;
const IMPORT = /^([\w$\s{},*]*?(?:\s|\}))?from\s*(['"])( *)\2/;
const EFFECT = /^\s*(['"])( *)\1/;
const RE_EXPORT = /^\s*(type\b\s*)?(\*(?:\s*as\s+[\w$]+)?|\{[^{}]*\})\s*from\s*(['"])( *)\3/;
const CALL = /^\s*\(\s*(['"`])( *)\1\s*[,)]/;
const WORKER = /\bnew\s+URL\s*\(\s*(['"])( *)\1\s*,\s*import\.meta\.url/g;
const ALL: readonly ImportedName[] = [{ imported: '*', local: undefined }];

/** The imports of a module, in order. `masked` is the same text as `maskCode` returns it. Reads text, so that broken code has imports too. */
export function importsIn(text: string, masked: string): ModuleImport[] {
  const found: ModuleImport[] = [];
  const keywords = [...masked.matchAll(KEYWORDS)];
  for (const [index, { 0: keyword, index: start }] of keywords.entries()) {
    const from = start + keyword.length;
    // No further than to the next keyword, so that the whole is read once.
    const rest = masked.slice(from, keywords[index + 1]?.index ?? masked.length);
    const one = keyword === 'export' ? reExport(text, rest, from) : keyword === 'require' ? required(text, masked, rest, start, from) : imported(text, masked, rest, start, from);
    if (one !== undefined) found.push({ ...one, start });
  }
  for (const match of masked.matchAll(WORKER)) {
    const quote = match.index + match[0].indexOf(match[1] ?? '');
    const specifier = text.slice(quote + 1, quote + 1 + (match[2] ?? '').length);
    if (/\.[cm]?[jt]sx?$/.test(specifier)) found.push({ specifier, kind: 'dynamic', names: ALL, start: match.index });
  }
  return found;
}

type Found = Omit<ModuleImport, 'start'> | undefined;

function imported(text: string, masked: string, rest: string, start: number, from: number): Found {
  const effect = EFFECT.exec(rest);
  if (effect !== null) return { kind: 'import', specifier: literal(text, from, effect[0], effect[2]), names: [] };
  const call = CALL.exec(rest);
  if (call !== null) {
    const after = masked.slice(from + call[0].length, from + call[0].length + 40);
    // `typeof import('m')` and `import('m').Name` are types.
    if (/\btypeof\s*$/.test(masked.slice(Math.max(0, start - 20), start)) || /^\s*\.\s*(?!then\b|catch\b|finally\b)[\w$]/.test(after)) return undefined;
    return { kind: 'dynamic', specifier: inCall(text, from, call[0], call[2]), names: taken(masked, start) };
  }
  const statement = IMPORT.exec(rest);
  if (statement === null) return undefined;
  const clause = statement[1] ?? '';
  if (/^\s*type(?:\s*[{*]|\s+(?!from\b)[\w$])/.test(clause)) return undefined;
  const names = namesIn(clause);
  return names === undefined ? undefined : { kind: 'import', specifier: literal(text, from, statement[0], statement[3]), names };
}

function reExport(text: string, rest: string, from: number): Found {
  const match = RE_EXPORT.exec(rest);
  if (match === null || match[1] !== undefined) return undefined;
  const what = match[2] ?? '';
  const names = what.startsWith('*') ? ALL : namesIn(what)?.map(({ imported: name }) => ({ imported: name, local: undefined }));
  return names === undefined ? undefined : { kind: 'export', specifier: literal(text, from, match[0], match[4]), names };
}

function required(text: string, masked: string, rest: string, start: number, from: number): Found {
  const call = CALL.exec(rest);
  return call === null ? undefined : { kind: 'require', specifier: inCall(text, from, call[0], call[2]), names: taken(masked, start) };
}

/** The names of a clause such as `a, { b, c as d }` or `* as e`; undefined when all of them are types. */
function namesIn(clause: string): ImportedName[] | undefined {
  const names: ImportedName[] = [];
  const brace = clause.indexOf('{');
  const head = brace === -1 ? clause : clause.slice(0, brace);
  const all = /\*\s*as\s+([\w$]+)/.exec(head);
  if (all?.[1] !== undefined) names.push({ imported: '*', local: all[1] });
  const main = /^\s*([\w$]+)/.exec(head);
  if (main?.[1] !== undefined) names.push({ imported: 'default', local: main[1] });
  let types = 0;
  for (const part of brace === -1 ? [] : clause.slice(brace + 1).replace(/\}[^]*$/, '').split(',')) {
    const [first = '', second, third] = part.trim().split(/\s+/);
    if (first === '') continue;
    if (first === 'type' && second !== undefined && second !== 'as') types++;
    else names.push({ imported: first, local: second === 'as' ? third : first });
  }
  return names.length === 0 && types > 0 ? undefined : names;
}

/** The names that `const a = require(…)` and `const { a, b: c } = await import(…)` make. */
function taken(masked: string, start: number): readonly ImportedName[] {
  const declaration = /\b(?:const|let|var)\s+([\w$]+|\{[^{}]*\})\s*=\s*(?:await\s*)?$/.exec(masked.slice(Math.max(0, start - 300), start))?.[1];
  if (declaration === undefined) return ALL;
  if (!declaration.startsWith('{')) return [{ imported: '*', local: declaration }];
  const names: ImportedName[] = [];
  for (const part of declaration.slice(1, -1).split(',')) {
    const [name = '', local = name] = part.replace(/=[^]*$/, '').split(':').map((word) => word.trim());
    if (/^[\w$]+$/.test(name)) names.push({ imported: name, local });
  }
  return names.length === 0 ? ALL : names;
}

/** The text of the literal that ends the match. */
function literal(text: string, from: number, match: string, blanks = ''): string {
  const end = from + match.length - 1;
  return text.slice(end - blanks.length, end);
}

/** The text of the literal that is the first argument of a call. */
function inCall(text: string, from: number, match: string, blanks = ''): string {
  const quote = from + match.search(/['"`]/);
  return text.slice(quote + 1, quote + 1 + blanks.length);
}
