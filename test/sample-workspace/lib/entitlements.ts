import Stigg from '@stigg/node-server-sdk';

// Meant for the server. As soon as a client component imports it, directly or through others, it ships to the browser.
export const stigg = Stigg.initialize({
  apiKey: process.env.STIGG_SERVER_API_KEY ?? '',
});

export async function mayExport(customerId: string) {
  const { hasAccess } = await stigg.getBooleanEntitlement({ customerId, featureId: 'feature-export' });
  return hasAccess;
}
