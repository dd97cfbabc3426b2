import { FRESH } from '../request.js';
import type { Entries } from './entry.js';

export const usage: Entries = {
  'usage.estimate': { summary: 'Estimate credit cost of a usage report, nothing recorded', body: { customerId: 'customer-123', featureId: 'feature-api-calls', value: 100, updateBehavior: 'DELTA' } },
  'usage.history': {
    summary: 'Usage history of one metered feature',
    path: { featureId: 'feature-api-calls' },
    query: { startDate: '2026-01-01T00:00:00Z' },
    filters: { endDate: '2026-02-01T00:00:00Z', resourceId: 'site-1' },
  },
  'usage.report': {
    summary: 'Report measured usage',
    body: { usages: [{ customerId: 'customer-123', featureId: 'feature-api-calls', value: 100, updateBehavior: 'DELTA', idempotencyKey: FRESH }] },
  },
};

export const events: Entries = {
  'events.estimate': { summary: "Estimate an event's credit cost without ingesting it", body: { customerId: 'customer-123', eventName: 'tokens_used', dimensions: { model: 'large', tokens: 1200 } } },
  'events.report': {
    summary: 'Ingest raw usage events (asynchronous)',
    body: { events: [{ customerId: 'customer-123', eventName: 'tokens_used', idempotencyKey: FRESH, dimensions: { model: 'large', tokens: 1200 }, timestamp: '2026-01-15T10:30:00Z' }] },
  },
};

export const dataExport: Entries = {
  'events.dataExport.listModels': { summary: 'List exportable data models' },
  'events.dataExport.mintScopedToken': { summary: 'Mint a short-lived JWT for the embedded data-export UI', body: { applicationOrigin: 'https://app.example.com' } },
  'events.dataExport.triggerSync': { summary: 'Start a data-export sync', body: { destinationId: 'destination-warehouse' } },
  'events.dataExport.destinations.create': {
    summary: 'Register a data-export destination',
    body: { destinationId: 'destination-lake', destinationType: 'snowflake', enabledModels: ['customers', 'subscriptions'] },
  },
  'events.dataExport.destinations.delete': { summary: 'Disconnect a data-export destination', path: { destinationId: 'destination-old' } },
  'events.dataExport.destinations.updateSelection': {
    summary: 'Choose which models a destination receives',
    body: { enabledModels: ['customers', 'subscriptions'], integrationId: 'integration-data-export' },
  },
};
