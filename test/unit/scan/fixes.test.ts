import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import { apply, clientKey, contextOf, hasSyntaxError, legacyKey, preparedEngine, serverKey } from './support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();
const E = 'process.env.STIGG_SERVER_API_KEY';

async function repair(text: string, languageId = 'typescript', path = 'src/a.ts'): Promise<string | undefined> {
  const source = { path, languageId, text };
  const findings = engine.scan(source, contextOf({}));
  expect(findings).toHaveLength(1);
  const edits = findings[0]?.fixes[0]?.edits;
  if (edits === undefined) return undefined;
  const fixed = apply(text, edits);
  expect(engine.scan({ ...source, text: fixed }, contextOf({}))).toEqual([]);
  expect(await hasSyntaxError({ ...source, text: fixed })).toBe(await hasSyntaxError(source));
  return fixed;
}

describe('a server key is replaced by the look-up', () => {
  test.each([
    ['single quotes', `const k = '${K}';`, `const k = ${E};`],
    ['template', `const k = \`${K}\`;`, `const k = ${E};`],
    ['part of a string', `const k = "Bearer ${K}";`, `const k = \`Bearer \${${E}}\`;`],
    ['part of a string with quotes and escapes', `const k = 'it\\'s "x" \\n${K}\\t';`, `const k = \`it\\'s "x" \\n\${${E}}\\t\`;`],
    ['part of a string with a backtick and ${', `const k = "\`$\{a} ${K}";`, `const k = \`\\\`\\$\{a} \${${E}}\`;`],
    ['part of a template', `const k = \`Bearer ${K} \${x}\`;`, `const k = \`Bearer \${${E}} \${x}\`;`],
    ['tagged template', `const k = sql\`${K}\`;`, `const k = sql\`\${${E}}\`;`],
    ['concatenation', `const k = 'Bearer ' + '${K}';`, `const k = 'Bearer ' + ${E};`],
    ['object key', `const m = { '${K}': 1 };`, `const m = { [${E}]: 1 };`],
    ['subscript', `m['${K}'] = 1;`, `m[${E}] = 1;`],
    ['touching a keyword', `function f() { return"${K}" }`, `function f() { return ${E} }`],
    ['touching in', `if ("${K}"in m) {}`, `if (${E} in m) {}`],
    ['as const', `const k = "${K}" as const;`, `const k = ${E};`],
    ['default parameter', `function f(k = '${K}') {}`, `function f(k = ${E}) {}`],
    ['nested in a substitution', `const k = \`\${f('${K}')}\`;`, `const k = \`\${f(${E})}\`;`],
    ['enum member', `enum M { A = '${K}' }`, undefined],
    ['literal type', `type T = '${K}';`, undefined],
    ['default export', `export default '${K}';`, `export default ${E};`],
    ['module name', `import x from '${K}';`, undefined],
    ['octal escape', `const k = 'a\\01 ${K}';`, undefined],
    ['regular expression', `const k = /${K}/;`, undefined],
    ['line comment', `// ${K}\n`, '// <STIGG_SERVER_API_KEY>\n'],
    ['block comment', `/**\n * @example ${K}\n */`, '/**\n * @example <STIGG_SERVER_API_KEY>\n */'],
    ['after an escape', `const k = "\\n${K}";`, `const k = \`\\n\${${E}}\`;`],
    ['CRLF', `const a = 1;\r\nconst k = "${K}";\r\n`, `const a = 1;\r\nconst k = ${E};\r\n`],
    ['broken code around', `f({ apiKey: "${K}"`, `f({ apiKey: ${E}`],
    ['broken string', `const k = "${K}\nfoo();`, undefined],
  ])('%s', async (_, before, after) => {
    expect(await repair(before)).toBe(after);
  });

  test.each([
    ['attribute', `const a = <Foo apiKey="${K}" b="c" />;`, `const a = <Foo apiKey={${E}} b="c" />;`],
    ['attribute part', `const a = <Foo h="Bearer ${K}" />;`, `const a = <Foo h={\`Bearer \${${E}}\`} />;`],
    ['attribute with an entity', `const a = <Foo h="&quot;${K}" />;`, undefined],
    ['attribute expression', `const a = <Foo h={'${K}'} />;`, `const a = <Foo h={${E}} />;`],
    ['text', `const a = <p>key: ${K}!</p>;`, `const a = <p>key: {${E}}!</p>;`],
    ['comment', `const a = <p>{/* ${K} */}</p>;`, 'const a = <p>{/* <STIGG_SERVER_API_KEY> */}</p>;'],
  ])('JSX %s', async (_, before, after) => {
    expect(await repair(before, 'typescriptreact', 'src/a.tsx')).toBe(after);
    expect(await repair(before, 'javascriptreact', 'src/a.jsx')).toBe(after);
  });
});

