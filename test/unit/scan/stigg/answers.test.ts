import { describe, expect, test } from 'vitest';
import { printAnswer, provenanceFor } from './answersIn.js';

/** What the text is about, the text, the expression, and where it comes from: all of its answers. */
type Row = readonly [what: string, text: string, expression: string, answers: readonly string[]];

const TOTAL = ['subscriptions.preview immediateInvoice.total = money'];
const LIST = ['subscriptions.list [].subscriptionEntitlements'];
const ONE = ['subscriptions.retrieve subscriptionEntitlements'];

const script: readonly Row[] = [
  ['a member', 'const preview = await stigg.v1.subscriptions.preview(input);\nuse(preview.data.immediateInvoice.total);', 'preview.data.immediateInvoice.total', TOTAL],
  ['destructured', 'const { data: { immediateInvoice } } = await stigg.v1.subscriptions.preview(input);\nuse(immediateInvoice.total);', 'immediateInvoice.total', TOTAL],
  ['then', 'stigg.v1.subscriptions.preview(input).then(({ data }) => use(data.immediateInvoice.total));', 'data.immediateInvoice.total', TOTAL],
  ['Promise.all', 'const [me, { data }] = await Promise.all([load(), stigg.v1.subscriptions.preview(input)]);\nuse(data.immediateInvoice.total);', 'data.immediateInvoice.total', TOTAL],
  ['a helper', 'const invoice = async () => (await stigg.v1.subscriptions.preview(input)).data.immediateInvoice;\nuse((await invoice()).total);', '(await invoice()).total', TOTAL],
  ['a parameter', 'function show(invoice) { use(invoice.total); }\nshow((await stigg.v1.subscriptions.preview(input)).data.immediateInvoice);', 'invoice.total', TOTAL],
  ['a function by name', 'const count = (one) => one.subscriptionEntitlements;\nconst page = await stigg.v1.subscriptions.list({});\nuse(page.data.map(count));', 'one.subscriptionEntitlements', LIST],
  ['a fallback', 'const preview = await stigg.v1.subscriptions.preview(input);\nuse(preview.data.immediateInvoice?.total ?? 0);', 'preview.data.immediateInvoice?.total ?? 0', TOTAL],
  ['fetch', "const response = await fetch('https://api.stigg.io/api/v1/subscriptions/preview', { method: 'POST', body });\nconst { data } = await response.json();\nuse(data.immediateInvoice.total);", 'data.immediateInvoice.total', TOTAL],
  ['JSON.parse', "const response = await fetch('https://api.stigg.io/api/v1/subscriptions/preview', { method: 'POST', body });\nconst answer = JSON.parse(await response.text());\nuse(answer.data.immediateInvoice.total);", 'answer.data.immediateInvoice.total', TOTAL],
  ['axios', "const { data } = await axios.get('https://api.stigg.io/api/v1/subscriptions/' + id);\nuse(data.data.subscriptionEntitlements);", 'data.data.subscriptionEntitlements', ONE],
  ['a list', 'for await (const one of stigg.v1.subscriptions.list({})) use(one.subscriptionEntitlements);', 'one.subscriptionEntitlements', LIST],
  ['filter and index', 'const page = await stigg.v1.subscriptions.list({});\nconst active = page.data.filter(isActive)[0];\nuse(active.subscriptionEntitlements);', 'active.subscriptionEntitlements', LIST],
  ['find', 'const page = await stigg.v1.subscriptions.list({});\nuse(page.data.find(isActive).subscriptionEntitlements);', 'page.data.find(isActive).subscriptionEntitlements', LIST],
  ['each of a list, read again', 'const page = await stigg.v1.subscriptions.list({});\nconst all = await Promise.all(page.data.map(({ id }) => stigg.v1.subscriptions.retrieve(id)));\nuse(all[0].data.subscriptionEntitlements);', 'all[0].data.subscriptionEntitlements', ONE],
  ['a method', 'class A { load() { return this.stigg.v1.subscriptions.retrieve(1); }\nasync f() { const { data } = await this.load(); use(data.subscriptionEntitlements); } }', 'data.subscriptionEntitlements', ONE],
  ['GraphQL', "import { Stigg } from '@stigg/node-server-sdk';\nconst preview = await client.previewSubscription(input);\nuse(preview.total.amount);", 'preview.total.amount', ['previewSubscription total.amount = money']],
  ['a document', "const response = await fetch('https://api.stigg.io/graphql', { method: 'POST', body });\nconst { data } = await response.json();\nuse(data.previewSubscription.total.amount);", 'data.previewSubscription.total.amount', ['graphql previewSubscription.total.amount = money']],
  ['edges', 'const { coupons } = await stigg.getCoupons({});\nuse(coupons.edges.map(({ node }) => node.amountsOff[0].amount));', 'node.amountsOff[0].amount', ['getCoupons coupons.edges[].node.amountsOff[].amount = money']],
  ['either of two', 'const { data } = isOne ? await stigg.v1.subscriptions.retrieve(1) : await stigg.v1.subscriptions.preview(input);\nuse(data.total);', 'data.total', ['subscriptions.retrieve total', 'subscriptions.preview total']],
  ['a function that retries', 'const preview = await pRetry(() => stigg.v1.subscriptions.preview(input));\nuse(preview.data.immediateInvoice.total);', 'preview.data.immediateInvoice.total', TOTAL],
  ['another vendor', "const intent = await stripe.paymentIntents.retrieve(id);\nuse(intent.amount); // stigg", 'intent.amount', []],
  ['another host', "const { data } = await axios.get('https://api.example.com/api/v1/subscriptions');\nuse(data.data);  // stigg", 'data.data', []],
];

