/** Code as people write it against Stigg, by the file it would stand in, and what it becomes. */
export const SNIPPETS: readonly (readonly [path: string, text: string, printed: readonly string[]])[] = [
  ['rest.ts', `
import Stigg from '@stigg/typescript';
import type Stripe from 'stripe';

const client = new Stigg({ apiKey: process.env.STIGG_API_KEY! });

/** Takes over a coupon. */
export async function migrate(coupon: Stripe.Coupon, percent = false): Promise<string> {
  const { amount_off: amountOff, currency = 'usd' } = coupon;
  const { data } = await client.v1.coupons.create({
    id: coupon.id,
    ...(percent ? { percentOff: coupon.percent_off } : { amountsOff: [{ amount: amountOff! * 100, currency }] }),
  }, { idempotencyKey: \`coupon-\${coupon.id}\` });
  return data.id;
}
`, [
    'let client = new Stigg({apiKey: cast process.env.STIGG_API_KEY})',
    'fn migrate(coupon: Stripe.Coupon, percent = false) { let amountOff<amount_off>, currency<currency> = coupon; currency ??= "usd"; let data<data> = await client.v1.coupons.create({id: coupon.id, ...(percent ? {percentOff: coupon.percent_off} | {amountsOff: [{amount: (cast amountOff * 100), currency}]})}, {idempotencyKey: "coupon-${coupon.id}"}); return data.id }',
  ]],
  ['billing.service.ts', `
@Injectable()
export class BillingService {
  private static readonly CENTS = 100;
  #cache = new Map<string, Subscription>();

  constructor(private readonly stigg: Stigg, private readonly config: ConfigService) {}

  async onModuleInit() {
    await this.stigg.waitForInitialization();
  }

  async provision(customerId: string, priceInCents: number) {
    const tiers = this.tiersOf(priceInCents).map(({ upTo, cents }) => ({ upTo, unitPrice: { amount: cents / BillingService.CENTS, currency: Currency.Usd } }));
    const subscription = await this.stigg.provisionSubscription({
      customerId,
      planId: this.config.get<string>('PLAN') ?? 'plan-pro',
      priceOverrides: [{ featureId: 'seats', price: { amount: priceInCents, currency: Currency.Usd }, tiers }],
      minimumSpend: { minimum: { amount: 49 } },
    });
    this.#cache.set(customerId, subscription);
    return subscription;
  }

  private tiersOf = (cents: number) => [{ upTo: 10, cents }];
}
`, [
    'Injectable()',
    'class BillingService { let CENTS = 100; let #cache = new Map(); let stigg: Stigg; let config: ConfigService; fn constructor(stigg: Stigg, config: ConfigService) {  }; fn onModuleInit() { await this.stigg.waitForInitialization() }; fn provision(customerId: string, priceInCents: number) { let tiers = this.tiersOf(priceInCents).map(fn (upTo<upTo> cents<cents>) { return {upTo, unitPrice: {amount: (cents / BillingService.CENTS), currency: Currency.Usd}} }); let subscription = await this.stigg.provisionSubscription({customerId, planId: (? this.config.get("PLAN") | "plan-pro"), priceOverrides: [{featureId: "seats", price: {amount: priceInCents, currency: Currency.Usd}, tiers}], minimumSpend: {minimum: {amount: 49}}}); this.#cache.set(customerId, subscription); return subscription }; let tiersOf = fn (cents: number) { return [{upTo: 10, cents}] } }',
  ]],
  ['fetch.ts', `
const BASE = 'https://api.stigg.io';
const HEADER = 'X-API-KEY';
const headers: Record<string, string> = { [HEADER]: process.env.STIGG_SERVER_API_KEY as string };
headers['Content-Type'] = 'application/json';

export const grant = async (id: string, cost: number, retries = 3): Promise<unknown> => {
  for (let attempt = 0; attempt < retries; attempt++) {
    const response = await fetch(\`\${BASE}/api/v1/credits/grants?limit=\${20 * 5}\`, {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify({ customerId: id, amount: 1_000, cost: { amount: Math.round(cost * 100), currency: 'usd' } }),
    });
    if (response.ok) return (await response.json()).data;
    else if (response.status !== 429) throw new Error(\`Stigg: \${response.status}\`);
  }
  return undefined;
};
`, [
    'let BASE = "https://api.stigg.io"',
    'let HEADER = "X-API-KEY"',
    'let headers: Record<string, string> = {[HEADER]: cast process.env.STIGG_SERVER_API_KEY}',
    'headers.Content-Type = "application/json"',
    'let grant = fn (id: string, cost: number, retries = 3) { { let attempt = 0; (attempt < retries); attempt; { let response = await fetch("${BASE}/api/v1/credits/grants?limit=${(20 * 5)}", {method: "POST", headers: {...headers, Idempotency-Key: crypto.randomUUID()}, body: JSON.stringify({customerId: id, amount: 1000, cost: {amount: Math.round((cost * 100)), currency: "usd"}})}); response.ok; return await response.json().data; (response.status !== 429); new Error("Stigg: ${response.status}") } }; return undefined }',
  ]],
  ['axios.js', `
const axios = require('axios');
const { API_KEY, url = 'https://api.stigg.io/api/v1' } = require('./config');

const api = axios.create({ baseURL: url, headers: { Authorization: 'Bearer ' + API_KEY } });
api.interceptors.request.use(function (config) { config.headers['X-Trace'] = config.id || 'none'; return config; });

let total = 0;
async function entitlements() {
  const { data: { data: subscriptions } } = await api.get('/subscriptions', { params: { limit: 200 } });
  for (const { id, subscriptionEntitlements: [first] = [], price } of subscriptions) {
    total += price?.amount / 100;
    console.log(id, first && first.usageLimit);
  }
  return total;
}

module.exports = { entitlements, usage: (events) => api.post(\`/usage\`, { usages: events.map((e) => ({ ...e, value: e.value })) }) };
`, [
    'let axios = require("axios")',
    'let API_KEY<API_KEY>, url<url> = require("./config")',
    'url ??= "https://api.stigg.io/api/v1"',
    'let api = axios.create({baseURL: url, headers: {Authorization: ("Bearer " + API_KEY)}})',
    'api.interceptors.request.use(fn (config) { config.headers.X-Trace = (? config.id | "none"); return config })',
    'let total = 0',
    'fn entitlements() { let subscriptions<data.data> = await api.get("/subscriptions", {params: {limit: 200}}); { let id<id>, first<subscriptionEntitlements.0>, price<price> of subscriptions; first<0> ??= []; { total += (price.amount / 100); console.log(id, (first ? first.usageLimit)) } }; return total }',
    'module.exports = {entitlements, usage: fn (events) { return api.post("/usage", {usages: events.map(fn (e) { return {...e, value: e.value} })}) }}',
  ]],
  ['graphql.ts', `
import { StiggManagement } from '@stigg/api-client-js';
const sdk = StiggManagement.createClient({ apiKey: key(), apiUrl: undefined });
const QUERY = gql\`
  mutation Create($input: CreateCouponInput!) { createOneCoupon(input: $input) { id } }
\`;
const toCents = (dollars: number): number => dollars * 10 ** 2;

export default async function run(plans: Plan[] = []) {
  await Promise.all(plans.map(async (plan, index) => sdk.setPackagePricing({
    input: {
      packageId: plan.id,
      pricingModels: [{ pricePeriods: [{ billingPeriod: 'MONTHLY', price: { amount: toCents(plan.price), currency: 'USD' } }] }],
    },
  })));
  return got.post('https://api.stigg.io/graphql', { json: { query: QUERY, variables: { input: { amountsOff: [{ amount: +process.env.AMOUNT! }] } } }, headers: { 'X-API-Key': key() } }).json<Answer>();
}
`, [
    'let sdk = StiggManagement.createClient({apiKey: key(), apiUrl: undefined})',
    'let QUERY = gql("\n  mutation Create($input: CreateCouponInput!) { createOneCoupon(input: $input) { id } }\n")',
    'let toCents = fn (dollars: number) { return (dollars * (10 ** 2)) }',
    'fn run(plans: Plan[] = []) { await Promise.all(plans.map(fn (plan, index) { return sdk.setPackagePricing({input: {packageId: plan.id, pricingModels: [{pricePeriods: [{billingPeriod: "MONTHLY", price: {amount: toCents(plan.price), currency: "USD"}}]}]}}) })); return got.post("https://api.stigg.io/graphql", {json: {query: QUERY, variables: {input: {amountsOff: [{amount: cast (+process.env.AMOUNT)}]}}}, headers: {X-API-Key: key()}}).json() }',
  ]],
  ['Paywall.tsx', `
'use client';
export function Paywall({ customer, plans = [], onSelect }: Props) {
  const { stigg } = useStiggContext();
  const [coupon, setCoupon] = useState<Coupon | null>(null);
  useEffect(() => {
    stigg.getCoupon().then(setCoupon).catch((error) => console.error(error));
  }, [stigg]);
  return (
    <StiggProvider apiKey={process.env.NEXT_PUBLIC_STIGG_CLIENT_API_KEY} customerId={customer.id} {...(customer.token ? { customerToken: customer.token } : {})}>
      {plans.map((plan) => (
        <Price key={plan.id} label="from" value={plan.price.amount / 100} onClick={() => onSelect(plan)}>
          {coupon && <b>{coupon.amountsOff?.[0]?.amount} off</b>} per month
        </Price>
      ))}
    </StiggProvider>
  );
}
`, [
    '"use client"',
    'fn Paywall(customer<customer> plans<plans> onSelect<onSelect>: Props) { plans ??= []; let stigg<stigg> = useStiggContext(); let coupon<0>, setCoupon<1> = useState(null); useEffect(fn () { stigg.getCoupon().then(setCoupon).catch(fn (error) { return console.error(error) }) }, [stigg]); return StiggProvider(apiKey: process.env.NEXT_PUBLIC_STIGG_CLIENT_API_KEY, customerId: customer.id, ...(customer.token ? {customerToken: customer.token} | {}), children: plans.map(fn (plan) { return Price(key: plan.id, label: "from", value: (plan.price.amount / 100), onClick: fn () { return onSelect(plan) }, children: (coupon ? b(children: coupon.amountsOff[0].amount))) })) }',
  ]],
  ['webhook.js', `
import { request } from 'undici';
import ky from 'ky';

const stigg = ky.extend({ prefixUrl: 'https://api.stigg.io/api/v1', headers: { 'x-api-key': process.env.STIGG_SERVER_API_KEY } });

export async function POST(req) {
  const event = stripe.webhooks.constructEvent(await req.text(), req.headers.get('stripe-signature'), process.env.WHSEC);
  switch (event.type) {
    case 'checkout.session.completed': {
      const { amount_total: amount, currency, metadata: { customerId } } = event.data.object;
      const body = { customerId };
      body.price = { amount, currency };
      if (amount > 1e4) body.minimumSpend = { amount: Math.round(amount) };
      await stigg.post('subscriptions', { json: body });
      break;
    }
    case 'invoice.paid':
      await request('https://api.stigg.io/api/v1/customers', { method: 'POST', body: \`{"id": "\${event.id}"}\` });
    default:
      return new Response(null, { status: 204 });
  }
}
`, [
    'let stigg = ky.extend({prefixUrl: "https://api.stigg.io/api/v1", headers: {x-api-key: process.env.STIGG_SERVER_API_KEY}})',
    'fn POST(req) { let event = stripe.webhooks.constructEvent(await req.text(), req.headers.get("stripe-signature"), process.env.WHSEC); event.type; { "checkout.session.completed"; { let amount<amount_total>, currency<currency>, customerId<metadata.customerId> = event.data.object; let body = {customerId}; body.price = {amount, currency}; (amount > 10000); body.minimumSpend = {amount: Math.round(amount)}; await stigg.post("subscriptions", {json: body}) }; "invoice.paid"; await request("https://api.stigg.io/api/v1/customers", {method: "POST", body: "{"id": "${event.id}"}"}); return new Response(null, {status: 204}) } }',
  ]],
  ['Widget.jsx', `
import React from 'react';
class Widget extends React.Component {
  state = { amount: 4900 };
  static defaultProps = { currency: 'usd' };
  get dollars() { return this.state.amount / 100; }
  handle = async (event) => {
    event.preventDefault();
    const amount = Number(event.target.value) * 100;
    this.setState((before) => ({ ...before, amount }));
    await stiggClient.updateSubscription({ subscriptionId: this.props.id, budget: { limit: amount, hasSoftLimit: !0 } });
  };
  render() {
    return <form onSubmit={this.handle}><input value={this.dollars} disabled />{this.props.children}</form>;
  }
}
export { Widget as default };
`, [
    'class Widget { let state = {amount: 4900}; let defaultProps = {currency: "usd"}; fn dollars() { return (this.state.amount / 100) }; let handle = fn (event) { event.preventDefault(); let amount = (Number(event.target.value) * 100); this.setState(fn (before) { return {...before, amount} }); await stiggClient.updateSubscription({subscriptionId: this.props.id, budget: {limit: amount, hasSoftLimit: (!0)}}) }; fn render() { return form(onSubmit: this.handle, children: input(value: this.dollars, disabled: ); this.props.children) } }',
  ]],
];
