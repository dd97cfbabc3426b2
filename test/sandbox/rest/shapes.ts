/**
 * Types of fields that the endpoint table only names, as the REST SDKs declare them (stigg-typescript, stigg-python).
 *
 * A type is `string`, `number`, `boolean`, `date`, `map` (of strings), `scalars` (a map of strings, numbers and booleans), `object` (not
 * looked into), `currency`, `vendor`, `=A|B` (one of these), a shape, or shapes with a slash between them (any of these). `[]` makes a list
 * of it, `?` lets null in. A shape lists its fields, `!` marks required ones; without a type a field is a string.
 */
const RESET = 'resetPeriod: =YEAR|MONTH|WEEK|DAY|HOUR, monthlyResetPeriodConfiguration: Monthly?, weeklyResetPeriodConfiguration: Weekly?, yearlyResetPeriodConfiguration: Yearly?';
const PACKAGED = 'behavior: =Increment|Override, description, displayNameOverride, hiddenFromWidgets: =PAYWALL|CUSTOMER_PORTAL|CHECKOUT[], isCustom: boolean, isGranted: boolean, order: number';
const FEATURE = `type!: =FEATURE, ${PACKAGED}, enumValues: string[], hasSoftLimit: boolean, hasUnlimitedUsage: boolean, usageLimit: number?, ${RESET}`;
const CREDIT = `type!: =CREDIT, ${PACKAGED}, cadence: =MONTH|YEAR, dependencyFeatureId: string?`;
const MODEL = `billingModel!: =FLAT_FEE|MINIMUM_SPEND|PER_UNIT|USAGE_BASED|CREDIT_BASED, pricePeriods!: PricePeriod[], billingCadence: =RECURRING|ONE_OFF, featureId, topUpCustomCurrencyId`;
const CONSUMPTION = 'customerId!, currencyId!, amount!: number, idempotencyKey!, createdAt: date, dimensions: scalars, resourceId';

