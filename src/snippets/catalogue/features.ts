import type { Entries } from './entry.js';

export const features: Entries = {
  'features.archiveFeature': { summary: 'Archive a feature' },
  'features.createFeature': {
    summary: 'Create a feature',
    body: { id: 'feature-projects', displayName: 'Projects', featureType: 'NUMBER', meterType: 'FLUCTUATING', featureUnits: 'project', featureUnitsPlural: 'projects' },
  },
  'features.listFeatures': { summary: 'Page through features', filters: { status: ['ACTIVE'], featureType: ['NUMBER'], 'createdAt[gte]': '2026-01-01T00:00:00Z' } },
  'features.retrieveFeature': { summary: 'Fetch one feature' },
  'features.unarchiveFeature': { summary: 'Restore a feature' },
  'features.updateFeature': { summary: 'Edit a feature', body: { displayName: 'Seats', description: 'People who can sign in', featureUnits: 'seat', featureUnitsPlural: 'seats' } },
};
