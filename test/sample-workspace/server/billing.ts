import { Stigg } from '@stigg/node-server-sdk';

const stigg = Stigg.initialize({ apiKey: process.env.STIGG_SERVER_API_KEY ?? '' });

/** A price that sales agreed on with one customer, in dollars. */
export async function subscribeWithNegotiatedPrice(customerId: string, planId: string, dollars: number) {
  await stigg.waitForInitialization();
  return stigg.provisionSubscription({
    customerId,
    planId,
    priceOverrides: [{ price: { amount: dollars * 100, currency: 'USD' } }],
  });
}
