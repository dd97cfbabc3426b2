import { constantTexts } from './ecmascript/constants.js';
import { throughConstants } from './ecmascript/constantUse.js';
import { definitions } from './ecmascript/definitions.js';
import { inlinedSettings } from './ecmascript/bundlerConfig.js';
import { eliminated } from './ecmascript/eliminated.js';
import { publishableLookup, serverLookup } from './ecmascript/environment.js';
import { isComposed, replaceComposed } from './ecmascript/expressions.js';
import { handedToBrowser } from './ecmascript/handedOver.js';
import { importsOf } from './ecmascript/imports.js';
import { literalIndex, replaceInLiteral } from './ecmascript/literals.js';
import { sdkInits } from './ecmascript/sdkInits.js';
import { serverOnlyPart } from './ecmascript/serverParts.js';
import { useOf } from './ecmascript/use.js';
import { variableReads } from './ecmascript/variableReads.js';
import type { Language } from './language.js';
import { ecmascriptLowering } from './lowering/ecmascript.js';
import { inertHolder, plainText } from './plainText.js';

const GRAMMARS: Readonly<Record<string, string>> = {
  typescript: 'typescript',
  typescriptreact: 'tsx',
  javascript: 'javascript',
  javascriptreact: 'javascript',
};
const COMMENTS = new Set(['comment', 'html_comment', 'hash_bang_line']);

/** TypeScript and JavaScript, with and without JSX. */
export const ecmascript: Language = {
  ...plainText,
  ids: Object.keys(GRAMMARS),
  files: [
    { languageId: 'typescript', pattern: /\.[cm]?ts$/i },
    { languageId: 'typescriptreact', pattern: /\.tsx$/i },
    { languageId: 'javascript', pattern: /\.[cm]?js$/i },
    { languageId: 'javascriptreact', pattern: /\.jsx$/i },
  ],
  grammar: (languageId) => GRAMMARS[languageId],
  imports: importsOf,
  pieces: {
    begin: new Set(['export', 'import', 'async', 'function', 'class', 'abstract', 'const', 'let', 'var', 'interface', 'type', 'enum', 'declare', 'namespace', 'module', 'describe', 'it', 'test', '@']),
    goOn: new Set(['else', 'catch', 'finally', 'while']),
    bodies: new Set(['class_body', 'statement_block']),
  },
  lowering: ecmascriptLowering,
  holderOf: (source, token) => {
    const around = source.syntax?.nodesAround(token.start, token.end) ?? [];
    if (around[0] !== undefined && COMMENTS.has(around[0].type)) return inertHolder('comment');
    if (isComposed(around, token)) {
      return { kind: 'code', use: throughConstants(source, around, token, useOf(source, around, 0)), replaceBy: (expression) => replaceComposed(source, around, token, expression) };
    }
    const index = literalIndex(around);
    if (index === -1) return inertHolder(source.syntax === undefined ? 'text' : 'code');
    return {
      kind: 'code',
      use: throughConstants(source, around, token, useOf(source, around, index)),
      replaceBy: (expression) => replaceInLiteral(source, around, index, token, expression),
    };
  },
  inComment: (source, offset) => {
    if (source.syntax === undefined) return plainText.inComment(source, offset);
    const innermost = source.syntax.nodesAround(offset, offset + 1)[0];
    return innermost !== undefined && COMMENTS.has(innermost.type);
  },
  constantTexts,
  definitions,
  variableReads,
  sdkInits,
  inlinedSettings,
  handedToBrowser,
  serverOnlyPart: (source, place) => serverOnlyPart(source, place) ?? eliminated(source, place),
  serverLookup,
  publishableLookup,
};
