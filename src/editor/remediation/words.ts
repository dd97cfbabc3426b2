import * as vscode from 'vscode';
import type { LeakEnd, RemediationRecord } from '../../keys/remediation/journal.js';
import type { RemediationProgress } from '../../keys/remediation.js';

export function progressWords(step: RemediationProgress): string {
  switch (step) {
    case 'rotated':
      return vscode.l10n.t('1 of 5: rotating the key safely…');
    case 'replaced':
      return vscode.l10n.t('2 of 5: replacing the value in the workspace…');
    case 'ended':
      return vscode.l10n.t('3 of 5: ending the old value…');
    case 'proved':
      return vscode.l10n.t('4 of 5: asking Stigg whether it refuses the old value…');
    case 'history':
      return vscode.l10n.t('5 of 5: looking at the git history…');
  }
}

/** The choice of an end, as a person reads it. */
export function endChoice(end: LeakEnd): { readonly label: string; readonly detail: string } {
  switch (end) {
    case 'afterReplacement':
      return { label: vscode.l10n.t('As soon as the replacement is in place'), detail: vscode.l10n.t('Recommended. Rotate, replace the value here, then end it. CI, hosting and other machines that still use it get 401.') };
    case 'now':
      return { label: vscode.l10n.t('Now'), detail: vscode.l10n.t('It is ended as soon as the new value is stored and proved, and before anything else.') };
    case '1h':
      return { label: vscode.l10n.t('In 1 hour'), detail: vscode.l10n.t('Whoever has the leaked value can use it until then. You are asked back to prove its end.') };
    case '24h':
      return { label: vscode.l10n.t('In 24 hours'), detail: vscode.l10n.t('Whoever has the leaked value can use it until then.') };
    case '3d':
      return { label: vscode.l10n.t('In 3 days'), detail: vscode.l10n.t('Whoever has the leaked value can use it until then.') };
    case '7d':
      return { label: vscode.l10n.t('In 7 days'), detail: vscode.l10n.t('Whoever has the leaked value can use it until then.') };
    case 'revoke':
      return { label: vscode.l10n.t('Now, without a replacement'), detail: vscode.l10n.t('Revoke the key for good: for a scoped key that nobody uses. Look-ups that take its place have no value.') };
    case 'none':
      return { label: vscode.l10n.t('It has ended'), detail: '' };
  }
}

/** What is left of a remediation, in one phrase. */
export function leftWords({ done }: Pick<RemediationRecord, 'done'>): string {
  if (done.includes('proved')) return vscode.l10n.t('the leaked value is refused; the report was not written');
  if (done.includes('ended')) return vscode.l10n.t('its end is not proved yet');
  if (done.includes('replaced')) return vscode.l10n.t('the leaked value is still to be ended');
  if (done.includes('rotated')) return vscode.l10n.t('the leaked value is still to be replaced and ended');
  return vscode.l10n.t('the key is still to be rotated, and the leaked value may be valid');
}