const STIGG = "import Stigg from '@stigg/typescript';\n";

describe('an amount in cents is turned into full units', () => {
  test.each([
    ['100 * x', '100 * plan.price', 'plan.price'],
    ['1e2', 'price * 1e2', 'price'],
    ['10 ** 2', 'price * 10 ** 2', 'price'],
    ['a named hundred', 'price * HUNDRED', 'price'],
    ['parentheses', '(base + fee) * 100', '(base + fee)'],
    ['rounding', 'Math.round((base + fee) * 100)', '(base + fee)'],
    ['as number', 'Math.round(x * 100) as number', 'x as number'],
    ['toFixed', 'Number((x * 100).toFixed(0))', 'Number(x)'],
    ['times a quantity', 'x * 100 * qty', 'x * qty'],
    ['in a branch', 'paid ? x * 100 : 0', 'paid ? x : 0'],
    ['in both branches', 'paid ? x * 100 : y * 100', '(paid ? x * 100 : y * 100) / 100'],
    ['sum', 'x * 100 + y', '(x * 100 + y) / 100'],
    ['helper', 'toCents(x)', 'x'],
    ['helper with an expression', 'dollarsToCents(a ?? b)', '(a ?? b)'],
    ['helper method', 'money.toMinorUnits(x, "usd")', 'money.toMinorUnits(x, "usd") / 100'],
    ['helper of this file', 'scale(x)', 'x'],
    ['Stripe', 'session.amount_total!', 'session.amount_total! / 100'],
    ['Stripe with a fallback', 'price.unit_amount ?? 0', '(price.unit_amount ?? 0) / 100'],
    ['a named factor of another file', 'price * CENTS_PER_DOLLAR', 'price'],
    ['a price for each seat', 'pricePerSeat * 100', 'pricePerSeat'],
    ['a decimal library', 'new Decimal(price).times(100).toNumber()', 'new Decimal(price).toNumber()'],
    ['a decimal library, rounded', 'price.mul(100).round().toNumber()', 'price.toNumber()'],
    ['Stripe, asked for above', 'charge.amount', 'charge.amount / 100'],
    ['Stripe, a month of it', 'price.unit_amount / months', '(price.unit_amount / months) / 100'],
    ['Stripe payment intent', 'paymentIntent.amount', 'paymentIntent.amount / 100'],
    ['Stripe, half of it', 'price.unit_amount / 2', '(price.unit_amount / 2) / 100'],
    ['name', 'priceInCents', 'priceInCents / 100'],
    ['property name', 'plan.price_cents', 'plan.price_cents / 100'],
    ['constant of an object', 'PRICES.pro', 'PRICES.pro / 100'],
    ['renamed Stripe field', 'renamed', 'renamed / 100'],
  ])('%s', async (_, before, after) => {
    const head = `${STIGG}const HUNDRED = 100;\nconst scale = (n: number) => Math.round(n * 100);\nconst PRICES = { pro: 49 * 100 };\nconst { unit_amount: renamed } = price;\nconst charge = await stripe.charges.retrieve(id);\n`;
    const text = (value: string): string => `${head}client.v1.credits.grants.create({ amount: 5, cost: { amount: ${value}, currency: 'usd' } });\n`;
    expect(await repair(text(before))).toBe(text(after));
  });

  test.each([
    ['percentage off', 'price * (1 - pct / 100)'],
    ['a share in percent', '(used / total) * 100'],
    ['a share in percent, other order', 'used * 100 / total'],
    ['rounding to cents', 'Math.round(x * 100) / 100'],
    ['converted back', 'priceInCents / 100'],
    ['converted back by a constant', 'priceInCents / HUNDRED'],
    ['converted back by a power', 'priceInCents / 10 ** 2'],
    ['converted back by a call', 'priceInCents / Math.pow(10, 2)'],
    ['converted back by a factor of another file', 'priceInCents / CENTS_PER_DOLLAR'],
    ['divided by who knows what', 'price.unit_amount / divisor'],
    ['tenths of a cent', 'price.unit_amount_decimal / 1000'],
    ['times a named hundredth', 'price.unit_amount * CENT'],
    ['a share by a decimal library', 'used.div(total).times(100).toNumber()'],
    ['a percentage by a decimal library', 'used.times(100).div(total).toNumber()'],
    ['arguments in another order', '_.multiply(100, price)'],
    ['times a hundredth', 'price.unit_amount * 0.01'],
    ['converted back before', 'full'],
    ['named back', 'centsToDollars(priceInCents)'],
    ['a hundred a seat', 'seats * 100'],
    ['a hundred a month', '12 * 100'],
    ['percent by name', 'percents'],
    ['a plain amount', '4800'],
    ['reassigned', 'changing'],
  ])('stays silent: %s', (_, value) => {
    const text = `${STIGG}const HUNDRED = 100;\nconst CENT = 0.01;\nconst full = price.unit_amount / 100;\nlet changing = x * 100;\nchanging = 5;\n`
      + `client.v1.credits.grants.create({ amount: 5, cost: { amount: ${value}, currency: 'usd' } });\n`;
    expect(engine.scan({ path: 'a.ts', languageId: 'typescript', text }, contextOf({}))).toEqual([]);
  });

  test('a value that was converted elsewhere says where', () => {
    const text = `${STIGG}const amount = price * 100;\nclient.v1.coupons.create({ amountsOff: [{ amount, currency }] });\n`;
    const [finding] = engine.scan({ path: 'a.ts', languageId: 'typescript', text }, contextOf({}));
    const related = finding?.related?.[0];
    expect(text.slice(finding?.start, finding?.end)).toBe('amount');
    expect(text.slice(related?.start, related?.end)).toBe('price * 100');
    expect(apply(text, finding?.fixes[0]?.edits ?? [])).toContain('[{ amount: amount / 100, currency }]');
  });

  test('written-out numbers say what Stigg will make of them', () => {
    const text = `${STIGG}client.v1.coupons.create({ amountsOff: [{ amount: 49 * 100, currency: 'usd' }] });\n`;
    expect(engine.scan({ path: 'a.ts', languageId: 'typescript', text }, contextOf({}))[0]?.message).toMatch(/reads 4900 in .* as \$4,900\.00; Stripe would read it as \$49\.00/);
  });
});

