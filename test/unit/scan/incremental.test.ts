import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EMPTY_CONTEXT } from '../../../src/scan/context.js';
import type { Engine } from '../../../src/scan/engine.js';
import { languageIdFor } from '../../../src/scan/languages/index.js';
import { RULES } from '../../../src/scan/rules/index.js';
import type { Source } from '../../../src/scan/source.js';
import { SHAPES, stiggFile } from '../../bench/stiggFile.mjs';
import { runs } from '../../tools/runs.js';
import { KEYS, preparedEngine } from './support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const FIXTURES = ['money', 'mistakes'].map((name) => path.resolve(import.meta.dirname, '../../fixtures', name));
const SCRIPT = /^(?:type|java)script/;

/** The documents of the fixtures and of the rules' examples, which are full of what rules speak about. */
const DOCUMENTS: readonly Source[] = [
  ...FIXTURES.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): Source => {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(folder, file).split(path.sep).join('/');
      return { path: name, languageId: languageIdFor(name), text: readFileSync(file, 'utf8') };
    })),
  ...RULES.flatMap(({ bad, good }) => [...bad, ...good]).map(({ path: name, languageId, text }): Source => ({ path: name, languageId: languageId ?? languageIdFor(name), text: text(KEYS) })),
].filter(({ text }) => text.length < 20_000);

/** Modules of several documents: what one of their statements says of another is then often far away. */
const SCRIPTS = DOCUMENTS.filter(({ languageId }) => SCRIPT.test(languageId));

type Edit =
  | { readonly kind: 'insert' | 'replace' | 'delete'; readonly at: number; readonly length: number; readonly words: string }
  | { readonly kind: 'line'; readonly at: number; readonly length: number; readonly words: 'delete' | 'repeat' | 'swap' }
  | { readonly kind: 'rename'; readonly at: number; readonly length: number; readonly words: string }
  | { readonly kind: 'ends' | 'undo' | 'number'; readonly at: number; readonly length: number; readonly words: string };

/** What people type, and what changes the meaning of code far away. */
const WORDS = [
  'a', ' ', '\n', '{', '}', '(', ')', "'", '"', '`', '/*', '*/', '//', ';', ',', '.', '= ', '* 100', ' / 100', 'cents', 'stigg', 'Stigg', 'stripe', 'amount', '4900', 'return ', 'await ', 'price', 'client', 'const x = 1;\n', 'x',
  "import Stigg from '@stigg/typescript';\n", "import Stripe from 'stripe';\n", "import { Stigg } from '@stigg/node-server-sdk';\n", 'headers', "headers['Idempotency-Key'] = key;\n", 'function toCents(x) { return x * 100; }\n',
  "axios.interceptors.request.use((config) => { config.headers.Accept = 'x'; return config; });\n", "'X-API-KEY': key, ", "'Authorization': key, ", 'amount: 1999, ', 'limit: 500, ', '...rest, ', 'body.amount = 4900;\n', 'class A { post(url) { return fetch(url); } }\n',
];
const EDIT: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constantFrom('insert' as const, 'insert' as const, 'replace' as const, 'delete' as const), at: fc.nat(), length: fc.integer({ min: 1, max: 12 }), words: fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 3 })) }),
  fc.record({ kind: fc.constant('line' as const), at: fc.nat(), length: fc.integer({ min: 1, max: 9 }), words: fc.constantFrom('delete' as const, 'repeat' as const, 'swap' as const) }),
  fc.record({ kind: fc.constant('rename' as const), at: fc.nat(), length: fc.constant(0), words: fc.constantFrom('renamed', 'toCents', 'client', 'priceInCents', 'x') }),
  fc.record({ kind: fc.constantFrom('undo' as const, 'ends' as const), at: fc.nat(), length: fc.constant(0), words: fc.constant('') }),
);

