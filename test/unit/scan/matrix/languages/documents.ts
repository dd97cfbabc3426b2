import { snake, type Language, type Parts, type Tree } from '../model.js';

function json(tree: Tree): string {
  if ('text' in tree) return `"${tree.text}"`;
  if ('number' in tree) return tree.number;
  if ('list' in tree) return `[${tree.list.map(json).join(', ')}]`;
  if ('object' in tree) return `{ ${tree.object.map(([name, value]) => `"${name}": ${json(value)}`).join(', ')} }`;
  if ('name' in tree) return `{{${snake(tree.name)}}}`;
  if ('join' in tree) return `"${tree.join[0]}{{${snake(tree.join[1])}}}"`;
  return 'times100' in tree ? `{{${snake(tree.times100)}}}00` : '{{$guid}}';
}

function graphql(tree: Tree): string {
  if ('text' in tree) return /^[A-Z]{3}$/.test(tree.text) ? tree.text : `"${tree.text}"`;
  if ('list' in tree) return `[${tree.list.map(graphql).join(', ')}]`;
  if ('object' in tree) return `{ ${tree.object.map(([name, value]) => `${name}: ${graphql(value)}`).join(', ')} }`;
  if ('name' in tree) return `$${tree.name}`;
  return json(tree);
}

function powershell(tree: Tree): string {
  if ('text' in tree) return `'${tree.text}'`;
  if ('join' in tree) return `"${tree.join[0]}$${tree.join[1]}"`;
  if ('name' in tree) return `$${tree.name}`;
  if ('times100' in tree) return `($${tree.times100} * 100)`;
  if ('number' in tree) return tree.number;
  if ('fresh' in tree) return '[guid]::NewGuid()';
  if ('list' in tree) return `@(${tree.list.map(powershell).join(', ')})`;
  return `@{ ${tree.object.map(([name, value]) => `${/^\w+$/.test(name) ? name : `'${name}'`} = ${powershell(value)}`).join('; ')} }`;
}

const lines = (parts: readonly Parts[]): string => parts.map(({ statements }) => `${statements.join('\n')}\n`).join('\n');

/** Files with requests that editors send. */
export const requestFile: Language = {
  id: 'http',
  name: '.http',
  path: 'requests/stigg.http',
  amounts: 'expressions',
  write: json,
  use: () => undefined,
  file: (parts) => `# Billing at Stigg.\n\n${parts.map(({ statements }) => `${statements.join('\n')}\n`).join('\n###\n\n')}`,
};

export const payload: Language = {
  id: 'json',
  name: 'JSON',
  path: 'payloads/stigg.json',
  amounts: 'numbers',
  write: json,
  use: () => undefined,
  file: lines,
};

export const graphqlDocument: Language = {
  id: 'graphql',
  name: 'GraphQL',
  path: 'graphql/stigg.graphql',
  amounts: 'variables',
  write: graphql,
  use: () => undefined,
  file: (parts) => `# Billing at Stigg.\n${lines(parts)}`,
};

export const powerShell: Language = {
  id: 'powershell',
  name: 'PowerShell',
  path: 'scripts/stigg.ps1',
  amounts: 'expressions',
  write: powershell,
  use: ({ expression }, use) => {
    const at = [expression, ...use.path].join('.');
    switch (use.kind) {
      case 'show':
        return { imports: [], statements: [`Write-Output (${at}${use.isDivided ? ' / 100' : ''})`] };
      case 'each':
        return { imports: [], statements: [`foreach ($subscription in ${at}) {`, `    Write-Output $subscription.${use.field}.Count`, '}'] };
      case 'search':
        return { imports: [], statements: [`${at} | Where-Object { $_.id -eq 'feature-export' }`] };
      case 'charge':
        return { imports: [], statements: [`Invoke-RestMethod -Method Post -Uri 'https://api.stripe.com/v1/payment_intents' -Body @{ amount = ${use.isConverted ? `[math]::Round(${at} * 100)` : at}; currency = 'usd' }`] };
    }
  },
  file: (parts) => `# Billing at Stigg.\nparam([string]$key, [string]$customerId, [string]$planId, [string]$orderId, [double]$price, [int]$priceInCents)\n\n${lines(parts)}`,
};
