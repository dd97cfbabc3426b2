import * as l10n from '@vscode/l10n';
import { handedTo } from '../ir/handed.js';
import { canonical } from '../ir/names.js';
import type { IrNode } from '../ir/node.js';
import { unwrap } from '../ir/walk.js';
import { Decisions, functionAround, holds } from '../stigg/decisions.js';
import { entitlementReadsIn } from '../stigg/entitlementReads.js';
import type { StiggFacts } from '../stigg/facts.js';
import type { Rule } from './rule.js';

/** Operations that answer what a customer really has, or what the plan gives. */
const COMPLETE = new Set(['plans.entitlements.list', 'addons.entitlements.list', 'customers.checkEntitlement', 'customers.retrieveEntitlements', 'plans.retrieve', 'customers.promotionalEntitlements.list']);

/** A subscription's own entitlements that are taken for everything the customer has. */
export const overridesAsEntitlements: Rule = {
  id: 'overrides-as-entitlements',
  severity: 'info',
  describe: () => ({
    title: l10n.t('Overrides taken for all entitlements'),
    what: l10n.t('subscriptionEntitlements of one subscription decides what somebody may do, or is handed on as all entitlements.'),
    why: l10n.t('It holds the overrides of that subscription only. What the plan and its add-ons give is missing, and customers are refused what they paid for.'),
    howToFix: l10n.t('Ask Stigg for the entitlements of the customer, or lay the overrides over the entitlements of the plan.'),
  }),
  bad: [
    { path: 'src/can.ts', text: () => "import Stigg from '@stigg/typescript';\nconst stigg = new Stigg();\nexport async function canExport(id: string) {\n  const { data: subscription } = await stigg.v1.subscriptions.retrieve(id);\n  return subscription.subscriptionEntitlements.some((one) => one.id === 'feature-export');\n}\n" },
    { path: 'src/all.ts', text: () => "export async function entitlementsOf(id: string) {\n  const { data } = await stigg.v1.subscriptions.retrieve(id);\n  return data.subscriptionEntitlements;\n}\n" },
    { path: 'src/rest.js', text: () => "async function may(id, featureId) {\n  const response = await fetch(`https://api.stigg.io/api/v1/subscriptions/${id}`, { headers });\n  const { data } = await response.json();\n  for (const entitlement of data.subscriptionEntitlements) {\n    if (entitlement.id === featureId) return true;\n  }\n  return false;\n}\n" },
    { path: 'billing/access.py', text: () => 'from stigg import Stigg\n\nclient = Stigg()\n\ndef may(subscription_id, feature_id):\n    subscription = client.v1.subscriptions.retrieve(subscription_id).data\n    granted = {item.id for item in subscription.subscription_entitlements}\n    return feature_id in granted\n' },
    { path: 'app/access.rb', text: () => 'client = Stigg::Client.new\nsubscription = client.v1.subscriptions.retrieve(id).data\nputs subscription.subscription_entitlements.any? { |entitlement| entitlement.id == feature }\n' },
    { path: 'billing/access.go', text: () => 'package billing\n\nfunc allowed(ctx context.Context, client stigg.Client, id, feature string) (bool, error) {\n\tsubscription, err := client.V1.Subscriptions.Get(ctx, id)\n\tif err != nil {\n\t\treturn false, err\n\t}\n\tfor _, entitlement := range subscription.Data.SubscriptionEntitlements {\n\t\tif entitlement.ID == feature {\n\t\t\treturn true, nil\n\t\t}\n\t}\n\treturn false, nil\n}\n' },
    { path: 'Access.java', text: () => 'class Access {\n  boolean may(StiggClient stigg, String id, String feature) {\n    var subscription = stigg.v1().subscriptions().retrieve(id).data();\n    return subscription.subscriptionEntitlements().stream().anyMatch(one -> one.id().equals(feature));\n  }\n}\n' },
    { path: 'Access.kt', text: () => 'fun may(stigg: StiggClient, id: String): Boolean {\n    val subscription = stigg.v1().subscriptions().retrieve(id).data()\n    return subscription.subscriptionEntitlements().any { it.id() == "feature-export" }\n}\n' },
    { path: 'Access.cs', text: () => 'class Access {\n  async Task<bool> May(StiggClient stigg, string id) {\n    var subscription = await stigg.V1.Subscriptions.Retrieve(id);\n    return subscription.Data.SubscriptionEntitlements.Any(one => one.ID == "feature-export");\n  }\n}\n' },
  ],
  good: [
    { path: 'src/merged.ts', text: () => 'async function effective(id: string) {\n  const { data } = await stigg.v1.subscriptions.retrieve(id);\n  const plan = await stigg.v1.plans.entitlements.list(data.planId);\n  const merged = new Map(plan.data.map((one) => [one.id, one]));\n  for (const one of data.subscriptionEntitlements) merged.set(one.id, one);\n  return merged;\n}\n' },
    { path: 'src/handed.ts', text: () => "async function ownOf(id: string) {\n  const { data } = await stigg.v1.subscriptions.retrieve(id);\n  return data.subscriptionEntitlements;\n}\nexport async function may(id: string, planId: string, feature: string) {\n  const plan = await stigg.v1.plans.entitlements.list(planId);\n  const own = await ownOf(id);\n  return [...plan.data, ...own].some((one) => one.id === feature);\n}\n" },
    { path: 'src/shown.ts', text: () => "const { data } = await stigg.v1.subscriptions.retrieve(id);\nconst overrides = data.subscriptionEntitlements;\nshow(overrides.map((one) => one.id));\nconst first = overrides.find((one) => one.id === 'seats');\n" },
    { path: 'src/count.ts', text: () => 'const { data } = await stigg.v1.subscriptions.retrieve(id);\nlog(data.subscriptionEntitlements.length);\n' },
    { path: 'src/check.ts', text: () => "export async function may(customerId: string) {\n  const { data } = await stigg.v1.customers.checkEntitlement(customerId, { featureId: 'export' });\n  return data.isGranted;\n}\n" },
    { path: 'src/own.ts', text: () => "// Stigg fills this table every night.\nconst row = await db.subscriptions.retrieve(id);\nexport const may = row.subscriptionEntitlements.includes('export');\n" },
    { path: 'billing/merged.py', text: () => 'def features(subscription_id):\n    # stigg\n    subscription = client.v1.subscriptions.retrieve(subscription_id).data\n    names = {item.id for item in client.v1.plans.entitlements.list(subscription.plan_id)}\n    names |= {item.id for item in subscription.subscription_entitlements}\n    return names\n' },
    { path: 'app/shown.rb', text: () => 'client = Stigg::Client.new\nsubscription = client.v1.subscriptions.retrieve(id).data\nputs subscription.subscription_entitlements.size\n' },
  ],
  // A file that is handed the client need not name Stigg.
  trigger: (text, { stigg }) => /subscription_?entitlements/i.test(text) && (stigg || /\bv1\b/i.test(text)),
  *check({ stigg, program }) {
    if (program === undefined) return;
    const decisions = new Decisions(stigg.code);
    for (const { start, end, answer, node, target, holder } of entitlementReadsIn(stigg)) {
      if (answer.operation !== 'subscriptions.retrieve') continue;
      const decides = node !== undefined ? decisions.byValue(node) : target !== undefined && decisions.byName(target, holder);
      if (!decides || isCompleted(holder, stigg)) continue;
      yield {
        anchor: `entitlements@${start}`,
        severity: 'info',
        start,
        end,
        message: l10n.t('These are the overrides of the subscription only. What the plan and its add-ons give is missing: ask Stigg for the entitlements of the customer, or of the plan too.'),
        fixes: [],
      };
    }
  },
};