const python: readonly Row[] = [
  ['a helper that checks', 'def checked(response):\n    if response.status_code >= 400:\n        raise Error(response.text)\n    return response.json()\n\ndef one(id):\n    return checked(requests.get(f"https://api.stigg.io/api/v1/subscriptions/{id}"))["data"]\n\ndef all():\n    response = requests.get("https://api.stigg.io/api/v1/subscriptions")\n    for row in checked(response)["data"]:\n        use(row["subscriptionEntitlements"])', 'row["subscriptionEntitlements"]', LIST],
  ['a helper that goes through itself', 'def checked(response):\n    return checked(response.json()) if response else response\n\nuse(checked(requests.get(f"https://api.stigg.io/api/v1/subscriptions/{id}"))["data"]["subscriptionEntitlements"])', 'checked(requests.get(f"https://api.stigg.io/api/v1/subscriptions/{id}"))["data"]["subscriptionEntitlements"]', ONE],
  ['two helpers in each other', 'def checked(response):\n    return response\n\ndef data(response):\n    return checked(response).json()["data"]\n\ncoupons = data(requests.get("https://api.stigg.io/api/v1/coupons"))\nuse(data(requests.get(f"https://api.stigg.io/api/v1/subscriptions/{id}"))["subscriptionEntitlements"])', 'data(requests.get(f"https://api.stigg.io/api/v1/subscriptions/{id}"))["subscriptionEntitlements"]', ONE],
  ['a member', 'preview = stigg.v1.subscriptions.preview(customer_id=c)\nuse(preview.data.immediate_invoice.total)', 'preview.data.immediate_invoice.total', TOTAL],
  ['await', 'async def f():\n    preview = await stigg.v1.subscriptions.preview(customer_id=c)\n    use(preview.data.immediate_invoice.total)', 'preview.data.immediate_invoice.total', TOTAL],
  ['a loop', 'for one in stigg.v1.subscriptions.list():\n    use(one.subscription_entitlements)', 'one.subscription_entitlements', LIST],
  ['a comprehension', 'use([one.subscription_entitlements for one in stigg.v1.subscriptions.list().data])', 'one.subscription_entitlements', LIST],
  ['requests', 'response = requests.get(f"https://api.stigg.io/api/v1/subscriptions/{id}")\nuse(response.json()["data"]["subscriptionEntitlements"])', 'response.json()["data"]["subscriptionEntitlements"]', ONE],
  ['json.loads', 'response = requests.get(f"https://api.stigg.io/api/v1/subscriptions/{id}")\nbody = json.loads(response.text)\nuse(body["data"].get("subscriptionEntitlements"))', 'body["data"].get("subscriptionEntitlements")', ONE],
  ['a helper', 'def load(id):\n    return stigg.v1.subscriptions.retrieve(id).data\n\nuse(load(1).subscription_entitlements)', 'load(1).subscription_entitlements', ONE],
  ['gather', 'async def f():\n    me, preview = await asyncio.gather(load(), stigg.v1.subscriptions.preview(customer_id=c))\n    use(preview.data.immediate_invoice.total)', 'preview.data.immediate_invoice.total', TOTAL],
  ['the old client', 'from stigg import Stigg\npreview = client.request(Stigg.query.preview_subscription, {})\nuse(preview.preview_subscription.total.amount)', 'preview.preview_subscription.total.amount', ['previewSubscription previewSubscription.total.amount = money']],
];