describe('what makes a legacy key a server key', () => {
  const L = legacyKey();
  test.each([
    ['its variable', `const STIGG_SERVER_API_KEY = '${L}';`, 1],
    ['its property', `const stigg = { serverApiKey: '${L}' };`, 1],
    ['the backend SDK', `import { StiggManagement } from '@stigg/api-client-js';\nStiggManagement.createClient({ apiKey: '${L}' });`, 1],
    ['the backend SDK by new', `import Stigg from '@stigg/typescript';\nnew Stigg({ apiKey: '${L}' });`, 1],
    ['require', `const { Stigg: S } = require('@stigg/node-server-sdk');\nS.initialize({ apiKey: '${L}' });`, 1],
    ['the header', `fetch('https://api.stigg.io/graphql', { headers: { 'X-API-KEY': '${L}' } });`, 1],
    ['a header list', `stigg.headers.set('x-api-key', '${L}');`, 1],
    ['escaped dollars', `const STIGG_SERVER_KEY = "${L.replaceAll('$', '\\$')}";`, 1],
    ['nothing', `const stiggKey = '${L}';`, 0],
    ['a publishable name', `const stiggClientServerKey = '${L}';`, 0],
    ['the frontend SDK', `import Stigg from '@stigg/js-client-sdk';\nStigg.initialize({ apiKey: '${L}' });`, 0],
    ['a server without Stigg', `const serverPassword = '${L}';`, 0],
  ])('%s', (_, text, count) => {
    expect(engine.scan({ path: 'src/a.ts', languageId: 'typescript', text }, contextOf({}))).toHaveLength(count);
  });

  test.each(Array.from({ length: 20 }, (_, seed) => legacyKey(`mask${seed}`)))('its mask is what the message says: %#', (legacy) => {
    const [finding] = engine.scan({ path: 'src/a.ts', languageId: 'typescript', text: `const STIGG_SERVER_API_KEY = '${legacy}';` }, contextOf({}));
    expect(finding?.mask).toBeDefined();
    expect(finding?.message).toContain(finding?.mask);
  });

  test('the vault, in both directions', async () => {
    const { fingerprint } = await import('../../../src/fingerprint.js');
    const known = (keyType: 'SERVER' | 'CLIENT') => contextOf({
      known: new Map([[fingerprint(L), { environmentName: 'Production', displayName: 'billing-service', keyType, expireAt: null }]]),
    });
    const source = { path: 'src/a.ts', languageId: 'typescript', text: `const x = '${L}';` };
    expect(engine.scan(source, known('SERVER'))[0]?.message).toContain('Production / billing-service (full access)');
    expect(engine.scan({ ...source, text: `const STIGG_SERVER_KEY = '${L}';` }, known('CLIENT'))).toEqual([]);
  });
});

