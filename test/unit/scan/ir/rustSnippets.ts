import type { Snippet } from './jvm.js';

/** What people write in Rust, and what each statement of it becomes. */
export const SNIPPETS: readonly Snippet[] = [
  {
    name: 'coupon.rs',
    text: `use reqwest::Client;
use serde_json::{json, Value};

const BASE_URL: &str = "https://api.stigg.io/api/v1";
const CENTS: f64 = 100.0;

pub async fn create_coupon(client: &Client, dollars: f64) -> Result<Value, reqwest::Error> {
    let key = std::env::var("STIGG_API_KEY").expect("STIGG_API_KEY is not set");
    let body = json!({
        "id": "coupon-spring",
        "amountsOff": [{ "amount": (dollars * CENTS).round() as i64, "currency": "usd" }],
        "percentOff": null,
    });
    let response = client
        .post(format!("{BASE_URL}/coupons"))
        .header("X-API-KEY", key)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", Uuid::new_v4().to_string())
        .json(&body)
        .send()
        .await?;
    response.json().await
}
`,
    printed: [
      'let BASE_URL: &str = "https://api.stigg.io/api/v1"',
      'let CENTS: f64 = 100',
      'fn create_coupon(client: &Client, dollars: f64) { let key = std.env.var("STIGG_API_KEY").expect("STIGG_API_KEY is not set"); let body = {id: "coupon-spring", amountsOff: [{amount: cast (dollars * CENTS).round(), currency: "usd"}], percentOff: null}; let response = cast await client.post(format("${BASE_URL}/coupons")).header("X-API-KEY", key).header("Content-Type", "application/json").header("Idempotency-Key", Uuid.new_v4().to_string()).json(&body).send(); return await response.json() }',
    ],
  },
  {
    name: 'graphql.rs',
    text: `fn provision(agent: &ureq::Agent, customer: &str, cents: i64) -> Result<String, ureq::Error> {
    let query = r#"mutation ($input: ProvisionSubscriptionInput!) { provisionSubscription(input: $input) { id } }"#;
    let price = Price { amount: to_dollars(cents), ..Price::default() };
    let reply: Reply = agent
        .post("https://api.stigg.io/graphql")
        .set("X-API-KEY", &env::var("STIGG_SERVER_API_KEY")?)
        .send_json(ureq::json!({ "query": query, "variables": { "input": { "customerId": customer, "priceOverrides": [{ "price": price }] } } }))?
        .into_json()?;
    Ok(reply.data.provision_subscription.id)
}

fn to_dollars(cents: i64) -> f64 {
    cents as f64 / 100.0
}
`,
    printed: [
      'fn provision(agent: &ureq::Agent, customer: &str, cents: i64) { let query = "mutation ($input: ProvisionSubscriptionInput!) { provisionSubscription(input: $input) { id } }"; let price = Price{amount: to_dollars(cents), ...Price.default()}; let reply: Reply = cast cast agent.post("https://api.stigg.io/graphql").set("X-API-KEY", &cast env.var("STIGG_SERVER_API_KEY")).send_json({query: query, variables: {input: {customerId: customer, priceOverrides: [{price: price}]}}}).into_json(); return Ok(reply.data.provision_subscription.id) }',
      'fn to_dollars(cents: i64) { return (cast cents / 100) }',
    ],
  },
  {
    name: 'maps.rs',
    text: `fn body(prices: &[Price]) -> HashMap<&'static str, Value> {
    let mut body = HashMap::new();
    body.insert("currency", json!("usd"));
    let tiers: Vec<Value> = prices.iter().enumerate().map(|(i, p)| json!({ "upTo": i, "unitPrice": { "amount": p.unit_amount * 100, "currency": p.currency } })).collect();
    body.insert("tiers", Value::Array(tiers));
    let cost = HashMap::from([("amount", 49.0), ("limit", 500.0)]);
    let total = { let sum: f64 = prices.iter().map(|p| p.amount).sum(); sum };
    for (name, value) in &cost {
        body.insert(name, json!(value));
    }
    body.extend(hashmap! { "amount" => json!(total), "items" => json!(vec![1, 2]) });
    body
}
`,
    printed: [
      'fn body(prices: &[Price]) { let body = HashMap.new(); body.insert("currency", "usd"); let tiers: Vec<Value> = prices.iter().enumerate().map(fn (i<0> p<1>) { return {upTo: i, unitPrice: {amount: (p.unit_amount * 100), currency: p.currency}} }).collect(); body.insert("tiers", Value.Array(tiers)); let cost = HashMap.from([["amount", 49], ["limit", 500]]); let total = { let sum: f64 = prices.iter().map(fn (p) { return p.amount }).sum(); sum }; { let name<0>, value<1> of &cost; { body.insert(name, value) } }; body.extend({amount: total, items: [1, 2]}); return body }',
    ],
  },
  {
    name: 'provision.rs',
    text: `#[derive(Serialize)]
struct Money<'a> {
    amount: f64,
    currency: &'a str,
}

impl Billing {
    pub fn new(key: String) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert("X-API-KEY", HeaderValue::from_str(&key).unwrap());
        Self { http: Client::builder().default_headers(headers).build().unwrap(), key }
    }

    /// Provisions the plan for what Stripe charges.
    pub async fn provision(&self, price: &stripe::Price, plan: Option<&str>) -> anyhow::Result<()> {
        let amount = match price.unit_amount {
            Some(cents) => cents as f64 / 100.0,
            None => return Err(anyhow!("{} has no amount", price.id)),
        };
        let minimum = Money { amount, currency: "usd" };
        if let Some(plan) = plan {
            self.http
                .post("https://api.stigg.io/api/v1/subscriptions")
                .json(&serde_json::json!({ "planId": plan, "minimumSpend": minimum, "priceOverrides": [{ "amount": price.unit_amount, "currency": "usd" }] }))
                .send()
                .await?
                .error_for_status()?;
        }
        Ok(())
    }
}
`,
    printed: [
      'class Billing { fn new(key: String) { let headers = HeaderMap.new(); headers.insert("X-API-KEY", HeaderValue.from_str(&key).unwrap()); return Self{http: Client.builder().default_headers(headers).build().unwrap(), key} }; fn provision(self, price: &stripe::Price, plan: Option<&str>) { let amount = { let cents = price.unit_amount; (? (cast cents / 100) | return Err(anyhow("{} has no amount", price.id))) }; let minimum = Money{amount, currency: "usd"}; { let plan = plan; (? { cast cast await self.http.post("https://api.stigg.io/api/v1/subscriptions").json(&{planId: plan, minimumSpend: minimum, priceOverrides: [{amount: price.unit_amount, currency: "usd"}]}).send().error_for_status() }) }; return Ok([]) } }',
    ],
  },
  {
    name: 'raw.rs',
    text: `#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let payload = "{\\"amount\\": 4900, \\"cost\\": {\\"amount\\": 49}}";
    let request = hyper::Request::builder()
        .method("POST")
        .uri(format!("https://api.stigg.io/api/v1/credits/grants?limit={}", 500))
        .header(AUTHORIZATION, format!("Bearer {token}"))
        .body(Full::new(Bytes::from_static(payload.as_bytes())))?;
    let response = tokio::time::timeout(Duration::from_secs(5), client.request(request)).await??;
    match response.status().as_u16() {
        200 | 201 => println!("done"),
        401 if !retried => eprintln!("the key is expired"),
        status => return Err(format!("{status}").into()),
    }
    Ok(())
}
`,
    printed: [
      'fn main() { let payload = "{"amount": 4900, "cost": {"amount": 49}}"; let request = cast hyper.Request.builder().method("POST").uri(format("https://api.stigg.io/api/v1/credits/grants?limit={}", 500)).header(AUTHORIZATION, format("Bearer ${token}")).body(Full.new(Bytes.from_static(payload.as_bytes()))); let response = cast cast await tokio.time.timeout(Duration.from_secs(5), client.request(request)); { let status = response.status().as_u16(); ((!retried) ? println("done") | eprintln("the key is expired") | return Err(format("${status}").into())) }; return Ok([]) }',
    ],
  },
  {
    name: 'stripe.rs',
    text: `lazy_static! {
    static ref CLIENT: Client = Client::new();
}

async fn charge(preview: Preview, currency: stripe::Currency) -> Result<PaymentIntent, Error> {
    let Preview { data: Data { immediate_invoice: Invoice { total, .. }, .. } } = preview;
    let mut params = CreatePaymentIntent::new((total * 100.0).round() as i64, currency);
    params.metadata = Some([("source".to_string(), "stigg".to_string())].into());
    while let Some(page) = pages.next().await {
        let entitlements = &page["data"][0]["subscriptionEntitlements"];
        tokio::spawn(async move { record(entitlements).await });
    }
    PaymentIntent::create(&CLIENT, params).await
}
`,
    printed: [
      'lazy_static(let CLIENT: Client = Client.new())',
      'fn charge(preview: Preview, currency: stripe::Currency) { let total<data.immediate_invoice.total> = preview; let params = CreatePaymentIntent.new(cast (total * 100).round(), currency); params.metadata = Some([["source".to_string(), "stigg".to_string()]].into()); { let page = await pages.next(); { let entitlements = &page.data[0].subscriptionEntitlements; tokio.spawn(await record(entitlements)) } }; return await PaymentIntent.create(&CLIENT, params) }',
    ],
  },
];
