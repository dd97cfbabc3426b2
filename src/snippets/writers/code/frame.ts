import { head, type HeadLine } from '../../customerToken/code.js';
import { bodyOf, type ApiRequest } from '../../request.js';
import type { SnippetParts } from '../../snippet.js';
import { holdsFresh } from './notation.js';

/** The lines of a program, each a list of parts; undefined lines are left out. */
export function joined(lines: readonly (string | SnippetParts | undefined)[]): SnippetParts {
  const present = lines.filter((line) => line !== undefined);
  return merged(present.flatMap((line, index) => [...(typeof line === 'string' ? [line] : line), ...(index < present.length - 1 ? ['\n'] : [])]));
}

/** Neighbouring texts as one, and none that is empty. */
export function merged(parts: SnippetParts): SnippetParts {
  const result: SnippetParts[number][] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part;
    else if (part !== '') result.push(part);
  }
  return result;
}

/** Every line that is not empty, one step further in. Tab stops hold no line break: literals escape them. */
export function indented(parts: SnippetParts, by: string): SnippetParts {
  return merged([by, ...parts.map((part) => (typeof part === 'string' ? part.replace(/\n(?!\n|$)/g, `\n${by}`) : part))]);
}

/** The head of a file with the request under it. */
export function fileOf(headLines: readonly HeadLine[], parts: SnippetParts): SnippetParts {
  return merged([...headLines.map(({ text }) => `${text}\n`), headLines.length > 0 ? '\n' : '', ...parts, '\n']);
}

/** Whether the program makes a value nobody used before. */
export function usesFresh(request: ApiRequest): boolean {
  return request.idempotencyKey || holdsFresh(bodyOf(request));
}

/** Stigg's gateway wants the content type of every request that is not a GET, with a body or without. */
export function needsContentType(request: ApiRequest): boolean {
  return request.method !== 'GET';
}

/** `import os`, `import os, sys`, `import os.path`: the module bound by its own name. */
export function pythonImport(name: string): HeadLine {
  const binds = (part: string): boolean => {
    const module = part.trim();
    return module === name || (module.startsWith(`${name}.`) && !module.includes(' as '));
  };
  return head(`import ${name}`, (text) => text.split('\n').some((line) => line.startsWith('import ') && line.slice('import '.length).split(',').some(binds)));
}

/** `import "net/http"`, alone or in a list, without an alias. */
export function goImport(path: string): HeadLine {
  return head(`import "${path}"`, (text) => statements(text).some((line) => line.replace(/^import[ \t]+/, '').startsWith(`"${path}"`)));
}

/** `import java.net.URI;` or the whole package of it. */
export function javaImport(name: string): HeadLine {
  const all = `${name.slice(0, name.lastIndexOf('.'))}.*`;
  return head(`import ${name};`, (text) => statements(text).some((line) => line.startsWith(`import ${name};`) || line.startsWith(`import ${all};`)));
}

/** `using System.Text;`, `global using System.Text;`. */
export function csharpUsing(name: string): HeadLine {
  return head(`using ${name};`, (text) => statements(text).some((line) => line.replace(/^global /, '').startsWith(`using ${name};`)));
}

export function rubyRequire(name: string): HeadLine {
  return head(`require "${name}"`, (text) => statements(text).some((line) => [`require "${name}"`, `require '${name}'`, `require("${name}")`, `require('${name}')`].some((form) => line.startsWith(form))));
}

function statements(text: string): readonly string[] {
  return text.split('\n').map((line) => line.trim());
}
