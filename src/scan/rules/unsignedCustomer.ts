import * as l10n from '@vscode/l10n';
import type { Fix, TextEdit } from '../finding.js';
import type { SdkInit, Span } from '../languages/language.js';
import type { ScanFile } from '../scanFile.js';
import { npmSdk } from '../sdks.js';
import { isNeverShipped } from '../side/tests.js';
import type { Rule, RuleFinding } from './rule.js';

const CUSTOMER = 'customerId';
const TOKEN = 'customerToken';
/** A customer that is named later on, by one plain value: `stigg.setCustomerId(user.id)`. */
const SET_CUSTOMER = /(?<=[\w$][?!]?)\.setCustomerId\(\s{0,20}([\w$.?!]{1,100})\s{0,20}\)/g;
/** No customer, or none yet. */
const NOBODY = /^(?:undefined|null|''|""|``)$/;

const provider = (attributes: string): string => `import { StiggProvider } from '@stigg/react-sdk';\n\nexport const Billing = ({ user, ${TOKEN} }) => (\n  <StiggProvider apiKey={import.meta.env.VITE_STIGG_CLIENT_API_KEY} ${attributes} />\n);\n`;
const script = (options: string): string => `import Stigg from '@stigg/js-client-sdk';\n\nexport const start = (user, ${TOKEN}) => Stigg.initialize({ apiKey: import.meta.env.VITE_STIGG_CLIENT_API_KEY, ${options} });\n`;
const context = (call: string): string => `import { useStiggContext } from '@stigg/react-sdk';\n\nexport function useCustomer(user, ${TOKEN}) {\n  const { stigg } = useStiggContext();\n  return () => ${call};\n}\n`;

/** A customer whom the browser names without a signature. */
export const unsignedCustomer: Rule = {
  id: 'unsigned-customer',
  severity: 'info',
  describe: () => ({
    title: l10n.t('Stigg customer without a signed token'),
    what: l10n.t('A Stigg SDK in the browser is told who the customer is, and nothing proves it.'),
    why: l10n.t('The publishable key is public: whoever has it can ask Stigg about any customer whose id they guess. With hardened client access Stigg answers only with a token that your server signed.'),
    howToFix: l10n.t('On the server compute the HMAC-SHA256 of the customer id with the signing secret of the environment, and send the browser the text {0}. Pass it as {1}, and switch on hardened client access in Stigg. The signing secret never leaves the server.', `HMAC-SHA256 {${CUSTOMER}}:{hex}`, TOKEN),
  }),
  bad: [
    { path: 'src/Billing.tsx', text: () => provider(`${CUSTOMER}={user.id}`), fixed: () => provider(`${CUSTOMER}={user.id} ${TOKEN}={${TOKEN}}`) },
    { path: 'src/main.ts', text: () => script(`${CUSTOMER}: user.id`), fixed: () => script(`${CUSTOMER}: user.id, ${TOKEN}`) },
    {
      path: 'src/Billing.jsx',
      text: () => "import { StiggProvider } from '@stigg/react-sdk';\n\nexport const Billing = ({ id }) => (\n  <StiggProvider\n    apiKey={key}\n    customerId={id}\n  >\n    <Paywall />\n  </StiggProvider>\n);\n",
      fixed: () => "import { StiggProvider } from '@stigg/react-sdk';\n\nexport const Billing = ({ id }) => (\n  <StiggProvider\n    apiKey={key}\n    customerId={id}\n    customerToken={customerToken}\n  >\n    <Paywall />\n  </StiggProvider>\n);\n",
    },
    { path: 'src/useCustomer.ts', text: () => context(`stigg.setCustomerId(user.id)`), fixed: () => context(`stigg.setCustomerId(user.id, ${TOKEN})`) },
    {
      path: 'src/start.js',
      text: () => "const { default: Stigg } = require('@stigg/js-client-sdk');\n\nconst options = {\n  apiKey: key,\n  customerId,\n};\nStigg.initialize(options);\n",
      fixed: () => "const { default: Stigg } = require('@stigg/js-client-sdk');\n\nconst options = {\n  apiKey: key,\n  customerId,\n  customerToken,\n};\nStigg.initialize(options);\n",
    },
  ],
  good: [
    { path: 'src/Billing.tsx', text: () => provider(`${CUSTOMER}={user.id} ${TOKEN}={${TOKEN}}`) },
    { path: 'src/Billing.tsx', text: () => provider('theme={theme}') },
    { path: 'src/Billing.tsx', text: () => provider(`${CUSTOMER}={user.id} {...rest}`) },
    { path: 'src/Billing.tsx', text: () => provider(`${CUSTOMER}={undefined}`) },
    { path: 'src/Billing.test.tsx', text: () => provider(`${CUSTOMER}="customer-1"`) },
    { path: 'src/main.ts', text: () => script(`${CUSTOMER}: user.id, ${TOKEN}`) },
    { path: 'src/main.ts', text: () => script(`${CUSTOMER}: user.id, offline: true`) },
    { path: 'src/useCustomer.ts', text: () => context(`stigg.setCustomerId(user.id, ${TOKEN})`) },
    { path: 'src/useCustomer.ts', text: () => context('stigg.setCustomerId(undefined)') },
    { path: 'src/state.ts', text: () => "// stigg: '@stigg/react-sdk' has setCustomerId too\nexport const choose = (form) => form.setCustomerId(id);\n" },
    { path: 'src/billing.ts', text: () => `import Stigg from '@stigg/node-server-sdk';\nexport const stigg = Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY, ${CUSTOMER}: 'c' });\n` },
  ],
  trigger: (text, { stigg }) => stigg && /customer-?id/i.test(text),
  *check(file) {
    if (isNeverShipped(file.path)) return;
    for (const init of file.sdkInits) {
      const customer = unsigned(file, init);
      if (customer !== undefined) yield found(`customer@${init.start}`, customer, init.module, init.addArgument(TOKEN, TOKEN));
    }
    yield* named(file);
  },
};

