/** A module of that many lines whose functions call Stigg in all the usual ways, some of them wrongly. @param {number} lines */
export function stiggFile(lines) {
  const parts = ["import Stigg from '@stigg/typescript';", '', 'const client = new Stigg({ apiKey: process.env.STIGG_API_KEY });', "const BASE = 'https://api.stigg.io/api/v1';", ''];
  for (let index = 0; parts.length < lines; index++) parts.push(...(FUNCTIONS[index % FUNCTIONS.length] ?? FUNCTIONS[0])(index), '');
  return `${parts.slice(0, lines - 1).join('\n')}\n`;
}

/** @type {readonly [(index: number) => string[], ...((index: number) => string[])[]]} */
const FUNCTIONS = [
  (index) => [
    `export async function coupon${index}(price: number, currency: string) {`,
    `  const amount = Math.round(price ${index % 10 === 0 ? '* 100' : '* 2'});`,
    `  const coupon = await client.v1.coupons.create({ id: 'c${index}', amountsOff: [{ amount, currency }], percentOff: null });`,
    '  return coupon.data;',
    '}',
  ],
  (index) => [
    `export async function provision${index}(customerId: string, plan: { id: string; price: number; unit_amount: number }) {`,
    '  const overrides = [{ amount: plan.price, currency: \'usd\' as const }];',
    '  const body = { customerId, planId: plan.id, priceOverrides: overrides, minimumSpend: { amount: 49, currency: \'usd\' as const } };',
    `  if (plan.price > ${index}) body.minimumSpend.amount = plan.price / 2;`,
    '  const { data } = await client.v1.subscriptions.provision(body);',
    '  return { id: data.subscription?.id, total: data.subscription?.latestInvoice?.total };',
    '}',
  ],
  (index) => [
    `export async function report${index}(customerId: string, value: number) {`,
    '  const response = await fetch(`${BASE}/usage`, {',
    "    method: 'POST',",
    "    headers: { 'X-API-KEY': process.env.STIGG_API_KEY ?? '', 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },",
    '    body: JSON.stringify({ usages: [{ customerId, featureId: \'f\', value }] }),',
    '  });',
    `  if (!response.ok) throw new Error(\`Reporting ${index} failed: \${response.status}\`);`,
    '  return response.json();',
    '}',
  ],
  (index) => [
    `export async function grant${index}(customerId: string, credits: number, paid: number) {`,
    '  for (let attempt = 0; attempt < 3; attempt++) {',
    '    try {',
    "      return await client.v1.credits.grants.create({ customerId, currencyId: 'credits', amount: credits, cost: { amount: paid, currency: 'usd' } });",
    '    } catch (error) {',
    `      if (attempt === 2) console.error('grant ${index}', error);`,
    '    }',
    '  }',
    '  return undefined;',
    '}',
  ],
];

const FLAT = stiggFile(2000);
const AT = FLAT.indexOf('export async function');
const [HEAD, BODY] = [FLAT.slice(0, AT), FLAT.slice(AT)];

/** Inside of something, as formatters have it. @param {string} code */
const indented = (code) => code.replaceAll(/^(?=.)/gm, '  ');

/** The same calls in the shapes that files have. */
export const SHAPES = [
  { name: 'TypeScript full of calls to Stigg', text: FLAT },
  { name: 'The same calls to Stigg in one class', isOneStatement: true, text: `${HEAD}export class BillingService {\n${indented(BODY.replaceAll('export async function', 'async'))}}\n` },
  { name: 'The same calls to Stigg in one describe()', isOneStatement: true, text: `${HEAD}describe('billing', () => {\n${indented(BODY.replaceAll('export async function', 'async function'))}});\n` },
  { name: 'TypeScript without a trace of Stigg', text: FLAT.replace(/stigg/gi, 'other') },
];

/** So many times that about 2,000 lines come out. @param {string} head @param {(index: number) => string} make @param {string} [tail] */
function long(head, make, tail = '') {
  const per = make(0).split('\n').length - 1;
  return head + Array.from({ length: Math.floor(2000 / per) }, (_, index) => make(index)).join('') + tail;
}

