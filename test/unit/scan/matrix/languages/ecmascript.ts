import { indent, merged, type Answer, type Language, type Parts, type Tree, type Use } from '../model.js';

function write(tree: Tree): string {
  if ('text' in tree) return `'${tree.text}'`;
  if ('join' in tree) return `\`${tree.join[0]}\${${tree.join[1]}}\``;
  if ('name' in tree) return tree.name;
  if ('times100' in tree) return `${tree.times100} * 100`;
  if ('number' in tree) return tree.number;
  if ('fresh' in tree) return 'crypto.randomUUID()';
  if ('list' in tree) return `[${tree.list.map(write).join(', ')}]`;
  return `{ ${tree.object.map(([name, value]) => `${/^\w+$/.test(name) ? name : `'${name}'`}: ${write(value)}`).join(', ')} }`;
}

function use({ expression }: Answer, use: Use): Parts {
  const at = [expression, ...use.path].join('.');
  switch (use.kind) {
    case 'show':
      return { imports: [], statements: [`return (${at}${use.isDivided ? ' / 100' : ''}).toFixed(2);`] };
    case 'charge':
      return {
        imports: ["import Stripe from 'stripe';"],
        members: ['const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);'],
        statements: [`await stripe.paymentIntents.create({ amount: ${use.isConverted ? `Math.round(${at} * 100)` : at}, currency: 'usd' });`],
      };
    case 'each':
      return { imports: [], statements: [`for (const subscription of ${at}) {`, `  console.log(subscription.id, subscription.${use.field}.length);`, '}'] };
    case 'search':
      return { imports: [], statements: [`return ${at}.some((entitlement) => entitlement.id === featureId);`] };
  }
}

const PARAMETERS = 'key: string, customerId: string, planId: string, featureId: string, orderId: string, price: number, priceInCents: number';

export const typescript: Language = {
  id: 'typescript',
  name: 'TypeScript, JavaScript',
  path: 'src/billing/stigg.ts',
  amounts: 'expressions',
  write,
  use,
  file: (parts) => [
    ...merged(parts, 'imports'),
    '',
    '// Billing at Stigg.',
    ...merged(parts, 'members'),
    '',
    ...parts.map(({ statements }, index) => `export async function step${index}(${PARAMETERS}) {\n${indent(statements, '  ')}\n}\n`),
  ].join('\n'),
};
