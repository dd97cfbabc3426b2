import { indent, merged, snake, type Answer, type Language, type Parts, type Tree, type Use } from '../model.js';

function write(tree: Tree): string {
  if ('text' in tree) return `"${tree.text}"`;
  if ('join' in tree) return `format!("${tree.join[0]}{${snake(tree.join[1])}}")`;
  if ('name' in tree) return snake(tree.name);
  if ('times100' in tree) return `${snake(tree.times100)} * 100.0`;
  if ('number' in tree) return tree.number;
  if ('fresh' in tree) return 'uuid::Uuid::new_v4().to_string()';
  if ('list' in tree) return `[${tree.list.map(write).join(', ')}]`;
  return `{ ${tree.object.map(([name, value]) => `"${name}": ${write(value)}`).join(', ')} }`;
}

function use({ expression }: Answer, use: Use): Parts {
  const at = expression + use.path.map((step) => `["${step}"]`).join('');
  const amount = `${at}.as_f64().unwrap_or_default()`;
  switch (use.kind) {
    case 'show':
      return { imports: [], statements: [`println!("{:.2}", ${amount}${use.isDivided ? ' / 100.0' : ''});`, 'Ok(())'] };
    case 'charge':
      return {
        imports: ['use stripe::{CreatePaymentIntent, Currency};'],
        statements: [`let intent = CreatePaymentIntent::new(${use.isConverted ? `(${amount} * 100.0).round() as i64` : `${amount} as i64`}, Currency::USD);`, 'stripe::PaymentIntent::create(&payments, intent).await?;', 'Ok(())'],
      };
    case 'each':
      return { imports: [], statements: [`for subscription in ${at}.as_array().unwrap() {`, `    println!("{}", subscription["${use.field}"].as_array().unwrap().len());`, '}', 'Ok(())'] };
    case 'search':
      return { imports: [], statements: [`for entitlement in ${at}.as_array().unwrap() {`, '    if entitlement["id"] == feature_id {', '        return Ok(());', '    }', '}', 'Err("not granted".into())'] };
  }
}

export const rust: Language = {
  id: 'rust',
  name: 'Rust',
  path: 'src/stigg.rs',
  amounts: 'expressions',
  write,
  use,
  file: (parts) => [
    '//! Billing at Stigg.',
    '',
    ...merged(parts, 'imports'),
    'use serde_json::json;',
    '',
    'type Outcome = Result<(), Box<dyn std::error::Error>>;',
    ...merged(parts, 'members'),
    '',
    ...parts.map(({ statements }, index) => {
      const isAsync = statements.some((line) => line.includes('.await'));
      return `pub ${isAsync ? 'async ' : ''}fn step_${index}(key: &str, customer_id: &str, plan_id: &str, feature_id: &str, order_id: &str, price: f64, price_in_cents: f64, payments: stripe::Client) -> Outcome {\n${indent(statements, '    ')}\n}\n`;
    }),
  ].join('\n'),
};
