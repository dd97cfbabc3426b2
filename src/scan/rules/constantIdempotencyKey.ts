import * as l10n from '@vscode/l10n';
import type { Fix, TextEdit } from '../finding.js';
import type { IrNode } from '../ir/node.js';
import { UNKNOWN } from '../ir/texts.js';
import type { Span } from '../languages/language.js';
import type { Code } from '../stigg/code.js';
import { functionAround, isConstantText, nodeAt } from '../stigg/constants.js';
import type { StiggFacts } from '../stigg/facts.js';
import { headersNamed, IDEMPOTENCY_HEADER } from '../stigg/headers.js';
import { valueExpression } from '../stigg/http/values.js';
import { callKeys, headerCallKeys, requestBodyKeys } from '../stigg/idempotency.js';
import { isByHand, isTest } from '../stigg/places.js';
import type { Rule } from './rule.js';

/** An idempotency key that is the same for every operation. */
export const constantIdempotencyKey: Rule = {
  id: 'constant-idempotency-key',
  severity: 'warning',
  describe: () => ({
    title: l10n.t('The same idempotency key every time'),
    what: l10n.t('The idempotency key of a call is one literal text.'),
    why: l10n.t('For 24 hours Stigg answers a key that it has seen with its first answer, and does nothing. Of all calls with this key only the first has an effect, and all seem to succeed.'),
    howToFix: l10n.t('Make the key from what the operation is about, such as the id of the order, so that only a retry has the same one.'),
  }),
  bad: [
    {
      path: 'src/signup.ts',
      text: () => "import Stigg from '@stigg/typescript';\nexport const signUp = (id) => new Stigg().v1.customers.provision({ id }, { headers: { 'Idempotency-Key': 'signup' } });\n",
      fixed: () => "import Stigg from '@stigg/typescript';\nexport const signUp = (id) => new Stigg().v1.customers.provision({ id }, { headers: { 'Idempotency-Key': crypto.randomUUID() } });\n",
    },
    {
      path: 'src/grants.ts',
      text: () => "const KEY = 'grant';\nexport const grant = (json) => ky.post('https://api.stigg.io/api/v1/credits/grants', { json, headers: { 'X-API-KEY': key, 'Idempotency-Key': KEY } });\n",
      fixed: () => "const KEY = 'grant';\nexport const grant = (json) => ky.post('https://api.stigg.io/api/v1/credits/grants', { json, headers: { 'X-API-KEY': key, 'Idempotency-Key': crypto.randomUUID() } });\n",
    },
    {
      path: 'billing/customers.py',
      text: () => 'import uuid\nfrom stigg import Stigg\n\n\ndef create(customer):\n    Stigg().v1.customers.provision(id=customer.id, extra_headers={"Idempotency-Key": "import"})\n',
      fixed: () => 'import uuid\nfrom stigg import Stigg\n\n\ndef create(customer):\n    Stigg().v1.customers.provision(id=customer.id, extra_headers={"Idempotency-Key": str(uuid.uuid4())})\n',
    },
    {
      path: 'src/events.ts',
      text: () => "import Stigg from '@stigg/node-server-sdk';\nexport const login = (customerId) => stigg.reportEvent({ customerId, eventName: 'login', idempotencyKey: 'login' });\n",
      fixed: () => "import Stigg from '@stigg/node-server-sdk';\nexport const login = (customerId) => stigg.reportEvent({ customerId, eventName: 'login', idempotencyKey: crypto.randomUUID() });\n",
    },
    {
      path: 'billing/grants.go',
      text: () => 'package billing\n\nimport (\n\t"context"\n\n\t"github.com/stiggio/stigg-go"\n\t"github.com/stiggio/stigg-go/option"\n)\n\nfunc grant(ctx context.Context, client stigg.Client, params stigg.V1CreditGrantNewParams) {\n\tclient.V1.Credits.Grants.New(ctx, params, option.WithHeader("Idempotency-Key", "bonus"))\n}\n',
    },
    {
      path: 'lib/import.rb',
      text: () => 'require "securerandom"\nrequire "stigg"\n\ndef import(customer)\n  Stigg::Client.new.v1.customers.provision(id: customer.id, request_options: { extra_headers: { "Idempotency-Key" => "import" } })\nend\n',
      fixed: () => 'require "securerandom"\nrequire "stigg"\n\ndef import(customer)\n  Stigg::Client.new.v1.customers.provision(id: customer.id, request_options: { extra_headers: { "Idempotency-Key" => SecureRandom.uuid } })\nend\n',
    },
    {
      path: 'src/main/java/Deals.java',
      text: () => 'import io.stigg.client.StiggClient;\nimport io.stigg.models.v1.customers.CustomerProvisionParams;\n\nclass Deals {\n    void sign(StiggClient client, String id) {\n        client.v1().customers().provision(CustomerProvisionParams.builder().id(id).putAdditionalHeader("Idempotency-Key", "deal").build());\n    }\n}\n',
      fixed: () => 'import io.stigg.client.StiggClient;\nimport io.stigg.models.v1.customers.CustomerProvisionParams;\n\nclass Deals {\n    void sign(StiggClient client, String id) {\n        client.v1().customers().provision(CustomerProvisionParams.builder().id(id).putAdditionalHeader("Idempotency-Key", java.util.UUID.randomUUID().toString()).build());\n    }\n}\n',
    },
  ],
  good: [
    { path: 'src/right.ts', text: () => "import Stigg from '@stigg/typescript';\nexport const signUp = (id) => new Stigg().v1.customers.provision({ id }, { headers: { 'Idempotency-Key': `signup-${id}` } });\n" },
    { path: 'src/random.ts', text: () => "const headers = { 'X-API-KEY': key, 'Idempotency-Key': randomUUID() };\nawait ky.post('https://api.stigg.io/api/v1/coupons', { json, headers });\n" },
    { path: 'src/argument.ts', text: () => "export const grant = (json, operation = 'grant') => ky.post('https://api.stigg.io/api/v1/credits/grants', { json, headers: { 'X-API-KEY': key, 'Idempotency-Key': operation } });\n" },
    { path: 'billing/customers.py', text: () => 'from stigg import Stigg\n\n\ndef create(customer):\n    Stigg().v1.customers.provision(id=customer.id, extra_headers={"Idempotency-Key": f"customer-{customer.id}"})\n' },
    { path: 'billing/grants.go', text: () => 'package billing\n\nimport (\n\t"context"\n\n\t"github.com/stiggio/stigg-go"\n\t"github.com/stiggio/stigg-go/option"\n)\n\nfunc grant(ctx context.Context, client stigg.Client, id string, params stigg.V1CreditGrantNewParams) {\n\tclient.V1.Credits.Grants.New(ctx, params, option.WithHeader("Idempotency-Key", "bonus-"+id))\n}\n' },
    { path: 'docs/guide.md', text: () => "# Create a customer\n\n```ts\nimport Stigg from '@stigg/typescript';\nawait new Stigg().v1.customers.provision({ id: 'acme' }, { headers: { 'Idempotency-Key': 'bootstrap-acme' } });\n```\n" },
    { path: 'src/stripe.ts', text: () => "// not Stigg's\nawait stripe.customers.create({ email }, { idempotencyKey: 'signup' });\n" },
    { path: 'src/chosen.ts', text: () => "import Stigg from '@stigg/node-server-sdk';\nexport const login = (customerId, event) => stigg.reportEvent({ customerId, eventName: 'login', idempotencyKey: event?.id ?? 'login' });\n" },
  ],
  trigger: (text, { stigg }) => stigg && /idempotency.?key/i.test(text),
  *check(file) {
    if (isByHand(file) || isTest(file)) return;
    const { stigg } = file;
    const told = new Set<number>();
    for (const { place, call } of constantKeys(stigg)) {
      if (told.has(place.start)) continue;
      told.add(place.start);
      const edits = freshEdits(place, call, stigg.code);
      yield {
        anchor: `idempotency-key@${place.start}`,
        severity: 'warning',
        start: place.start,
        end: place.end,
        message: l10n.t('This idempotency key is always the same: Stigg does only the first of these operations, and answers all others with its result for 24 hours. Make it from the operation, such as the id of the order.'),
        fixes: edits === undefined ? [] : [fix(edits)],
      };
    }
  },
};