const ENDINGS: Readonly<Record<string, string>> = { typescript: 'ts', python: 'py', go: 'go', ruby: 'rb', php: 'php', rust: 'rs', kotlin: 'kt', java: 'java', csharp: 'cs' };
/** Most of the versions on the way are broken. */
const TYPED = ['\n  const total = amount * 100;\n', "\nclient.post('/coupons', { amount: 4900 });\n", '\n/* price in cents */\n', '\n`${price * 100}`\n', '\nif (a) {\n  b();\n}\n', "\nimport Stripe from 'stripe';\n", '\n# stigg-keys-ignore-file -- x\n'];

function edited(text: string, before: string, { kind, at, length, words }: Edit): string {
  const place = at % (text.length + 1);
  switch (kind) {
    case 'insert':
      return text.slice(0, place) + words + text.slice(place);
    case 'replace':
      return text.slice(0, place) + words + text.slice(place + length);
    case 'delete':
      return text.slice(0, place) + text.slice(place + length);
    case 'undo':
      return before;
    case 'ends':
      return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n');
    case 'rename': {
      // One of several places only: the declaration of a constant or a function, or one of its uses.
      const names = [...text.matchAll(/\b[A-Za-z_]\w{2,}\b/g)];
      const name = names[at % Math.max(1, names.length)];
      return name === undefined ? text : text.slice(0, name.index) + words + text.slice(name.index + name[0].length);
    }
    case 'number': {
      const numbers = [...text.matchAll(/\b\d+\b/g)];
      const number = numbers[at % Math.max(1, numbers.length)];
      return number === undefined ? text : text.slice(0, number.index) + words + text.slice(number.index + number[0].length);
    }
    case 'line': {
      const lines = text.split('\n');
      const first = at % lines.length;
      const other = (first + length) % lines.length;
      if (words === 'delete') return lines.filter((_, index) => index !== first).join('\n');
      if (words === 'repeat') return [...lines.slice(0, other), lines[first] ?? '', ...lines.slice(other)].join('\n');
      return lines.map((line, index) => (index === first ? lines[other] : index === other ? lines[first] : line)).join('\n');
    }
  }
}

/** Follows the edits, and looks at each version afresh too. */
function follow(source: Source, edits: readonly Edit[]): void {
  const document = engine.open(source);
  try {
    let { text } = source;
    let before = text;
    document.findings(EMPTY_CONTEXT);
    for (const edit of edits) {
      const next = edited(text, before, edit);
      before = text;
      text = next;
      document.update(text);
      expect(document.findings(EMPTY_CONTEXT)).toEqual(engine.scan({ ...source, text }, EMPTY_CONTEXT));
    }
  } finally {
    document.dispose();
  }
}

/** All in one statement, so long that what is inside of it is followed piece by piece. */
type Around = (scripts: readonly string[]) => string;
const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');
const methods = (scripts: readonly string[]): string => scripts.map((script, index) => `  field${String(index)} = ${String(index)};\n\n  async method${String(index)}(stigg: Stigg, price: number, amount = 49) {\n${indented(indented(script))}\n  }\n`).join('\n');
const AROUND: readonly Around[] = [
  (scripts) => `export class Billing {\n${methods(scripts)}}\n`,
  (scripts) => `export default class extends Base {\n  constructor(private readonly stigg: Stigg) { super(); this.client = stigg; }\n${methods(scripts)}}\n\nnew Billing(stigg).method0(client, 12);\n`,
  (scripts) => `describe('billing', () => {\n  let client = new Stigg();\n${scripts.map((script, index) => `  it('works ${String(index)}', async () => {\n${indented(indented(script))}\n  });\n`).join('\n')}});\n`,
  (scripts) => `describe('billing', () => {\n${scripts.map((script, index) => `  describe('part ${String(index)}', function (client, price) {\n${indented(indented(script))}\n  });\n`).join('\n')}});\n`,
  (scripts) => `export async function billing(client: Stigg, stripe: Stripe, price: number, { amount, headers } = options) {\n${indented(scripts.join('\n'))}\n}\n\nbilling(new Stigg(), stripe, 49);\n`,
  (scripts) => `const billing = async (client, price) => {\n${indented(scripts.join('\n'))}\n};\n`,
  (scripts) => `(async () => {\n${indented(scripts.join('\n'))}\n})();\n`,
  (scripts) => `if (price > 0) {\n${indented(scripts.join('\n'))}\n} else {\n${indented(scripts.toReversed().join('\n'))}\n}\n`,
];
const IMPORT = /^import\b.*;$\n?/gm;
const EXPORT = /^export (?:default )?/gm;