export const SHAPES: Readonly<Record<string, string>> = {
  Money: 'amount!: number, currency!: currency',
  // Under `charges` the currency may be left out.
  Price: 'amount!: number, currency: currency',
  MinimumSpend: 'amount: number, currency: currency',
  Budget: 'limit!: number, hasSoftLimit!: boolean',
  Addon: 'id!, quantity!: number',
  Charge: 'id!, quantity!: number, type!: =FEATURE|CREDIT',
  BillableFeature: 'featureId!, quantity!: number',
  AppliedCoupon: 'billingCouponId, configuration: CouponConfiguration, couponId, discount: Discount, promotionCode: string?',
  CouponConfiguration: 'startDate: date',
  Discount: 'amountsOff: Money[]?, description, durationInMonths: number, name, percentOff: number',
  Address: 'city, country, line1, line2, postalCode, state',
  TaxId: 'type!, value!',
  BillingInformation:
    'billingAddress: Address, chargeOnBehalfOfAccount: string?, couponId, integrationId: string?, invoiceDaysUntilDue: number, isBackdated: boolean, isInvoicePaid: boolean, metadata: map, prorationBehavior: =INVOICE_IMMEDIATELY|CREATE_PRORATIONS|NONE, taxIds: TaxId[], taxPercentage: number, taxRateIds: string[]',
  CheckoutOptions: 'cancelUrl!, successUrl!, allowPromoCodes: boolean, allowTaxIdCollection: boolean, collectBillingAddress: boolean, collectPhoneNumber: boolean, referenceId: string?',
  Monthly: 'accordingTo!: =SubscriptionStart|StartOfTheMonth',
  Weekly: 'accordingTo!: =SubscriptionStart|EverySunday|EveryMonday|EveryTuesday|EveryWednesday|EveryThursday|EveryFriday|EverySaturday',
  Yearly: 'accordingTo!: =SubscriptionStart',
  SubscriptionFeature: `id!, type!: =FEATURE, hasSoftLimit: boolean, hasUnlimitedUsage: boolean, usageLimit: number, ${RESET}`,
  SubscriptionCredit: 'id!, type!: =CREDIT, amount!: number, cadence!: =MONTH|YEAR',
  PriceOverride:
    'addonId: string?, amount: number, baseCharge: boolean, billingCountryCode, blockSize: number, creditGrantCadence: =BEGINNING_OF_BILLING_PERIOD|MONTHLY, creditRate: CreditRate, currency: currency, currencyId, featureId: string?, tiers: Tier[]',
  Tier: 'flatPrice: Money, unitPrice: Money, upTo: number',
  CreditRate: 'amount!: number, currencyId!, costFormula',
  Trial: 'isTrial!: boolean, trialEndBehavior: =CONVERT_TO_PAID|CANCEL_SUBSCRIPTION, trialEndDate: date',
  NewSubscription:
    'customerId!, planId!, id, addons: Addon[], appliedCoupon: AppliedCoupon, awaitPaymentConfirmation: boolean, billingCountryCode: string?, billingCycleAnchor: =UNCHANGED|NOW, billingId: string?, billingInformation: BillingInformation, billingPeriod: =MONTHLY|ANNUALLY, budget: Budget?, cancellationDate: date, charges: Charge[], checkoutOptions: CheckoutOptions, entitlements: SubscriptionFeature/SubscriptionCredit[], metadata: map, minimumSpend: MinimumSpend?, payingCustomerId: string?, paymentCollectionMethod: =CHARGE|INVOICE|NONE, priceOverrides: PriceOverride[], resourceId: string?, salesforceId: string?, scheduleStrategy: =END_OF_BILLING_PERIOD|END_OF_BILLING_MONTH|IMMEDIATE, startDate: date, trialOverrideConfiguration: Trial, unitQuantity: number',
  ContractSubscription: 'existingSubscriptionId, newSubscription: NewSubscription',
  ImportedCustomer: 'id!, email!: string?, name!: string?, billingId, metadata: map, paymentMethodId, salesforceId, updatedAt: date',
  ImportedSubscription:
    'id!, customerId!, planId!, addons: Addon[], charges: Charge[], billingId: string?, billingPeriod: =MONTHLY|ANNUALLY, endDate: date?, metadata: map, resourceId: string?, startDate: date',
  Promotion:
    'featureId!, usageLimit!: number?, period!: =1 week|1 month|6 month|1 year|lifetime|custom, customEndDate!: date?, enumValues!: string[]?, hasSoftLimit!: boolean?, hasUnlimitedUsage!: boolean?, isVisible!: boolean?, resetPeriod!: =YEAR|MONTH|WEEK|DAY|HOUR?, monthlyResetPeriodConfiguration!: Monthly?, weeklyResetPeriodConfiguration!: Weekly?, yearlyResetPeriodConfiguration!: Yearly?',
  Usage: 'customerId!, featureId!, value!: number, createdAt: date, dimensions: scalars, idempotencyKey, resourceId: string?, updateBehavior: =DELTA|SET',
  Event: 'customerId!, eventName!, idempotencyKey!, dimensions: scalars, resourceId: string?, timestamp: date',
  Consumption: CONSUMPTION,
  PackageFeature: `id!, ${FEATURE}`,
  PackageCredit: `id!, amount!: number?, ${CREDIT.replace('cadence:', 'cadence!:')}`,
  FeatureUpdate: FEATURE,
  CreditUpdate: `amount: number, ${CREDIT}`,
  Charges:
    'pricingType!: =FREE|PAID|CUSTOM, billingId, minimumSpend: PeriodMinimum[]?, overageBillingPeriod: =ON_SUBSCRIPTION_RENEWAL|MONTHLY, overagePricingModels: OverageModel[], pricingModels: PricingModel[]',
  PeriodMinimum: 'billingPeriod!: =MONTHLY|ANNUALLY, minimum!: Price',
  PricingModel: `${MODEL}, maxUnitQuantity: number, minUnitQuantity: number, tiersMode: =VOLUME|GRADUATED, ${RESET}`,
  OverageModel: `${MODEL}, entitlement: OverageEntitlement, creditEntitlement: object`,
  OverageEntitlement: `featureId!, hasSoftLimit: boolean, hasUnlimitedUsage: boolean, usageLimit: number, ${RESET}`,
  PricePeriod:
    'billingPeriod!: =MONTHLY|ANNUALLY, billingCountryCode, blockSize: number, creditGrantCadence: =BEGINNING_OF_BILLING_PERIOD|MONTHLY, creditRate: CreditRate, price: Price, tiers: PriceTier[]',
  PriceTier: 'flatPrice: Price, unitPrice: Price, upTo: number',
  DefaultTrial: 'duration!: number, units!: =DAY|MONTH, budget: Budget?, trialEndBehavior: =CONVERT_TO_PAID|CANCEL_SUBSCRIPTION?',
  Integration: 'id!, syncedEntityId!, vendorIdentifier!: vendor',
  PaymentMethod: 'billingId: string?, cardExpiryMonth: number?, cardExpiryYear: number?, cardLast4Digits: string?, type!: =CARD|BANK|CASH_APP',
  EnumValue: 'displayName!, value!',
  UnitTransformation: 'divide!: number, featureUnits, featureUnitsPlural, round: =UP|DOWN',
  Units: 'singular!, plural!',
  ProductSettings:
    'subscriptionCancellationTime!: =END_OF_BILLING_PERIOD|IMMEDIATE|SPECIFIC_DATE, subscriptionEndSetup!: =DOWNGRADE_TO_FREE|CANCEL_SUBSCRIPTION, subscriptionStartSetup!: =PLAN_SELECTION|TRIAL_PERIOD|FREE_PLAN, downgradePlanId: string?, prorateAtEndOfBillingPeriod: boolean?, subscriptionStartPlanId: string?',
  CutoffRule: 'behavior!: =NEVER_RESET|ALWAYS_RESET|BILLING_PERIOD_CHANGE',
  Entity: 'id!, entityTypeId, metadata: map',
  Assignment: 'entityId!, cadence, currencyId, featureId, parentId: string?, scopeEntityIds: string[], usageLimit: number?',
  EntityType: 'id!, attributionKeys!: string[], displayName!, description: string?',
};