const go: readonly Row[] = [
  ['a member', 'package a\nfunc f() {\n\tpreview, err := client.V1.Subscriptions.Preview(ctx, stigg.V1SubscriptionPreviewParams{})\n\tuse(preview.Data.ImmediateInvoice.Total)\n}', 'preview.Data.ImmediateInvoice.Total', TOTAL],
  ['a loop', 'package a\nfunc f() {\n\tpage, _ := client.V1.Subscriptions.List(ctx, stigg.V1SubscriptionListParams{})\n\tfor _, one := range page.Data {\n\t\tuse(one.SubscriptionEntitlements)\n\t}\n}', 'one.SubscriptionEntitlements', LIST],
  ['a list that pages by itself', 'package a\nfunc f() {\n\titer := client.V1.Subscriptions.ListAutoPaging(ctx, stigg.V1SubscriptionListParams{})\n\tfor iter.Next() {\n\t\tuse(iter.Current().SubscriptionEntitlements)\n\t}\n}', 'iter.Current().SubscriptionEntitlements', LIST],
  ['Decode', 'package a\nimport "net/http"\nfunc f() {\n\tresp, err := http.Get("https://api.stigg.io/api/v1/subscriptions/" + id)\n\tvar out Envelope\n\terr = json.NewDecoder(resp.Body).Decode(&out)\n\tuse(out.Data.SubscriptionEntitlements)\n}', 'out.Data.SubscriptionEntitlements', ONE],
  ['Unmarshal', 'package a\nimport "net/http"\nfunc f() {\n\tresp, err := http.Get("https://api.stigg.io/api/v1/subscriptions/" + id)\n\tbody, err := io.ReadAll(resp.Body)\n\tout := Envelope{}\n\tif err := json.Unmarshal(body, &out); err != nil {\n\t\treturn\n\t}\n\tuse(out.Data.SubscriptionEntitlements)\n}', 'out.Data.SubscriptionEntitlements', ONE],
  ['a client', 'package a\nimport "net/http"\nfunc f() {\n\treq, err := http.NewRequest("GET", "https://api.stigg.io/api/v1/subscriptions/"+id, nil)\n\tresp, err := client.Do(req)\n\tvar out Envelope\n\tjson.NewDecoder(resp.Body).Decode(&out)\n\tdata := out.Data\n\tuse(data.SubscriptionEntitlements)\n}', 'data.SubscriptionEntitlements', ONE],
];

