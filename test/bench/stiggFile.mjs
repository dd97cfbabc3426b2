/** A module of that many lines whose functions call Stigg in all the usual ways, some of them wrongly. @param {number} lines */
export function stiggFile(lines) {
  const parts = ["import Stigg from '@stigg/typescript';", '', 'const client = new Stigg({ apiKey: process.env.STIGG_API_KEY });', "const BASE = 'https://api.stigg.io/api/v1';", ''];
  for (let index = 0; parts.length < lines; index++) parts.push(...(FUNCTIONS[index % FUNCTIONS.length] ?? FUNCTIONS[0])(index), '');
  return `${parts.slice(0, lines - 1).join('\n')}\n`;
}

/** @type {readonly [(index: number) => string[], ...((index: number) => string[])[]]} */
const FUNCTIONS = [
  (index) => [
    `export async function coupon${index}(price: number, currency: string) {`,
    `  const amount = Math.round(price ${index % 10 === 0 ? '* 100' : '* 2'});`,
    `  const coupon = await client.v1.coupons.create({ id: 'c${index}', amountsOff: [{ amount, currency }], percentOff: null });`,
    '  return coupon.data;',
    '}',
  ],
  (index) => [
    `export async function provision${index}(customerId: string, plan: { id: string; price: number; unit_amount: number }) {`,
    '  const overrides = [{ amount: plan.price, currency: \'usd\' as const }];',
    '  const body = { customerId, planId: plan.id, priceOverrides: overrides, minimumSpend: { amount: 49, currency: \'usd\' as const } };',
    `  if (plan.price > ${index}) body.minimumSpend.amount = plan.price / 2;`,
    '  const { data } = await client.v1.subscriptions.provision(body);',
    '  return { id: data.subscription?.id, total: data.subscription?.latestInvoice?.total };',
    '}',
  ],
  (index) => [
    `export async function report${index}(customerId: string, value: number) {`,
    '  const response = await fetch(`${BASE}/usage`, {',
    "    method: 'POST',",
    "    headers: { 'X-API-KEY': process.env.STIGG_API_KEY ?? '', 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },",
    '    body: JSON.stringify({ usages: [{ customerId, featureId: \'f\', value }] }),',
    '  });',
    `  if (!response.ok) throw new Error(\`Reporting ${index} failed: \${response.status}\`);`,
    '  return response.json();',
    '}',
  ],
  (index) => [
    `export async function grant${index}(customerId: string, credits: number, paid: number) {`,
    '  for (let attempt = 0; attempt < 3; attempt++) {',
    '    try {',
    "      return await client.v1.credits.grants.create({ customerId, currencyId: 'credits', amount: credits, cost: { amount: paid, currency: 'usd' } });",
    '    } catch (error) {',
    `      if (attempt === 2) console.error('grant ${index}', error);`,
    '    }',
    '  }',
    '  return undefined;',
    '}',
  ],
];
