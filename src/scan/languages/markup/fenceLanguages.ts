/** VS Code's language ids by what people write behind a fence, or a notebook says of its kernel. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  typescript: ['ts', 'mts', 'cts', 'typescript'],
  typescriptreact: ['tsx', 'typescriptreact'],
  javascript: ['js', 'mjs', 'cjs', 'javascript', 'node', 'ecmascript'],
  javascriptreact: ['jsx', 'javascriptreact'],
  shellscript: ['sh', 'bash', 'shell', 'zsh', 'console', 'shell-session', 'shellsession', 'sh-session', 'shellscript', 'terminal', 'fish', 'ksh', 'curl', 'cli'],
  powershell: ['powershell', 'ps1', 'pwsh', 'ps'],
  python: ['python', 'py', 'python3', 'pycon', 'ipython', 'py3'],
  ruby: ['ruby', 'rb', 'irb'],
  go: ['go', 'golang'],
  java: ['java'],
  kotlin: ['kotlin', 'kt', 'kts'],
  csharp: ['cs', 'csharp', 'c#', 'dotnet'],
  php: ['php'],
  rust: ['rust', 'rs'],
  json: ['json'],
  jsonc: ['jsonc', 'json5', 'json-with-comments'],
  yaml: ['yaml', 'yml'],
  toml: ['toml'],
  dotenv: ['env', 'dotenv'],
  dockerfile: ['dockerfile', 'docker'],
  http: ['http', 'rest'],
  html: ['html', 'htm', 'xhtml'],
  vue: ['vue', 'vue-html'],
  svelte: ['svelte'],
  astro: ['astro'],
  terraform: ['hcl', 'terraform', 'tf', 'tfvars'],
  ini: ['ini', 'cfg', 'conf'],
  properties: ['properties'],
  makefile: ['makefile', 'make', 'mk'],
};

const BY_NAME = new Map(Object.entries(NAMES).flatMap(([id, names]) => names.map((name) => [name, id] as const)));
/** What white space at the start of lines has a meaning in, or has no business. */
const INDENTED = new Set(['python', 'yaml', 'makefile', 'dotenv', 'http', 'ini', 'properties']);
/** What an interactive session shows before what was typed. */
const PROMPTS: Readonly<Record<string, RegExp>> = {
  shellscript: /^[^\S\r\n]*\$ /,
  powershell: /^PS(?: [^>\r\n]{0,200})?> /,
  python: /^(?:>>>|\.\.\.) /,
};

/** The language id that a name stands for; undefined for names that nothing is known of. */
export function fenceLanguage(name: string): string | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** Whether the indentation of a line must stay as it is. */
export function isIndented(languageId: string): boolean {
  return INDENTED.has(languageId);
}

/** What examples of a session in that language begin their lines with; undefined for languages without a prompt. */
export function promptOf(languageId: string): RegExp | undefined {
  return PROMPTS[languageId];
}

/** All language ids that a fence may have, by the names that occur in the text: rather too many. */
export function languagesNamedIn(names: Iterable<string>): string[] {
  return [...new Set([...names].flatMap((name) => fenceLanguage(name) ?? []))];
}
