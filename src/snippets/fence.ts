/** What is put around a request, so that it reads as a shell script where it lands. */
export interface Wrapping {
  readonly before: string;
  readonly after: string;
}

const NOTHING: Wrapping = { before: '', after: '' };

/** The languages in which code stands in fenced blocks. */
export function isFenced(languageId: string): boolean {
  return languageId === 'markdown' || languageId === 'mdx';
}

/**
 * In Markdown a request outside a code block gets one of its own, whose opening says `info`. A block opens with three or more backticks or
 * tildes and ends with at least as many of the same, alone on their line.
 */
export function wrappingFor(languageId: string, textBefore: string, info = 'sh'): Wrapping {
  if (!isFenced(languageId)) return NOTHING;
  return insideFence(textBefore) ? NOTHING : { before: `\`\`\`${info}\n`, after: '\n```\n' };
}

/** True when the text ends inside a fenced code block. */
export function insideFence(text: string): boolean {
  return openFence(text) !== undefined;
}

/** What the fenced code block that the text ends in says of its language (`ts`, or nothing); undefined outside of any. */
export function openFence(text: string): string | undefined {
  let open: { readonly fence: string; readonly info: string } | undefined;
  for (const line of text.split(/\r?\n/)) {
    const match = /^ {0,3}(`{3,}|~{3,})(.*)$/s.exec(line);
    const fence = match?.[1];
    if (fence === undefined) continue;
    const info = match?.[2] ?? '';
    if (open === undefined) {
      // A backtick in the info string means that this is inline code, not a fence.
      if (fence.startsWith('~') || !info.includes('`')) open = { fence, info };
    } else if (fence.startsWith(open.fence.charAt(0)) && fence.length >= open.fence.length && info.trim() === '') {
      open = undefined;
    }
  }
  return open?.info.trim();
}

/** What stands at the opening of a block, by VS Code's id of the language: the first is what is written. */
const INFOS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  shellscript: ['sh', 'bash', 'shell', 'zsh', 'console'],
  powershell: ['powershell', 'pwsh', 'ps1'],
  bat: ['bat', 'cmd', 'batch'],
  http: ['http', 'rest'],
  javascript: ['js', 'javascript', 'mjs', 'cjs', 'node'],
  javascriptreact: ['jsx'],
  typescript: ['ts', 'typescript', 'mts', 'cts'],
  typescriptreact: ['tsx'],
  python: ['python', 'py', 'python3'],
  ruby: ['ruby', 'rb'],
  go: ['go', 'golang'],
  csharp: ['csharp', 'cs', 'c#'],
  kotlin: ['kotlin', 'kt'],
  html: ['html'],
};

/** What the opening of a block says for a language. */
export function fenceInfo(languageId: string): string {
  return INFOS[languageId]?.[0] ?? languageId;
}

/** The language of a block by its opening (`ts`, `{.python}`, `sh title="a"`); undefined where it says nothing that is known. */
export function fenceLanguage(info: string): string | undefined {
  const word = /[\w#+-]+/.exec(info.slice(0, 60))?.[0].toLowerCase();
  if (word === undefined) return undefined;
  return Object.entries(INFOS).find(([id, names]) => id === word || names.includes(word))?.[0] ?? word;
}