/** Other languages, with calls that are right, and some that are wrong. */
export const LANGUAGE_FILES = [
  { name: 'Python', path: 'src/billing.py', languageId: 'python', text: long('import os\nfrom stigg import Stigg\n\nclient = Stigg(api_key=os.environ["STIGG_API_KEY"])\n\n', (i) => `def coupon_${i}(price, currency):\n    amount = round(price ${i % 10 === 0 ? '* 100' : '* 2'})\n    return client.v1.coupons.create(id="c${i}", amounts_off=[{"amount": amount, "currency": currency}])\n\n`) },
  { name: 'Go', path: 'billing.go', languageId: 'go', text: long('package billing\n\nimport (\n\t"net/http"\n\t"os"\n\t"strings"\n)\n\n', (i) => `func report${i}(body string) error {\n\treq, err := http.NewRequest("POST", "https://api.stigg.io/api/v1/usage", strings.NewReader(body))\n\tif err != nil {\n\t\treturn err\n\t}\n\treq.Header.Set("X-API-KEY", os.Getenv("STIGG_API_KEY"))\n\treq.Header.Set("${i % 10 === 0 ? 'X-Other' : 'Content-Type'}", "application/json")\n\t_, err = http.DefaultClient.Do(req)\n\treturn err\n}\n\n`) },
  { name: 'Java', path: 'Billing.java', languageId: 'java', text: long('import java.net.URI;\nimport java.net.http.*;\n\nclass Billing {\n', (i) => `  HttpResponse<String> report${i}(String body) throws Exception {\n    var request = HttpRequest.newBuilder(URI.create("https://api.stigg.io/api/v1/usage"))\n        .header("X-API-KEY", System.getenv("STIGG_API_KEY"))\n        .header("${i % 10 === 0 ? 'X-Other' : 'Content-Type'}", "application/json")\n        .POST(HttpRequest.BodyPublishers.ofString(body)).build();\n    return client.send(request, HttpResponse.BodyHandlers.ofString());\n  }\n\n`, '}\n') },
  { name: 'C#', path: 'Billing.cs', languageId: 'csharp', text: long('using System.Net.Http;\n\nclass Billing {\n', (i) => `  async Task Report${i}(string body) {\n    var request = new HttpRequestMessage(HttpMethod.Post, "https://api.stigg.io/api/v1/usage");\n    request.Headers.Add("${i % 10 === 0 ? 'Authorization' : 'X-API-KEY'}", Environment.GetEnvironmentVariable("STIGG_API_KEY"));\n    request.Content = new StringContent(body, Encoding.UTF8, "application/json");\n    await client.SendAsync(request);\n  }\n\n`, '}\n') },
  { name: 'Ruby', path: 'billing.rb', languageId: 'ruby', text: long("require 'stigg'\n\nCLIENT = Stigg.create_client(ENV.fetch('STIGG_API_KEY'))\n\n", (i) => `def coupon_${i}(price, currency)\n  amount = price ${i % 10 === 0 ? '* 100' : '* 2'}\n  CLIENT.v1.coupons.create(id: 'c${i}', amounts_off: [{ amount: amount, currency: currency }])\nend\n\n`) },
  { name: 'PHP', path: 'billing.php', languageId: 'php', text: long('<?php\n', (i) => `function report${i}($client, $body) {\n    return $client->post('https://api.stigg.io/api/v1/usage', [\n        'headers' => ['${i % 10 === 0 ? 'Authorization' : 'X-API-KEY'}' => getenv('STIGG_API_KEY')],\n        'json' => $body,\n    ]);\n}\n\n`) },
  { name: 'shell', path: 'billing.sh', languageId: 'shellscript', text: long('#!/bin/sh\n', (i) => `curl -X POST https://api.stigg.io/api/v1/usage \\\n  -H "X-API-KEY: $STIGG_API_KEY" \\\n  -H "${i % 10 === 0 ? 'X-Other: a' : 'Content-Type: application/json'}" \\\n  -d '{"usages": []}'\n\n`) },
  { name: 'requests (.http)', path: 'billing.http', languageId: 'http', text: long('', (i) => `### ${i}\nPOST https://api.stigg.io/api/v1/coupons\nX-API-KEY: {{STIGG_API_KEY}}\nContent-Type: application/json\n\n{ "id": "c${i}", "amountsOff": [{ "amount": ${i % 10 === 0 ? 4900 : 49}, "currency": "usd" }] }\n\n`) },
  { name: 'YAML', path: '.github/workflows/billing.yml', languageId: 'yaml', text: long('on: push\njobs:\n  report:\n    runs-on: ubuntu-latest\n    steps:\n', (i) => `      - name: Report ${i}\n        env:\n          STIGG_API_KEY: \${{ secrets.STIGG_API_KEY }}\n        run: curl -X POST https://api.stigg.io/api/v1/usage -H "X-API-KEY: $STIGG_API_KEY" -d '{}'\n`) },
  { name: 'JSON', path: 'coupons.json', languageId: 'json', text: long('{ "stigg": [\n', (i) => `  {\n    "id": "c${i}",\n    "env": { "${i % 10 === 0 ? 'NEXT_PUBLIC_' : ''}STIGG_SERVER_API_KEY": "" }\n  },\n`, '  {}\n] }\n') },
  { name: 'Markdown', path: 'README.md', languageId: 'markdown', text: long('# Stigg\n\n', (i) => `## Step ${i}\n\n\`\`\`ts\nconst client = new Stigg();\nawait client.v1.coupons.create({ id: 'c${i}', amountsOff: [{ amount: ${i % 10 === 0 ? 'price * 100' : '49'}, currency: 'usd' }] });\n\`\`\`\n\n`) },
];
