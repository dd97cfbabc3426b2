import { GraphQLError } from 'graphql';
import type { ScopeAction, ScopeResource } from '../../src/keys/model.js';
import { permits, type AccountRecord, type KeyRecord } from './model.js';

/** An error as Stigg reports it: the code in `extensions`. Whether payload fields are spread beside it is inferred. */
export function refuse(code: string, message: string, more: Readonly<Record<string, unknown>> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...more } });
}

/** Throws unless the key may do that. A publishable key is the wrong kind of identity altogether. */
export function demand(key: KeyRecord, accessedField: string, resource: ScopeResource, action: ScopeAction): void {
  if (key.type === 'CLIENT') {
    throw refuse('IdentityForbidden', `${accessedField} is not available to this identity`, {
      isValidationError: false,
      accessedField,
      currentIdentityType: 'APP_PUBLIC',
      requiredIdentityType: 'APP_SERVER',
    });
  }
  if (!permits(key, resource, action)) throw refuse('AccessDeniedError', `Access denied: ${resource}:${action} is required`);
}

/** Throws unless the account's keys act for an owner: nobody else may create, rotate, revoke or copy keys. */
export function demandOwner(account: AccountRecord): void {
  if (account.role !== 'OWNER') throw refuse('AccessDeniedError', 'Access denied: only account owners may do this');
}
