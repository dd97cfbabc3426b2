import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { check, type Parameters } from 'recheck';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { isLong } from '../tools/runs.js';

vi.mock('vscode', async () => (await import('./editor/fakeVscode.js')).fake);

/** Nearly all of it runs over what others have written: documents, repositories, answers of servers, names of keys. */
const FOLDERS = ['src'];
/**
 * Expressions that the tool comes to no verdict about, and why they are in order nevertheless; by the file those that it makes of names.
 * A vulnerable one is in order nowhere.
 */
const JUSTIFIED: ReadonlyMap<string, string> = new Map([
  ['src/scan/languages/code/text.ts', 'A name between two looks at one character each, then at most 180 characters, in two ways.'],
  [String.raw`/[.-](?=[\w-]{0,30}\d)(?:[\da-f]{4,40}|[\w-]{8,40})\.[cm]?js(?:\.map)?$/`, 'Every part is bounded: a hundred steps for each character of a path.'],
]);
/**
 * Without limits of time for an attack, which depend on how busy the machine is: what takes more steps than this counts as vulnerable. Quadratic
 * expressions take ten times as many for a text of that length, and linear ones may look at each character some two thousand times.
 */
const PARAMETERS: Parameters = {
  timeout: 60_000, attackTimeout: null, incubationTimeout: null, attackLimit: 150_000_000, maxAttackStringSize: 60_000,
  // Larger automata are tried out rather than proven, which takes seconds in place of minutes.
  maxNFASize: 3_000,
};

/**
 * Expressions that the tool has called safe before, by hash: proving all of them takes minutes, and a proof does not age. A hash is of the
 * expression, the tool's version and what it was asked, so that a change of any of them asks anew. Each time a sixteenth is proven again, in
 * `npm run test:long` all of them. `UPDATE_EXPRESSIONS=1` proves what is new and writes the list.
 */
const PROVEN = 'test/fixtures/safeExpressions.txt';
const isUpdating = process.env.UPDATE_EXPRESSIONS === '1';
const listed: ReadonlySet<string> = new Set(existsSync(PROVEN) ? readFileSync(PROVEN, 'utf8').split('\n').filter((hash) => hash !== '') : []);
const isProven = (hash: string): boolean => !isLong && listed.has(hash) && (isUpdating || !hash.startsWith('0'));
const safe = new Set<string>();
const { version } = createRequire(import.meta.url)('recheck/package.json') as { readonly version: string };

function hashOf(name: string): string {
  return createHash('sha256').update(`recheck ${version}\n${JSON.stringify(PARAMETERS)}\n${name}`).digest('hex').slice(0, 16);
}

interface Expression {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

interface Found {
  readonly literals: readonly Expression[];
  /** Where expressions are made of strings. */
  readonly constructed: readonly string[];
}

function expressionsOf(file: string): Found {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const placeOf = (node: ts.Node): string => `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  const literals: Expression[] = [];
  const constructed: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      literals.push({ place: placeOf(node), source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp') constructed.push(placeOf(node));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { literals, constructed };
}

const files = FOLDERS.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name.replaceAll('\\', '/')}`)).sort();
const found = files.map((file) => ({ file, ...expressionsOf(file) }));
const unique = [...new Map(found.flatMap(({ literals }) => literals).map((one) => [`/${one.source}/${one.flags}`, one])).values()];

/** The expressions that are made of strings, as they are made: when their module is loaded, and while examples are scanned. */
const made = new Map<string, Expression>();
const Original = globalThis.RegExp;
/** Those of a module's head are fewer; what a function makes of names is a variation of one. */
const ENOUGH = 8;