interface ConstantKey {
  readonly place: Span;
  /** The call that sends it; undefined where no code does. */
  readonly call: IrNode | undefined;
}

function* constantKeys({ code, sdkCalls, requests }: StiggFacts): Iterable<ConstantKey> {
  for (const request of requests) {
    const { call } = request;
    for (const { value, text } of headersNamed(request, IDEMPOTENCY_HEADER)) {
      if (text.trim() === '' || text.includes(UNKNOWN)) continue;
      const node = call === undefined ? undefined : nodeAt(value, code);
      // A text of which only the start is the header's value: one of PHP's lines.
      if (call !== undefined && node !== undefined && !isConstantText(node, code)) continue;
      if (call !== undefined && node === undefined && !code.slice(value).includes(text)) continue;
      yield { place: value, call };
    }
    for (const { value } of requestBodyKeys(request, code)) if (isConstantText(value, code)) yield { place: value, call };
  }
  for (const call of sdkCalls) {
    for (const { value } of callKeys(call, code)) if (isConstantText(value, code)) yield { place: value, call: call.node };
  }
  for (const value of headerCallKeys(code)) if (isConstantText(value, code)) yield { place: value, call: value.parent };
}

/** Only where the expression is evaluated anew for each call: inside of it, or in a function that makes what it is given. */
function freshEdits(place: Span, call: IrNode | undefined, code: Code): TextEdit[] | undefined {
  if (call === undefined) {
    // Double quotes expand; what stands before the value belongs to the same word.
    const isWord = code.languageId === 'shellscript' && /^[\w.-]+$/.test(code.slice(place)) && /"[^"'\n]{0,80}$/.test(code.text.slice(Math.max(0, place.start - 82), place.start));
    return isWord ? [{ ...place, text: '$(uuidgen)' }] : undefined;
  }
  const node = nodeAt(place, code);
  if (node === undefined || node.kind === 'list') return undefined;
  const own = functionAround(node);
  const isInside = place.start >= call.start && place.end <= call.end;
  if (!isInside && (own === undefined || own === functionAround(call))) return undefined;
  const written = valueExpression({ kind: 'fresh' }, code);
  return written === undefined ? undefined : [...written.edits, { start: place.start, end: place.end, text: written.expression }];
}

/** Unsafe: what was dropped until now is done from then on. */
function fix(edits: Fix['edits']): Fix {
  return { title: l10n.t('Use a new key for each call'), safety: 'unsafe', edits, preferred: true };
}
