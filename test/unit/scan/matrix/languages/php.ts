import { indent, merged, type Answer, type Language, type Parts, type Tree, type Use } from '../model.js';

function write(tree: Tree): string {
  if ('text' in tree) return `'${tree.text}'`;
  if ('join' in tree) return `'${tree.join[0]}' . $${tree.join[1]}`;
  if ('name' in tree) return `$${tree.name}`;
  if ('times100' in tree) return `$${tree.times100} * 100`;
  if ('number' in tree) return tree.number;
  if ('fresh' in tree) return 'bin2hex(random_bytes(16))';
  if ('list' in tree) return `[${tree.list.map(write).join(', ')}]`;
  return `[${tree.object.map(([name, value]) => `'${name}' => ${write(value)}`).join(', ')}]`;
}

function use({ expression }: Answer, use: Use): Parts {
  const at = expression + use.path.map((step) => `['${step}']`).join('');
  switch (use.kind) {
    case 'show':
      return { imports: [], statements: [`return number_format(${at}${use.isDivided ? ' / 100' : ''}, 2);`] };
    case 'charge':
      return {
        imports: ['use Stripe\\StripeClient;'],
        statements: ["$stripe = new StripeClient(getenv('STRIPE_SECRET_KEY'));", `$stripe->paymentIntents->create(['amount' => ${use.isConverted ? `(int) round(${at} * 100)` : at}, 'currency' => 'usd']);`],
      };
    case 'each':
      return { imports: [], statements: [`foreach (${at} as $subscription) {`, `    echo count($subscription['${use.field}']);`, '}'] };
    case 'search':
      return { imports: [], statements: [`foreach (${at} as $entitlement) {`, "    if ($entitlement['id'] === $featureId) {", '        return true;', '    }', '}', 'return false;'] };
  }
}

export const php: Language = {
  id: 'php',
  name: 'PHP',
  path: 'src/Billing/StiggBilling.php',
  amounts: 'expressions',
  write,
  use,
  file: (parts) => [
    '<?php',
    '',
    'namespace App\\Billing;',
    '',
    ...merged(parts, 'imports'),
    '',
    '/** Billing at Stigg. */',
    'final class StiggBilling',
    '{',
    indent(merged(parts, 'members'), '    '),
    ...parts.map(({ statements }, index) => `    public function step${index}(string $key, string $customerId, string $planId, string $featureId, string $orderId, float $price, int $priceInCents)\n    {\n${indent(statements, '        ')}\n    }\n`),
    '}',
    '',
  ].join('\n'),
};
