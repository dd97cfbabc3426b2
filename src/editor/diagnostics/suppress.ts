/** How comments are written, by VS Code's language id. Languages without comments (JSON) have no entry. */
const LINE_COMMENTS: Readonly<Record<string, readonly (readonly [open: string, close: string])[]>> = {
  ...byLanguage([['# ', '']], 'shellscript', 'python', 'yaml', 'dockerfile', 'dockercompose', 'dotenv', 'properties', 'toml', 'ruby', 'makefile', 'terraform', 'perl', 'r', 'powershell', 'elixir', 'github-actions-workflow'),
  ...byLanguage([['// ', '']], 'java', 'kotlin', 'go', 'rust', 'csharp', 'php', 'swift', 'dart', 'scala', 'groovy', 'jsonc', 'c', 'cpp', 'scss', 'less'),
  // Between the tags of JSX a line comment would be text on the page.
  ...byLanguage([['// ', ''], ['{/* ', ' */}']], 'typescript', 'javascript', 'typescriptreact', 'javascriptreact'),
  ...byLanguage([['<!-- ', ' -->'], ['// ', '']], 'html', 'markdown', 'mdx', 'vue', 'svelte', 'astro', 'xml'),
  ...byLanguage([['/* ', ' */']], 'css'),
  ...byLanguage([['-- ', '']], 'sql', 'lua'),
  ...byLanguage([['; ', '']], 'ini'),
};

/** The ways to write a comment in this language, the usual one first. */
export function commentForms(languageId: string): readonly (readonly [open: string, close: string])[] {
  return LINE_COMMENTS[languageId] ?? [];
}

/** The text that suppresses a rule on the line below it, up to the reason. */
export function directive(rule: string): string {
  return `stigg-keys-ignore-next-line ${rule} -- `;
}

/** Where a line starts and the blanks it is indented by, for an offset somewhere on it. */
export function lineStart(text: string, offset: number): { readonly start: number; readonly indent: string } {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return { start, indent: /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '' };
}

function byLanguage<T>(forms: T, ...ids: readonly string[]): Record<string, T> {
  return Object.fromEntries(ids.map((id) => [id, forms]));
}