/** The imports of the scripts first, and what is around the rest of them. */
function nested(scripts: readonly string[], around: Around, before: readonly string[]): string {
  const imports = new Set(scripts.flatMap((script) => script.match(IMPORT) ?? []));
  return [...imports, ...before.map((script) => `${script.replaceAll(IMPORT, '')}\n`), around(scripts.map((script) => script.replaceAll(IMPORT, '').replaceAll(EXPORT, '')))].join('');
}

const NESTED: fc.Arbitrary<Source> = fc.record({
  scripts: fc.uniqueArray(fc.constantFrom(...SCRIPTS), { minLength: 4, maxLength: 16 }),
  around: fc.constantFrom(...AROUND),
  before: fc.uniqueArray(fc.constantFrom(...SCRIPTS), { maxLength: 2 }),
}).map(({ scripts, around, before }): Source => ({ path: 'src/module.ts', languageId: 'typescript', text: nested(scripts.map(({ text }) => text), around, before.map(({ text }) => text)) }));

/** Most of these leave whole code whole. */
const WHOLE_EDIT: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('rename' as const), at: fc.nat(), length: fc.constant(0), words: fc.constantFrom('amount', 'price', 'toCents', 'client', 'cents', 'stigg', 'headers', 'body') }),
  fc.record({ kind: fc.constant('undo' as const), at: fc.nat(), length: fc.constant(0), words: fc.constant('') }),
  fc.record({ kind: fc.constant('number' as const), at: fc.nat(), length: fc.constant(0), words: fc.constantFrom('100', '4900', '1', '49') }),
  fc.record({ kind: fc.constant('line' as const), at: fc.nat(), length: fc.integer({ min: 1, max: 9 }), words: fc.constantFrom('repeat' as const, 'swap' as const) }),
);

/** What holds many pieces, of which one depends on another that is far away. */
interface Far {
  readonly head: string;
  readonly filler: (index: number) => string;
  readonly use: string;
  readonly tail: string;
}

