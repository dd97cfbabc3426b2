/** What cmd has before a batch file runs. */
export interface BatchWorld {
  readonly environment: Readonly<Record<string, string>>;
  /** What the loop over PowerShell's answer puts into %%k. */
  readonly fresh: string;
}

const LOOP = /^for \/f %%k in \('powershell -NoProfile -Command "\[guid\]::NewGuid\(\)\.ToString\(\)"'\) do /;

/**
 * The arguments a program gets from one command of a batch file. cmd's phases as they are described for Windows 2000 and later: percent
 * signs, then carets, quotes and operators, then the variable of a loop; after them the argument rules of Microsoft's C runtime, by
 * which older and newer runtimes differ for two double quotes in a row alone, so those are refused.
 */
export function batchArguments(command: string, { environment, fresh }: BatchWorld): readonly string[] {
  if (!/^[\n\x20-\x7e]*$/.test(command)) throw new Error('Not ASCII: what cmd reads depends on the code page');
  if (command.includes('!')) throw new Error('An exclamation mark: delayed expansion would take it');
  const simple = command.replace(LOOP, '');
  const line = operators(percentSigns(simple, environment));
  return splitArguments(command.startsWith("for /f %%k in ('powershell -NoProfile -Command \"[guid]::NewGuid().ToString()\"') do ") ? line.replaceAll('%k', fresh) : line);
}

function percentSigns(text: string, environment: Readonly<Record<string, string>>): string {
  return text.replace(/%%|%([^%\n]*)%|%/g, (whole, name: string | undefined) => (whole === '%%' ? '%' : name === undefined ? '' : (environment[name] ?? '')));
}

function operators(text: string): string {
  let result = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\n') throw new Error(`The command ends before ${JSON.stringify(text.slice(at, at + 30))}`);
    if (char === '^' && !isQuoted) {
      // At the end of a line it takes the line break away and makes the next character an ordinary one.
      at += text.charAt(at + 1) === '\n' ? 2 : 1;
      result += text.charAt(at);
      continue;
    }
    if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && /[&|<>()]/.test(char)) throw new Error(`An operator: ${text.slice(at, at + 30)}`);
    result += char;
  }
  if (isQuoted) throw new Error('A quote is open at the end');
  return result;
}

function splitArguments(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    const slashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    if (slashes > 0) {
      const isBeforeQuote = line.charAt(at + slashes) === '"';
      word = (word ?? '') + '\\'.repeat(isBeforeQuote ? Math.floor(slashes / 2) : slashes);
      at += slashes - 1;
      if (isBeforeQuote && slashes % 2 === 1) {
        word += '"';
        at += 1;
      }
    } else if (char === '"') {
      if (isQuoted && line.charAt(at + 1) === '"') throw new Error('Two quotes in a row');
      isQuoted = !isQuoted;
      word ??= '';
    } else if (/[ \t]/.test(char) && !isQuoted) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (isQuoted) throw new Error('An argument is open at the end');
  if (word !== undefined) words.push(word);
  return words;
}
