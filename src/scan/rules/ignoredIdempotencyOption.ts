import * as l10n from '@vscode/l10n';
import type { Fix, RelatedPlace, TextEdit } from '../finding.js';
import type { Field } from '../ir/fields.js';
import type { Entry, IrNode, ObjectNode } from '../ir/node.js';
import { PathTree } from '../ir/pathTree.js';
import { unwrap, walk } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';
import { IDEMPOTENCY_HEADER } from '../stigg/headers.js';
import { insertEntry } from '../stigg/http/insert.js';
import type { Rule } from './rule.js';

const SDK = /^@stigg\/(?:typescript|rest-client)(?:\/|$)/;
const OPTION = 'idempotencyKey';
const OPTIONS = new PathTree<string>().add(OPTION, OPTION);

/** The request option that the REST SDK for TypeScript has and never sends. */
export const ignoredIdempotencyOption: Rule = {
  id: 'ignored-idempotency-option',
  severity: 'warning',
  describe: () => ({
    title: l10n.t('Idempotency key that is never sent'),
    what: l10n.t('A call of {0} is given {1} in its request options.', '@stigg/typescript', OPTION),
    why: l10n.t('The SDK accepts the option and never turns it into a header. A retry is done twice, as without a key.'),
    howToFix: l10n.t('Pass the header itself: {0}.', `{ headers: { '${IDEMPOTENCY_HEADER}': key } }`),
  }),
  bad: [
    {
      path: 'src/provision.ts',
      text: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.customers.provision({ id }, { idempotencyKey: order.id });\n",
      fixed: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.customers.provision({ id }, { headers: { 'Idempotency-Key': order.id } });\n",
    },
    {
      path: 'src/short.js',
      text: () => "import Stigg from '@stigg/typescript';\nconst client = new Stigg();\nexport const grant = (body, idempotencyKey) => client.v1.credits.grants.create(body, { timeout: 5_000, idempotencyKey });\n",
      fixed: () => "import Stigg from '@stigg/typescript';\nconst client = new Stigg();\nexport const grant = (body, idempotencyKey) => client.v1.credits.grants.create(body, { timeout: 5_000, headers: { 'Idempotency-Key': idempotencyKey } });\n",
    },
    {
      path: 'src/built.ts',
      text: () => "import Stigg from '@stigg/typescript';\nconst stigg = new Stigg();\nexport async function report(usages, run) {\n  const options = { maxRetries: 3 };\n  options.idempotencyKey = run;\n  await stigg.v1.usage.report({ usages }, options);\n}\n",
      fixed: () => "import Stigg from '@stigg/typescript';\nconst stigg = new Stigg();\nexport async function report(usages, run) {\n  const options = { maxRetries: 3 };\n  options.headers = { 'Idempotency-Key': run };\n  await stigg.v1.usage.report({ usages }, options);\n}\n",
    },
    {
      path: 'src/headers.mts',
      text: () => "import Stigg from '@stigg/typescript';\nconst stigg = new Stigg();\nconst once = (id) => ({\n  idempotencyKey: id,\n  headers: { 'X-ENVIRONMENT-ID': environment },\n});\nawait stigg.v1.subscriptions.provision({ customerId, planId }, once(order));\n",
      fixed: () => "import Stigg from '@stigg/typescript';\nconst stigg = new Stigg();\nconst once = (id) => ({\n  headers: { 'X-ENVIRONMENT-ID': environment, 'Idempotency-Key': id },\n});\nawait stigg.v1.subscriptions.provision({ customerId, planId }, once(order));\n",
    },
  ],
  good: [
    { path: 'src/right.ts', text: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.customers.provision({ id }, { headers: { 'Idempotency-Key': order.id } });\n" },
    { path: 'src/both.ts', text: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.customers.provision({ id }, { idempotencyKey: order.id, headers: { 'Idempotency-Key': order.id } });\n" },
    { path: 'src/body.ts', text: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.credits.consumption.consume({ customerId, currencyId, amount, idempotencyKey: order.id });\n" },
    { path: 'src/events.ts', text: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.events.report({ events: [{ customerId, eventName, idempotencyKey: event.id }] });\n" },
    { path: 'src/stripe.ts', text: () => "import Stripe from 'stripe';\n// not Stigg's\nawait new Stripe(key).customers.create({ email }, { idempotencyKey: order.id });\n" },
    { path: 'src/node.ts', text: () => "import { Stigg } from '@stigg/node-server-sdk';\nawait stigg.reportEvent({ customerId, eventName, idempotencyKey: event.id });\n" },
    { path: 'src/set.ts', text: () => "import Stigg from '@stigg/typescript';\nclass Client extends Stigg { idempotencyHeader = 'Idempotency-Key'; }\nawait new Client().v1.customers.provision({ id }, { idempotencyKey: order.id });\n" },
    { path: 'billing/customers.py', text: () => 'from stigg import Stigg\n\n\ndef create(customer):\n    Stigg().v1.customers.provision(id=customer.id, idempotency_key=customer.id)\n' },
  ],
  trigger: (text, { stigg }) => stigg && text.includes(OPTION) && !text.includes('idempotencyHeader'),
  *check(file) {
    const { code, sdkCalls } = file.stigg;
    if (!/^(?:java|type)script/.test(code.languageId) || isOtherSdk(code)) return;
    const told = new Set<number>();
    for (const { node, surface } of sdkCalls) {
      if (surface !== 'rest') continue;
      // What comes first is an id, or the body, which may have a key of its own.
      for (const { value } of node.arguments.slice(1)) {
        for (const field of code.fields.inside(value, OPTIONS)) {
          if (told.has(field.start) || hasHeader(field, code)) continue;
          told.add(field.start);
          const edits = headerEdits(field, code);
          const isElsewhere = field.start < node.start || field.end > node.end;
          const related: RelatedPlace[] = isElsewhere ? [{ start: value.start, end: value.end, message: l10n.t('The options are given to Stigg here.') }] : [];
          yield {
            anchor: `idempotency-option@${field.start}`,
            severity: 'warning',
            start: field.start,
            end: field.end,
            message: l10n.t('The SDK never sends {0}, so a retry is done twice. Pass the header instead: {1}.', OPTION, `headers: { '${IDEMPOTENCY_HEADER}': … }`),
            ...(related.length === 0 ? {} : { related }),
            fixes: edits === undefined ? [] : [fix(edits)],
          };
        }
      }
    }
  },
};

/** A file that can be seen to use another of Stigg's packages alone. */
function isOtherSdk({ imports }: Code): boolean {
  const stiggs = imports.filter(({ module }) => module.startsWith('@stigg/'));
  return stiggs.length > 0 && !stiggs.some(({ module }) => SDK.test(module));
}

function hasHeader(field: Field<string>, code: Code): boolean {
  const headers = field.sibling('headers');
  return headers !== undefined && code.fields.inside(headers, OPTIONS).length > 0;
}

function headerEdits(field: Field<string>, code: Code): TextEdit[] | undefined {
  const { start, end, value } = field;
  const header = `'${IDEMPOTENCY_HEADER}': ${code.slice(value)}`;
  const headers = field.sibling('headers');
  const holder = holderOf(field, code);
  if (holder === undefined) {
    // `options.idempotencyKey = key`
    const name = /^([\w$.]{1,200})\.idempotencyKey\s{0,20}=\s/.exec(code.slice(field))?.[1];
    return headers !== undefined || name === undefined ? undefined : [{ start, end: value.start, text: `${name}.headers = { '${IDEMPOTENCY_HEADER}': ` }, { start: value.end, end: value.end, text: ' }' }];
  }
  if (headers === undefined) return [{ start, end, text: `headers: { ${header} }` }];
  const literal = unwrap(headers);
  return literal.kind === 'object' ? [...without(holder.entry, holder.object, code), ...insertEntry(literal, header, code)] : undefined;
}

/** The object literal that has the entry; undefined where it is put in later. */
function holderOf({ start, end, value }: Field<string>, code: Code): { readonly object: ObjectNode; readonly entry: Entry } | undefined {
  const around: IrNode = value.parent ?? code.program.root;
  for (const object of walk(around)) {
    const entry = object.kind === 'object' ? object.entries.find((one) => one.start === start && one.end === end) : undefined;
    if (object.kind === 'object' && entry !== undefined) return { object, entry };
  }
  return undefined;
}

/** Takes the entry out, with its line where it has one of its own. */
function without(entry: Entry, { entries, innerEnd }: ObjectNode, { text }: Code): TextEdit[] {
  const next = entries[entries.indexOf(entry) + 1];
  if (next !== undefined) return [{ start: entry.start, end: next.start, text: '' }];
  const before = entries[entries.indexOf(entry) - 1];
  const comma = /^\s*,/.exec(text.slice(entry.end, innerEnd))?.[0].length ?? 0;
  return [{ start: before?.end ?? entry.start, end: entry.end + (before === undefined ? comma : 0), text: '' }];
}

/** Unsafe: a header more is sent, and repetitions get the answer of the first call. */
function fix(edits: Fix['edits']): Fix {
  return { title: l10n.t('Pass the header {0} instead', IDEMPOTENCY_HEADER), safety: 'unsafe', edits, preferred: true };
}
