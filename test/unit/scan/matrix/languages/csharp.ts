import { indent, merged, pascal, type Answer, type Language, type Parts, type Tree, type Use } from '../model.js';

function write(tree: Tree): string {
  if ('text' in tree) return `"${tree.text}"`;
  if ('join' in tree) return `$"${tree.join[0]}{${tree.join[1]}}"`;
  if ('name' in tree) return tree.name;
  if ('times100' in tree) return `${tree.times100} * 100`;
  if ('number' in tree) return tree.number;
  if ('fresh' in tree) return 'Guid.NewGuid().ToString()';
  if ('list' in tree) return `new[] { ${tree.list.map(write).join(', ')} }`;
  return `new { ${tree.object.map(([name, value]) => `${name} = ${write(value)}`).join(', ')} }`;
}

const member = (name: string): string => (name === 'id' ? 'ID' : pascal(name));

function use({ expression, shape }: Answer, use: Use): Parts {
  const isJson = shape === 'json';
  const at = expression + use.path.map((step) => (isJson ? `.GetProperty("${step}")` : `.${member(step)}`)).join('');
  const amount = isJson ? `${at}.GetDecimal()` : at;
  switch (use.kind) {
    case 'show':
      return { imports: [], statements: [`Console.WriteLine((${amount}${use.isDivided ? ' / 100' : ''}).ToString("F2"));`] };
    case 'charge':
      return {
        imports: ['Stripe'],
        statements: [`await new PaymentIntentService().CreateAsync(new PaymentIntentCreateOptions { Amount = (long)${use.isConverted ? `Math.Round(${amount} * 100)` : amount}, Currency = "usd" });`],
      };
    case 'each':
      return { imports: [], statements: [`foreach (var subscription in ${at}${isJson ? '.EnumerateArray()' : ''})`, '{', `    Console.WriteLine(subscription${isJson ? `.GetProperty("${use.field}").GetArrayLength()` : `.${member(use.field)}.Count`});`, '}'] };
    case 'search':
      return { imports: [], statements: [`var isGranted = ${at}${isJson ? '.EnumerateArray()' : ''}.Any(entitlement => entitlement${isJson ? '.GetProperty("id").GetString()' : '.ID'} == featureId);`, 'Console.WriteLine(isGranted);'] };
  }
}

export const csharp: Language = {
  id: 'csharp',
  name: 'C#',
  path: 'Billing/StiggBilling.cs',
  amounts: 'expressions',
  write,
  use,
  file: (parts) => [
    'using System;',
    'using System.Linq;',
    ...merged(parts, 'imports').map((name) => `using ${name};`),
    '',
    'namespace Acme.Billing;',
    '',
    '/// <summary>Billing at Stigg.</summary>',
    'public class StiggBilling',
    '{',
    indent(merged(parts, 'members'), '    '),
    '',
    ...parts.map(({ statements }, index) => `    public async Task Step${index}(string key, string customerId, string planId, string featureId, string orderId, decimal price, decimal priceInCents)\n    {\n${indent(statements, '        ')}\n    }\n`),
    '}',
    '',
  ].join('\n'),
};
