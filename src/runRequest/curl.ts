import { t } from '@vscode/l10n';
import { cleanText } from '../keys/graphql/text.js';
import { optionOf, type Option } from './curlOptions.js';
import { joined, KEY, splitAt, trimmed, visible, withoutStart, type Draft, type DraftHeader, type Part, type Text } from './draft.js';
import { isKeyVariable } from './keyVariables.js';
import type { Command } from './shellWords.js';

export interface CurlPlace {
  readonly start: number;
  readonly end: number;
  /** The text behind the command, for what it is piped into. */
  readonly after: string;
}

/** What only makes the answer readable, which is done here anyway. */
const PRETTY = /^\|[ \t]*(?:jq(?:[ \t]+-[A-Za-z]{1,10}){0,3}(?:[ \t]+(?:\.|'\.'|"\."))?|python3?[ \t]+-m[ \t]+json\.tool|json_pp)[ \t]*(?:#.*)?(?:\r?\n|$|[)`])/;

/** What curl would send for this command. */
export function curlDraft(command: Command, { start, end, after }: CurlPlace): Draft {
  const reading = new Reading(command);
  reading.read();
  if (command.isOpen) reading.problem(t('A quote or a bracket of this command is never closed.'));
  if (command.operator.startsWith('|') && command.operator !== '||' && !PRETTY.test(after)) reading.problem(t('The answer is piped into another command, and no shell is run here.'));
  for (const file of command.files) reading.problem(t('A file is read or written ({0}), and no shell is run here.', cleanText(file, 60)));
  return { start, end, form: 'curl', isGraphqlDocument: false, ...reading.request() };
}

class Reading {
  readonly #command: Command;
  readonly #urls: Text[] = [];
  readonly #headers: DraftHeader[] = [];
  readonly #data: Text[] = [];
  readonly #query: Text[] = [];
  readonly #problems: string[] = [];
  readonly #notes = new Set<string>();
  readonly #variables = new Map<string, Text>();
  #method: Text | undefined;
  #isJson = false;
  #isGet = false;
  #isHead = false;
  /** What variables may grow to. */
  #left = 1_000_000;

  constructor(command: Command) {
    this.#command = command;
  }

  problem(words: string): void {
    this.#problems.push(words);
  }

  read(): void {
    const words = this.#command.words.slice(1);
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? [];
      const text = visible(word);
      if (!text.startsWith('-') || text === '-') {
        this.#urls.push(word);
        continue;
      }
      if (text === '--') continue;
      at += text.startsWith('--') ? this.#long(text, words[at + 1]) : this.#short(word, words[at + 1]);
    }
  }

  /** How many of the following words it takes. */
  #long(name: string, next: Text | undefined): 0 | 1 {
    const option = optionOf(name);
    if (option === undefined) {
      this.problem(t('The option {0} of curl is not understood here.', cleanText(name, 40)));
      return 0;
    }
    if (!option.takesValue) this.#apply(option, []);
    else this.#value(option, name, next);
    return option.takesValue ? 1 : 0;
  }

  /** `-sSX POST`, `-XPOST`. */
  #short(word: Text, next: Text | undefined): 0 | 1 {
    const text = visible(word);
    for (let index = 1; index < text.length; index++) {
      const name = `-${text.charAt(index)}`;
      const option = optionOf(name);
      if (option === undefined) {
        this.problem(t('The option {0} of curl is not understood here.', cleanText(name, 40)));
        return 0;
      }
      if (!option.takesValue) {
        this.#apply(option, []);
        continue;
      }
      const rest = withoutStart(word, index + 1);
      this.#value(option, name, rest.length > 0 ? rest : next);
      return rest.length > 0 ? 0 : 1;
    }
    return 0;
  }

  #value(option: Option, name: string, value: Text | undefined): void {
    if (value === undefined) this.problem(t('The option {0} of curl lacks its value.', name));
    else this.#apply(option, option.isExpanded ? this.#expanded(value) : value);
  }

  #apply({ meaning }: Option, value: Text): void {
    switch (meaning) {
      case 'data':
        this.#data.push(this.#content(value));
        return;
      case 'json':
        this.#isJson = true;
        this.#data.push(this.#content(value));
        return;
      case 'dataUrlencode':
        this.#data.push(this.#encoded(value));
        return;
      case 'urlQuery':
        this.#query.push(visible(value).startsWith('+') ? withoutStart(value, 1) : this.#encoded(value));
        return;
      case 'header':
        this.#header(value);
        return;
      case 'bearer':
        this.#headers.push({ name: ['Authorization'], value: joined(['Bearer ', ...value]) });
        return;
      case 'userAgent':
        this.#headers.push({ name: ['User-Agent'], value });
        return;
      case 'referer':
        this.#headers.push({ name: ['Referer'], value });
        return;
      case 'method':
        this.#method = value;
        return;
      case 'url':
        this.#urls.push(value);
        return;
      case 'variable':
        this.#variable(value);
        return;
      case 'get':
        this.#isGet = true;
        return;
      case 'head':
        this.#isHead = true;
        return;
      case 'insecure':
        this.#notes.add(t('Certificates are checked all the same (-k has no effect here).'));
        return;
      case 'output':
      case 'outputWithValue':
        this.#notes.add(t('No file was written: the answer stands here.'));
        return;
      case 'follow':
      case 'ignored':
      case 'ignoredWithValue':
        return;
    }
  }

  /** `-d @file`: only what comes with the command itself is there. */
  #content(value: Text): Text {
    const text = visible(value);
    if (!text.startsWith('@')) return value;
    const input = this.#input(text.slice(1));
    if (input !== undefined) return input;
    this.problem(t('The body comes from a file ({0}), which is not read here.', cleanText(shown(value), 60)));
    return [];
  }

  /** What a here-document or here-string gives for `-`, `/dev/fd/3` and the like. */
  #input(file: string): Text | undefined {
    const descriptor = file === '-' ? 0 : Number(/^\/dev\/fd\/(\d{1,2})$/.exec(file)?.[1] ?? NaN);
    return this.#command.inputs.get(file === '/dev/stdin' ? 0 : descriptor);
  }

  #encoded(value: Text): Text {
    const text = visible(value);
    if (/^[^=@]{0,200}@/.test(text)) {
      this.problem(t('The body comes from a file ({0}), which is not read here.', cleanText(shown(value), 60)));
      return [];
    }
    const pair = splitAt(value, '=');
    const name = pair === undefined || pair.before === '' ? '' : `${pair.before}=`;
    return joined([name, ...(pair?.after ?? value).map((part) => (typeof part === 'string' ? encodeURIComponent(part) : part))]);
  }

  #header(value: Text): void {
    const text = visible(value);
    if (text.startsWith('@')) {
      const input = this.#input(text.slice(1));
      // A substitution that prints the key's header: it is not run, and the key comes from elsewhere anyway.
      if (input === undefined && /x-api-key/i.test(shown(value))) this.#headers.push({ name: ['X-API-KEY'], value: [KEY] });
      else if (input === undefined) this.problem(t('Headers come from a file ({0}), which is not read here.', cleanText(shown(value), 60)));
      else for (const line of lines(input)) this.#header(line);
      return;
    }
    const pair = splitAt(value, ':');
    if (pair !== undefined) this.#headers.push({ name: [pair.before], value: trimmed(pair.after) });
    else if (!text.endsWith(';')) this.problem(t('The header “{0}” has no colon.', cleanText(shown(value), 40)));
  }

  /** `--variable name=value`, `--variable %NAME`, `--variable %NAME=default`. */
  #variable(value: Text): void {
    const pair = splitAt(value, '=');
    const name = (pair?.before ?? visible(value)).replace(/^%/, '');
    if (!visible(value).startsWith('%')) this.#variables.set(name, pair?.after ?? [{ missing: shown(value) }]);
    else this.#variables.set(name, isKeyVariable(name) ? [KEY] : (pair?.after ?? [{ missing: `{{${name}}}` }]));
  }

  #expanded(value: Text): Text {
    return joined(value.flatMap((part): Text => {
      if (typeof part !== 'string') return [part];
      return part.split(/(\{\{[^{}]{1,200}\}\})/).flatMap((piece): Text => {
        const [, name, functions] = /^\{\{([^{}:]{1,100})((?::[^{}]{0,100})?)\}\}$/.exec(piece) ?? [];
        if (name === undefined) return [piece];
        const known = this.#variables.get(name);
        this.#left -= known === undefined ? 0 : visible(known).length;
        return this.#left < 0 || known === undefined || !['', ':trim'].includes(functions ?? '') ? [{ missing: piece }] : known;
      });
    }));
  }

  request(): Pick<Draft, 'method' | 'url' | 'headers' | 'body' | 'problems' | 'notes'> {
    const [url = [], ...others] = this.#urls;
    if (this.#urls.length === 0) this.problem(t('This command names no address.'));
    if (others.length > 0) this.problem(t('This command sends several requests at once.'));
    const data = this.#data.flatMap((part, index): Text => (index === 0 || this.#isJson ? part : ['&', ...part]));
    const hasData = this.#data.length > 0;
    const query = [...this.#query, ...(this.#isGet && hasData ? [data] : [])];
    const body = hasData && !this.#isGet ? joined(data) : undefined;
    const says = (name: string): boolean => this.#headers.some((header) => visible(header.name).trim().toLowerCase() === name);
    const implied: DraftHeader[] = [];
    if (body !== undefined && !says('content-type')) implied.push({ name: ['Content-Type'], value: [this.#isJson ? 'application/json' : 'application/x-www-form-urlencoded'] });
    if (this.#isJson && !says('accept')) implied.push({ name: ['Accept'], value: ['application/json'] });
    return {
      method: this.#method ?? [this.#isHead ? 'HEAD' : body !== undefined ? 'POST' : 'GET'],
      url: query.reduce<Text>((address, part) => withQuery(address, part), url),
      // `-H "Accept:"` leaves a header out.
      headers: [...this.#headers.filter(({ value }) => value.length > 0), ...implied],
      body,
      problems: this.#problems,
      notes: [...this.#notes],
    };
  }
}

function withQuery(url: Text, query: Text): Text {
  const text = visible(url);
  return joined([...url, text.includes('?') ? (/[?&]$/.test(text) ? '' : '&') : '?', ...query]);
}

function lines(text: Text): Text[] {
  const found: Part[][] = [[]];
  for (const part of text) {
    const [first = '', ...rest]: readonly Part[] = typeof part === 'string' ? part.split(/\r?\n/) : [part];
    found.at(-1)?.push(first);
    for (const line of rest) found.push([line]);
  }
  return found.map((line) => joined(line)).filter((line) => line.length > 0);
}

function shown(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : part === KEY ? '…' : part.missing)).join('');
}

