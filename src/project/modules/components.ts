/** A block of code in a component or a page. */
export interface CodeBlock {
  readonly text: string;
  /** The only names whose imports reach the browser; undefined: all. */
  readonly shipped?: ReadonlySet<string>;
}

/** What a component or a page brings into the browser. */
export interface ComponentCode {
  readonly blocks: readonly CodeBlock[];
  /** The files that its script elements name. */
  readonly sources: readonly string[];
}

const OPENING = /<script\b([^<>]{0,1000})>/gi;
const SOURCE = /\ssrc\s*=\s*["']([^"'<>]{1,500})["']/i;
const MODULE = /\.(?:[cm]?[jt]sx?|vue|svelte)$/i;
const CLIENT_DIRECTIVE = /\sclient:(?:load|idle|visible|media|only)\b/g;
/** The tag of a component starts no further away than this from its directive. */
const LONGEST_TAG = 2_000;

/** Vue, Svelte and HTML: all script blocks run in the browser. */
export function scriptsOf(text: string): ComponentCode {
  const blocks: CodeBlock[] = [];
  const sources: string[] = [];
  const endTag = /<\/script/gi;
  let at = 0;
  for (const { 0: tag, 1: attributes = '', index } of text.matchAll(OPENING)) {
    if (index < at) continue;
    endTag.lastIndex = index + tag.length;
    const end = endTag.exec(text)?.index ?? text.length;
    blocks.push({ text: text.slice(index + tag.length, end) });
    const source = SOURCE.exec(attributes)?.[1];
    if (source !== undefined && MODULE.test(source.split(/[?#]/, 1)[0] ?? '') && !/^(?:[a-z]+:)?\/\//i.test(source)) sources.push(source);
    at = end;
  }
  return { blocks, sources };
}

/** Astro: the scripts of the page run in the browser; of the frontmatter only the components with a `client:` directive do. */
export function scriptsOfAstro(text: string): ComponentCode {
  const fence = /^\uFEFF?\s*---/.exec(text)?.[0].length;
  const end = fence === undefined ? -1 : text.indexOf('\n---', fence);
  const body = end === -1 ? text : text.slice(end + 4);
  const { blocks, sources } = scriptsOf(body);
  const shipped = new Set<string>();
  for (const { index } of body.matchAll(CLIENT_DIRECTIVE)) {
    const near = body.slice(Math.max(0, index - LONGEST_TAG), index);
    const name = /^<([A-Za-z_$][\w$]*)/.exec(near.slice(near.lastIndexOf('<')))?.[1];
    if (name !== undefined) shipped.add(name);
  }
  return { blocks: fence === undefined || end === -1 ? blocks : [{ text: text.slice(fence, end), shipped }, ...blocks], sources };
}
