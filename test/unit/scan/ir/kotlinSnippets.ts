import type { Snippet } from './jvm.js';

/** Code as it is written against Stigg, by SDK and HTTP client. */
export const KOTLIN_SNIPPETS: readonly Snippet[] = [
  {
    name: 'coupon sdk',
    text: `package com.acme.billing

import io.stigg.client.okhttp.StiggOkHttpClient

private const val DISCOUNT = 49.00

class Coupons(private val discountInCents: Long) {
    private val client by lazy {
        StiggOkHttpClient.builder()
            .apiKey(System.getenv("STIGG_API_KEY") ?: error("no key"))
            .baseUrl("https://api.stigg.io")
            .build()
    }

    fun create(id: String) {
        val params = CouponCreateParams.builder()
            .id(id)
            // full dollars
            .addAmountsOff(
                CouponCreateParams.AmountsOff.builder()
                    .amount(discountInCents / 100.0)
                    .currency(CouponCreateParams.AmountsOff.Currency.USD)
                    .build(),
            )
            .build()
        client.v1().coupons().create(params)
    }
}
`,
    printed: [
      'let DISCOUNT = 49',
      'class Coupons { let discountInCents: Long; let client = lazy(fn (it) { return StiggOkHttpClient.builder().apiKey((? System.getenv("STIGG_API_KEY") | error("no key"))).baseUrl("https://api.stigg.io").build() }); fn create(id: String) { let params = CouponCreateParams.builder().id(id).addAmountsOff(CouponCreateParams.AmountsOff.builder().amount((discountInCents / 100)).currency(CouponCreateParams.AmountsOff.Currency.USD).build()).build(); client.v1().coupons().create(params) } }',
    ],
  },
  {
    name: 'provision sdk',
    text: `suspend fun provision(stigg: StiggClient, order: Order) {
    val overrides = order.lines.map { line ->
        PriceOverride.builder().price(Price.builder().amount(line.unitAmount * 100).build()).build()
    }
    val (customer, plan) = order
    stigg.v1().subscriptions().provision(
        SubscriptionProvisionParams.builder().apply {
            customerId(customer.id)
            planId(plan)
            priceOverrides(overrides)
        }.build(),
    )
}
`,
    printed: [
      'fn provision(stigg: StiggClient, order: Order) { let overrides = order.lines.map(fn (line) { return PriceOverride.builder().price(Price.builder().amount((line.unitAmount * 100)).build()).build() }); let customer<0>, plan<1> = order; stigg.v1().subscriptions().provision(SubscriptionProvisionParams.builder().apply(fn (it) { customerId(customer.id); planId(plan); return priceOverrides(overrides) }).build()) }',
    ],
  },
  {
    name: 'graphql sdk',
    text: `data class Money(val amount: Double, val currency: Currency = Currency.USD)

fun Price.toMoney() = Money(amount = if (isZeroDecimal) unitAmount.toDouble() else { unitAmount / 100.0 })

fun minimum(price: Price?): MinimumSpendInput? = price?.let { MinimumSpendInput(minimum = it.toMoney()) }

val amount = when (currency) {
    "jpy", "krw" -> 4900
    in others -> {
        log(currency)
        49
    }
    else -> 49.00
}
`,
    printed: [
      'class Money { let amount: Double; let currency: Currency = Currency.USD }',
      'fn toMoney() { return Money(amount: (isZeroDecimal ? unitAmount.toDouble() | (unitAmount / 100))) }',
      'fn minimum(price: Price?) { return price.let(fn (it) { return MinimumSpendInput(minimum: it.toMoney()) }) }',
      'let amount = (currency, "jpy", "krw", others ? 4900 | { log(currency); 49 } | 49)',
    ],
  },
  {
    name: 'ktor',
    text: `val http = HttpClient(CIO) {
    defaultRequest {
        url("https://api.stigg.io/api/v1/")
        header("X-API-KEY", System.getenv("STIGG_SERVER_API_KEY")!!)
    }
}

suspend fun createCoupon(cents: Int): HttpResponse = http.post("coupons") {
    contentType(ContentType.Application.Json)
    headers["Idempotency-Key"] = UUID.randomUUID().toString()
    setBody(mapOf("id" to "launch", "amountsOff" to listOf(mapOf("amount" to cents, "currency" to "usd")), "percentOff" to null))
}
`,
    printed: [
      'let http = HttpClient(CIO, fn (it) { return defaultRequest(fn (it) { url("https://api.stigg.io/api/v1/"); return header("X-API-KEY", cast System.getenv("STIGG_SERVER_API_KEY")) }) })',
      'fn createCoupon(cents: Int) { return http.post("coupons", fn (it) { contentType(ContentType.Application.Json); headers.Idempotency-Key = UUID.randomUUID().toString(); return setBody(mapOf(("id" to "launch"), ("amountsOff" to listOf(mapOf(("amount" to cents), ("currency" to "usd")))), ("percentOff" to null))) }) }',
    ],
  },
  {
    name: 'okhttp',
    text: `fun grant(amount: Int): String {
    val json = """
        {"amount": 100, "cost": {"amount": $amount, "currency": "usd"}}
    """.trimIndent()
    val request = Request.Builder()
        .url("$BASE/api/v1/credits/grants")
        .header("Authorization", "Bearer \${key.trim()}")
        .post(json.toRequestBody("application/json".toMediaType()))
        .build()
    return try {
        client.newCall(request).execute().use { response -> response.body!!.string() }
    } catch (e: IOException) {
        throw IllegalStateException("no grant: \${e.message}", e)
    }
}
`,
    printed: [
      'fn grant(amount: Int) { let json = "\n        {"amount": 100, "cost": {"amount": ${amount}, "currency": "usd"}}\n    ".trimIndent(); let request = Request.Builder().url("${BASE}/api/v1/credits/grants").header("Authorization", "Bearer ${key.trim()}").post(json.toRequestBody("application/json".toMediaType())).build(); return (? client.newCall(request).execute().use(fn (response) { return cast response.body.string() }) | { let e: IOException; IllegalStateException("no grant: ${e.message}", e) }) }',
    ],
  },
  {
    name: 'stripe json',
    text: `fun sync(session: Session) {
    val body = buildJsonObject {
        put("customerId", session.customer)
        putJsonObject("minimumSpend") {
            put("amount", session.amountTotal)
        }
    }
    for ((currency, price) in session.prices) {
        var cents = price.unitAmount ?: 0L
        cents *= 100
        prices[currency] = cents
        body["amount"] = (cents as Long).toDouble() / 100
    }
    repeat(3) { send(body, it) }
}
`,
    printed: [
      'fn sync(session: Session) { let body = buildJsonObject(fn (it) { put("customerId", session.customer); return putJsonObject("minimumSpend", fn (it) { return put("amount", session.amountTotal) }) }); { let currency<0>, price<1> of session.prices; let cents = (? price.unitAmount | 0); cents *= 100; prices[currency] = cents; body.amount = (cast cents.toDouble() / 100) }; repeat(3, fn (it) { return send(body, it) }) }',
    ],
  },
];