/** Fields that are no plain string, wherever they stand at the top of a body. */
export const FIELDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['activationEndDate', 'activationStartDate', 'cancellationDate', 'createdAt', 'effectiveAt', 'endDate', 'expireAt', 'startDate', 'trialEndDate', 'untilDate'].map((name) => [name, 'date'])),
  ...Object.fromEntries(['awaitPaymentConfirmation', 'hasSoftLimit', 'isCustom', 'isGranted', 'multipleSubscriptions', 'prorate', 'setupBilling'].map((name) => [name, 'boolean'])),
  ...Object.fromEntries(['maxQuantity', 'order', 'priority', 'unitQuantity'].map((name) => [name, 'number'])),
  ...Object.fromEntries(['compatibleAddonIds', 'dependencies', 'enabledModels', 'subscriptionIds'].map((name) => [name, 'string[]'])),
  ...Object.fromEntries(['name', 'email', 'description', 'billingId', 'resourceId', 'salesforceId', 'language', 'timezone', 'couponId', 'poNumber', 'parentPlanId', 'payingCustomerId'].map((name) => [name, 'string?'])),
  addons: 'Addon[]',
  amountsOff: 'Money[]?',
  appliedCoupon: 'AppliedCoupon',
  assignments: 'Assignment[]',
  billableFeatures: 'BillableFeature[]',
  billingCurrency: 'currency?',
  billingCycleAnchor: '=UNCHANGED|NOW',
  billingInformation: 'BillingInformation',
  billingPeriod: '=MONTHLY|ANNUALLY',
  budget: 'Budget?',
  cancellationAction: '=DEFAULT|REVOKE_ENTITLEMENTS',
  cancellationTime: '=END_OF_BILLING_PERIOD|IMMEDIATE|SPECIFIC_DATE',
  charges: 'Charge[]',
  checkoutOptions: 'CheckoutOptions',
  consumptions: 'Consumption[]',
  cost: 'Money',
  customers: 'ImportedCustomer[]',
  defaultPaymentMethod: 'PaymentMethod?',
  defaultTrialConfig: 'DefaultTrial?',
  dimensions: 'scalars',
  entities: 'Entity[]',
  entitlements: 'SubscriptionFeature/SubscriptionCredit[]',
  enumConfiguration: 'EnumValue[]',
  events: 'Event[]',
  featureStatus: '=NEW|SUSPENDED|ACTIVE',
  integrations: 'Integration[]',
  metadata: 'map?',
  meter: 'object',
  meterType: '=None|FLUCTUATING|INCREMENTAL',
  minimumSpend: 'MinimumSpend?',
  passthrough: 'object',
  paymentCollectionMethod: '=CHARGE|INVOICE|NONE',
  priceOverrides: 'PriceOverride[]',
  pricingType: '=FREE|PAID|CUSTOM',
  productSettings: 'ProductSettings',
  promotionalEntitlements: 'Promotion[]',
  scheduleStrategy: '=END_OF_BILLING_PERIOD|END_OF_BILLING_MONTH|IMMEDIATE',
  status: '=DRAFT|PUBLISHED|ARCHIVED',
  subscriptionMigrationTime: '=END_OF_BILLING_PERIOD|IMMEDIATE',
  trialOverrideConfiguration: 'Trial',
  types: 'EntityType[]',
  unitTransformation: 'UnitTransformation?',
  units: 'Units',
  updateBehavior: '=DELTA|SET',
  usageResetCutoffRule: 'CutoffRule',
  usages: 'Usage[]',
  vendorIdentifier: 'vendor',
};

