import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';

export type StiggErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'planLimit'
  | 'notFound'
  | 'conflict'
  | 'rateLimited'
  | 'unreachable'
  | 'serverError'
  | 'notStigg'
  | 'badRequest'
  | 'badEndpoint'
  | 'outcomeUnknown';

/** What Stigg told beside the words; all of it is safe to log. */
export interface StiggErrorDetail {
  /** `errors[].extensions.code` as it came, e.g. `ApiKeyHasExpiry`. */
  readonly stiggCode?: string | null;
  readonly traceId?: string | null;
  readonly status?: number | null;
  /** How long Stigg asked to wait. */
  readonly retryAfterMs?: number | null;
}

/**
 * A failed call to Stigg. Never holds a token: the platform's own errors are not kept as a cause, because some of them
 * carry the request's headers or quote the value that was refused.
 */
export class StiggApiError extends ExpectedError {
  readonly detail: StiggErrorDetail;

  constructor(code: StiggErrorCode, message: string, nextStep: string, detail: StiggErrorDetail = {}) {
    const trace = detail.traceId;
    super(code, message, trace === undefined || trace === null ? nextStep : `${nextStep} ${l10n.t('(Stigg trace id: {0})', trace)}`);
    this.detail = detail;
  }
}