const CREATE = "client.v1.coupons.create({ id: 'c', amountsOff: [{ amount: AMOUNT, currency: 'usd' }] })";
const COUPON = "client.v1.coupons.create({ id: 'c', amountsOff: [{ amount: 4900, currency: CURRENCY }] })";
const IN_CLASS: Far = {
  head: 'const client = new Stigg();\n\nexport class Billing {',
  filler: (index) => `async other${String(index)}(a: number, b: number) {\n    const sum${String(index)} = a + b + ${String(index)};\n    return [sum${String(index)}, a, b, this.nothing${String(index)}];\n  }`,
  use: `  async create(price: number) {\n    this.price = price;\n    return ${CREATE.replace('AMOUNT', 'this.toAmount(price)')};\n  }`,
  tail: '}',
};
const inBlock = (head: string, tail: string): Far => ({
  head: `const client = new Stigg();\n\n${head}`,
  filler: (index) => `async function other${String(index)}(a: number, b: number) {\n    const sum${String(index)} = a + b + ${String(index)};\n    return [sum${String(index)}, a, b];\n  }`,
  use: `  async function create(price: number) {\n    return ${CREATE.replace('AMOUNT', 'toAmount(price)')};\n  }`,
  tail,
});
const FAR: readonly (readonly [string, Far, string, string])[] = [
  ['class', IN_CLASS, '  toAmount(price: number) {\n    return price * 100;\n  }', '  toAmount(price: number) {\n    return price * 1;\n  }'],
  ['class, a field', { ...IN_CLASS, use: IN_CLASS.use.replace('this.toAmount(price)', 'this.amount') }, '  amount = this.price * 100;', '  amount = this.price * 1;'],
  ['describe()', inBlock("describe('billing', () => {", '});'), '  const toAmount = (price: number) => price * 100;', '  const toAmount = (price: number) => price * 1;'],
  ['function', inBlock('export function billing(stigg: Stigg) {', '}'), '  function toAmount(price: number) {\n    return price * 100;\n  }', '  function toAmount(price: number) {\n    return price;\n  }'],
  // What is found stands in one piece alone, and nothing of it in the other.
  ['class, a currency', { ...IN_CLASS, use: `  async create() {\n    return ${COUPON.replace('CURRENCY', 'this.currency')};\n  }` }, "  private readonly currency = 'usd';", "  private readonly currency = 'jpy';"],
  ['describe(), a currency', { ...inBlock("describe('billing', () => {", '});'), use: `  async function create() {\n    return ${COUPON.replace('CURRENCY', 'currency')};\n  }` }, "  const currency = 'usd';", "  const currency = 'jpy';"],
  ['function, a currency of an object', { ...inBlock('export function billing(stigg: Stigg) {', '}'), use: `  async function create() {\n    return ${COUPON.replace('CURRENCY', 'body.currency')};\n  }` }, "  const body = { currency: 'eur' };\n  body.currency = 'usd';", "  const body = { currency: 'eur' };\n  body.currency = 'jpy';"],
  ['function, a write', { ...inBlock('export function billing(stigg: Stigg) {', '}'), use: `  async function create(price: number) {\n    return ${CREATE.replace('AMOUNT', 'body.amount')};\n  }` }, '  const body = { amount: 0 };\n  body.amount = price * 100;', '  const body = { amount: 0 };\n  body.amount = price * 1;'],
];

const RUNS = Number(process.env.STIGG_INCREMENTAL_RUNS ?? runs(60));

