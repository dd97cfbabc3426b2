import Stigg from '@stigg/typescript';

/** Of Stripe's checkout session. */
interface CheckoutSession {
  client_reference_id: string | null;
  amount_total: number | null;
}

const client = new Stigg({ apiKey: process.env.STIGG_SERVER_API_KEY });

/** Stripe's webhook: a customer has paid for a package of credits. */
export async function creditsPaid(session: CheckoutSession) {
  await client.v1.credits.grants.create({
    customerId: session.client_reference_id ?? '',
    currencyId: 'credits',
    amount: 5000,
    cost: { amount: session.amount_total ?? 0, currency: 'usd' },
  });
}

/** What the next invoice will be, for the settings page. */
export async function nextInvoice(customerId: string, planId: string) {
  const { data } = await client.v1.subscriptions.preview({ customerId, planId });
  return `$${(data.immediateInvoice.total / 100).toFixed(2)}`;
}