const ruby: readonly Row[] = [
  ['a member', 'preview = stigg.v1.subscriptions.preview(customer_id: c)\nuse(preview.data.immediate_invoice.total)', 'preview.data.immediate_invoice.total', TOTAL],
  ['a method without brackets', 'def preview\n  stigg.v1.subscriptions.preview(customer_id: c)\nend\n\ndef show\n  use(preview.data.immediate_invoice.total)\nend', 'preview.data.immediate_invoice.total', TOTAL],
  ['a block', 'stigg.v1.subscriptions.list(limit: 100).data.each { |one| use(one.subscription_entitlements) }', 'one.subscription_entitlements', LIST],
  ['JSON', 'response = Net::HTTP.get(URI("https://api.stigg.io/api/v1/subscriptions/#{id}"))\nbody = JSON.parse(response)\nuse(body.dig("data", "subscriptionEntitlements"))', 'body.dig("data", "subscriptionEntitlements")', ONE],
  ['a field', 'class A\n  def load\n    @subscription = stigg.v1.subscriptions.retrieve(1).data\n  end\n\n  def show\n    use(@subscription.subscription_entitlements)\n  end\nend', '@subscription.subscription_entitlements', ONE],
];

const java: readonly Row[] = [
  ['a method that sends', 'import java.net.http.HttpClient;\nclass A {\n  private final HttpClient http = HttpClient.newHttpClient();\n  JsonNode coupons() throws Exception {\n    HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.stigg.io/api/v1/coupons")).build();\n    return send(request);\n  }\n  void f(String id) throws Exception {\n    HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.stigg.io/api/v1/subscriptions/" + id)).header("X-API-KEY", key).build();\n    use(send(request).path("data").path("subscriptionEntitlements"));\n  }\n  private JsonNode send(HttpRequest request) throws Exception {\n    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());\n    return json.readTree(response.body());\n  }\n}', 'send(request).path("data").path("subscriptionEntitlements")', ONE],
  ['getters', 'class A { void f() { var preview = stigg.v1().subscriptions().preview(params); use(preview.data().immediateInvoice().total()); } }', 'preview.data().immediateInvoice().total()', TOTAL],
  ['an optional value', 'class A { void f() { var preview = stigg.v1().subscriptions().preview(params); use(preview.data().immediateInvoice().get().total()); } }', 'preview.data().immediateInvoice().get().total()', TOTAL],
  ['a loop', 'class A { void f() { for (var one : stigg.v1().subscriptions().list(params).data()) { use(one.subscriptionEntitlements()); } } }', 'one.subscriptionEntitlements()', LIST],
  ['a lambda', 'class A { void f() { stigg.v1().subscriptions().list(params).data().stream().map(one -> one.subscriptionEntitlements()).toList(); } }', 'one.subscriptionEntitlements()', LIST],
  ['a tree', 'class A { void f() { HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.stigg.io/api/v1/subscriptions/" + id)).header("X-API-KEY", key).build();\nJsonNode body = mapper.readTree(http.send(request, BodyHandlers.ofString()).body());\nuse(body.at("/data/subscriptionEntitlements")); } }', 'body.at("/data/subscriptionEntitlements")', ONE],
];

const kotlin: readonly Row[] = [
  ['getters', 'fun f() {\n    val invoice = stigg.v1().subscriptions().preview(params).data().immediateInvoice()\n    use(invoice.total())\n}', 'invoice.total()', TOTAL],
  ['it', 'fun f() {\n    stigg.v1().subscriptions().list(params).data().forEach { use(it.subscriptionEntitlements()) }\n}', 'it.subscriptionEntitlements()', LIST],
  ['a function', 'fun load() = stigg.v1().subscriptions().retrieve(id).data()\n\nfun f() {\n    use(load().subscriptionEntitlements())\n}', 'load().subscriptionEntitlements()', ONE],
];

const csharp: readonly Row[] = [
  ['a member', 'class A { async Task F() { var preview = await stigg.V1.Subscriptions.Preview(parameters); Use(preview.Data.ImmediateInvoice.Total); } }', 'preview.Data.ImmediateInvoice.Total', TOTAL],
  ['a nullable value', 'class A { async Task F() { var preview = await stigg.V1.Subscriptions.Preview(parameters); Use(preview.Data.ImmediateInvoice.Total.Value); } }', 'preview.Data.ImmediateInvoice.Total.Value', TOTAL],
  ['a lambda', 'class A { async Task F() { var page = await stigg.V1.Subscriptions.List(parameters); Use(page.Data.Sum(one => one.SubscriptionEntitlements.Count)); } }', 'one.SubscriptionEntitlements', LIST],
  ['a document', 'using System.Net.Http;\nclass A { HttpClient http; async Task F() { var response = await http.GetAsync($"https://api.stigg.io/api/v1/subscriptions/{id}"); using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync()); Use(document.RootElement.GetProperty("data").GetProperty("subscriptionEntitlements")); } }', 'document.RootElement.GetProperty("data").GetProperty("subscriptionEntitlements")', ONE],
];