describe('what an open document finds after each change is what a look at its text alone finds', () => {
  test('documents of every language', () => {
    fc.assert(fc.property(fc.constantFrom(...DOCUMENTS), fc.array(EDIT, { minLength: 1, maxLength: 6 }), follow), { numRuns: RUNS });
  }, 600_000);

  test('modules of several scripts', () => {
    const module = fc.uniqueArray(fc.constantFrom(...SCRIPTS), { minLength: 2, maxLength: 6 }).map((parts): Source => ({ path: 'src/module.ts', languageId: 'typescript', text: parts.map(({ text }) => text).join('\n') }));
    fc.assert(fc.property(module, fc.array(EDIT, { minLength: 1, maxLength: 8 }), follow), { numRuns: RUNS * 2 });
  }, 600_000);

  test.each(['python', 'go', 'ruby', 'php', 'rust', 'kotlin', 'java', 'csharp'])('modules of several files of %s', (languageId) => {
    const texts = DOCUMENTS.filter((one) => one.languageId === languageId).map(({ text }) => text);
    const module = fc.uniqueArray(fc.constantFrom(...texts), { minLength: 2, maxLength: 6 }).map((parts): Source => ({ path: `src/module.${ENDINGS[languageId] ?? ''}`, languageId, text: parts.join('\n') }));
    fc.assert(fc.property(module, fc.array(EDIT, { minLength: 1, maxLength: 8 }), follow), { numRuns: RUNS });
  }, 600_000);

  test('long modules, of which a piece is broken most of the time', () => {
    const scripts = fc.uniqueArray(fc.constantFrom(...SCRIPTS), { minLength: 8, maxLength: 24 }).map((parts) => parts.map(({ text }) => text).join('\n'));
    const module = fc.oneof(scripts, fc.constantFrom(stiggFile(260), stiggFile(600))).map((text): Source => ({ path: 'src/module.ts', languageId: 'typescript', text }));
    fc.assert(fc.property(module, fc.array(EDIT, { minLength: 1, maxLength: 12 }), follow), { numRuns: RUNS });
  }, 600_000);

  test('modules that are one class, one call or one function', () => {
    const long = fc.constantFrom(...SHAPES.slice(1, 3)).map(({ text }): Source => ({ path: 'src/module.ts', languageId: 'typescript', text: text.slice(0, 9_000 + text.slice(9_000).indexOf('\n\n')) + text.slice(-4) }));
    fc.assert(fc.property(fc.oneof({ weight: 5, arbitrary: NESTED }, { weight: 1, arbitrary: long }), fc.array(EDIT, { minLength: 1, maxLength: 12 }), follow), { numRuns: RUNS * 3 });
  }, 600_000);

  test('names and numbers that change in them, and statements that move, so that all of it stays whole', () => {
    fc.assert(fc.property(NESTED, fc.array(WHOLE_EDIT, { minLength: 2, maxLength: 12 }), follow), { numRuns: RUNS * 2 });
  }, 600_000);

  test.each(FAR)('what another piece of the same %s says, after a change of it', (_name, around, before, after) => {
    const filler = Array.from({ length: 40 }, (_, index) => `  ${around.filler(index)}`).join('\n\n');
    const [first, second] = [before, after].map((piece) => `import Stigg from '@stigg/typescript';\n\n${around.head}\n${piece}\n\n${filler}\n\n${around.use}\n${around.tail}\n`);
    const document = engine.open({ path: 'src/module.ts', languageId: 'typescript', text: first ?? '' });
    try {
      const found = [first, second, first, `\n${second ?? ''}`, second].map((text = '') => {
        document.update(text);
        const findings = document.findings(EMPTY_CONTEXT);
        expect(findings).toEqual(engine.scan({ path: 'src/module.ts', languageId: 'typescript', text }, EMPTY_CONTEXT));
        return findings.filter(({ rule }) => rule === 'cents-to-stigg' || rule === 'cent-shaped-amount').length;
      });
      expect(found).toEqual([1, 0, 1, 0, 0]);
    } finally {
      document.dispose();
    }
  });

  test('a statement typed letter by letter in a module that is one class, one call or one function', () => {
    fc.assert(fc.property(NESTED, fc.nat(), fc.constantFrom(...TYPED), (source, at, words) => {
      const lines = source.text.split('\n');
      const place = lines.slice(0, at % lines.length).join('\n').length;
      follow(source, Array.from(words, (letter, index): Edit => ({ kind: 'insert', at: place + index, length: 1, words: letter })));
    }), { numRuns: Math.ceil(RUNS / 3) });
  }, 600_000);

  test.each(['typescript', 'python', 'go'])('a statement typed letter by letter in a long file of %s', (languageId) => {
    const texts = DOCUMENTS.filter((one) => one.languageId === languageId).map(({ text }) => text);
    const file = fc.uniqueArray(fc.constantFrom(...texts), { minLength: 8, maxLength: 20 }).map((parts): Source => ({ path: `src/module.${ENDINGS[languageId] ?? ''}`, languageId, text: parts.join('\n') }));
    fc.assert(fc.property(file, fc.nat(), fc.constantFrom(...TYPED), (source, at, words) => {
      const lines = source.text.split('\n');
      const place = lines.slice(0, at % lines.length).join('\n').length;
      follow(source, Array.from(words, (letter, index): Edit => ({ kind: 'insert', at: place + index, length: 1, words: letter })));
    }), { numRuns: Math.ceil(RUNS / 6) });
  }, 600_000);
});
