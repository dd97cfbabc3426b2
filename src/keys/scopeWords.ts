import { t } from '@vscode/l10n';
import type { Scope, ScopeAction, ScopeResource } from './model.js';
import { allows, denormalise, SCOPE_RESOURCES, type PresetId } from './scopes.js';

export function resourceWords(resource: ScopeResource): string {
  switch (resource) {
    case 'API_KEY':
      return t('API keys');
    case 'COUPON':
      return t('Coupons');
    case 'CUSTOMER':
      return t('Customers');
    case 'ENVIRONMENT':
      return t('Environments');
    case 'EVENT_QUEUE':
      return t('Event Queue');
    case 'SUBSCRIPTION':
      return t('Subscriptions');
  }
}

export function actionWords(action: ScopeAction): string {
  return action === 'WRITE' ? t('write') : t('read');
}

/** "Customers: write". */
export function scopeWords({ resource, action }: Scope): string {
  return t('{0}: {1}', resourceWords(resource), actionWords(action));
}

/** The console's names of the presets. */
export function presetWords(preset: PresetId): string {
  switch (preset) {
    case 'fullAccess':
      return t('Full access');
    case 'readOnly':
      return t('Read only');
    case 'customersWrite':
      return t('Customers write');
    case 'subscriptionsWrite':
      return t('Subscriptions write');
    case 'couponsWrite':
      return t('Coupons write');
    case 'apiKeysReadWrite':
      return t('API keys read and write');
    case 'eventQueueRead':
      return t('Event Queue read');
  }
}

/** What a preset is for, as the console says it. */
export function presetDetail(preset: PresetId): string {
  switch (preset) {
    case 'fullAccess':
      return t('Complete read and write access to all resources of the environment');
    case 'readOnly':
      return t('Read access to all resources, no writing');
    case 'customersWrite':
      return t('Create and manage customers');
    case 'subscriptionsWrite':
      return t('Create and update subscriptions');
    case 'couponsWrite':
      return t('Manage discounts and coupons');
    case 'apiKeysReadWrite':
      return t('Manage API keys by program: who has this key can make others');
    case 'eventQueueRead':
      return t('Get temporary credentials of the event queue (SQS)');
  }
}

/** "Customers: read and write; Coupons: read"; a dash for nothing. */
export function mayWords(scopes: readonly Scope[]): string {
  const words = denormalise(scopes).map(({ resource, action }) => t('{0}: {1}', resourceWords(resource), action === 'WRITE' ? t('read and write') : t('read')));
  return words.length === 0 ? t('nothing') : words.join('; ');
}

/** What is left of the matrix, a line for what is closed altogether and one for what is open to reading alone; empty when nothing is. */
export function mayNotWords(scopes: readonly Scope[]): readonly string[] {
  const none = SCOPE_RESOURCES.filter((resource) => !allows(scopes, { resource, action: 'READ' }));
  const unwritten = SCOPE_RESOURCES.filter((resource) => resource !== 'EVENT_QUEUE' && allows(scopes, { resource, action: 'READ' }) && !allows(scopes, { resource, action: 'WRITE' }));
  return [
    ...(none.length === 0 ? [] : [t('No access to: {0}', none.map(resourceWords).join(', '))]),
    ...(unwritten.length === 0 ? [] : [t('No writing of: {0}', unwritten.map(resourceWords).join(', '))]),
  ];
}
