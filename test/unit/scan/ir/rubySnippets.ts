import type { Snippet } from './jvm.js';

export const RUBY_SNIPPETS: readonly Snippet[] = [
  {
    name: 'rest: coupons and grants',
    text: `require "stigg"

stigg = Stigg::Client.new(api_key: ENV.fetch("STIGG_SERVER_API_KEY"))
TO_CENTS = 100

def create_coupon(stigg, name, price, currency: :usd)
  amount = (price * TO_CENTS).round
  stigg.v1.coupons.create(
    id: "coupon-#{name}",
    name:,
    amounts_off: [{ amount:, currency: }],
    percent_off: nil,
    description: "Launch"
  )
end

grant = stigg.v1.credits.grants.create(
  amount: 1_000,
  cost: { amount: 49.00, currency: :usd },
  customer_id: "customer-1",
  **defaults
)
`,
    printed: [
      'require("stigg")',
      'let stigg = Stigg.Client.new(api_key: ENV.fetch("STIGG_SERVER_API_KEY"))',
      'let TO_CENTS = 100',
      'fn create_coupon(stigg, name, price, currency = "usd") { let amount = (price * TO_CENTS).round; return stigg.v1.coupons.create(id: "coupon-${name}", name: name, amounts_off: [{amount, currency}], percent_off: nil, description: "Launch") }',
      'let grant = stigg.v1.credits.grants.create(amount: 1000, cost: {amount: 49, currency: "usd"}, customer_id: "customer-1", ...defaults)',
    ],
  },
  {
    name: 'rest: a service',
    text: `class Billing
  CURRENCY = :usd
  attr_reader :client

  def initialize(client:, retries: 3)
    @client = client
    @retries ||= retries
  end

  def provision(customer, plan, overrides = [])
    tiers = plan.tiers.select(&:flat).map do |tier|
      { flat_price: { amount: tier.flat / 100.0, currency: CURRENCY }, up_to: tier.up_to }
    end
    params = { customer_id: customer.id, plan_id: plan&.id }
    params[:minimum_spend] = { amount: plan.minimum_in_cents, currency: CURRENCY } if plan.minimum?
    params[:price_overrides] = [*overrides, { tiers: tiers }]
    @client.v1.subscriptions.provision(**params)
  rescue Stigg::Errors::APIError => e
    logger.warn "failed: #{e.message}"
    nil
  end

  private

  def to_cents(price) = (price * 100).to_i
end
`,
    printed: [
      'class Billing { let CURRENCY = "usd"; attr_reader("client"); fn initialize(client, retries = 3) { self.client = client; return self.retries ||= retries }; fn provision(customer, plan, overrides = []) { let tiers = plan.tiers.select(&"flat").map(fn (tier) { return {flat_price: {amount: (tier.flat / 100), currency: CURRENCY}, up_to: tier.up_to} }); let params = {customer_id: customer.id, plan_id: plan.id}; (plan.minimum? ? params.minimum_spend = {amount: plan.minimum_in_cents, currency: CURRENCY}); params.price_overrides = [...overrides, {tiers: tiers}]; return self.client.v1.subscriptions.provision(...params); Stigg.Errors.APIError; let e; logger.warn("failed: ${e.message}"); return nil }; private; fn to_cents(price) { return (price * 100).to_i } }',
    ],
  },
  {
    name: 'graphql: the old client',
    text: `require("stigg")

client = Stigg.create_client(ENV["STIGG_SERVER_API_KEY"])

resp = client.request(Stigg::Mutation::ProvisionSubscription, {
  "input": {
    "customerId": customer.id,
    "priceOverrides": [
      { "price": { "amount": price.unit_amount, "currency": price[:currency].upcase } }
    ]
  }
})
total = resp.dig("provisionSubscription", "total")["amount"] / 100
puts resp unless total.zero?
`,
    printed: [
      'require("stigg")',
      'let client = Stigg.create_client(ENV.STIGG_SERVER_API_KEY)',
      'let resp = client.request(Stigg.Mutation.ProvisionSubscription, {input: {customerId: customer.id, priceOverrides: [{price: {amount: price.unit_amount, currency: price.currency.upcase}}]}})',
      'let total = (resp.dig("provisionSubscription", "total").amount / 100)',
      '(total.zero? ? puts(resp))',
    ],
  },
  {
    name: 'http: Net::HTTP',
    text: `require "net/http"
require "json"

uri = URI("https://api.stigg.io/api/v1/coupons")
request = Net::HTTP::Post.new(uri, "Content-Type" => "application/json")
request["X-API-KEY"] = ENV.fetch("STIGG_SERVER_API_KEY")
request["Idempotency-Key"] = SecureRandom.uuid
request.body = { id: "launch", amountsOff: [{ amount: 4900, currency: "usd" }] }.to_json

response = Net::HTTP.start(uri.hostname, uri.port, use_ssl: true) { |http| http.request(request) }
case response
when Net::HTTPSuccess
  JSON.parse(response.body, symbolize_names: true)[:data]
else
  raise "Stigg: #{response.code}"
end
`,
    printed: [
      'require("net/http")',
      'require("json")',
      'let uri = URI("https://api.stigg.io/api/v1/coupons")',
      'let request = Net.HTTP.Post.new(uri, Content-Type: "application/json")',
      'request.X-API-KEY = ENV.fetch("STIGG_SERVER_API_KEY")',
      'request.Idempotency-Key = SecureRandom.uuid',
      'request.body = {id: "launch", amountsOff: [{amount: 4900, currency: "usd"}]}.to_json',
      'let response = Net.HTTP.start(uri.hostname, uri.port, use_ssl: true, fn (http) { return http.request(request) })',
      '(response, Net.HTTPSuccess ? JSON.parse(response.body, symbolize_names: true).data | raise("Stigg: ${response.code}"))',
    ],
  },
  {
    name: 'http: Faraday and a heredoc',
    text: `conn = Faraday.new(url: "https://api.stigg.io", headers: { "Authorization" => "Bearer #{key}" }) do |f|
  f.request :json
  f.response :json
end

query = <<~GRAPHQL
  mutation {
    createCoupon(input: { amountsOff: [{ amount: #{price * 100}, currency: USD }] }) { id }
  }
GRAPHQL

conn.post("/graphql", { query: query }) do |req|
  req.headers["X-API-KEY"] = key
  req.params = { limit: 200 }
end

conn.post("/api/v1/credits/grants", JSON.generate(cost: { amount: legacy ? to_cents(49) : 49, currency: "usd" }), <<~NOTE)
  for #{customer.id}
NOTE
`,
    printed: [
      'let conn = Faraday.new(url: "https://api.stigg.io", headers: {Authorization: "Bearer ${key}"}, fn (f) { f.request("json"); return f.response("json") })',
      'let query = "mutation {\n  createCoupon(input: { amountsOff: [{ amount: ${(price * 100)}, currency: USD }] }) { id }\n}\n"',
      'conn.post("/graphql", {query: query}, fn (req) { req.headers.X-API-KEY = key; return req.params = {limit: 200} })',
      'conn.post("/api/v1/credits/grants", JSON.generate(cost: {amount: (legacy ? to_cents(49) | 49), currency: "usd"}), "for ${customer.id}\n")',
    ],
  },
  {
    name: 'http: HTTParty',
    text: `class StiggApi
  include HTTParty
  base_uri "https://api.stigg.io/api/v1"
  headers "X-API-KEY" => ENV["STIGG_SERVER_API_KEY"], "Content-Type": "application/json"

  def self.grant(customer_id, dollars)
    post "/credits/grants", body: { customerId: customer_id, cost: { amount: dollars, currency: "usd" } }.to_json
  end

  class << self
    def coupons(limit: 100)
      get("/coupons", query: { limit: })["data"].flat_map { |c| c["amountsOff"].map { it["amount"] * 100 } }
    end
  end
end
`,
    printed: [
      'class StiggApi { include(HTTParty); base_uri("https://api.stigg.io/api/v1"); headers(X-API-KEY: ENV.STIGG_SERVER_API_KEY, Content-Type: "application/json"); fn grant(customer_id, dollars) { return post("/credits/grants", body: {customerId: customer_id, cost: {amount: dollars, currency: "usd"}}.to_json) }; fn coupons(limit = 100) { return get("/coupons", query: {limit}).data.flat_map(fn (c) { return c.amountsOff.map(fn (it) { return (it.amount * 100) }) }) } }',
    ],
  },
  {
    name: 'stripe beside stigg',
    text: `def mirror(subscription)
  subscription.latest_invoice => { total:, currency: }
  amount, fee = total * 100, 0
  amount += fee unless fee.zero?
  Stripe::PaymentIntent.create(
    { amount: amount || 0, currency: currency, metadata: { subscription: subscription.id, **extra } },
    { idempotency_key: "#{subscription.id}:#{Time.now.to_i}" }
  )
  return unless amount.between?(1, LIMIT) && !dry_run

  yield amount if block_given?
end
`,
    printed: [
      'fn mirror(subscription) { let total<total>, currency<currency> = subscription.latest_invoice; let amount = (total * 100); let fee = 0; (fee.zero? ? amount += fee); Stripe.PaymentIntent.create({amount: (? amount | 0), currency: currency, metadata: {subscription: subscription.id, ...extra}}, {idempotency_key: "${subscription.id}:${Time.now.to_i}"}); ((amount.between?(1, LIMIT) ? (!dry_run)) ? return); return (block_given? ? yield(amount)) }',
    ],
  },
];
