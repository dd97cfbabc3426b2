import type { SideVerdict } from '../side.js';
import { directivesOf } from '../side/directives.js';
import type { Decoded, Holder, Language, ParsedSource, Region, Span } from './language.js';
import { camelCase, isProvider, spanAround } from './markup/dialect.js';
import { copied, joined, type Piece } from './markup/decode.js';
import { markdownBlocks, type Fence, type MarkdownBlocks } from './markup/fences.js';
import { fenceLanguage, isIndented, languagesNamedIn, promptOf } from './markup/fenceLanguages.js';
import { lexMarkup, type MarkupSyntax } from './markup/lexer.js';
import { inertHolder, plainText } from './plainText.js';

const FENCE_NAME = /(?:`{3}|~{3})[^\S\r\n]{0,20}\{?[^\S\r\n]{0,20}\.?(?:language-)?([\w#+-]{1,40})/g;
/** Code in a text about code: neither the file's folder nor its package says where it runs. */
const NOWHERE: SideVerdict = { side: 'unknown', evidence: '' };
const JSX: MarkupSyntax = { braces: true, bracesInQuotes: false, mustache: false, frontmatter: false, caseSensitive: true, rawElements: new Set() };
/** So far back an element is looked for that a token is an attribute of. */
const LONGEST_TAG = 2_000;
/** `STIGG_API_KEY=` and the like, right before a token. */
const NAME_BEFORE = /(?<![\w.-])[\d.-]{0,3}([A-Za-z_][\w.-]{0,80})["'`*]{0,3}\s?[:=]\s?["'`*]{0,3}$/;

/** Texts about code: what is in fences is code, the rest is text. */
export const markdown: Language = language();

function language(): Language {
  // A memory of what is known about a document anyway; nothing depends on whether it holds.
  const known = new WeakMap<ParsedSource, MarkdownBlocks>();
  const open = (source: ParsedSource): MarkdownBlocks => {
    const blocks = known.get(source) ?? markdownBlocks(source.text);
    known.set(source, blocks);
    return blocks;
  };
  return {
    ...plainText,
    ids: ['markdown', 'mdx'],
    files: [
      { languageId: 'markdown', pattern: /\.(?:md|markdown|mdown|mkd)$/i },
      { languageId: 'mdx', pattern: /\.mdx$/i },
    ],
    embeds: ({ text }) => [
      ...languagesNamedIn(Array.from(text.matchAll(FENCE_NAME), ([, name = '']) => name)),
      ...(/^\uFEFF?---/.test(text) ? ['yaml'] : /^\uFEFF?\+\+\+/.test(text) ? ['toml'] : []),
    ],
    regions: (source) => {
      const { frontmatter, fences } = open(source);
      const first: Region[] = frontmatter === undefined || frontmatter.start === frontmatter.end ? [] : [{ ...frontmatter, side: NOWHERE }];
      return [...first, ...fences.flatMap((fence) => regionOf(source.text, fence))];
    },
    holderOf: (source, token) => holderOf(source, open(source), token),
    inComment: (source, offset) => {
      const { comments, fences } = open(source);
      return spanAround(comments, offset) !== undefined || (spanAround(fences, offset) !== undefined && plainText.inComment(source, offset));
    },
  };
}

function regionOf(text: string, fence: Fence): Region[] {
  const languageId = fenceLanguage(fence.name);
  if (languageId === undefined || fence.start === fence.end) return [];
  const decoded = decodedOf(text, fence, languageId);
  const { start, end } = fence;
  const side = sideOfCode(languageId, decoded?.text ?? text.slice(start, end));
  return [{ start, end, languageId, side, ...(decoded === undefined ? {} : { decoded }) }];
}

/** The code without prompts, quotation marks, and the indentation of a list where that would be part of the code. */
function decodedOf(text: string, fence: Fence, languageId: string): Decoded | undefined {
  const prompt = promptOf(languageId);
  const isStripped = fence.isQuoted || (fence.prefix !== '' && isIndented(languageId));
  const pieces: Piece[] = [];
  let next = fence.start;
  let isPlain = true;
  for (const line of fence.lines) {
    // The part of the line before its text belongs to no piece when it is left out.
    let start = isStripped ? line.start : next;
    const typed = prompt?.exec(text.slice(line.start, Math.min(line.end, line.start + 250)))?.[0].length ?? 0;
    if (typed > 0) start = line.start + typed;
    isPlain &&= start === next;
    pieces.push(copied(text, { start, end: line.end }));
    next = line.end;
  }
  if (isPlain) return undefined;
  return joined(pieces, (inserted) => inserted.replace(/\r\n|\r|\n/g, (end) => `${end}${isStripped ? fence.prefix : ''}`));
}

/** Only what the code says itself: a directive, or that it is guarded against one side. */
function sideOfCode(languageId: string, text: string): SideVerdict {
  if (!/^(?:type|java)script/.test(languageId)) return NOWHERE;
  const directive = directivesOf(text).find((one) => one === 'use client' || one === 'use server');
  return directive === undefined ? NOWHERE : { side: directive === 'use client' ? 'browser' : 'server', evidence: `'${directive}'` };
}

function holderOf(source: ParsedSource, { comments, fences }: MarkdownBlocks, token: Span): Holder {
  if (spanAround(comments, token.start) !== undefined) return inertHolder('comment');
  const { text } = source;
  const before = text.slice(Math.max(0, token.start - 120), token.start);
  const name = NAME_BEFORE.exec(before)?.[1];
  const use = (spanAround(fences, token.start) === undefined ? attributeUse(text, token) : undefined) ?? { names: name === undefined ? [] : [name] };
  return { kind: 'text', use, replaceBy: () => undefined };
}

/** MDX, and HTML in Markdown: the attribute of an element that the token is the value of. */
function attributeUse(text: string, token: Span): Holder['use'] | undefined {
  const open = text.lastIndexOf('<', token.start);
  if (open === -1 || token.start - open > LONGEST_TAG) return undefined;
  const tag = lexMarkup(text.slice(open, Math.min(text.length, token.end + LONGEST_TAG)), JSX).tags[0];
  const attribute = tag?.attributes.find(({ value }) => value !== undefined && open + value.start <= token.start && token.end <= open + value.end);
  if (tag === undefined || attribute === undefined) return undefined;
  const name = camelCase(attribute.name);
  return { names: [name, tag.name], ...(isProvider(tag) && name === 'apiKey' ? { stiggInit: 'frontend' } : {}) };
}
