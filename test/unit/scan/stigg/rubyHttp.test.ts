import { beforeAll, describe, expect, test } from 'vitest';
import type { StiggRequest } from '../../../../src/scan/stigg/request.js';
import { apply } from '../support.js';
import { finderFor, printRequest } from './requestsIn.js';

let requestsIn: (text: string) => readonly StiggRequest[];
beforeAll(async () => {
  requestsIn = await finderFor('lib/stigg_http.rb');
});

const NET = 'require "net/http"\nURI_ = URI("https://api.stigg.io/api/v1/usage")\n';
const FARADAY = 'require "faraday"\nBASE = "https://api.stigg.io/api/v1/"\n';

const ROWS: readonly (readonly [text: string, ...printed: string[]])[] = [
  // Net::HTTP
  [`${NET}request = Net::HTTP::Post.new(URI_)\nrequest["X-API-KEY"] = key\nrequest.body = { a: 1 }.to_json\nhttp.request(request)`, 'POST rest v1/usage usage.report X-API-KEY=* text'],
  [`${NET}request = Net::HTTP::Post.new(URI_, "Content-Type" => "application/json", "Idempotency-Key" => run)\nrequest.add_field("apikey", key)\nrequest.set_form_data(a: 1)`, 'POST rest v1/usage usage.report Content-Type=application/json Idempotency-Key=* apikey=* form'],
  [`${NET}request = Net::HTTP::Post.new(URI_.request_uri, { "X-API-KEY" => key })\nrequest.content_type = "application/json"\nrequest.basic_auth "user", key\nrequest.body = body`, 'POST rest v1/usage usage.report X-API-KEY=* Content-Type=application/json Authorization=user text'],
  [`${NET}request = Net::HTTP::Get.new(URI_, HEADERS)\nsign(request)`, 'GET rest v1/usage - open none'],
  [`${NET}def perform(request)\n  request["X-API-KEY"] = key\n  Net::HTTP.start("a") { |http| http.request(request) }\nend\nrequest = Net::HTTP::Get.new(URI_)\nperform(request)`, 'GET rest v1/usage - X-API-KEY=* none'],
  [`${NET}def build\n  request = Net::HTTP::Get.new(URI_)\n  request["Accept"] = "a"\n  request\nend`, 'GET rest v1/usage - Accept=a open none'],
  [`${NET}request = Net::HTTP::Post.new(URI_).tap do |post|\n  post["X-API-KEY"] = key\n  post.body = JSON.generate(a: 1)\nend`, 'POST rest v1/usage usage.report X-API-KEY=* text'],
  [`${NET}request = Net::HTTP::Get.new(URI_)\nrequest["A"] = 1\nrequest = Net::HTTP::Delete.new(URI_)\nrequest["B"] = 2`, 'GET rest v1/usage - A=1 none', 'DELETE rest v1/usage - B=2 none'],
  ['http = Net::HTTP.new("api.stigg.io", 443)\nhttp.use_ssl = true\nrequest = Net::HTTP::Post.new("/api/v1/coupons")\nrequest["X-API-KEY"] = key\nhttp.request(request)', 'POST rest v1/coupons coupons.create X-API-KEY=* none'],
  ['Net::HTTP.start("api.stigg.io", 443, use_ssl: true) do |http|\n  http.post("/api/v1/usage", body.to_json, "X-API-KEY" => key)\n  http.get("/api/v1/plans", { "X-API-KEY" => key })\nend', 'POST rest v1/usage usage.report X-API-KEY=* text', 'GET rest v1/plans plans.list X-API-KEY=* none'],
  ['uri = URI.parse("https://api.stigg.io/api/v1/usage")\nhttp = Net::HTTP.new(uri.host, uri.port)\nhttp.post(uri.path, body)', 'POST rest v1/usage usage.report text'],
  ['HEADERS = { "apikey" => ENV.fetch("STIGG_SERVER_API_KEY") }.freeze\nNet::HTTP.post(URI("https://api.stigg.io/api/v1/coupons"), JSON.generate(body), HEADERS.merge("Idempotency-Key" => "c-#{id}"))', 'POST rest v1/coupons coupons.create apikey=* Idempotency-Key=c-* text'],
  [`${NET}Net::HTTP.post(URI_, body)\nNet::HTTP.get(URI_, "X-API-KEY" => key)\nNet::HTTP.post_form(URI_, a: 1)\nNet::HTTP.get_response(URI_)`, 'POST rest v1/usage usage.report text', 'GET rest v1/usage - X-API-KEY=* none', 'POST rest v1/usage usage.report form', 'GET rest v1/usage - none'],
  ['Net::HTTP.get(URI("https://api.stigg.io/api/v1/plans?#{URI.encode_www_form(limit: 500)}"))', 'GET rest v1/plans?*= plans.list ?limit none'],
  // Faraday
  [`${FARADAY}conn = Faraday.new(url: BASE, headers: { "X-API-KEY" => key }) do |f|\n  f.request :json\n  f.response :json\n  f.request :retry, max: 2\nend\nconn.post("coupons", { id: 1 }, "Idempotency-Key" => run)\nconn.get("plans", limit: 500)`, 'POST rest v1/coupons coupons.create X-API-KEY=* Idempotency-Key=* json', 'GET rest v1/plans plans.list X-API-KEY=* ?limit none'],
  [`${FARADAY}conn = Faraday.new(BASE)\nconn.post("usage", { a: 1 })\nconn.post("usage", body.to_json, { "Content-Type" => "application/json" })`, 'POST rest v1/usage usage.report form', 'POST rest v1/usage usage.report Content-Type=application/json text'],
  [`${FARADAY}module A\n  def self.connection\n    @connection ||= Faraday.new(url: BASE) do |faraday|\n      faraday.headers["Authorization"] = "Bearer #{key}"\n      faraday.request :json\n      faraday.adapter Faraday.default_adapter\n    end\n  end\n  def self.report(usages)\n    connection.post("usage", { usages: usages })\n  end\n  def grant\n    self.class.connection.post("credits/grants") do |request|\n      request.headers["Idempotency-Key"] = run\n      request.body = { a: 1 }\n    end\n  end\nend`, 'POST rest v1/usage usage.report Authorization=Bearer * json', 'POST rest v1/credits/grants credits.grants.create Authorization=Bearer * Idempotency-Key=* json'],
  [`${FARADAY}conn = Faraday.new(url: BASE, headers: { content_type: "application/json", "X-API-KEY": key })\nconn.headers.merge!("A-B" => 1)\nconn.put("customers/1", body)`, 'PUT rest v1/customers/1 - content-type=application/json X-API-KEY=* A-B=1 text'],
  [`${FARADAY}conn = Faraday.new(url: BASE) { |f| f.request :authorization, "Bearer", key }\nconn.delete("customers/1")`, 'DELETE rest v1/customers/1 - Authorization=* none'],
  [`${FARADAY}conn = Faraday.new(url: BASE) { |f| f.use Signature }\nconn.get("plans")`, 'GET rest v1/plans plans.list open none'],
  [`${FARADAY}conn = Faraday.new(url: BASE, &config)\nconn.get("plans")`, 'GET rest v1/plans plans.list open none'],
  [`${FARADAY}conn = Faraday.new(**options)\nconn.get("https://api.stigg.io/api/v1/plans")`, 'GET rest v1/plans plans.list open none'],
  [`${FARADAY}conn = Faraday.new(url: BASE) { |f| configure(f) }\nconn.get("plans")`, 'GET rest v1/plans plans.list open none'],
  [`${FARADAY}def configure(f)\n  f.headers["X-API-KEY"] = key\nend\nconn = Faraday.new(url: BASE) { |f| configure(f) }\nconn.get("plans")`, 'GET rest v1/plans plans.list X-API-KEY=* none'],
  [`${FARADAY}conn = Faraday.new(url: BASE)\nconn.post do |req|\n  req.url "usage"\n  req.headers = { "X-API-KEY" => key }\n  req.body = JSON.generate(a: 1)\nend`, 'POST rest v1/usage usage.report X-API-KEY=* text'],
  [`${FARADAY}Faraday.post("https://api.stigg.io/graphql", { query: "a" }.to_json, "Content-Type" => "application/json", "X-API-Key" => key)`, 'POST graphql graphql - Content-Type=application/json X-API-Key=* text'],
  ['class A\n  def initialize(key)\n    @graph = Faraday.new(headers: { "X-API-Key" => key }) do |faraday|\n      faraday.request :json\n    end\n  end\n  def f\n    @graph.post("https://api.stigg.io/graphql", { query: 1 })\n  end\nend', 'POST graphql graphql - X-API-Key=* json'],
  // HTTParty
  ['class A\n  include HTTParty\n  base_uri "https://api.stigg.io/api/v1"\n  headers "X-API_KEY" => key, "Accept" => "application/json"\n  def self.provision\n    post("/subscriptions", body: { a: 1 }.to_json, headers: { "Content-Type" => "application/json" })\n  end\n  def preview\n    self.class.post("/subscriptions/preview", body: { a: 1 })\n    self.class.get("/plans", query: { limit: 100 })\n  end\nend\nA.get("/coupons")', 'POST rest v1/subscriptions subscriptions.provision X-API_KEY=* Accept=application/json Content-Type=application/json text', 'POST rest v1/subscriptions/preview subscriptions.preview X-API_KEY=* Accept=application/json form', 'GET rest v1/plans plans.list X-API_KEY=* Accept=application/json ?limit none', 'GET rest v1/coupons coupons.list X-API_KEY=* Accept=application/json none'],
  ['HTTParty.post("https://api.stigg.io/api/v1/usage", body: body.to_json, headers: HEADERS)', 'POST rest v1/usage usage.report open text'],
  ['HTTParty.post("https://api.stigg.io/api/v1/usage", options)', 'POST rest v1/usage usage.report open none'],
  ['options = { headers: { "X-API-KEY" => key }, body: "{}" }\nHTTParty.post("https://api.stigg.io/api/v1/usage", options)', 'POST rest v1/usage usage.report X-API-KEY=* text'],
  ['HTTParty.get("https://api.stigg.io/api/v1/plans", basic_auth: { username: "u", password: key })', 'GET rest v1/plans plans.list Authorization=* none'],
  ['class A\n  include HTTParty\n  base_uri "https://api.stigg.io"\n  basic_auth "u", "p"\n  default_options.update(verify: false)\n  def f = self.class.patch("/api/v1/customers/1", **options)\nend', 'PATCH rest v1/customers/1 customers.update Authorization=u open none'],
  // rest-client, Typhoeus, Excon
  ['RestClient.post("https://api.stigg.io/api/v1/usage", { a: 1 }.to_json, content_type: :json, "X-API-KEY" => key, x_request_id: 1)', 'POST rest v1/usage usage.report content-type=application/json X-API-KEY=* x-request-id=1 text'],
  ['RestClient.get("https://api.stigg.io/api/v1/subscriptions", { params: { limit: 500 }, x_api_key: key })', 'GET rest v1/subscriptions subscriptions.list x-api-key=* ?limit none'],
  ['RestClient.post "https://api.stigg.io/api/v1/usage", { a: 1 }, HEADERS', 'POST rest v1/usage usage.report open form'],
  ['RestClient::Request.execute(method: :patch, url: "https://api.stigg.io/api/v1/customers/1", payload: body.to_json, headers: { content_type: :json })', 'PATCH rest v1/customers/1 customers.update content-type=application/json text'],
  ['Typhoeus.post("https://api.stigg.io/api/v1/usage", body: { a: 1 }.to_json, headers: { "X-API-KEY" => key })', 'POST rest v1/usage usage.report X-API-KEY=* text'],
  ['Typhoeus::Request.new("https://api.stigg.io/api/v1/usage", method: :post, body: { a: 1 }, userpwd: "u:p").run', 'POST rest v1/usage usage.report Authorization=u:p form'],
  ['Excon.get("https://api.stigg.io/api/v1/plans", query: { limit: 1 }, headers: { "X-API-KEY" => key })', 'GET rest v1/plans plans.list X-API-KEY=* ?limit none'],
  // HTTP.rb
  ['HTTP.headers("X-API-KEY" => key).post("https://api.stigg.io/api/v1/usage", json: { a: 1 })', 'POST rest v1/usage usage.report X-API-KEY=* json'],
  ['HTTP.auth("Bearer #{key}").accept(:json).get("https://api.stigg.io/api/v1/subscriptions", params: { limit: 500 })', 'GET rest v1/subscriptions subscriptions.list Authorization=Bearer * Accept=json ?limit none'],
  ['client = HTTP.persistent("https://api.stigg.io").headers(x_api_key: key)\nclient.timeout(3).post("/api/v1/usage", body: body.to_json)', 'POST rest v1/usage usage.report x-api-key=* text'],
  ['HTTP.post("https://api.stigg.io/graphql", json: { query: 1 })\nHTTP.use(Sign).get("https://api.stigg.io/api/v1/plans")', 'POST graphql graphql - json', 'GET rest v1/plans plans.list open none'],
  // not Stigg's, or no request
  ['# stigg\nNet::HTTP.post(URI("https://api.example.com/api/v1/coupons"), body)'],
  ['# stigg\nrequest = Net::HTTP::Post.new(URI("https://portal.example.com/api/v1/plans"))\nrequest["Authorization"] = key'],
  ['# stigg\nconn = Faraday.new(url: "https://api.stripe.com")\nconn.post("/api/v1/coupons", { a: 1 })'],
  ['# stigg\nclass A\n  include HTTParty\n  base_uri "https://api.stripe.com"\n  def f = self.class.post("/v1/coupons")\nend'],
  ['# stigg\nclass A\n  base_uri "https://api.stigg.io"\n  def f = post("/api/v1/coupons")\nend'],
  ['# stigg\nRestClient.post("https://mcp.stigg.io/mcp", {})\nTyphoeus.get("https://example.com/?to=https://api.stigg.io")'],
  ['# stigg\nHTTP.post("https://api.recurly.com/coupons", json: {})'],
  ['stub_request(:post, "https://api.stigg.io/api/v1/usage").to_return(status: 200)'],
  ['visit "https://api.stigg.io/graphql"\npost "https://api.stigg.io/graphql"\nhash.delete("https://api.stigg.io")'],
  ['Net::HTTP::Post.new(\nFaraday.new(url: "https://api.stigg.io").post('],
];

