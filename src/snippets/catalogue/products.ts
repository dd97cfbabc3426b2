import type { Entries } from './entry.js';

export const products: Entries = {
  'products.archiveProduct': { summary: 'Archive a product with its packages' },
  'products.createProduct': { summary: 'Create a product', body: { id: 'product-analytics', displayName: 'Analytics', multipleSubscriptions: false } },
  'products.duplicateProduct': { summary: 'Clone a product', body: { targetId: 'product-copy', displayName: 'Main (copy)' } },
  'products.listProducts': { summary: 'Page through products', filters: { status: ['PUBLISHED'], 'createdAt[gte]': '2026-01-01T00:00:00Z' } },
  'products.unarchiveProduct': { summary: 'Restore a product' },
  'products.updateProduct': { summary: 'Edit a product', body: { displayName: 'Main', description: 'What everybody buys' } },
};
