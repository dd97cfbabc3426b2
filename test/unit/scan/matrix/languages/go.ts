import { indent, merged, pascal, type Answer, type Language, type Parts, type Tree, type Use } from '../model.js';

function write(tree: Tree): string {
  if ('text' in tree) return `"${tree.text}"`;
  if ('join' in tree) return `"${tree.join[0]}"+${tree.join[1]}`;
  if ('name' in tree) return tree.name;
  if ('times100' in tree) return `${tree.times100} * 100`;
  if ('number' in tree) return tree.number;
  if ('fresh' in tree) return 'uuid.NewString()';
  if ('list' in tree) return `[]any{${tree.list.map(write).join(', ')}}`;
  return `map[string]any{${tree.object.map(([name, value]) => `"${name}": ${write(value)}`).join(', ')}}`;
}

const field = (name: string): string => (name === 'id' ? 'ID' : pascal(name));

function use({ expression }: Answer, use: Use): Parts {
  const at = [expression, ...use.path.map(field)].join('.');
  switch (use.kind) {
    case 'show':
      return { imports: ['fmt'], statements: [`fmt.Printf("%.2f\\n", ${at}${use.isDivided ? '/100' : ''})`, 'return nil'] };
    case 'charge':
      return {
        imports: ['math', 'github.com/stripe/stripe-go/v81', 'github.com/stripe/stripe-go/v81/paymentintent'],
        statements: [`_, err = paymentintent.New(&stripe.PaymentIntentParams{Amount: stripe.Int64(int64(${use.isConverted ? `math.Round(${at} * 100)` : at})), Currency: stripe.String("usd")})`, 'return err'],
      };
    case 'each':
      return { imports: ['fmt'], statements: [`for _, subscription := range ${at} {`, `\tfmt.Println(subscription.ID, len(subscription.${field(use.field)}))`, '}', 'return nil'] };
    case 'search':
      return { imports: ['errors'], statements: [`for _, entitlement := range ${at} {`, '\tif entitlement.ID == featureID {', '\t\treturn nil', '\t}', '}', 'return errors.New("not granted")'] };
  }
}

/** The type that an answer with that use is read into. */
export function answerType({ kind, path }: Use): string {
  const leaf = kind === 'each' ? '[]struct {\n\tID                       string\n\tSubscriptionEntitlements []any\n}' : kind === 'search' ? '[]struct{ ID string }' : 'float64';
  return path.reduceRight((inner, step) => `struct {\n\t${field(step)} ${inner} \`json:"${step}"\`\n}`, leaf);
}

export const go: Language = {
  id: 'go',
  name: 'Go',
  path: 'internal/billing/stigg.go',
  amounts: 'expressions',
  write,
  use,
  file: (parts) => [
    '// Package billing talks to Stigg.',
    'package billing',
    '',
    'import (',
    ...merged(parts, 'imports').map((name) => `\t${name.includes('"') ? name : `"${name}"`}`),
    ')',
    '',
    ...merged(parts, 'members'),
    '',
    ...parts.map(({ statements }, index) => `func step${index}(ctx context.Context, key, customerID, planID, featureID, orderID string, price, priceInCents float64) error {\n${indent(statements, '\t')}\n}\n`),
  ].join('\n').replaceAll('customerId', 'customerID').replaceAll('planId', 'planID').replaceAll('orderId', 'orderID').replaceAll('"customerID"', '"customerId"').replaceAll('"planID"', '"planId"'),
};