const php: readonly Row[] = [
  ['json_decode', '<?php $response = $http->get("https://api.stigg.io/api/v1/subscriptions/{$id}");\n$body = json_decode((string) $response->getBody(), true);\nuse_it($body["data"]["subscriptionEntitlements"]);', '$body["data"]["subscriptionEntitlements"]', ONE],
  ['array_map', '<?php $response = $http->get("https://api.stigg.io/api/v1/subscriptions");\n$all = json_decode($response->getBody(), true)["data"];\n$x = array_map(fn ($one) => $one["subscriptionEntitlements"], $all);', '$one["subscriptionEntitlements"]', LIST],
  ['foreach', '<?php $all = json_decode($http->get("https://api.stigg.io/api/v1/subscriptions")->getBody())->data;\nforeach ($all as $one) { use_it($one->subscriptionEntitlements); }', '$one->subscriptionEntitlements', LIST],
];

const rust: readonly Row[] = [
  ['json', 'use reqwest::Client;\nasync fn f(client: &Client) -> Result<()> {\n    let envelope: Envelope = client.get(format!("https://api.stigg.io/api/v1/subscriptions/{id}")).send().await?.json().await?;\n    show(envelope.data.subscription_entitlements);\n    Ok(())\n}', 'envelope.data.subscription_entitlements', ONE],
  ['json::<Value>', 'use reqwest::Client;\nasync fn f(client: &Client) -> Result<()> {\n    let body = client.post("https://api.stigg.io/api/v1/subscriptions/preview").json(&input).send().await?.json::<Value>().await?;\n    show(body["data"]["immediateInvoice"]["total"].as_f64().unwrap_or(0.0));\n    Ok(())\n}', 'body["data"]["immediateInvoice"]["total"].as_f64()', TOTAL],
  ['serde_json', 'use reqwest::Client;\nasync fn f(client: &Client) -> Result<()> {\n    let text = client.get(format!("https://api.stigg.io/api/v1/subscriptions/{id}")).send().await?.text().await?;\n    let envelope: Envelope = serde_json::from_str(&text)?;\n    show(envelope.data.subscription_entitlements);\n    Ok(())\n}', 'envelope.data.subscription_entitlements', ONE],
];

const languages: readonly (readonly [path: string, rows: readonly Row[]])[] = [
  ['a.ts', script], ['a.js', script], ['a.py', python], ['a.go', go], ['a.rb', ruby], ['A.java', java], ['A.kt', kotlin], ['A.cs', csharp], ['a.php', php], ['a.rs', rust],
];

describe.each(languages)('%s', (path, rows) => {
  test.each(rows)('%s', async (_, text, expression, answers) => {
    const provenance = await provenanceFor(path);
    expect(provenance(text, expression).answers.map(printAnswer)).toEqual(answers);
  });
});

describe('others are told too', async () => {
  const provenance = await provenanceFor('a.ts');
  test.each([
    ['an unknown parameter', 'export function show(invoice) { return invoice.total; }\nshow((await stigg.v1.subscriptions.preview(input)).data.immediateInvoice);\n', 'invoice.total', 0],
    ['another origin', 'const total = isOne ? session.amount_total : (await stigg.v1.subscriptions.preview(input)).data.immediateInvoice.total;\nuse(total);\n', 'total', 1],
    ['arithmetic', 'const total = 2 * (await stigg.v1.subscriptions.preview(input)).data.immediateInvoice.total;\nuse(total);\n', 'total', 1],
  ])('%s', (_, text, expression, others) => {
    expect(provenance(text, expression).others).toHaveLength(others);
  });
});
