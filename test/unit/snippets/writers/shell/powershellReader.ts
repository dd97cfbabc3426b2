/** The parameters that Invoke-RestMethod is given. */
export interface RestMethod {
  readonly Method: string;
  readonly Uri: string;
  readonly Headers: Readonly<Record<string, string>>;
  readonly ContentType?: string;
  /** JSON, as ConvertTo-Json makes it. */
  readonly Body?: string;
}

/**
 * Evaluates the few forms that requests use, by PowerShell's about_Quoting_Rules, about_Hash_Tables, about_Arrays and about_Splatting,
 * and throws at all others. Typographic quotes are quotes, names differ by more than their case, a lone array in an array dissolves, and
 * ConvertTo-Json cuts what is deeper than it was told.
 */
export function readRestMethod(text: string, environment: Readonly<Record<string, string>>): RestMethod {
  const [, table] = /^\$request = ([\s\S]*)\nInvoke-RestMethod @request \| ConvertTo-Json -Depth 20$/.exec(text) ?? [];
  if (table === undefined) throw new Error('No table that is splatted');
  const reader = new Reader(table, environment);
  const value = reader.statement();
  if (reader.rest() !== '') throw new Error(`Left over: ${reader.rest()}`);
  return value as RestMethod;
}

class Reader {
  private at = 0;
  private readonly text: string;
  private readonly environment: Readonly<Record<string, string>>;

  constructor(text: string, environment: Readonly<Record<string, string>>) {
    this.text = text;
    this.environment = environment;
  }

  rest(): string {
    return this.text.slice(this.at);
  }

  /** An expression, and what it is piped into. */
  statement(): unknown {
    const value = this.expression();
    const pipe = this.take(/^ \| ConvertTo-Json -Depth (\d+)/);
    if (pipe === undefined) return value;
    if (depth(value) > Number(pipe[1])) throw new Error('Deeper than ConvertTo-Json goes');
    return JSON.stringify(value);
  }

  private expression(): unknown {
    const constant = this.take(/^\$(true|false|null)\b/);
    if (constant !== undefined) return JSON.parse(constant[1] ?? '') as unknown;
    const variable = this.take(/^\$env:(\w+)/);
    if (variable !== undefined) return this.environment[variable[1] ?? ''] ?? '';
    if (this.take(/^\[guid\]::NewGuid\(\)\.ToString\(\)/) !== undefined) return crypto.randomUUID();
    const number = this.take(/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])/);
    if (number !== undefined) return Number(number[0]);
    if (/^['\u2018-\u201b]/.test(this.rest())) return this.singleQuoted();
    if (/^["\u201c-\u201e]/.test(this.rest())) return this.doubleQuoted();
    if (this.take(/^@\(/) !== undefined) return this.array();
    if (this.take(/^(?:\[ordered\])?@\{/) !== undefined) return this.table();
    throw new Error(`No expression: ${this.rest().slice(0, 40)}`);
  }

  private table(): unknown {
    const entries: [string, unknown][] = [];
    this.take(/^\s+/);
    while (this.take(/^\}/) === undefined) {
      const name = /^['"]/.test(this.rest()) ? String(this.expression()) : this.take(/^[A-Za-z_]\w*/)?.[0];
      if (name === undefined || this.take(/^ = /) === undefined) throw new Error(`No entry: ${this.rest().slice(0, 40)}`);
      if (entries.some(([other]) => other.toLowerCase() === name.toLowerCase())) throw new Error(`Twice: ${name}`);
      entries.push([name, this.statement()]);
      if (this.take(/^\s*\n\s*/) === undefined) throw new Error(`An entry goes on: ${this.rest().slice(0, 40)}`);
    }
    return Object.fromEntries(entries);
  }

  private array(): unknown {
    const members: unknown[] = [];
    this.take(/^\s+/);
    const isElement = this.take(/^, /) !== undefined;
    while (this.take(/^\s*\)/) === undefined) {
      if (members.length > 0 && this.take(/^,\s*/) === undefined) throw new Error(`No comma: ${this.rest().slice(0, 40)}`);
      members.push(this.expression());
    }
    const [only] = members;
    return members.length === 1 && Array.isArray(only) && !isElement ? only : members;
  }

  private singleQuoted(): string {
    this.at += 1;
    let text = '';
    for (;;) {
      const match = this.take(/^(?:([\u2018-\u201b'])([\u2018-\u201b'])|([^\u2018-\u201b']))/);
      if (match === undefined) break;
      text += match[1] ?? match[3] ?? '';
    }
    if (this.take(/^['\u2018-\u201b]/) === undefined) throw new Error('A string is open at the end');
    return text;
  }

  private doubleQuoted(): string {
    this.at += 1;
    let text = '';
    for (;;) {
      const match = this.take(/^(?:`(["$`])|\$\(\[char\]0x([\da-f]+)\)|([^"$`\u201c-\u201e]))/);
      if (match === undefined) break;
      text += match[1] ?? match[3] ?? String.fromCharCode(parseInt(match[2] ?? '', 16));
    }
    if (this.take(/^["\u201c-\u201e]/) === undefined) throw new Error(`In a string: ${this.rest().slice(0, 40)}`);
    return text;
  }

  private take(expression: RegExp): RegExpExecArray | undefined {
    const match = expression.exec(this.rest());
    if (match === null) return undefined;
    this.at += match[0].length;
    return match;
  }
}

function depth(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
}
