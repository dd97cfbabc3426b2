import { indent, merged, snake, type Answer, type Language, type Parts, type Tree, type Use } from '../model.js';

function write(tree: Tree): string {
  if ('text' in tree) return `"${tree.text}"`;
  if ('join' in tree) return `f"${tree.join[0]}{${snake(tree.join[1])}}"`;
  if ('name' in tree) return snake(tree.name);
  if ('times100' in tree) return `${snake(tree.times100)} * 100`;
  if ('number' in tree) return tree.number;
  if ('fresh' in tree) return 'str(uuid.uuid4())';
  if ('list' in tree) return `[${tree.list.map(write).join(', ')}]`;
  return `{${tree.object.map(([name, value]) => `"${name}": ${write(value)}`).join(', ')}}`;
}

function use({ expression, shape }: Answer, use: Use): Parts {
  const isJson = shape === 'json';
  const at = expression + use.path.map((step) => (isJson ? `["${step}"]` : `.${snake(step)}`)).join('');
  switch (use.kind) {
    case 'show':
      return { imports: [], statements: [`return round(${at}${use.isDivided ? ' / 100' : ''}, 2)`] };
    case 'charge':
      return { imports: ['import stripe'], statements: [`stripe.PaymentIntent.create(amount=${use.isConverted ? `round(${at} * 100)` : `int(${at})`}, currency="usd")`] };
    case 'each':
      return { imports: [], statements: [`for subscription in ${at}:`, isJson ? `    print(subscription["id"], len(subscription["${use.field}"]))` : `    print(subscription.id, len(subscription.${snake(use.field)}))`] };
    case 'search':
      return { imports: [], statements: [`return any(${isJson ? 'entitlement["id"]' : 'entitlement.id'} == feature_id for entitlement in ${at})`] };
  }
}

export const python: Language = {
  id: 'python',
  name: 'Python',
  path: 'billing/stigg_client.py',
  amounts: 'expressions',
  write,
  use,
  file: (parts) => [
    '"""Billing at Stigg."""',
    '',
    'import os',
    'import uuid',
    '',
    ...merged(parts, 'imports'),
    '',
    ...merged(parts, 'members'),
    '',
    ...parts.map(({ statements }, index) => {
      const isAsync = statements.some((line) => /\basync with\b|\bawait\b/.test(line));
      return `\n${isAsync ? 'async ' : ''}def step_${index}(key, customer_id, plan_id, feature_id, order_id, price, price_in_cents):\n${indent(statements, '    ')}\n`;
    }),
  ].join('\n'),
};
