'use client';

import { mayExport } from '../lib/entitlements';

export function ExportButton({ customerId }: { customerId: string }) {
  return <button onClick={() => void mayExport(customerId)}>Export</button>;
}
