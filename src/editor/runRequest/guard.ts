import * as vscode from 'vscode';
import type { Environment } from '../../keys/model.js';
import { cleanText } from '../../keys/graphql/text.js';
import type { RunnableRequest } from '../../runRequest/runnable.js';

/** Asks before anything that may change production is sent. The button that Enter presses is the one that does not send. */
export async function mayBeSent(request: RunnableRequest, environment: Environment): Promise<boolean> {
  if (!request.writes || environment.type !== 'PRODUCTION') return true;
  const { method, url, surface } = request;
  const keep = vscode.l10n.t('Do Not Send');
  const send = vscode.l10n.t('Send to Production');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Send {0} {1} to {2} (PRODUCTION)?', method, cleanText(url.pathname, 120), environment.displayName),
    {
      modal: true,
      detail: surface === 'graphql'
        ? vscode.l10n.t('The GraphQL document is not a query alone: it may change what real customers have.')
        : vscode.l10n.t('It may change what real customers have, and there is no way back from here.'),
    },
    keep,
    send,
  );
  return choice === send;
}
