import type { Snippet } from './jvm.js';

export const PYTHON_SNIPPETS: readonly Snippet[] = [
  {
    name: 'rest: coupons and grants',
    text: `import os
from decimal import Decimal

from stigg import Stigg

client = Stigg(api_key=os.environ["STIGG_SERVER_API_KEY"])
TO_CENTS = 100


def create_coupon(name: str, price: Decimal, currency: str = "usd"):
    amount = int(price * TO_CENTS)
    return client.v1.coupons.create(
        id=f"coupon-{name}",
        name=name,
        amounts_off=[{"amount": amount, "currency": currency}],
        percent_off=None,
        description="""Launch
offer""",
    )


grant = client.v1.credits.grants.create(
    amount=1_000,
    cost={"amount": 49.00, "currency": "usd"},
    customer_id="customer-1",
    **defaults,
)
`,
    printed: [
      'let client = Stigg(api_key: os.environ.STIGG_SERVER_API_KEY)',
      'let TO_CENTS = 100',
      'fn create_coupon(name: str, price: Decimal, currency: str = "usd") { let amount = int((price * TO_CENTS)); return client.v1.coupons.create(id: "coupon-${name}", name: name, amounts_off: [{amount: amount, currency: currency}], percent_off: None, description: "Launch\noffer") }',
      'let grant = client.v1.credits.grants.create(amount: 1000, cost: {amount: 49, currency: "usd"}, customer_id: "customer-1", ...defaults)',
    ],
  },
  {
    name: 'rest: async provisioning',
    text: `from stigg import AsyncStigg


class Billing:
    """Talks to Stigg."""

    retries: int = 3

    def __init__(self, client: AsyncStigg, *, currency="usd"):
        self.client = client
        self.currency = currency

    async def provision(self, customer_id, plan, overrides=(), **extra):
        tiers = [
            {"flat_price": {"amount": t.flat / 100, "currency": self.currency}, "up_to": t.up_to}
            for t in plan.tiers
            if t.flat
        ]
        params = {"customer_id": customer_id, "plan_id": plan.id, **extra}
        if minimum := plan.minimum_in_cents:
            params["minimum_spend"] = {"amount": minimum, "currency": self.currency}
        params["price_overrides"] = [*overrides, {"tiers": tiers}]
        async with self.client.with_options(max_retries=self.retries) as client:
            return (await client.v1.subscriptions.provision(**params)).data
`,
    printed: [
      'class Billing { "Talks to Stigg."; let retries: int = 3; fn __init__(client: AsyncStigg, currency = "usd") { self.client = client; self.currency = currency }; fn provision(customer_id, plan, overrides = [], extra) { let tiers = { let t of plan.tiers; t.flat; [{flat_price: {amount: (t.flat / 100), currency: self.currency}, up_to: t.up_to}] }; let params = {customer_id: customer_id, plan_id: plan.id, ...extra}; let minimum = plan.minimum_in_cents; params.minimum_spend = {amount: minimum, currency: self.currency}; params.price_overrides = [...overrides, {tiers: tiers}]; let client = self.client.with_options(max_retries: self.retries); return await client.v1.subscriptions.provision(...params).data } }',
    ],
  },
  {
    name: 'graphql: the old client',
    text: `from stigg import Stigg
from stigg.generated import ProvisionCustomerInput

client = Stigg.create_client(api_key, request_timeout=10)

mutation = """
mutation ProvisionSubscription($input: ProvisionSubscriptionInput!) {
  provisionSubscription(input: $input) { id }
}
"""
price = stripe.Price.retrieve("price_1")
data = client.request(Stigg.mutation.provision_subscription, {
    "input": {
        "customerId": customer.id,
        "priceOverrides": [
            {"price": {"amount": price.unit_amount, "currency": price["currency"].upper()}},
        ],
    },
})
total = data["provisionSubscription"]["subscription"]["total"]["amount"] / 100
customer = client.request(Stigg.mutation.provision_customer, ProvisionCustomerInput(**{"customerId": "c"}))
`,
    printed: [
      'let client = Stigg.create_client(api_key, request_timeout: 10)',
      'let mutation = "\nmutation ProvisionSubscription($input: ProvisionSubscriptionInput!) {\n  provisionSubscription(input: $input) { id }\n}\n"',
      'let price = stripe.Price.retrieve("price_1")',
      'let data = client.request(Stigg.mutation.provision_subscription, {input: {customerId: customer.id, priceOverrides: [{price: {amount: price.unit_amount, currency: price.currency.upper()}}]}})',
      'let total = (data.provisionSubscription.subscription.total.amount / 100)',
      'let customer = client.request(Stigg.mutation.provision_customer, ProvisionCustomerInput(...{customerId: "c"}))',
    ],
  },
  {
    name: 'http: requests',
    text: `import requests

BASE = "https://api.stigg.io"
session = requests.Session()
session.headers.update({"X-API-KEY": os.getenv("STIGG_SERVER_API_KEY"), "Content-Type": "application/json"})


def post(path, body, key=None):
    headers = {}
    if key:
        headers["Idempotency-Key"] = key
    response = session.post(f"{BASE}/api/v1/{path}", headers=headers, json=body, timeout=(3, 10))
    response.raise_for_status()
    return response.json()["data"]


for coupon in coupons:
    try:
        post("coupons", {"id": coupon.id, "amountsOff": [{"amount": round(coupon.value * 100), "currency": "usd"}]})
    except requests.HTTPError as error:
        print("failed: %s" % error.response.status_code)
`,
    printed: [
      'let BASE = "https://api.stigg.io"',
      'let session = requests.Session()',
      'session.headers.update({X-API-KEY: os.getenv("STIGG_SERVER_API_KEY"), Content-Type: "application/json"})',
      'fn post(path, body, key = None) { let headers = {}; key; headers.Idempotency-Key = key; let response = session.post("${BASE}/api/v1/${path}", headers: headers, json: body, timeout: [3, 10]); response.raise_for_status(); return response.json().data }',
      'let coupon of coupons; post("coupons", {id: coupon.id, amountsOff: [{amount: round((coupon.value * 100)), currency: "usd"}]}); requests.HTTPError; let error; print(("failed: %s" % error.response.status_code))',
    ],
  },
  {
    name: 'http: httpx and json',
    text: `import httpx, json

async def main():
    async with httpx.AsyncClient(base_url="https://api.stigg.io", headers={"Authorization": f"Bearer {key}"}) as http:
        body = json.dumps({"cost": {"amount": to_cents(49) if legacy else 49, "currency": "usd"}})
        res = await http.post("/api/v1/credits/grants", content=body)
        rows = (await http.get("/api/v1/coupons", params=dict(limit=200))).json()
        return [row["amountsOff"][0]["amount"] * 100 for row in rows["data"]], res


to_cents = lambda dollars: int(dollars * 10 ** 2)
`,
    printed: [
      'fn main() { let http = httpx.AsyncClient(base_url: "https://api.stigg.io", headers: {Authorization: "Bearer ${key}"}); let body = json.dumps({cost: {amount: (legacy ? to_cents(49) | 49), currency: "usd"}}); let res = await http.post("/api/v1/credits/grants", content: body); let rows = await http.get("/api/v1/coupons", params: dict(limit: 200)).json(); return [{ let row of rows.data; [(row.amountsOff[0].amount * 100)] }, res] }',
      'let to_cents = fn (dollars) { return int((dollars * (10 ** 2))) }',
    ],
  },
  {
    name: 'stripe beside stigg',
    text: `def mirror(subscription):
    invoice = subscription.latest_invoice
    match invoice:
        case {"total": total, "currency": currency}:
            pass
        case _:
            total, currency = 0, "usd"
    total *= 100
    stripe.PaymentIntent.create(
        amount=total or 0,
        currency=currency,
        metadata={"subscription": subscription.id, **(extra or {})},
        idempotency_key=f"{subscription.id}:{invoice.id}",
    )
    if 0 < total <= LIMIT and not dry_run:
        yield total
`,
    printed: [
      'fn mirror(subscription) { let invoice = subscription.latest_invoice; invoice; let total<total>, currency<currency>; let total = 0; let currency = "usd"; total *= 100; stripe.PaymentIntent.create(amount: (? total | 0), currency: currency, metadata: {subscription: subscription.id, ...(? extra | {})}, idempotency_key: "${subscription.id}:${invoice.id}"); (((0 < total) <= LIMIT) ? (!dry_run)); yield(total) }',
    ],
  },
  {
    name: 'dataclass and helpers',
    text: `@dataclass(frozen=True)
class Money:
    amount: float
    currency: str = "usd"

    @property
    def in_cents(self) -> int:
        return round(self.amount * 100)

    def to_stigg(self):
        return {"amount": self.amount, "currency": self.currency}


prices = {p.id: Money(p.unit_amount / 100, p.currency) for p in stripe.Price.list().auto_paging_iter()}
client.v1.plans.update("plan-1", charges={"pricing_models": [{"price_periods": [
    {"billing_period": "MONTHLY", "price": prices[plan.price_id].to_stigg()},
]}]})
`,
    printed: [
      'dataclass(frozen: True)',
      'class Money { let amount: float; let currency: str = "usd"; property; fn in_cents() { return round((self.amount * 100)) }; fn to_stigg() { return {amount: self.amount, currency: self.currency} } }',
      'let prices = { let p of stripe.Price.list().auto_paging_iter(); {[p.id]: Money((p.unit_amount / 100), p.currency)} }',
      'client.v1.plans.update("plan-1", charges: {pricing_models: [{price_periods: [{billing_period: "MONTHLY", price: prices[plan.price_id].to_stigg()}]}]})',
    ],
  },
];
