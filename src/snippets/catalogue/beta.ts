import type { Entries } from './entry.js';

/** Governance: limits for parts of a customer. */
export const beta: Entries = {
  'events.beta.customers.retrieveGovernance': {
    summary: 'Page through the governance tree (beta)',
    filters: { entityTypeIds: ['workspace'], featureIds: ['feature-api-calls'], sortBy: 'utilization', order: 'desc' },
  },
  'beta.customers.entitlements.check': { summary: 'Entitlement check with governance chain (experimental)', query: { featureId: 'feature-api-calls', requestedUsage: 1 } },
  'beta.customers.entities.retrieve': { summary: 'Fetch one governance entity' },
  'beta.customers.entities.list': { summary: 'Page through governance entities', filters: { entityTypeId: 'workspace', includeArchived: 'false' } },
  'beta.customers.entities.archive': { summary: 'Archive entities in bulk', body: { ids: ['workspace-001'] } },
  'beta.customers.entities.unarchive': { summary: 'Restore entities in bulk', body: { ids: ['workspace-001'] } },
  'beta.customers.entities.upsert': { summary: 'Create or update entities in bulk', body: { entities: [{ id: 'workspace-002', entityTypeId: 'workspace', metadata: { team: 'legal' } }] } },
  'beta.customers.assignments.list': { summary: 'Page through capability assignments', filters: { entityId: 'workspace-001', featureId: 'feature-api-calls' } },
  'beta.customers.assignments.upsert': {
    summary: 'Create or update assignments in bulk',
    body: { assignments: [{ entityId: 'workspace-001', featureId: 'feature-api-calls', usageLimit: 1000, cadence: 'P1M' }] },
  },
  'beta.entityTypes.list': { summary: 'Page through entity types' },
  'beta.entityTypes.upsert': { summary: 'Create or update entity types in bulk', body: { types: [{ id: 'workspace', displayName: 'Workspace', attributionKeys: ['workspaceId'] }] } },
};