beforeAll(async () => {
  const perFile = new Map<string, number>();
  globalThis.RegExp = new Proxy(Original, {
    construct: (target, args, newTarget) => {
      const expression = Reflect.construct(target, args, newTarget) as RegExp;
      const place = /src\/(?:[\w-]+\/)*[\w-]+\.ts/.exec(new Error().stack ?? '')?.[0];
      const count = perFile.get(place ?? '') ?? 0;
      const name = `/${expression.source}/${expression.flags}`;
      if (place !== undefined && !made.has(name) && count < ENOUGH) {
        perFile.set(place, count + 1);
        made.set(name, { place, source: expression.source, flags: expression.flags });
      }
      return expression;
    },
  });
  try {
    // Those that are made when their module is loaded.
    for (const { file, constructed } of found) {
      if (constructed.length > 0 && !file.startsWith('src/scan/')) await import(pathToFileURL(file).href);
    }
    const { RULES } = await import('../../src/scan/rules/index.js');
    const { languageIdFor } = await import('../../src/scan/languages/index.js');
    const { preparedEngine, contextForExample, contextOf, KEYS } = await import('./scan/support.js');
    const engine = await preparedEngine();
    for (const example of RULES.flatMap(({ bad, good }) => [...bad, ...good])) {
      engine.scan({ path: example.path, languageId: example.languageId ?? languageIdFor(example.path), text: example.text(KEYS) }, contextForExample(example));
    }
    const markup = "---\nconst key = import.meta.env.PUBLIC_STIGG_API_KEY;\n---\n<script>import { StiggProvider } from '@stigg/react-sdk';</script>\n<StiggProvider apiKey={key}></StiggProvider>\n";
    engine.scan({ path: 'src/a.astro', languageId: 'astro', text: markup }, contextOf({ dependencies: ['astro'] }));
    engine.dispose();
    const { WRITERS } = await import('../../src/snippets/writers/index.js');
    const { requests } = await import('../../src/snippets/catalogue/index.js');
    const options = { baseUrl: 'https://api.stigg.io', keyVariable: 'STIGG_SERVER_API_KEY', keyHeader: 'docs', uuid: () => '' } as const;
    for (const writer of WRITERS) for (const request of requests().slice(0, 12)) writer.write(request, options);
  } finally {
    globalThis.RegExp = Original;
  }
}, 240_000);
afterAll(() => {
  globalThis.RegExp = Original;
  if (isUpdating) writeFileSync(PROVEN, `${[...safe].sort().join('\n')}\n`);
});

/** Those that the tool does not call safe, with what it says. */
async function suspicious(expressions: readonly Expression[]): Promise<string[]> {
  const waiting = [...expressions];
  const result: string[] = [];
  const work = async (): Promise<void> => {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      // Indices of groups, which the tool does not know, change nothing about the search.
      const name = `/${one.source}/${one.flags}`;
      const hash = hashOf(name);
      if (isProven(hash)) {
        safe.add(hash);
        continue;
      }
      const isJustified = JUSTIFIED.has(name) || JUSTIFIED.has(one.place);
      const said = await check(one.source, one.flags.replace('d', ''), isJustified ? { ...PARAMETERS, timeout: 3_000 } : PARAMETERS);
      if (said.status === 'safe') safe.add(hash);
      if (said.status === 'safe' || (said.status === 'unknown' && isJustified)) continue;
      result.push(`${one.place} ${name} ${said.status}: ${said.status === 'vulnerable' ? `${said.complexity.summary}, ${said.attack.pattern}` : said.error.kind}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return result.sort();
}

describe('no regular expression can be made to backtrack for long', () => {
  test('those that are written out', async () => {
    expect(unique.length).toBeGreaterThan(500);
    expect(await suspicious(unique)).toEqual([]);
  }, 600_000);

  test('those that are made of strings', async () => {
    const seen = new Set([...made.values()].map(({ place }) => place));
    const written = new Set(found.filter(({ constructed }) => constructed.length > 0).map(({ file }) => file));
    expect([...written].filter((file) => !seen.has(file))).toEqual([]);
    expect(await suspicious([...made.values()])).toEqual([]);
  }, 600_000);

  test('every expression on the list is one of these', () => {
    // Those that were proven now or taken from the list: a hash that nothing here has would be a word for an expression that nobody has seen.
    expect(isUpdating ? [] : [...listed].filter((hash) => !safe.has(hash)), 'write the list anew: UPDATE_EXPRESSIONS=1').toEqual([]);
  });

  test.each([
    ['exponential', '^(?:a+)+$', ''], ['quadratic', String.raw`\s+$`, ''], ['quadratic, with groups that have indices', String.raw`(\w+)\d*=`, 'd'],
  ])('one that is %s is found', async (_, source, flags) => {
    expect(await suspicious([{ place: 'a place', source, flags }])).toEqual([expect.stringContaining('vulnerable')]);
  }, 120_000);

  test('nothing is justified that need not be', () => {
    const names = new Set([...unique.map(({ source, flags }) => `/${source}/${flags}`), ...Array.from(made.values(), ({ place }) => place)]);
    expect([...JUSTIFIED.keys()].filter((name) => !names.has(name))).toEqual([]);
  });
});
