import type { KeyArgument, SdkInit, Span, VariableRead } from '../language.js';
import { camelCase, isProvider, textOf, type Dialect, type MarkupDocument } from './dialect.js';
import { objectEntries, trimmed } from './expression.js';
import type { Attribute, Tag } from './lexer.js';
import { ownLiterals } from './regions.js';
import { writtenByTemplate } from './templates.js';
import { soleRead, valueOfCode } from './values.js';

const IMPORT = /\bfrom\s*["'](@stigg\/(?:vue-sdk|vue-2-sdk|react-sdk|nextjs-sdk|js-client-sdk))["']/;

/** An application has one. */
const MOST_PROVIDERS = 100;

interface Argument {
  readonly name: string;
  readonly value: Span;
  readonly isCode: boolean;
  /** An entry of an object, or an attribute in braces, that is its own name. */
  readonly isShorthand: boolean;
  readonly attribute: Attribute;
}

/** The elements that start a Stigg SDK. */
export function* providers(document: MarkupDocument, dialect: Dialect): Iterable<SdkInit> {
  const tags = providerTags(document);
  const imported = tags.length === 0 ? undefined : module(document);
  for (const tag of tags) yield init(document, dialect, tag, imported ?? dialect.sdk);
}

/** The environment variables that are handed to such an element as they are: no part of their own looks at them. */
export function* providerReads(document: MarkupDocument, dialect: Dialect): Iterable<VariableRead> {
  for (const tag of providerTags(document)) {
    for (const attribute of tag.attributes) {
      const bound = dialect.bound(document, attribute);
      const read = bound === undefined ? undefined : soleRead(document, bound.code);
      if (read !== undefined) yield read;
    }
  }
}

function providerTags({ markup }: MarkupDocument): Tag[] {
  return markup.tags.filter((tag) => !tag.isEnd && isProvider(tag)).slice(0, MOST_PROVIDERS);
}

function init(document: MarkupDocument, dialect: Dialect, tag: Tag, module: string): SdkInit {
  const given: Argument[] = [];
  let isOpen = tag.hasSpread;
  for (const attribute of tag.attributes) {
    const bound = dialect.bound(document, attribute);
    if (bound === undefined) {
      const name = camelCase(attribute.name);
      if (attribute.value !== undefined) given.push({ name, value: attribute.value, isCode: false, isShorthand: false, attribute });
      continue;
    }
    if (bound.name !== '') {
      given.push({ name: camelCase(bound.name), value: trimmed(document.source.text, bound.code), isCode: true, isShorthand: attribute.isShorthand, attribute });
      continue;
    }
    const object = objectEntries(document.source.text, bound.code);
    isOpen ||= object?.isOpen ?? true;
    for (const { name, value, isShorthand } of object?.entries ?? []) given.push({ name: camelCase(name), value, isCode: true, isShorthand, attribute });
  }
  const key = given.find(({ name }) => name === 'apiKey');
  return {
    start: tag.start,
    // The attributes may be regions, which are parts of their own.
    end: tag.nameEnd,
    side: 'frontend',
    module,
    key: key === undefined ? undefined : keyArgument(document, dialect, tag, key),
    arguments: new Map(given.map(({ name, value }) => [name, value])),
    isOpen,
    addArgument: (name, expression) => {
      const text = dialect.writeAttribute(document, tag, name, expression);
      const at = tag.attributes.at(-1)?.end ?? tag.nameEnd;
      return text === undefined ? undefined : [{ start: at, end: at, text: ` ${text}` }];
    },
  };
}

function keyArgument(document: MarkupDocument, dialect: Dialect, tag: Tag, { value, isCode, isShorthand, attribute }: Argument): KeyArgument {
  const literal = isCode ? ownLiterals(document, tag, value).find(({ name }) => name === undefined) : undefined;
  const place = literal?.whole ?? value;
  const written = writtenByTemplate(document.source, textOf(document, value));
  return {
    ...value,
    ...(isCode ? valueOfCode(document, value) : written),
    replaceBy: (expression) => {
      if (attribute.isShorthand) return [{ start: attribute.start, end: attribute.end, text: `${attribute.name}={${expression}}` }];
      const edits = dialect.replaceInAttribute(document, tag, attribute, place, expression);
      if (!isShorthand) return edits;
      const name = textOf(document, place);
      return edits?.map((edit) => (edit.start === place.start && edit.end === place.end ? { ...edit, text: `${name}: ${edit.text}` } : edit));
    },
  };
}

/** The package by the imports of the document's scripts. */
function module(document: MarkupDocument): string | undefined {
  const { frontmatter, blocks } = document.markup;
  for (const script of [...(frontmatter === undefined ? [] : [frontmatter]), ...blocks]) {
    const found = IMPORT.exec(textOf(document, script))?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
