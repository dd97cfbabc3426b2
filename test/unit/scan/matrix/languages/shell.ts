import { indent, snake, type Answer, type Language, type Parts, type Tree, type Use } from '../model.js';

/** A piece of a JSON text between single quotes. */
function write(tree: Tree): string {
  if ('text' in tree) return `"${tree.text}"`;
  if ('join' in tree) return `"${tree.join[0]}'"$${snake(tree.join[1])}"'"`;
  if ('name' in tree) return `'"$${snake(tree.name)}"'`;
  if ('times100' in tree) return `'"$((${snake(tree.times100)} * 100))"'`;
  if ('number' in tree) return tree.number;
  if ('fresh' in tree) return `'"$(uuidgen)"'`;
  if ('list' in tree) return `[${tree.list.map(write).join(', ')}]`;
  return `{ ${tree.object.map(([name, value]) => `"${name}": ${write(value)}`).join(', ')} }`;
}

/** The same between double quotes: a header, or an argument of its own. */
export function word(tree: Tree): string {
  if ('text' in tree) return tree.text;
  if ('join' in tree) return `${tree.join[0]}$${snake(tree.join[1])}`;
  if ('name' in tree) return `$${snake(tree.name)}`;
  if ('times100' in tree) return `$((${snake(tree.times100)} * 100))`;
  if ('number' in tree) return tree.number;
  return 'fresh' in tree ? '$(uuidgen)' : write(tree);
}

function use({ expression }: Answer, use: Use): Parts {
  const path = `.${use.path.join('.')}`;
  const read = (filter: string): string => `${expression} | jq -r '${filter}'`;
  switch (use.kind) {
    case 'show':
      return { imports: [], statements: [read(use.isDivided ? `${path} / 100` : path)] };
    case 'charge':
      return { imports: [], statements: [`total=$(${read(use.isConverted ? `${path} * 100 | round` : path)})`, 'curl -fsS https://api.stripe.com/v1/payment_intents -u "$STRIPE_SECRET_KEY:" -d amount="$total" -d currency=usd'] };
    case 'each':
      return { imports: [], statements: [read(`${path}[] | [.id, (.${use.field} | length)] | @tsv`)] };
    case 'search':
      return { imports: [], statements: [read(`${path}[] | select(.id == "feature-export")`)] };
  }
}

function script(parts: readonly Parts[]): string {
  return parts.map(({ statements }) => `${statements.join('\n')}\n`).join('\n');
}

/** Scripts of the shell. */
export const shell: Language = {
  id: 'shell',
  name: 'Shell',
  path: 'scripts/stigg.sh',
  amounts: 'expressions',
  write,
  use,
  file: (parts) => `#!/usr/bin/env bash\n# Billing at Stigg.\nset -euo pipefail\n\nprice=$1\nprice_in_cents=$2\norder_id=$3\ncustomer_id=$4\nplan_id=$5\n\n${script(parts)}`,
};

/** Steps of a workflow. */
export const workflow: Language = {
  ...shell,
  id: 'yaml',
  name: 'YAML run steps',
  path: '.github/workflows/stigg.yml',
  file: (parts) => `name: Billing at Stigg\non: workflow_dispatch\njobs:\n  seed:\n    runs-on: ubuntu-latest\n    env:\n      key: \${{ secrets.BILLING }}\n    steps:\n      - uses: actions/checkout@v4\n      - run: |\n${indent(script(parts).trimEnd().split('\n'), '          ')}\n`,
};

/** Documentation with commands to copy. */
export const markdown: Language = {
  ...shell,
  id: 'markdown',
  name: 'Markdown',
  path: 'docs/stigg.md',
  file: (parts) => `# Billing at Stigg\n\nRun this once:\n\n\`\`\`sh\n${script(parts)}\`\`\`\n`,
};

/** Recipes, where a dollar sign of the shell is written twice. */
export const makefile: Language = {
  ...shell,
  id: 'makefile',
  name: 'Makefile',
  path: 'Makefile',
  file: (parts) => `# Billing at Stigg.\n.PHONY: all\n\nall:\n${indent(script(parts).trimEnd().replaceAll('\n\n', '\n').replaceAll('$', '$$$$').split('\n'), '\t')}\n`,
};
