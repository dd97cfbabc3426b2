import type { Source } from '../../source.js';

/** Pages, and templates from which a server makes pages. Generators have templates of other files too: those name two endings. */
export const PAGE = /\.(?:html?|xhtml)$|(?:^|\/)[^./]+\.(?:ejs|hbs|handlebars|mustache|njk|nunjucks|twig|liquid|gohtml|heex|jsp|rhtml)$|\.html?\.(?:ejs|hbs|mustache|njk|twig|erb|eex|j2|jinja2?|tmpl|tera)$|\.blade\.php$/i;

/** How template languages mark code that the server runs while it makes the page, without writing its value. */
const SERVER_CODE: readonly (readonly [opens: string, closes: string])[] = [['<%', '%>'], ['<?', '?>'], ['{%', '%}'], ['@php', '@endphp']];
/** Longer stretches of such code are not looked for. UTF-16 code units. */
const FARTHEST = 5_000;

/** Whether the place is in such code: `<% … %>`, and neither `<%= … %>` nor `<?= … ?>`. */
export function isServerCode(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - FARTHEST), offset);
  return SERVER_CODE.some(([opens, closes]) => {
    const at = before.lastIndexOf(opens);
    return at !== -1 && !/[=-]/.test(before.charAt(at + opens.length)) && !before.slice(at).includes(closes);
  });
}

const QUOTED = /^(["'`])([^]*)\1$/;
/** One expression that a template language writes out: `{{ … }}`, `{{{ … }}}`, `{!! … !!}`, `<%= … %>`, `<?= … ?>`. */
const WRITTEN = /^(?:\{\{[{~-]?|\{!!|<%[=-]|<\?=)([^{}%\r\n]{1,200}?)(?:[}~-]?\}\}|!!\}|-?%>|\?>)$/;
const FILTERS = /\|[^|].*$/s;
const NAMES = /[A-Za-z_]\w*/g;

/**
 * The variable, or the name of another value, that a template of a page puts there: of a literal, or an expression, that is nothing
 * else. Undefined for all others.
 */
export function writtenByTemplate({ path }: Pick<Source, 'path'>, code: string): { readonly variable: string } | { readonly name: string } | undefined {
  if (!PAGE.test(path)) return undefined;
  const trimmed = code.trim();
  const written = WRITTEN.exec((QUOTED.exec(trimmed)?.[2] ?? trimmed).trim())?.[1];
  const name = written === undefined ? undefined : written.replace(FILTERS, '').match(NAMES)?.at(-1);
  if (name === undefined) return undefined;
  return /^[A-Z][A-Z\d_]+$/.test(name) ? { variable: name } : { name };
}
