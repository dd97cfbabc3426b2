'use client';

import { Paywall, StiggProvider } from '@stigg/react-sdk';

// This file ships to every visitor, and so does what stands in it.
const stiggApiKey = '@@SERVER_KEY@@';

export function Pricing({ customerId }: { customerId: string }) {
  return (
    <StiggProvider apiKey={stiggApiKey} customerId={customerId}>
      <Paywall
        productId="product-notes"
        onPlanSelected={({ plan }) => {
          window.location.assign(`/checkout?plan=${plan.id}`);
        }}
      />
    </StiggProvider>
  );
}
