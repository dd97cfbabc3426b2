import { t } from '@vscode/l10n';
import type { ScopeAction, ScopeResource } from '../../keys/model.js';
import type { PresetId } from '../../keys/scopes.js';

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
  return action === 'READ' ? t('Read') : t('Write');
}

/** Stigg's names for its presets. */
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