/** Where a field means something else than elsewhere. */
export const FIELDS_OF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'v1.subscriptions.import': { subscriptions: 'ImportedSubscription[]' },
  'v1.contracts.create': { subscriptions: 'ContractSubscription[]' },
  'v1.plans.update': { charges: 'Charges' },
  'v1.addons.update': { charges: 'Charges' },
  'v1.plans.entitlements.create': { entitlements: 'PackageFeature/PackageCredit[]' },
  'v1.addons.entitlements.create': { entitlements: 'PackageFeature/PackageCredit[]' },
};

/** Bodies that are a union as a whole: the table of endpoints lists what their members have in common. */
export const BODIES: Readonly<Record<string, string>> = {
  'v1.plans.entitlements.update': 'FeatureUpdate/CreditUpdate',
  'v1.addons.entitlements.update': 'FeatureUpdate/CreditUpdate',
};

/** Query parameters that are no free text; with a comma between them several values are let in. */
export const QUERY: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['startDate', 'endDate', 'issuedAfter', 'issuedBefore'].map((name) => [name, 'date'])),
  requestedUsage: 'number',
  minUtilization: 'number',
  includeArchived: '=true|false',
  featureType: '=BOOLEAN|NUMBER|ENUM',
  meterType: '=None|FLUCTUATING|INCREMENTAL',
  pricingType: '=FREE|PAID|CUSTOM',
  vendorIdentifier: 'vendor',
  type: '=FIXED|PERCENTAGE',
  orderBy: '=issueDate|dueDate|total',
  orderDir: '=ASC|DESC',
  order: '=asc|desc',
  scope: '=all|nodeWide|scoped',
  sortBy: '=utilization|currentUsage|usageLimit|scopeSize|id|createdAt',
  timeRange: '=LAST_DAY|LAST_WEEK|LAST_MONTH|LAST_YEAR',
  state: '=DRAFT|ACTIVE|CANCELED|END_BILLING',
  eventType: '=CREDITS_GRANTED|CREDITS_EXPIRED|CREDITS_CONSUMED|CREDITS_VOIDED|CREDITS_UPDATED|CREDITS_CONSUMPTION_TRANSFER_SOURCE|CREDITS_CONSUMPTION_TRANSFER_TARGET',
};

/** `status` is another word in each list. */
export const STATUS_OF: Readonly<Record<string, string>> = {
  'v1.subscriptions.list': '=ACTIVE|CANCELED|EXPIRED|IN_TRIAL|NOT_STARTED|PAYMENT_PENDING',
  'v1.coupons.list': '=ACTIVE|ARCHIVED',
  'v1.features.listFeatures': '=NEW|SUSPENDED|ACTIVE',
  'v1.products.listProducts': '=PUBLISHED|ARCHIVED',
  'v1.credits.customCurrencies.list': '=ACTIVE|ARCHIVED',
  'v1.addons.list': '=DRAFT|PUBLISHED|ARCHIVED',
  'v1.plans.list': '=DRAFT|PUBLISHED|ARCHIVED',
  'v1.customers.promotionalEntitlements.list': '=Active|Expired|Paused',
};
