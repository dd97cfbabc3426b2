import type { Holder, Language, ParsedSource, SdkInit, Span, Use } from '../language.js';
import { inertHolder, plainText } from '../plainText.js';
import { contains } from '../span.js';
import { constantTextsOf, definitionsOf, readsOf } from './facts.js';
import { initsOf } from './inits.js';
import { replaceIn } from './replace.js';
import type { CodeSyntax } from './syntax.js';
import { namesOf } from './use.js';

/** A programming language, made from what tells it from others. */
export function codeLanguage(syntax: CodeSyntax): Language {
  const { comments, strings } = syntax;
  return {
    ...plainText,
    ids: syntax.ids,
    files: syntax.files,
    grammar: () => syntax.grammar,
    imports: (tree) => syntax.imports(tree),
    pieces: syntax.pieces,
    lowering: syntax.lowering,
    holderOf: (source, token) => holderOf(source, syntax, token),
    inComment: (source, offset) => {
      if (source.syntax === undefined) return plainText.inComment(source, offset);
      return source.syntax.nodesAround(offset, offset + 1).slice(0, 2).some(({ type }) => comments.has(type));
    },
    constantTexts: (source) => constantTextsOf(source, syntax),
    definitions: (source) => definitionsOf(source, syntax),
    variableReads: (source) => readsOf(source, syntax),
    sdkInits: (source) => initsOf(source, syntax),
    serverLookup: (variable, source) => ({ variable, expression: syntax.lookup(variable, source) }),
  };

  function holderOf(source: ParsedSource, of: CodeSyntax, token: Span): Holder {
    const around = source.syntax?.nodesAround(token.start, token.end) ?? [];
    if (around.slice(0, 2).some(({ type }) => comments.has(type))) return inertHolder('comment');
    const whole = around[0]?.startIndex === token.start && around[0].endIndex === token.end && !/content|fragment|escape/.test(around[0].type);
    const index = whole ? 0 : around.findIndex(({ type }) => strings.has(type));
    if (index === -1) return inertHolder(source.syntax === undefined ? 'text' : 'code');
    return {
      kind: 'code',
      use: use(source, of, token, namesOf(of, around, index)),
      replaceBy: (expression) => replaceIn(source, of, around, index, token, expression),
    };
  }
}

function use(source: ParsedSource, syntax: CodeSyntax, token: Span, names: readonly string[]): Use {
  const holds = ({ key }: SdkInit): boolean => contains(key, token) || contains(key?.origin, token);
  // Asked for every token.
  const inits = source.syntax?.remember(syntax, () => [...initsOf(source, syntax)]) ?? [];
  for (const init of inits) if (holds(init)) return { names, stiggInit: init.side };
  return { names };
}
