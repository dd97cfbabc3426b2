type CommentForm = readonly [open: string, close: string];

/**
 * How comments are written, by VS Code's language id and by ours. Of several forms the usual one comes first: others are for places where it
 * would be text. Languages without comments (JSON, notebooks) have no entry.
 */
const COMMENTS: Readonly<Record<string, readonly CommentForm[]>> = {
  ...byLanguage(
    [['# ', '']],
    'shellscript', 'python', 'yaml', 'dockercompose', 'github-actions-workflow', 'azure-pipelines', 'gitlab-ci', 'helm', 'ansible', 'spring-boot-properties-yaml', 'dockerfile', 'toml', 'ruby',
    'makefile', 'terraform', 'terraform-vars', 'hcl', 'opentofu', 'opentofu-vars', 'dotenv', 'env', 'properties', 'java-properties', 'spring-boot-properties', 'http', 'rest', 'powershell', 'perl', 'r',
    'elixir', 'julia', 'nix', 'coffeescript', 'ignore', 'graphql',
  ),
  ...byLanguage(
    [['// ', '']],
    'java', 'kotlin', 'kotlinscript', 'go', 'rust', 'csharp', 'fsharp', 'swift', 'dart', 'scala', 'groovy', 'jsonc', 'json5', 'c', 'cpp', 'objective-c', 'scss', 'less', 'bicep', 'prisma', 'proto3',
  ),
  // Between the tags of JSX a line comment would be text on the page.
  ...byLanguage([['// ', ''], ['{/* ', ' */}']], 'typescript', 'javascript', 'typescriptreact', 'javascriptreact'),
  ...byLanguage([['<!-- ', ' -->'], ['// ', ''], ['/* ', ' */']], 'html', 'xhtml', 'vue', 'svelte', 'xml'),
  ...byLanguage([['<!-- ', ' -->'], ['// ', ''], ['{/* ', ' */}']], 'astro'),
  // Inside of a fence its language decides.
  ...byLanguage([['<!-- ', ' -->'], ['// ', ''], ['# ', ''], ['{/* ', ' */}']], 'markdown', 'mdx'),
  ...byLanguage([['// ', ''], ['<!-- ', ' -->']], 'php'),
  ...byLanguage([['@* ', ' *@'], ['// ', ''], ['<!-- ', ' -->']], 'razor', 'aspnetcorerazor'),
  ...byLanguage([['<%# ', ' %>'], ['<!-- ', ' -->']], 'erb'),
  ...byLanguage([['/* ', ' */']], 'css'),
  ...byLanguage([['-- ', '']], 'sql', 'lua', 'haskell'),
  ...byLanguage([['; ', ''], ['# ', '']], 'ini'),
  ...byLanguage([['; ', '']], 'clojure'),
  ...byLanguage([['rem ', '']], 'bat'),
};

/** The ways to write a comment in this language, the usual one first. */
export function commentForms(languageId: string): readonly CommentForm[] {
  return Object.hasOwn(COMMENTS, languageId) ? (COMMENTS[languageId] ?? []) : [];
}

/** The text that suppresses a rule on the line below it, up to the reason. */
export function directive(rule: string): string {
  return `stigg-keys-ignore-next-line ${rule} -- `;
}

function byLanguage<T>(forms: T, ...ids: readonly string[]): Record<string, T> {
  return Object.fromEntries(ids.map((id) => [id, forms]));
}
