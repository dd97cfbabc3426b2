import * as l10n from '@vscode/l10n';
import type { Fix, TextEdit } from '../finding.js';
import type { SdkInit } from '../languages/language.js';
import { indentationAt, lineEndAt, newlineOf } from '../lines.js';
import type { ScanFile } from '../scanFile.js';
import { functionAround } from '../stigg/constants.js';
import { startedAt, type Started } from '../stigg/initialized.js';
import { isByHand, isTest } from '../stigg/places.js';
import type { Rule } from './rule.js';

const SDKS = new Set(['@stigg/node-server-sdk', '@stigg/js-client-sdk']);
const WAIT = 'waitForInitialization';

/** A client that is asked before it is ready. */
export const floatingInitialize: Rule = {
  id: 'floating-initialize',
  severity: 'info',
  describe: () => ({
    title: l10n.t('Client that nothing waits for'),
    what: l10n.t('A module starts a client with {0}, asks it, and never waits for it.', 'Stigg.initialize'),
    why: l10n.t('{0} returns at once. Until the client is ready it knows no entitlements: the first answers come late, or are fallbacks that refuse customers what they paid for, or give them what they did not.', 'Stigg.initialize'),
    howToFix: l10n.t('Wait once, where the program starts: {0}.', `await stigg.${WAIT}()`),
  }),
  bad: [
    {
      path: 'src/stigg.ts',
      text: () => "import { Stigg } from '@stigg/node-server-sdk';\n\nexport const stigg = Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\n\nexport const has = (customerId, featureId) => stigg.getBooleanEntitlement({ customerId, featureId });\n",
      fixed: () => "import { Stigg } from '@stigg/node-server-sdk';\n\nexport const stigg = Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\nawait stigg.waitForInitialization();\n\nexport const has = (customerId, featureId) => stigg.getBooleanEntitlement({ customerId, featureId });\n",
    },
    {
      path: 'src/job.js',
      text: () => "const { Stigg } = require('@stigg/node-server-sdk');\nconst stigg = Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\nmodule.exports = (id) => stigg.getCustomer(id);\n",
    },
    {
      path: 'src/plugin.mjs',
      text: () => "import Stigg from '@stigg/node-server-sdk';\n\nexport default async function plugin(server, options) {\n  const client = Stigg.initialize({\n    apiKey: options.apiKey,\n  });\n  server.get('/plan', () => client.getActiveSubscriptions({ customerId: options.customer }));\n}\n",
      fixed: () => "import Stigg from '@stigg/node-server-sdk';\n\nexport default async function plugin(server, options) {\n  const client = Stigg.initialize({\n    apiKey: options.apiKey,\n  });\n  await client.waitForInitialization();\n  server.get('/plan', () => client.getActiveSubscriptions({ customerId: options.customer }));\n}\n",
    },
    {
      path: 'src/plans.ts',
      text: () => "import Stigg from '@stigg/js-client-sdk';\n\nexport class Plans {\n  readonly #stigg = Stigg.initialize({ apiKey: import.meta.env.VITE_STIGG_CLIENT_API_KEY });\n\n  show() {\n    return this.#stigg.getPaywall({ productId: 'product' });\n  }\n}\n",
    },
    {
      path: 'src/lazy.ts',
      text: () => "import Stigg from '@stigg/node-server-sdk';\n\nlet instance: Stigg | undefined;\n\nfunction client() {\n  instance ??= Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\n  return instance;\n}\n\nexport const report = (usage) => client().reportUsage(usage);\n",
    },
  ],
  good: [
    { path: 'src/stigg.ts', text: () => "import { Stigg } from '@stigg/node-server-sdk';\n\nexport const stigg = Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\nawait stigg.waitForInitialization();\n\nexport const has = (customerId, featureId) => stigg.getBooleanEntitlement({ customerId, featureId });\n" },
    { path: 'src/awaited.ts', text: () => "import { Stigg } from '@stigg/node-server-sdk';\n\nconst stigg = await Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\nexport const customer = (id) => stigg.getCustomer(id);\n" },
    { path: 'src/shared.ts', text: () => "import { Stigg } from '@stigg/node-server-sdk';\n\n// whoever imports it may wait\nexport const stigg = Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY });\n" },
    { path: 'src/offline.ts', text: () => "import { Stigg } from '@stigg/node-server-sdk';\n\nconst stigg = Stigg.initialize({ apiKey: 'none', offline: true });\nexport const customer = (id) => stigg.getCustomer(id);\n" },
    { path: 'src/lazy.ts', text: () => "import Stigg from '@stigg/js-client-sdk';\n\nconst stigg = Stigg.initialize({ apiKey: import.meta.env.VITE_STIGG_CLIENT_API_KEY, lazyLoad: true });\nexport const plans = () => stigg.getPaywall();\n" },
    { path: 'src/plan.test.ts', text: () => "import { Stigg } from '@stigg/node-server-sdk';\n\nconst stigg = Stigg.initialize({ apiKey: 'none' });\nit('asks', () => stigg.getCustomer('id'));\n" },
    { path: 'src/rest.ts', text: () => "import Stigg from '@stigg/typescript';\n\nconst stigg = new Stigg();\nexport const customer = (id) => stigg.v1.customers.retrieve(id);\n" },
    { path: 'src/other.ts', text: () => "import * as Sentry from '@sentry/node';\n\n// not Stigg's\nconst stigg = Sentry.initialize({ dsn });\nexport const customer = (id) => stigg.getCustomer(id);\n" },
  ],
  trigger: (text) => /@stigg\/(?:node-server-sdk|js-client-sdk)/.test(text) && text.includes('initialize') && !text.includes(WAIT),
  *check(file) {
    if (isByHand(file) || isTest(file) || file.documentMatches(/waitForInitialization/)) return;
    for (const init of file.sdkInits) {
      if (!SDKS.has(init.module) || init.isOpen || isReadyAtOnce(init, file.text) || isAwaited(init, file.text)) continue;
      const started = startedAt(init, file.stigg.code);
      if (started?.isUsed !== true) continue;
      const edits = waitEdits(started, file);
      yield {
        anchor: `initialize@${init.start}`,
        severity: 'info',
        start: init.start,
        end: Math.min(init.end, lineEndAt(file.text, init.start)),
        message: l10n.t('Nothing in this module waits until the client is ready; until then it answers late, or with fallbacks. Add {0}.', `await stigg.${WAIT}()`),
        fixes: edits === undefined ? [] : [fix(edits)],
      };
    }
  },
};

