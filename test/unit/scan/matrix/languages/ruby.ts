import { indent, merged, snake, type Answer, type Language, type Parts, type Tree, type Use } from '../model.js';

function write(tree: Tree): string {
  if ('text' in tree) return `"${tree.text}"`;
  if ('join' in tree) return `"${tree.join[0]}#{${snake(tree.join[1])}}"`;
  if ('name' in tree) return snake(tree.name);
  if ('times100' in tree) return `${snake(tree.times100)} * 100`;
  if ('number' in tree) return tree.number;
  if ('fresh' in tree) return 'SecureRandom.uuid';
  if ('list' in tree) return `[${tree.list.map(write).join(', ')}]`;
  return `{ ${tree.object.map(([name, value]) => (/^\w+$/.test(name) ? `${name}: ${write(value)}` : `"${name}" => ${write(value)}`)).join(', ')} }`;
}

function use({ expression, shape }: Answer, use: Use): Parts {
  const isJson = shape === 'json';
  const at = expression + use.path.map((step) => (isJson ? `["${step}"]` : `.${snake(step)}`)).join('');
  switch (use.kind) {
    case 'show':
      return { imports: [], statements: [`format("%.2f", ${at}${use.isDivided ? ' / 100' : ''})`] };
    case 'charge':
      return { imports: ['require "stripe"'], statements: [`Stripe::PaymentIntent.create(amount: ${use.isConverted ? `(${at} * 100).round` : at}, currency: "usd")`] };
    case 'each':
      return { imports: [], statements: [`${at}.each do |subscription|`, isJson ? `  puts subscription["${use.field}"].length` : `  puts subscription.${snake(use.field)}.length`, 'end'] };
    case 'search':
      return { imports: [], statements: [`${at}.any? { |entitlement| ${isJson ? 'entitlement["id"]' : 'entitlement.id'} == feature_id }`] };
  }
}

export const ruby: Language = {
  id: 'ruby',
  name: 'Ruby',
  path: 'app/services/stigg_billing.rb',
  amounts: 'expressions',
  write,
  use,
  file: (parts) => [
    '# frozen_string_literal: true',
    '',
    'require "securerandom"',
    ...merged(parts, 'imports'),
    '',
    '# Billing at Stigg.',
    'class StiggBilling',
    indent(merged(parts, 'members'), '  '),
    '',
    ...parts.map(({ statements }, index) => `  def step_${index}(key, customer_id, plan_id, feature_id, order_id, price, price_in_cents)\n${indent(statements, '    ')}\n  end\n`),
    'end',
    '',
  ].join('\n'),
};
