import type { KeyArgument, Span, VariableRead } from '../language.js';
import { textOf, type MarkupDocument } from './dialect.js';
import { trimmed } from './expression.js';

const READ = /^(?:import\.meta\.env|process\.env)\s*(?:\??\.\s*([A-Za-z_$][\w$]*)|\[\s*["']([\w$]+)["']\s*\])!?$/;
const PATH = /^(?:[A-Za-z_$][\w$]*\s*\??\.\s*)*([A-Za-z_$][\w$]*)!?$/;
/** SvelteKit's modules whose exports are the environment variables of that name. */
const STATIC_MODULE = /\bimport\s*\{([^{}]{1,2000})\}\s*from\s*["']\$env\/static\/(?:public|private)["']/g;

/** The read of an environment variable that is all of the expression. */
export function soleRead(document: MarkupDocument, span: Span): VariableRead | undefined {
  const place = trimmed(document.source.text, span);
  const code = textOf(document, place);
  const read = READ.exec(code);
  const variable = read?.[1] ?? read?.[2];
  if (variable === undefined) return undefined;
  const start = place.start + code.lastIndexOf(variable);
  return { ...place, variable, nameSpan: { start, end: start + variable.length } };
}

/** What the expression hands over: an environment variable, as far as the scripts of the document tell, or a name. */
export function valueOfCode(document: MarkupDocument, span: Span): Pick<KeyArgument, 'variable' | 'name' | 'origin'> {
  const code = textOf(document, trimmed(document.source.text, span));
  const read = READ.exec(code);
  const variable = read?.[1] ?? read?.[2];
  if (variable !== undefined) return { variable };
  const name = PATH.exec(code)?.[1];
  if (name === undefined) return {};
  const known = /[.?]/.test(code) ? undefined : declared(document, name);
  return known ?? { name };
}

/** Looks the name up in the scripts: a constant that reads a variable, or an import of one. */
function declared(document: MarkupDocument, name: string): { readonly variable: string; readonly origin: Span } | undefined {
  const escaped = name.replaceAll('$', '\\$');
  const constant = new RegExp(`\\bconst\\s+${escaped}\\s*(?::[^=\\n;]{1,80})?=\\s*((?:import\\.meta|process)\\.env\\s*[^\\s;,|?&]{1,120})`, 'g');
  const { source, markup } = document;
  for (const script of [...(markup.frontmatter === undefined ? [] : [markup.frontmatter]), ...markup.blocks]) {
    const text = textOf(document, script);
    constant.lastIndex = 0;
    const match = constant.exec(text);
    const read = match?.[1] === undefined ? null : READ.exec(match[1]);
    const variable = read?.[1] ?? read?.[2];
    if (match?.[1] !== undefined && variable !== undefined) {
      const start = script.start + match.index + match[0].length - match[1].length;
      return { variable, origin: { start, end: start + match[1].length } };
    }
    for (const imported of text.matchAll(STATIC_MODULE)) {
      let at = script.start + imported.index + imported[0].indexOf('{') + 1;
      for (const one of (imported[1] ?? '').split(',')) {
        const [, variable, local] = /^\s*([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(one) ?? [];
        if (variable !== undefined && (local ?? variable) === name) return { variable, origin: trimmed(source.text, { start: at, end: at + one.length }) };
        at += one.length + 1;
      }
    }
  }
  return undefined;
}
