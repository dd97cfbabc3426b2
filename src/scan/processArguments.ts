import type { Command, CommandWord } from './languages/language.js';

/** A program that a command starts, with the words that everybody sees in the list of processes. */
export interface ProcessArguments {
  readonly program: string;
  readonly words: readonly CommandWord[];
}

/** What shells do by themselves, without starting a process. Those of POSIX, bash and zsh. */
const BUILTINS = new Set([
  '.', ':', '[', '[[', 'alias', 'bg', 'bind', 'break', 'builtin', 'caller', 'case', 'cd', 'compgen', 'complete', 'compopt', 'continue', 'declare', 'dirs', 'disown',
  'echo', 'enable', 'eval', 'exit', 'export', 'fc', 'fg', 'getopts', 'hash', 'help', 'history', 'jobs', 'kill', 'let', 'local', 'logout', 'mapfile', 'popd', 'print',
  'printf', 'pushd', 'pwd', 'read', 'readarray', 'readonly', 'return', 'set', 'shift', 'shopt', 'source', 'suspend', 'test', 'times', 'trap', 'type', 'typeset', 'ulimit',
  'umask', 'unalias', 'unset', 'wait',
]);
/** They run the command that follows their options. */
const RUNNERS = new Set(['exec', 'command', 'sudo', 'doas', 'nohup', 'nice', 'time', 'env', 'cross-env', 'stdbuf', 'setsid', 'ionice']);
/** Options of theirs that take a word of their own. */
const TAKES_WORD = new Set(['-u', '-g', '-n', '-C', '-a', '-h', '-p', '-o', '-e', '-i', '-f', '--user', '--group', '--chdir', '--unset', '--adjustment']);
const ASSIGNMENT = /^[A-Za-z_]\w*=/;
const REDIRECTION = /^(?:\d*|&)(?:<<<|<<-?|<|>>|>\||>)&?/;

/** The process that a command starts; undefined for builtins, functions of the document, and where the program is not written out. */
export function processOf(command: Command, functions: ReadonlySet<string>): ProcessArguments | undefined {
  let name = command.name;
  let rest = withoutRedirections(command.words.slice(1));
  for (let depth = 0; depth < 5 && name !== undefined && RUNNERS.has(name); depth++) {
    const at = commandAfter(rest, name);
    name = rest[at] === undefined ? undefined : rest[at].text.split(/[/\\]/).at(-1);
    rest = rest.slice(at + 1);
  }
  if (name === undefined || name === '' || /[$`]/.test(name) || BUILTINS.has(name) || functions.has(name)) return undefined;
  return { program: name.replace(/\.(?:exe|cmd)$/i, ''), words: rest };
}

/** The functions that a script declares: their arguments stay inside the shell. */
export function functionsIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const match of text.matchAll(/(?:^|[;\n])[ \t]*(?:function[ \t]+([\w:.-]+)|([\w:.-]+)[ \t]*\([ \t]*\))/g)) names.add(match[1] ?? match[2] ?? '');
  return names;
}

function commandAfter(words: readonly CommandWord[], runner: string): number {
  let at = 0;
  for (; at < words.length; at++) {
    const text = words[at]?.text ?? '';
    // `env -i` and `exec -c` take no word; `env -u NAME` and `sudo -u USER` do.
    if (text.startsWith('-')) at += TAKES_WORD.has(text) && !(runner === 'env' && text === '-i') ? 1 : 0;
    else if (!ASSIGNMENT.test(text)) break;
  }
  return at;
}

function withoutRedirections(words: readonly CommandWord[]): CommandWord[] {
  const kept: CommandWord[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    const operator = word === undefined ? undefined : REDIRECTION.exec(word.text)?.[0];
    if (word === undefined) continue;
    // Quoted, it is an ordinary word.
    if (operator === undefined || word.end - word.start !== word.text.length) kept.push(word);
    else if (operator.length === word.text.length) at++;
  }
  return kept;
}
