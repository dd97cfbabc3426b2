/** What begins a comment that runs to the end of its line, by VS Code's id of the language. */
const LINE_COMMENTS: Readonly<Record<string, RegExp>> = {
  shellscript: /(?:^|\s)#/, powershell: /(?:^|\s)#/, python: /#/, ruby: /#(?!\{)/, php: /\/\/|#/, bat: /^\s{0,200}(?:rem\s|::)/i,
  javascript: /\/\//, javascriptreact: /\/\//, typescript: /\/\//, typescriptreact: /\/\//, go: /\/\//, java: /\/\//, kotlin: /\/\//, csharp: /\/\//,
};
/** Where text in quotes is what code is made of, or where quotes are apostrophes. */
const PROSE: readonly string[] = ['plaintext', 'markdown', 'mdx', 'http', 'yaml', 'dockercompose', 'html', 'vue', 'jsonc', 'json', 'helm'];

/** Whether the end of the text, all of it on one line, is in a string or a comment. What began on a line before is not seen. */
export function isInText(languageId: string, text: string): boolean {
  if (PROSE.includes(languageId)) return false;
  let open: string | undefined;
  let code = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (open === undefined) {
      if (character === '"' || character === "'" || character === '`') open = character;
      // What stands in strings begins no comment.
      else code += character;
    } else if (character === '\\') at += 1;
    else if (character === open) open = undefined;
  }
  return open !== undefined || LINE_COMMENTS[languageId]?.test(code) === true || /\/\*(?!.*\*\/)/.test(code.slice(-1_000));
}
