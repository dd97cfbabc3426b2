import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.js';
import { stiggVariable } from '../keyVariables.js';
import type { Command, CommandWord, VariableRead } from '../languages/language.js';
import { contains } from '../languages/span.js';
import { functionsIn, processOf, type ProcessArguments } from '../processArguments.js';
import type { ScanFile } from '../scanFile.js';
import type { Rule } from './rule.js';

const KEY = 'STIGG_SERVER_API_KEY';
/** The programs whose headers DESIGN leaves alone: Stigg's own documentation has requests of that form. */
const REQUESTS = /^(?:curl|wget|https?|xhs?|curlie)$/i;
const STIGG_HOST = /\bstigg\.io\b|\bstlmcp\.com\b/i;
const OTHER_HOST = /\bhttps?:\/\/[a-z\d]/i;
/** PowerShell's own commands are no processes. */
const CMDLET = /^(?:[A-Z][a-z]+-[A-Z]\w*|iwr|irm|curl|wget|ni|sc|ac|write|where|foreach|select|set|sv|gc|echo|cd)$/i;
const CONTAINERS = /^(?:docker|podman|nerdctl|docker-compose)$/;

/** A server key's variable in the arguments of a process. */
export const keyOnCommandLine: Rule = {
  id: 'key-on-command-line',
  severity: 'info',
  describe: () => ({
    title: l10n.t('Stigg server key on a command line'),
    what: l10n.t('A script or a CI job passes a server key of Stigg to a program as an argument.'),
    why: l10n.t('Arguments are no secret: every user of the machine sees them in the list of processes, and shells, CI logs and container metadata keep them.'),
    howToFix: l10n.t('Hand the key over in an environment variable (for containers by its name alone: {0}) or on the standard input.', `-e ${KEY}`),
  }),
  bad: [
    { path: 'run.sh', text: () => `docker run --rm -e ${KEY}="$${KEY}" app\n`, fixed: () => `docker run --rm -e ${KEY} app\n` },
    { path: 'deploy.sh', text: () => 'stigg v1:customers retrieve --api-key $STIGG_API_KEY\n', fixed: () => 'stigg v1:customers retrieve\n' },
    { path: 'build.sh', text: () => `docker build --build-arg ${KEY}=\${${KEY}} .\n`, fixed: () => `docker build --build-arg ${KEY} .\n` },
    { path: 'scripts/report.sh', text: () => `exec node report.js --key "$${KEY}"\n` },
    { path: '.github/workflows/deploy.yml', text: () => `jobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: helm upgrade stigg ./chart --set serverApiKey=\${{ secrets.${KEY} }}\n` },
    { path: 'setup.sh', text: () => 'claude mcp add stigg --header "X-API-KEY: $STIGG_API_KEY" --transport http https://mcp.stigg.io\n' },
  ],
  good: [
    { path: 'run.sh', text: () => `docker run --rm -e ${KEY} app\n` },
    { path: 'request.sh', text: () => `curl -H "X-API-KEY: $${KEY}" https://api.stigg.io/api/v1/customers\n` },
    { path: 'env.sh', text: () => `${KEY}="$(op read op://dev/stigg/key)" node report.js\nexport STIGG_API_KEY="$${KEY}"\n` },
    { path: 'check.sh', text: () => `if [ -z "$${KEY}" ]; then echo "$${KEY} is missing"; fi\n: "\${${KEY}:?}"\n` },
    { path: 'client.sh', text: () => 'docker build --build-arg NEXT_PUBLIC_STIGG_CLIENT_API_KEY=$NEXT_PUBLIC_STIGG_CLIENT_API_KEY .\n' },
    { path: 'other.sh', text: () => '# not for Stigg\ndocker run -e STRIPE_API_KEY=$STRIPE_API_KEY -e SERVER_URL=$STIGG_SERVER_URL app\n' },
    { path: 'stdin.sh', text: () => `gh secret set ${KEY} <<< "$${KEY}"\n` },
    { path: '.github/workflows/deploy.yml', text: () => `jobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: helm upgrade stigg ./chart\n        env:\n          ${KEY}: \${{ secrets.${KEY} }}\n` },
  ],
  trigger: (text, { stigg }) => stigg && /(?:key|token|secret|full_access)/i.test(text) && /[$%]/.test(text),
  *check(file) {
    let functions: ReadonlySet<string> | undefined;
    const told = new Set<number>();
    const commands = Array.from(file.language.commands(file)).filter((command) => file.isOwn(command));
    for (const [index, command] of commands.entries()) {
      if (!command.words.some((word) => keysIn(file, word).length > 0)) continue;
      functions ??= functionsIn(file.text);
      const process = processOf(command, functions);
      if (process === undefined || (file.languageId === 'powershell' && CMDLET.test(process.program))) continue;
      for (const word of process.words) {
        for (const read of keysIn(file, word)) {
          if (told.has(read.start) || belongsToInner(commands, index, read) || (isHeader(word, read) && isRequestToStigg(process))) continue;
          told.add(read.start);
          yield {
            anchor: `argument@${read.start}`,
            severity: 'info',
            start: read.start,
            end: read.end,
            message: l10n.t('The value of {0} becomes an argument of {1}, which the list of processes shows to every user of the machine.', read.variable, process.program),
            fixes: fixes(file, command, process, word, read),
          };
        }
      }
    }
  },
};