test.each([
  ['next', 'process.env.NEXT_PUBLIC_STIGG_CLIENT_API_KEY'],
  ['react-scripts', 'process.env.REACT_APP_STIGG_CLIENT_API_KEY'],
  ['expo', 'process.env.EXPO_PUBLIC_STIGG_CLIENT_API_KEY'],
  ['gatsby', 'process.env.GATSBY_STIGG_CLIENT_API_KEY'],
  ['vite', 'import.meta.env.VITE_STIGG_CLIENT_API_KEY'],
  ['@sveltejs/kit', 'import.meta.env.VITE_STIGG_CLIENT_API_KEY'],
  ['astro', 'import.meta.env.PUBLIC_STIGG_CLIENT_API_KEY'],
])('browser code of %s reads %s', (dependency, expression) => {
  const text = `import 'client-only';\nexport const key = '${K}';\n`;
  const [finding] = engine.scan({ path: 'src/a.ts', languageId: 'typescript', text }, contextOf({ dependencies: [dependency, 'vite'] }));
  expect(apply(text, finding?.fixes[0]?.edits ?? [])).toContain(`key = ${expression};`);
});

test('a file that git tracks makes it an error', () => {
  const source = { path: 'src/a.ts', languageId: 'typescript', text: `const k = '${K}';` };
  expect(engine.scan(source, contextOf({ tracked: true }))[0]?.severity).toBe('error');
  expect(engine.scan(source, contextOf({ tracked: false }))[0]?.severity).toBe('warning');
});

test.each([
  ['zeros', 'server-' + '0'.repeat(8) + '-0000-0000-0000-000000000000:' + K.slice(-36)],
  ['one digit', 'server-' + 'a'.repeat(8) + '-aaaa-4aaa-8aaa-aaaaaaaaaaaa:' + K.slice(-36)],
  ['counting', ['server-12345678', '1234', '1234', '1234', '123456789012:'].join('-').replace('012:', '012:') + K.slice(-36)],
  ['the alphabet', ['server-a1b2c3d4', 'e5f6', '7890', 'abcd', 'ef1234567890:'].join('-') + K.slice(-36)],
  ['an example of documentation', ['server-123e4567', 'e89b', '12d3', 'a456', '426614174000:'].join('-') + K.slice(-36)],
  ['an environment made up', K.slice(0, 44) + '1'.repeat(8) + '-1111-1111-1111-111111111111'],
  ['a word before', `my-${K}`],
  ['a word after', `${K}-old`],
  ['a publishable key', clientKey()],
])('no key: %s', (_, text) => {
  expect(engine.scan({ path: 'a.ts', languageId: 'typescript', text: `const stigg = "${text}";` }, contextOf({}))).toEqual([]);
});
