import type { Node } from '@vscode/tree-sitter-wasm';
import { made } from '../../ir/walk.js';
import type { GroupNode, IrNode } from '../../ir/node.js';
import type { ParsedSource } from '../../languages/language.js';
import { cliCall, type CliCall } from '../cli.js';
import type { StiggRequest } from '../request.js';
import { curlDrafts, curlHeader } from './curl.js';
import { requestOf } from './draft.js';
import { httpieDraft, httpieHeader } from './httpie.js';
import { wordsAt, type ShellWord } from './lexer.js';
import { Script } from './script.js';
import { wgetDraft, wgetHeader } from './wget.js';

const FRESH = '$(uuidgen)';
const TRACE = /stigg/i;
const PROGRAM = /(?:^|\/)(curl|wget|https?|xhs?|stigg)$/;
/** Programs that run another one. */
const RUNNERS = /^(?:sudo|time|env|exec|command|nohup|xargs|retry|watch|timeout|eval|doppler|op|dotenv|infisical|npx|docker|kubectl|docker-compose|chronic|nice)$/;
const MOST_COMMANDS = 5_000;
/** A script that asks Stigg more often is generated: what is wrong with the first is wrong with all. */
const MOST_REQUESTS = 400;

/** What a shell script has to do with Stigg's API. */
export interface ShellFacts {
  readonly requests: readonly StiggRequest[];
  readonly commands: readonly CliCall[];
}

const NONE: ShellFacts = { requests: [], commands: [] };
const KNOWN = new WeakMap<ParsedSource, ShellFacts>();

/** The requests that a shell script sends to Stigg, and its calls of Stigg's command line; worked out once for each text. */
export function shellFacts(source: ParsedSource): ShellFacts {
  let facts = KNOWN.get(source);
  if (facts === undefined) KNOWN.set(source, (facts = concernsStigg(source) ? read(source) : NONE));
  return facts;
}

/** A step of a pipeline may have the address from elsewhere in the document. */
function concernsStigg({ text, environment }: ParsedSource): boolean {
  return TRACE.test(text) || (environment !== undefined && [...environment.values()].some((value) => TRACE.test(value)));
}

function read(source: ParsedSource): ShellFacts {
  const script = new Script(source);
  const requests: StiggRequest[] = [];
  const commands: CliCall[] = [];
  for (const node of (source.syntax?.root.descendantsOfType('command') ?? []).slice(0, MOST_COMMANDS)) {
    if (requests.length + commands.length >= MOST_REQUESTS) break;
    const found = node === null ? undefined : programIn(node, source.text);
    if (found === undefined) continue;
    const { program, words: written, start } = found;
    const { words, isOpen } = script.spread(written);
    const span = { start, end: written.at(-1)?.end ?? start };
    if (program === 'stigg') {
      const call = cliCall(words, span);
      if (call !== undefined) commands.push(call);
    } else if (program === 'curl') {
      for (const draft of curlDrafts(words, isOpen, start, script)) push(requests, requestOf(draft, span, written, script, curlHeader, FRESH));
    } else {
      const isWget = program === 'wget';
      const draft = (isWget ? wgetDraft : httpieDraft)(words, isOpen, start, script);
      push(requests, requestOf(draft, span, written, script, isWget ? wgetHeader : httpieHeader, FRESH));
    }
  }
  if (requests.length + commands.length > 0) settle(script, source, requests, commands);
  return { requests, commands };
}

function push(requests: StiggRequest[], request: StiggRequest | undefined): void {
  if (request !== undefined) requests.push(request);
}

/** Puts what the commands are given below the assignments, so that its names can be followed. */
function settle(script: Script, source: ParsedSource, requests: readonly StiggRequest[], commands: readonly CliCall[]): void {
  const given: IrNode[] = [...requests.flatMap(({ body }) => body?.value ?? []), ...commands.map(({ input }) => input)];
  made<GroupNode>({ kind: 'group', start: 0, end: source.text.length, isScope: true, children: [...script.binds(), ...given] });
}

interface Found {
  readonly program: string;
  readonly words: readonly ShellWord[];
  readonly start: number;
}

/** The program that the command runs, also through another one, with its words. */
function programIn(node: Node, text: string): Found | undefined {
  const name = node.childForFieldName('name');
  if (name === null) return undefined;
  const own = text.slice(name.startIndex, name.endIndex);
  if (!PROGRAM.test(own) && !RUNNERS.test(own)) return undefined;
  const isOld = text.charAt(node.startIndex - 1) === '`';
  const words = wordsAt(text, name.startIndex, isOld ? node.endIndex : text.length);
  const at = words.findIndex(({ written }) => PROGRAM.test(written.text));
  const first = words[at];
  const program = first === undefined ? undefined : PROGRAM.exec(first.written.text)?.[1];
  return program === undefined || first === undefined ? undefined : { program, words: words.slice(at), start: first.start };
}
