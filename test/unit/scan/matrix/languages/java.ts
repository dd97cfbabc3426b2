import { indent, merged, type Answer, type Language, type Parts, type Tree, type Use } from '../model.js';

function write(tree: Tree): string {
  if ('text' in tree) return `"${tree.text}"`;
  if ('join' in tree) return `"${tree.join[0]}" + ${tree.join[1]}`;
  if ('name' in tree) return tree.name;
  if ('times100' in tree) return `${tree.times100} * 100`;
  if ('number' in tree) return tree.number;
  if ('fresh' in tree) return 'UUID.randomUUID().toString()';
  if ('list' in tree) return `List.of(${tree.list.map(write).join(', ')})`;
  return `Map.of(${tree.object.map(([name, value]) => `"${name}", ${write(value)}`).join(', ')})`;
}

function use({ expression, shape }: Answer, use: Use): Parts {
  const isJson = shape === 'json';
  const at = expression + use.path.map((step) => (isJson ? `.get("${step}")` : `.${step}()`)).join('');
  const amount = isJson ? `${at}.asDouble()` : at;
  switch (use.kind) {
    case 'show':
      return { imports: [], statements: [`System.out.printf("%.2f%n", ${amount}${use.isDivided ? ' / 100' : ''});`] };
    case 'charge':
      return {
        imports: ['com.stripe.model.PaymentIntent', 'com.stripe.param.PaymentIntentCreateParams'],
        statements: [`PaymentIntent.create(PaymentIntentCreateParams.builder().setAmount(${use.isConverted ? `Math.round(${amount} * 100)` : `(long) ${amount}`}).setCurrency("usd").build());`],
      };
    case 'each':
      return { imports: [], statements: [`for (var subscription : ${at}) {`, `    System.out.println(subscription${isJson ? `.get("${use.field}")` : `.${use.field}()`}.size());`, '}'] };
    case 'search':
      return { imports: [], statements: [`for (var entitlement : ${at}) {`, `    if (entitlement${isJson ? '.get("id").asText()' : '.id()'}.equals(featureId)) {`, '        return;', '    }', '}', 'throw new IllegalStateException("not granted");'] };
  }
}

export const java: Language = {
  id: 'java',
  name: 'Java',
  path: 'src/main/java/com/acme/billing/StiggBilling.java',
  amounts: 'expressions',
  write,
  use,
  file: (parts) => [
    'package com.acme.billing;',
    '',
    ...merged(parts, 'imports').map((name) => `import ${name};`),
    'import java.util.List;',
    'import java.util.Map;',
    'import java.util.UUID;',
    '',
    '/** Billing at Stigg. */',
    'class StiggBilling {',
    indent(merged(parts, 'members'), '    '),
    '',
    ...parts.map(({ statements }, index) => `    void step${index}(String key, String customerId, String planId, String featureId, String orderId, double price, double priceInCents) throws Exception {\n${indent(statements, '        ')}\n    }\n`),
    '}',
    '',
  ].join('\n'),
};