/** The rest is read as well where the overrides are: in the same function, one that it calls, or one that calls it. */
function isCompleted(read: IrNode, stigg: StiggFacts): boolean {
  const { code, answers } = stigg;
  const isComplete = (node: IrNode): boolean => {
    if (node.kind !== 'call') return false;
    const sent = answers.calls.get(node);
    if (sent !== undefined) return sent.surface === 'graphql' ? /entitle/i.test(sent.operation ?? 'entitle') : COMPLETE.has(sent.operation ?? '');
    // What another file reads.
    const callee = unwrap(node.callee);
    const name = callee.kind === 'name' || callee.kind === 'member' ? canonical(callee.name) : '';
    return /entitlement/i.test(name) && name !== 'subscriptionEntitlements' && !/^(?:is|on|show|render|print|format|log)/.test(name) && code.tracer.functionOf(node) === undefined && node.arguments.length > 0;
  };
  const calls = (node: IrNode): boolean => {
    const fn = node.kind === 'call' ? code.tracer.functionOf(node) : undefined;
    return fn !== undefined && holds(fn, isComplete);
  };
  const home = homeOf(read);
  // At the top of a script other branches have nothing to do with it.
  if (home.kind !== 'function') return isCompletedInBlock(read, isComplete);
  if (holds(home, (node) => isComplete(node) || calls(node))) return true;
  return code.callsOf(home).some((call) => functionAround(call).kind === 'function' && holds(functionAround(call), isComplete));
}

/** In the blocks that always run with this one. */
function isCompletedInBlock(read: IrNode, isComplete: (node: IrNode) => boolean): boolean {
  let inner = read;
  for (let node = read.parent; node !== undefined; inner = node, node = node.parent) {
    if (node.kind !== 'group') continue;
    const block = node;
    const own = inner;
    const statements = block.children.filter((child) => child === own || (block.parent !== undefined && !block.isScope) || child.kind !== 'group');
    if (statements.some((statement) => holds(statement, isComplete))) return true;
  }
  return false;
}

/** The function around; that of `.then(…)` and `.map(…)` is part of the one around it. */
function homeOf(read: IrNode): IrNode {
  let home = functionAround(read);
  while (home.kind === 'function' && home.parent !== undefined && handedTo(home, 0) !== undefined) home = functionAround(home.parent);
  return home;
}
