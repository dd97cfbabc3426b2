import type { TextEdit } from '../../finding.js';
import { indentationAt, lineStartAt, newlineOf } from '../../lines.js';
import type { IrNode, ObjectNode } from '../../ir/node.js';
import { UNKNOWN } from '../../ir/texts.js';
import { made, unwrap } from '../../ir/walk.js';
import type { ParsedSource, Span } from '../../languages/language.js';
import { addressBy, destinationOf, endpointFor } from '../endpointFor.js';
import type { HeaderValue, RequestHeader, StiggRequest } from '../request.js';
import { methodOf } from './curl.js';
import { PowerShellReader } from './powershellReader.js';

const COMMAND = /(?<![\w$.-])(?:Invoke-RestMethod|Invoke-WebRequest|irm|iwr)(?=[ \t`])/gi;
const ASSIGNMENT = /(?<![\w$.])\$(?:script:|global:|local:|private:)?([A-Za-z_]\w{0,100})[ \t]{0,40}=(?!=)[ \t]{0,40}/g;
const PARAMETERS = ['method', 'uri', 'headers', 'body', 'contenttype', 'form', 'infile', 'authentication', 'token', 'credential', 'custommethod'];
const MOST = 500;
const DEEPEST = 8;

interface Parameter {
  readonly name: string;
  readonly value: IrNode | undefined;
  readonly start: number;
}

interface Values {
  readonly text: string;
  /** The values that variables are given, in order. */
  readonly assigned: ReadonlyMap<string, readonly IrNode[]>;
}

/** The requests to Stigg that a PowerShell script sends; `inComment` tells places that are none of its code. */
export function powershellRequests({ text }: ParsedSource, inComment: (offset: number) => boolean): readonly StiggRequest[] {
  if (!/stigg/i.test(text) || text.search(COMMAND) === -1) return [];
  const binds: IrNode[] = [];
  const assigned = new Map<string, IrNode[]>();
  for (const match of Array.from(text.matchAll(ASSIGNMENT)).slice(0, MOST)) {
    const name = match[1] ?? '';
    const at = match.index + match[0].length;
    const value = inComment(match.index) ? undefined : new PowerShellReader(text, at, text.length).pipeline(0);
    if (value === undefined) continue;
    assigned.set(name.toLowerCase(), [...(assigned.get(name.toLowerCase()) ?? []), value]);
    binds.push(made({ kind: 'bind', targets: [{ name, place: undefined, path: [], start: match.index, end: match.index + name.length + 1 }], value, operator: '=', isDeclaration: true, isEach: false, type: undefined, start: match.index, end: value.end }));
  }
  const values = { text, assigned };
  const requests = Array.from(text.matchAll(COMMAND)).slice(0, MOST).flatMap((match) => (inComment(match.index) ? [] : requestAt(match.index, match[0].length, values) ?? []));
  made({ kind: 'group', start: 0, end: text.length, isScope: true, children: [...binds, ...requests.flatMap(({ body }) => body?.value ?? [])] });
  return requests;
}

function requestAt(start: number, length: number, values: Values): StiggRequest | undefined {
  const { parameters, end, isOpen } = parametersAt(values, start + length);
  const find = (name: string): Parameter | undefined => parameters.find((parameter) => parameter.name === name);
  const uri = find('uri');
  const address = uri?.value;
  if (address === undefined) return undefined;
  const destination = destinationOf(textOf(address, values, true, 0));
  if (destination === undefined) return undefined;
  const stated = find('custommethod')?.value ?? find('method')?.value;
  const method = stated === undefined ? (isOpen ? undefined : 'GET') : methodOf(textOf(stated, values, false, 0));
  const headers = find('headers');
  const table = headers?.value === undefined ? undefined : tableOf(headers.value, values);
  const body = find('body')?.value;
  return {
    ...destination,
    start, end, method,
    endpoint: destination.surface === 'rest' ? endpointFor(method, destination.path) : undefined,
    headers: [...(table === undefined ? [] : headersIn(table, values)), ...implied(find('contenttype'), 'Content-Type', '', values), ...implied(find('authentication'), 'Authorization', '', values)],
    isOpen: isOpen || (headers !== undefined && table === undefined) || isExtended(headers?.value, values),
    body: body !== undefined ? { value: body, form: isForm(body, values) ? 'form' : 'text' } : find('form') !== undefined ? { value: undefined, form: 'form' } : find('infile') !== undefined ? { value: undefined, form: 'text' } : undefined,
    parameters: [],
    call: undefined,
    addHeader: (name, value) => addHeader(name, value, { command: { start, end }, uri: address, hasHeaders: headers !== undefined, table, values }),
  };
}

/** The parameters of the command whose name ends there, those of a splatted table among them. */
function parametersAt(values: Values, from: number): { readonly parameters: readonly Parameter[]; readonly end: number; readonly isOpen: boolean } {
  const { text } = values;
  const reader = new PowerShellReader(text, from, text.length);
  const parameters: Parameter[] = [];
  let isOpen = false;
  let end = from;
  for (let count = 0; count < 60; count++) {
    reader.blanks(false);
    const start = reader.at;
    if (start >= text.length || /[\r\n|;)}#]/.test(text.charAt(start))) break;
    const named = /^-([A-Za-z]{1,40}):?/.exec(text.slice(start, start + 45));
    if (named === null) {
      const value = reader.operand(0);
      if (value === undefined) break;
      const splat = value.kind === 'wrapped' && value.by === 'spread' ? tableOf(value.inner, values) : undefined;
      if (splat !== undefined) parameters.push(...splat.entries.map((entry) => ({ name: fullName(entry.key ?? ''), value: entry.value, start: entry.start })));
      else if (value.kind === 'wrapped' && value.by === 'spread') isOpen = true;
      else if (!parameters.some(({ name }) => name === 'uri')) parameters.push({ name: 'uri', value, start });
    } else {
      reader.at += named[0].length;
      reader.blanks(false);
      const isSwitch = /^(?:-[A-Za-z]|[\r\n|;)}]|$)/.test(text.slice(reader.at, reader.at + 2));
      parameters.push({ name: fullName(named[1] ?? ''), value: isSwitch ? undefined : reader.operand(0), start });
    }
    end = Math.max(end, reader.at);
  }
  return { parameters, end, isOpen };
}

/** Parameters may be shortened. */
function fullName(name: string): string {
  const lower = name.toLowerCase();
  return PARAMETERS.find((parameter) => parameter === lower) ?? (lower.length > 2 ? PARAMETERS.find((parameter) => parameter.startsWith(lower)) : undefined) ?? lower;
}

function tableOf(value: IrNode, values: Values, depth = 0): ObjectNode | undefined {
  const node = unwrap(value);
  if (node.kind === 'object') return node;
  const last = node.kind === 'name' && depth < DEEPEST ? values.assigned.get(node.name.toLowerCase())?.findLast(({ start }) => start < value.start) : undefined;
  return last === undefined ? undefined : tableOf(last, values, depth + 1);
}

/** `$headers['X'] = …`, `$headers.Add(…)` */
function isExtended(value: IrNode | undefined, { text }: Values): boolean {
  return value?.kind === 'name' && ['.Add(', '[', '.', ' +='].some((sign) => text.toLowerCase().includes(`$${value.name.toLowerCase()}${sign}`));
}

function headersIn(table: ObjectNode, values: Values): RequestHeader[] {
  return table.entries.flatMap(({ key, keyStart, keyEnd, value, start, end }): RequestHeader[] =>
    (key === undefined ? [] : [{ name: key, nameStart: keyStart, nameEnd: keyEnd, value: { start: value.start, end: value.end }, text: textOf(value, values, false, 0), start, end }]));
}

/** A header that a parameter of its own makes. */
function implied(parameter: Parameter | undefined, name: string, prefix: string, values: Values): RequestHeader[] {
  if (parameter?.value === undefined) return [];
  const { value, start } = parameter;
  return [{ name, nameStart: start, nameEnd: value.end, value: { start: value.start, end: value.end }, text: prefix + textOf(value, values, false, 0), start, end: value.end, isImplied: true }];
}

/** A table that nothing makes JSON of is sent as a form. */
function isForm(body: IrNode, { text, assigned }: Values): boolean {
  const node = unwrap(body);
  const origin = node.kind === 'name' ? assigned.get(node.name.toLowerCase())?.at(-1) : node;
  if (origin === undefined || unwrap(origin).kind !== 'object') return false;
  return !/\|\s{0,20}ConvertTo-Json/i.test(text.slice(origin.start, origin.end + 60)) && !/\|\s{0,20}ConvertTo-Json/i.test(text.slice(body.start, body.end + 60));
}

function textOf(value: IrNode, values: Values, isAddress: boolean, depth: number): string {
  const node = unwrap(value);
  if (depth > DEEPEST) return UNKNOWN;
  switch (node.kind) {
    case 'text':
      return node.parts.map((part) => (part.kind === 'stretch' ? part.value : textOf(part, values, isAddress, depth + 1))).join('').slice(0, 4_000);
    case 'number':
      return String(node.value);
    case 'operation':
      return node.operator === '+' ? node.operands.map((operand) => textOf(operand, values, isAddress, depth + 1)).join('').slice(0, 4_000) : UNKNOWN;
    case 'name': {
      const all = values.assigned.get(node.name.toLowerCase()) ?? [];
      const last = isAddress || all.length === 1 ? all.findLast(({ start }) => start < node.start) ?? all[0] : undefined;
      // `$base = "$base/v1"` asks for what it had before.
      const isOwn = last !== undefined && last.start <= node.start && node.end <= last.end;
      const text = last === undefined || isOwn ? UNKNOWN : textOf(last, values, isAddress, depth + 1);
      return text === UNKNOWN && isAddress ? addressBy(node.name) : text;
    }
    default:
      return UNKNOWN;
  }
}

interface Insertion {
  readonly command: Span;
  readonly uri: IrNode;
  readonly hasHeaders: boolean;
  readonly table: ObjectNode | undefined;
  readonly values: Values;
}

function addHeader(name: string, value: HeaderValue, { command, uri, hasHeaders, table, values: { text } }: Insertion): TextEdit[] | undefined {
  const entry = `'${name}' = ${value.kind === 'fresh' ? '(New-Guid).ToString()' : `'${value.text}'`}`;
  if (table === undefined) {
    const isHere = command.start <= uri.start && uri.end <= command.end;
    return hasHeaders || !isHere ? undefined : [{ start: uri.end, end: uri.end, text: ` -Headers @{ ${entry} }` }];
  }
  // Each request needs a value of its own; those of a shared table are made once.
  if (value.kind === 'fresh' && (table.start < command.start || table.end > command.end)) return undefined;
  const last = table.entries.at(-1);
  if (last === undefined) return [{ start: table.innerStart, end: table.innerEnd, text: ` ${entry} ` }];
  const isOwnLine = text.slice(lineStartAt(text, last.start), last.start).trim() === '';
  return [{ start: last.end, end: last.end, text: isOwnLine ? `${newlineOf(text)}${indentationAt(text, last.start)}${entry}` : `; ${entry}` }];
}