/** It loads nothing, or only when asked. */
function isReadyAtOnce({ arguments: given }: SdkInit, text: string): boolean {
  return ['offline', 'lazyLoad'].some((name) => {
    const value = given.get(name);
    return value !== undefined && text.slice(value.start, value.end) !== 'false';
  });
}

function isAwaited({ start }: SdkInit, text: string): boolean {
  return /\bawait\s{1,20}\(?$/.test(text.slice(Math.max(0, start - 30), start));
}

/** A line behind the statement, where the client has a name and `await` may stand. */
function waitEdits({ call, bind }: Started, file: ScanFile): TextEdit[] | undefined {
  const { text } = file;
  const name = bind?.targets.length === 1 && bind.targets[0]?.path.length === 0 ? bind.targets[0].name : undefined;
  if (bind === undefined || name === undefined || bind.isEach || !mayAwait(call, file)) return undefined;
  const lineEnd = lineEndAt(text, bind.end);
  const rest = text.slice(bind.end, lineEnd);
  if (!/^;?[ \t]*(?:\/\/|$)/.test(rest)) return undefined;
  const semicolon = rest.startsWith(';') ? ';' : '';
  return [{ start: lineEnd, end: lineEnd, text: `${newlineOf(text)}${indentationOf(text, bind.start)}await ${name}.${WAIT}()${semicolon}` }];
}

function indentationOf(text: string, at: number): string {
  const start = Math.max(text.lastIndexOf('\n', at - 1) + 1, 0);
  return indentationAt(text, start + (/^[ \t]*/.exec(text.slice(start, at))?.[0].length ?? 0));
}

/** In an asynchronous function, or at the top level of a module that is none of CommonJS. */
function mayAwait(call: Started['call'], { text, path }: ScanFile): boolean {
  const fn = functionAround(call);
  if (fn !== undefined) return /^(?:(?:export|default|public|private|protected|static|override)\s{1,20})*async\b/.test(text.slice(fn.start, fn.start + 200));
  for (let outer = call.parent; outer !== undefined; outer = outer.parent) if (outer.kind === 'class') return false;
  return !/\.c[jt]s$/.test(path) && /^(?:import|export)\b/m.test(text) && !/\brequire\(|\bmodule\.exports\b/.test(text);
}

/** Unsafe: whoever imports the module waits from then on. */
function fix(edits: Fix['edits']): Fix {
  return { title: l10n.t('Wait until the client is ready'), safety: 'unsafe', edits, preferred: true };
}
