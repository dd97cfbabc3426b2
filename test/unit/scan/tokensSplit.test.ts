import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../../src/secret.js';
import type { Engine } from '../../../src/scan/engine.js';
import { apply, contextOf, hasSyntaxError, legacyKey, preparedEngine, serverKey } from './support.js';
import { cpuNow } from '../../tools/cpu.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey('split');
const ID = K.slice(7, 43);
const ENV = K.slice(44);
const L = legacyKey('split');
const E = 'process.env.STIGG_SERVER_API_KEY';
const CONSTANTS = `const PREFIX = 'server-';\nconst ID = '${ID}';\nconst ENV = \`${ENV}\`;\nconst PARTS = { id: ID, 'env': ENV };\n`;

describe('a key that an expression puts together', () => {
  test.each([
    ['two literals', `const k = '${K.slice(0, 43)}' + '${K.slice(43)}';`, `const k = ${E};`],
    ['four literals', `const k = 'server-' + '${ID}' + ':' + '${ENV}';`, `const k = ${E};`],
    ['cut anywhere', `const k = '${K.slice(0, 9)}' + '${K.slice(9, 20)}' + "${K.slice(20, 61)}" + '${K.slice(61)}';`, `const k = ${E};`],
    ['over lines, with comments', `const k = 'server-' // kind\r\n  + '${ID}:' +\r\n  /* env */ '${ENV}';`, `const k = ${E};`],
    ['constants', `${CONSTANTS}const k = PREFIX + ID + ':' + ENV;`, `${CONSTANTS}const k = ${E};`],
    ['properties of a constant', `${CONSTANTS}const k = PREFIX + PARTS.id + ':' + PARTS.env;`, `${CONSTANTS}const k = ${E};`],
    ['template', `${CONSTANTS}const k = \`server-\${ID}:\${ENV}\`;`, `${CONSTANTS}const k = ${E};`],
    ['template of substitutions', `${CONSTANTS}f({ apiKey: \`\${PREFIX}\${ID}:\${ENV}\` });`, `${CONSTANTS}f({ apiKey: ${E} });`],
    ['part of a template', `${CONSTANTS}const k = \`Bearer server-\${ID}:\${ENV}!\`;`, `${CONSTANTS}const k = \`Bearer \${${E}}!\`;`],
    ['part of a template with something unknown', `${CONSTANTS}const k = \`\${scheme} server-\${ID}:\${ENV}\${x}\`;`, `${CONSTANTS}const k = \`\${scheme} \${${E}}\${x}\`;`],
    ['part of a chain', `${CONSTANTS}const k = 'Bearer ' + PREFIX + ID + ':' + ENV + x;`, `${CONSTANTS}const k = 'Bearer ' + ${E} + x;`],
    ['after something unknown', `${CONSTANTS}const k = scheme + PREFIX + ID + ':' + ENV;`, `${CONSTANTS}const k = scheme + ${E};`],
    ['part of a literal of a chain', `${CONSTANTS}const k = 'Bearer server-' + ID + ':' + ENV;`, undefined],
    ['join', `${CONSTANTS}const k = ['server', ID].join('-') + ':' + ENV;`, `${CONSTANTS}const k = ${E};`],
    ['join of all', `${CONSTANTS}const k = [['server', ID].join('-'), ENV].join(':');`, `${CONSTANTS}const k = ${E};`],
    ['concat', `${CONSTANTS}const k = 'server-'.concat(ID, ':', ENV);`, `${CONSTANTS}const k = ${E};`],
    ['escapes', `const k = 'server\\x2d${ID}\\u003a${ENV}';`, `const k = ${E};`],
    ['escapes inside of more', `const k = "Bearer server\\u{2d}${ID}:${ENV}";`, `const k = \`Bearer \${${E}}\`;`],
    ['parentheses', `${CONSTANTS}const k = ('server-' + ID) + (':' + ENV);`, `${CONSTANTS}const k = ${E};`],
    ['touching a keyword', `${CONSTANTS}function f() { return'server-'+ID+':'+ENV }`, `${CONSTANTS}function f() { return ${E} }`],
    ['an enum member', `const ID = '${ID}';\nconst ENV = '${ENV}';\nenum M { A = 'server-' + ID + ':' + ENV }`, undefined],
    ['an id and a tail, in a file about Stigg', `const STIGG_API_KEY = '${K.slice(0, 43)}' + '${K.slice(43)}';`, `const STIGG_API_KEY = ${E};`],
    ['a legacy key', `const STIGG_SERVER_KEY = '${L.slice(0, 7)}' + '${L.slice(7, 61)}' + '${L.slice(61)}';`, `const STIGG_SERVER_KEY = ${E};`],
  ])('%s', async (_, text, after) => {
    const source = { path: 'src/a.ts', languageId: 'typescript', text };
    const findings = engine.scan(source, contextOf({}));
    expect(findings.map(({ rule }) => rule)).toEqual(['hardcoded-server-key']);
    const [finding] = findings;
    const key = text.includes('STIGG_SERVER_KEY') ? L : K;
    expect(finding?.fingerprint).toBe(new Secret(key).fingerprint);
    expect(engine.reveal(source, finding?.fingerprint ?? '', finding?.start ?? 0)?.reveal()).toBe(key);
    const edits = finding?.fixes[0]?.edits;
    expect(edits === undefined ? undefined : apply(text, edits)).toBe(after);
    if (edits === undefined) return;
    const fixed = { ...source, text: apply(text, edits) };
    expect(engine.scan(fixed, contextOf({}))).toEqual([]);
    expect(await hasSyntaxError(fixed)).toBe(false);
  });

  test.each([
    ['an unknown part', `const k = 'server-' + id + ':' + '${ENV}';`],
    ['a variable that changes', `let id = '${ID}';\nid = other;\nconst k = 'server-' + id + ':' + '${ENV}';`],
    ['a parameter', `const ID = '${ID}';\nconst f = (ID) => \`server-\${ID}:${ENV}\`;`],
    ['a publishable key', `const k = 'client-' + '${ID}' + ':' + '${ENV}';`],
    ['a made-up environment', `const k = 'server-' + '${ID}' + ':' + '${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}';`],
    ['a word before', `const k = 'my-' + 'server-' + '${ID}' + ':' + '${ENV}';`],
    ['an id of a server', `const k = 'server-' + '${ID}';`],
    ['only alternatives', `const k = a ? 'server-' : '${ID}:${ENV}';`],
    ['a subtraction', `const k = 'server-' - '${ID}:${ENV}';`],
    ['itself', `const a = 'server-' + a + '${ID}';`],
  ])('not with %s', (_, text) => {
    expect(engine.scan({ path: 'src/a.ts', languageId: 'typescript', text }, contextOf({}))).toEqual([]);
  });

  test('cut anywhere and written in any mixture of literals, constants and substitutions', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 7, max: 79 }), { minLength: 1, maxLength: 3 });
    const style = fc.constantFrom('single', 'double', 'template', 'constant', 'parentheses', 'escape');
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 6 }), cuts, fc.array(style, { minLength: 4, maxLength: 4 }), fc.boolean(), (seed, places, styles, asTemplate) => {
      const key = serverKey(seed);
      const ends = [...places.sort((a, b) => a - b), key.length];
      const head: string[] = [];
      const operands = ends.map((end, at) => {
        const piece = key.slice(ends[at - 1] ?? 0, end);
        switch (styles[at]) {
          case 'double': return `"${piece}"`;
          case 'template': return `\`${piece}\``;
          case 'parentheses': return `('${piece}')`;
          // Not the word itself: without it in one piece nobody looks.
          case 'escape': return at === 0 ? `'${piece}'` : `'\\x${piece.charCodeAt(0).toString(16)}${piece.slice(1)}'`;
          case 'constant':
            head.push(`const C${at} = '${piece}';\n`);
            return `C${at}`;
          default: return `'${piece}'`;
        }
      });
      const whole = asTemplate ? `\`${operands.map((operand) => `\${${operand}}`).join('')}\`` : operands.join(' + ');
      const text = `${head.join('')}const k = ${whole};`;
      const source = { path: 'src/a.ts', languageId: 'typescript', text };
      const [finding, ...more] = engine.scan(source, contextOf({}));
      expect([finding?.fingerprint, more]).toEqual([new Secret(key).fingerprint, []]);
      expect(apply(text, finding?.fixes[0]?.edits ?? [])).toBe(`${head.join('')}const k = ${E};`);
    }), { numRuns: 500 });
  });

  test('cut off anywhere, nothing throws', () => {
    const text = `${CONSTANTS}const k = \`Bearer server-\${ID}:\${['a', ENV].join('-')}\` + ('server-' + ID).concat(':', PARTS.env) + 'server\\x2d${ID}';`;
    for (let end = 0; end <= text.length; end++) {
      const cut = { path: 'src/a.ts', languageId: 'typescript', text: text.slice(0, end) };
      for (const { start, end: to } of engine.scan(cut, contextOf({}))) expect(start >= 0 && start < to && to <= end).toBe(true);
    }
  });

  test('a key that is written out is reported there, not wherever it goes', () => {
    const text = `const KEY = '${K}';\nconst a = 'Bearer ' + KEY;\nconst b = \`Bearer \${KEY} server-\${1}\`;\n`;
    const findings = engine.scan({ path: 'src/a.ts', languageId: 'typescript', text }, contextOf({}));
    expect(findings.map(({ start }) => start)).toEqual([text.indexOf(K)]);
  });

  test('a key that is put together is reported there, not wherever it goes', () => {
    const text = `${CONSTANTS}const KEY = PREFIX + ID + ':' + ENV;\nconst a = 'Bearer ' + KEY;\nconst b = \`Bearer \${KEY}\`;\n`;
    const findings = engine.scan({ path: 'src/a.ts', languageId: 'typescript', text }, contextOf({}));
    expect(findings.map(({ start }) => start)).toEqual([text.indexOf('PREFIX + ID')]);
  });

  test('constants that double, chains and nests cost little', () => {
    const doubling = Array.from({ length: 60 }, (_, at) => `const a${at} = a${at + 1} + a${at + 1};`).join('\n') + `\nconst a60 = 'server-' + '${ID}';`;
    const chain = `const k = 'server-' + ${'"x" + '.repeat(20_000)} '${ID}';`;
    const nest = `const k = 'server-${ID.slice(0, 8)}' + ${'("x" + '.repeat(5_000)} '${ID}' ${')'.repeat(5_000)};`;
    const substitutions = `const u = '${ID}'; const k = 'server-' + ${'`${'.repeat(2_000)}`;
    const started = cpuNow();
    for (const text of [doubling, chain, nest, substitutions]) {
      expect(engine.scan({ path: 'src/a.ts', languageId: 'typescript', text }, contextOf({}))).toEqual([]);
    }
    expect(cpuNow() - started).toBeLessThan(10_000);
  });
});