/** What is written in place of the last lines when an Idempotency-Key is added. */
const EDITS: readonly (readonly [lines: string, after: string | undefined])[] = [
  ['request = Net::HTTP::Post.new(URL)', 'request = Net::HTTP::Post.new(URL, "Idempotency-Key" => SecureRandom.uuid)'],
  ['request = Net::HTTP::Post.new(URL, "A" => 1)', 'request = Net::HTTP::Post.new(URL, "A" => 1, "Idempotency-Key" => SecureRandom.uuid)'],
  ['request = Net::HTTP::Post.new(URL, { "A" => 1 })', 'request = Net::HTTP::Post.new(URL, { "A" => 1, "Idempotency-Key" => SecureRandom.uuid })'],
  ['request = Net::HTTP::Post.new URL', undefined],
  ['Net::HTTP.post(URL, body)', 'Net::HTTP.post(URL, body, "Idempotency-Key" => SecureRandom.uuid)'],
  ['Net::HTTP.post(URL, body, HEADERS)', 'Net::HTTP.post(URL, body, HEADERS.merge("Idempotency-Key" => SecureRandom.uuid))'],
  ['Net::HTTP.post(URL, body, HEADERS.merge("A" => 1))', 'Net::HTTP.post(URL, body, HEADERS.merge("A" => 1).merge("Idempotency-Key" => SecureRandom.uuid))'],
  ['Faraday.post(URL, body, "A" => 1)', 'Faraday.post(URL, body, "A" => 1, "Idempotency-Key" => SecureRandom.uuid)'],
  ['Faraday.post(URL, body)', 'Faraday.post(URL, body, "Idempotency-Key" => SecureRandom.uuid)'],
  ['Faraday.post(URL)', 'Faraday.post(URL, nil, "Idempotency-Key" => SecureRandom.uuid)'],
  ['Faraday.post(URL, a: 1)', undefined],
  ['Faraday.post(URL) do |req|\n  req.body = body\nend', 'Faraday.post(URL) do |req|\n  req.headers["Idempotency-Key"] = SecureRandom.uuid\n  req.body = body\nend'],
  ['Faraday.post(URL) { |req| req.body = body }', 'Faraday.post(URL) { |req| req.headers["Idempotency-Key"] = SecureRandom.uuid; req.body = body }'],
  ['HTTParty.post(URL, body: body)', 'HTTParty.post(URL, body: body, headers: { "Idempotency-Key" => SecureRandom.uuid })'],
  ['HTTParty.post(URL)', 'HTTParty.post(URL, headers: { "Idempotency-Key" => SecureRandom.uuid })'],
  ['HTTParty.post(URL, headers: { a: 1 }, body: body)', 'HTTParty.post(URL, headers: { a: 1, "Idempotency-Key" => SecureRandom.uuid }, body: body)'],
  ['HTTParty.post(URL, headers: HEADERS, body: body)', 'HTTParty.post(URL, headers: HEADERS.merge("Idempotency-Key" => SecureRandom.uuid), body: body)'],
  ['HTTParty.post(URL, { body: body })', undefined],
  ['HTTParty.post(URL, options)', undefined],
  ['RestClient.post(URL, body, content_type: :json)', 'RestClient.post(URL, body, content_type: :json, "Idempotency-Key" => SecureRandom.uuid)'],
  ['RestClient.post(URL, body)', 'RestClient.post(URL, body, "Idempotency-Key" => SecureRandom.uuid)'],
  ['HTTP.post(URL, json: body)', 'HTTP.headers("Idempotency-Key" => SecureRandom.uuid).post(URL, json: body)'],
  ['HTTP.auth("a").post(URL, json: body)', 'HTTP.auth("a").headers("Idempotency-Key" => SecureRandom.uuid).post(URL, json: body)'],
];

describe('HTTP clients of Ruby', () => {
  test.each(ROWS)('%s', (text, ...printed) => {
    expect(requestsIn(text).map(printRequest)).toEqual(printed);
  });

  test.each(EDITS)('a header is added to %s', (lines, after) => {
    const before = 'require "securerandom"\nURL = URI("https://api.stigg.io/api/v1/usage")\n';
    const [request] = requestsIn(before + lines);
    expect(request).toBeDefined();
    const edits = request?.addHeader('Idempotency-Key', { kind: 'fresh' });
    expect(edits === undefined ? undefined : apply(before + lines, edits).slice(before.length)).toEqual(after);
  });
});
