import { indent, merged, type Answer, type Language, type Parts, type Tree, type Use } from '../model.js';

function write(tree: Tree): string {
  if ('text' in tree) return `"${tree.text}"`;
  if ('join' in tree) return `"${tree.join[0]}$${tree.join[1]}"`;
  if ('name' in tree) return tree.name;
  if ('times100' in tree) return `${tree.times100} * 100`;
  if ('number' in tree) return tree.number;
  if ('fresh' in tree) return 'UUID.randomUUID().toString()';
  if ('list' in tree) return `listOf(${tree.list.map(write).join(', ')})`;
  return `mapOf(${tree.object.map(([name, value]) => `"${name}" to ${write(value)}`).join(', ')})`;
}

function use({ expression, shape }: Answer, use: Use): Parts {
  const isJson = shape === 'json';
  const at = expression + use.path.map((step) => (isJson ? `.get("${step}")` : `.${step}()`)).join('');
  const amount = isJson ? `${at}.asDouble()` : at;
  switch (use.kind) {
    case 'show':
      return { imports: [], statements: [`println("%.2f".format(${amount}${use.isDivided ? ' / 100' : ''}))`] };
    case 'charge':
      return {
        imports: ['com.stripe.model.PaymentIntent', 'com.stripe.param.PaymentIntentCreateParams', 'kotlin.math.roundToLong'],
        statements: [`PaymentIntent.create(PaymentIntentCreateParams.builder().setAmount(${use.isConverted ? `(${amount} * 100).roundToLong()` : `${amount}.toLong()`}).setCurrency("usd").build())`],
      };
    case 'each':
      return { imports: [], statements: [`for (subscription in ${at}) {`, `    println(subscription${isJson ? `.get("${use.field}")` : `.${use.field}()`}.size())`, '}'] };
    case 'search':
      return { imports: [], statements: [`check(${at}.any { it${isJson ? '.get("id").asText()' : '.id()'} == featureId })`] };
  }
}

export const kotlin: Language = {
  id: 'kotlin',
  name: 'Kotlin',
  path: 'src/main/kotlin/com/acme/billing/StiggBilling.kt',
  amounts: 'expressions',
  write,
  use,
  file: (parts) => [
    'package com.acme.billing',
    '',
    ...merged(parts, 'imports').map((name) => `import ${name}`),
    'import java.util.UUID',
    '',
    '/** Billing at Stigg. */',
    'class StiggBilling {',
    indent(merged(parts, 'members'), '    '),
    '',
    ...parts.map(({ statements }, index) => `    suspend fun step${index}(key: String, customerId: String, planId: String, featureId: String, orderId: String, price: Double, priceInCents: Double) {\n${indent(statements, '        ')}\n    }\n`),
    '}',
    '',
  ].join('\n'),
};