/** Where the customer stands; undefined when there is none, when a token comes along, or when that cannot be seen. */
function unsigned(file: ScanFile, { side, isOpen, arguments: given }: SdkInit): Span | undefined {
  const customer = given.get(CUSTOMER) ?? given.get('customer-id');
  if (side !== 'frontend' || isOpen || customer === undefined || given.has(TOKEN) || given.has('customer-token')) return undefined;
  const offline = given.get('offline');
  if (offline !== undefined && file.text.slice(offline.start, offline.end) !== 'false') return undefined;
  return NOBODY.test(file.text.slice(customer.start, customer.end)) ? undefined : customer;
}

/** `setCustomerId` with the customer alone, in a document that has the browser's client. */
function* named(file: ScanFile): Iterable<RuleFinding> {
  const module = file.imports.map((entry) => npmSdk(entry.module)).find((sdk) => sdk?.side === 'frontend')?.module;
  if (module === undefined) return;
  for (const match of file.text.matchAll(SET_CUSTOMER)) {
    const [call, customer = ''] = match;
    const start = match.index + call.lastIndexOf(customer);
    const place = { start, end: start + customer.length };
    if (NOBODY.test(customer) || !file.isOwn(place) || file.language.inComment(file, start)) continue;
    yield found(`customer@${match.index}`, place, module, [{ start: place.end, end: place.end, text: `, ${TOKEN}` }]);
  }
}

/** Unsafe: the name has to be given a value, and a wrong token is refused. */
function found(anchor: string, place: Span, module: string, edits: readonly TextEdit[] | undefined): RuleFinding {
  const fixes: Fix[] = edits === undefined ? [] : [{ title: l10n.t('Pass the token that the server signed as {0}', TOKEN), safety: 'unsafe', edits, preferred: true }];
  return {
    anchor,
    severity: 'info',
    start: place.start,
    end: place.end,
    message: l10n.t('{0} is told who the customer is without a token that proves it: anyone can ask about any customer.', module),
    fixes,
  };
}