/** Commands may stand inside each other, as in `a "$(b $KEY)"`; the inner ones come next. */
function belongsToInner(commands: readonly Command[], index: number, read: VariableRead): boolean {
  const end = commands[index]?.end ?? 0;
  for (let at = index + 1; at < commands.length; at++) {
    const inner = commands[at];
    if (inner === undefined || inner.start >= end) return false;
    if (contains(inner, read)) return true;
  }
  return false;
}

/** The server keys that a word expands. Names that bundlers inline and signing secrets have rules of their own. */
function keysIn(file: ScanFile, word: CommandWord): VariableRead[] {
  return [...word.variables, ...macrosIn(file, word)].filter((read) => {
    const variable = stiggVariable(file, read.variable);
    if (variable === undefined || variable.publicPrefix !== undefined) return false;
    return (variable.kind === 'server' || variable.kind === 'unspecific') && isWholeValue(file.text.slice(read.start, read.end));
  });
}

/** `$(NAME)` of make and of Azure Pipelines: no shell has a command of such a name. */
function macrosIn(file: ScanFile, { start, end, variables }: CommandWord): VariableRead[] {
  const found: VariableRead[] = [];
  for (const match of file.text.slice(start, end).matchAll(/\$\(([A-Za-z][A-Za-z0-9_]{2,80})\)/g)) {
    const at = start + match.index;
    const variable = match[1] ?? '';
    if (variables.some((read) => read.start < at + match[0].length && at < read.end)) continue;
    found.push({ variable, start: at, end: at + match[0].length, nameSpan: { start: at + 2, end: at + 2 + variable.length } });
  }
  return found;
}

/** Not its length, a part of it, or whether it is set. */
function isWholeValue(expansion: string): boolean {
  return !expansion.startsWith('${') || expansion.startsWith('${{') || /^\$\{[A-Za-z_]\w*(?::?[-=?]|@[QEP]|\})/.test(expansion) || /^\$\{env:/i.test(expansion);
}

function isHeader(word: CommandWord, { variable }: VariableRead): boolean {
  const before = word.text.slice(0, Math.max(0, word.text.indexOf(variable)));
  return /^(?:-H|--header=?)?\s*[A-Za-z][\w-]*\s*:(?!\/\/)/.test(before);
}

/** A request whose host cannot be told counts as one to Stigg: it carries Stigg's key. */
function isRequestToStigg({ program, words }: ProcessArguments): boolean {
  if (!REQUESTS.test(program)) return false;
  const texts = words.map(({ text }) => text);
  return texts.some((text) => STIGG_HOST.test(text)) || !texts.some((text) => OTHER_HOST.test(text));
}

/** Only where the program is known to read the variable by itself. Unsafe: it has to be exported for that. */
function fixes(file: ScanFile, command: Command, { program, words }: ProcessArguments, word: CommandWord, { variable }: VariableRead): Fix[] {
  const at = words.indexOf(word);
  const before = words[at - 1];
  if (CONTAINERS.test(program)) {
    const passed = /^(?<option>-e|--env=|--build-arg=)?(?<name>[A-Za-z_]\w*)=\$(?:\{\w+\}|\w+)$/.exec(word.text)?.groups;
    if (passed?.name !== variable || (passed.option === undefined && !/^(?:-e|--env|--build-arg)$/.test(before?.text ?? ''))) return [];
    return [{ title: l10n.t('Pass {0} by its name alone', variable), safety: 'unsafe', edits: [{ start: word.start, end: word.end, text: `${passed.option ?? ''}${variable}` }], preferred: true }];
  }
  if (program !== 'stigg' || variable !== 'STIGG_API_KEY') return [];
  const first = word.text.startsWith('--api-key=') ? word : before?.text === '--api-key' ? before : undefined;
  const previous = first === undefined ? undefined : command.words[command.words.indexOf(first) - 1];
  if (first === undefined || previous === undefined) return [];
  return [{ title: l10n.t('Let {0} read {1} from the environment', program, variable), safety: 'unsafe', edits: [{ start: previous.end, end: word.end, text: '' }], preferred: true }];
}
