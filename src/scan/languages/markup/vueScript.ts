import { newlineOf } from '../../lines.js';
import { textOf, type Hoisted, type MarkupDocument } from './dialect.js';

const NAME = 'stiggClientApiKey';
const TAKEN = /stiggClientApiKey\d*/g;

/**
 * Declares the expression in the component's `<script setup>`: a template can read neither `import.meta` nor `process`.
 * Undefined where the component has a script of the other kind only.
 */
export function hoist(document: MarkupDocument, expression: string): Hoisted | undefined {
  const { hoisted } = document;
  if (!hoisted.has(expression)) hoisted.set(expression, declare(document, expression));
  return hoisted.get(expression);
}

function declare(document: MarkupDocument, expression: string): Hoisted | undefined {
  const { source: { text }, markup } = document;
  const scripts = markup.blocks.filter(({ tag }) => tag.name === 'script');
  const setup = scripts.find(({ tag }) => tag.attributes.some(({ name }) => name === 'setup'));
  const newline = newlineOf(text);
  if (setup === undefined) {
    if (scripts.length > 0) return undefined;
    const start = text.startsWith('\uFEFF') ? 1 : 0;
    const name = unused(text);
    return { name, edits: [{ start, end: start, text: ['<script setup>', `const ${name} = ${expression};`, '</script>', '', ''].join(newline) }] };
  }
  const script = textOf(document, setup);
  for (const match of script.matchAll(/^[ \t]*const\s{1,20}([\w$]{1,80})\s{0,20}=\s{0,20}([^\s;]{1,200})[ \t]{0,20}(?:;[ \t]{0,20})?$/gm)) {
    if (match[2] === expression && match[1] !== undefined) return { name: match[1], edits: [] };
  }
  // Without a closing tag there is no telling where the script ends.
  if (!/^<\/script/i.test(text.slice(setup.end, setup.end + 8))) return undefined;
  const name = unused(text);
  const last = script.trimEnd();
  const indent = /(?:^|[\r\n])([^\S\r\n]*)\S[^\r\n]*$/.exec(last.slice(-500))?.[1] ?? '';
  const semicolon = last === '' || last.includes(';') ? ';' : '';
  const at = setup.start + last.length;
  const rest = script.slice(last.length);
  return { name, edits: [{ start: at, end: at, text: `${newline}${indent}const ${name} = ${expression}${semicolon}${/[\r\n]/.test(rest) ? '' : newline}` }] };
}

function unused(text: string): string {
  const taken = new Set(Array.from(text.matchAll(TAKEN), ([name]) => name));
  for (let count = 1; ; count++) {
    const name = count === 1 ? NAME : `${NAME}${count}`;
    if (!taken.has(name)) return name;
  }
}
