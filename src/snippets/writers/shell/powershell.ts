import { bodyOf, FRESH, Placeholder, type ApiRequest, type JsonTemplate } from '../../request.js';
import { tabStop, type SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { depthOf, isArray, merged } from './json.js';
import { urlParts } from './url.js';

/*
 * For Windows PowerShell 5.1 and PowerShell 7. The parameters are a table (splatting), because a backtick at the end of a line breaks
 * with the first blank behind it, and the body is a table as well, because a here-string has to end in column 0 and does not where it
 * is inserted into a function.
 */

/** Invoke-RestMethod. */
export const powershell: Writer = {
  id: 'powershell',
  title: () => 'PowerShell',
  languageIds: ['powershell'],
  write: (request, options) => ({ parts: command(request, options), head: [] }),
  file: ({ parts }) => [FILE_HEAD, ...parts, '\n'],
};

const FILE_HEAD = `#Requires -Version 5.1
$ErrorActionPreference = 'Stop'
# Windows PowerShell on older systems offers TLS 1.0 only.
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12

`;

/** What the answers of Stigg need; ConvertTo-Json stops at 2 unless it is told. */
const ANSWER_DEPTH = 20;
const LEAST_DEPTH = 10;
const NEW_GUID = '[guid]::NewGuid().ToString()';

function command(request: ApiRequest, options: WriterOptions): SnippetParts {
  const body = bodyOf(request);
  const method = request.method.charAt(0) + request.method.slice(1).toLowerCase();
  return merged([
    `$request = @{\n  Method = '${method}'\n  Uri = '`,
    ...urlParts(request, options, inSingleQuotes),
    `'\n  Headers = @{\n    'X-API-KEY' = $env:${options.keyVariable}\n`,
    ...(request.idempotencyKey ? [`    'Idempotency-Key' = ${NEW_GUID}\n`] : []),
    '  }\n',
    // Without the charset, Windows PowerShell sends Latin-1.
    ...(request.method === 'GET' ? [] : ["  ContentType = 'application/json; charset=utf-8'\n"]),
    ...(body === undefined ? [] : ['  Body = ', ...valueParts(body, '  '), ` | ConvertTo-Json -Depth ${Math.max(LEAST_DEPTH, depthOf(body))}\n`]),
    `}\nInvoke-RestMethod @request | ConvertTo-Json -Depth ${ANSWER_DEPTH}`,
  ]);
}

function valueParts(value: JsonTemplate, indent: string): SnippetParts {
  if (value instanceof Placeholder) {
    if (typeof value.sample !== 'string') return typeof value.sample === 'number' ? [tabStop(value.stop, String(value.sample))] : ['$', tabStop(value.stop, String(value.sample))];
    const { quote, content } = quoted(value.sample);
    return [quote, tabStop(value.stop, content), quote];
  }
  if (value === FRESH) return [NEW_GUID];
  if (typeof value === 'string') return [text(value)];
  if (value === null) return ['$null'];
  if (typeof value === 'boolean') return [value ? '$true' : '$false'];
  if (typeof value === 'number') return [String(value)];
  const inner = `${indent}  `;
  if (isArray(value)) {
    if (value.length === 0) return ['@()'];
    // An array that is the only element of another would become the other one; the comma makes it an element.
    const only = value.length === 1 && isArray(value[0] ?? null) ? ', ' : '';
    return ['@(', ...value.flatMap((member, index) => [index === 0 ? `\n${inner}${only}` : `,\n${inner}`, ...valueParts(member, inner)]), `\n${indent})`];
  }
  const entries = Object.entries(value as Readonly<Record<string, JsonTemplate>>);
  if (entries.length === 0) return ['@{}'];
  return ['[ordered]@{', ...entries.flatMap(([name, member]) => [`\n${inner}${/^[A-Za-z_]\w*$/.test(name) ? name : text(name)} = `, ...valueParts(member, inner)]), `\n${indent}}`];
}

function text(value: string): string {
  const { quote, content } = quoted(value);
  return quote + content + quote;
}

/**
 * Single quotes, which expand nothing. What is no printable ASCII is written by its number in double quotes: Windows PowerShell reads
 * files without a byte order mark in the code page of the system, and typographic quotes end a string like plain ones.
 */
function quoted(value: string): { readonly quote: string; readonly content: string } {
  if (/^[\x20-\x7e]*$/.test(value)) return { quote: "'", content: inSingleQuotes(value) };
  return { quote: '"', content: value.replace(/[^\x20-\x7e]|["$`]/g, (char) => (/["$`]/.test(char) ? `\`${char}` : `$([char]0x${char.charCodeAt(0).toString(16)})`)) };
}

function inSingleQuotes(value: string): string {
  return value.replaceAll("'", "''");
}
