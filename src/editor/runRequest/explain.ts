import * as vscode from 'vscode';
import { gather } from '../../diagnose/gather.js';
import { diagnose } from '../../diagnose/judge.js';
import { certaintyWords, markdown } from '../../diagnose/report.js';
import type { InspectedRequest } from '../../diagnose/request.js';
import { SYMPTOMS, type Symptom } from '../../diagnose/symptom.js';
import { isCancelled } from '../../errors.js';
import type { Judgement } from '../../runRequest/judgement.js';
import type { Explanation } from '../../runRequest/present.js';
import type { RunnableRequest } from '../../runRequest/runnable.js';
import { environmentsOf } from '../diagnose/ask.js';
import type { RunRequestDeps } from './deps.js';
import type { RunWith } from './environment.js';

/** Looking into a failure asks Stigg a few things; the answer itself is shown after this at the latest. Milliseconds. */
const LONGEST = 10_000;

/** What Diagnose calls such a failure; undefined where it has nothing to say. */
export function symptomOf({ isFailure, isWebPage, status }: Judgement): Symptom | undefined {
  return isFailure && !isWebPage ? SYMPTOMS.find((symptom) => symptom === String(status)) : undefined;
}

/** The request as the checks look at it. */
export function inspected({ surface, method, url, headers, sendsKey, withheld, body }: RunnableRequest): InspectedRequest {
  const plain = headers.map(([name, value]) => ({ name, value: /^content-type$/i.test(name) ? value.slice(0, 100) : undefined }));
  return {
    surface, method, path: url.pathname, headersAreOpen: false, hasBody: body !== undefined,
    headers: [...(sendsKey ? [{ name: 'X-API-KEY', value: undefined }] : []), ...withheld.map((name) => ({ name, value: undefined })), ...plain],
  };
}

/** Says why Stigg answered that, by the rules of Diagnose where they know the status. null for an answer that is fine. */
export async function explain(deps: Pick<RunRequestDeps, 'api' | 'vault' | 'now'>, request: RunnableRequest, { environment, stored, key }: RunWith, judgement: Judgement, signal: AbortSignal): Promise<Explanation | null> {
  if (!judgement.isFailure) return null;
  const symptom = symptomOf(judgement);
  if (symptom === undefined) return byStatus(judgement);
  try {
    const used = { ok: false, why: vscode.l10n.t('The key came from the keychain, not from a file.') } as const;
    const facts = await gather(deps, { symptom, stored, environment, key, request: inspected(request), used }, AbortSignal.any([signal, AbortSignal.timeout(LONGEST)]));
    const { main, others } = diagnose(facts, { hasOtherEnvironments: environmentsOf(stored).length > 1 });
    return {
      title: `${certaintyWords(main.certainty)}: ${markdown(main.title)}`,
      lines: [markdown(main.why), '', markdown(main.fix), ...(others.length === 0 ? [] : ['', ...others.map(({ certainty, title, fix }) => `- ${certaintyWords(certainty)}: ${markdown(title)}. ${markdown(fix)}`)])],
    };
  } catch (error) {
    // The answer is worth showing without an explanation.
    if (isCancelled(error) || signal.aborted) return null;
    throw error;
  }
}

/** What the rules do not know. Source: Stigg's table of REST statuses. */
function byStatus({ isWebPage, status }: Judgement): Explanation {
  if (isWebPage) {
    return {
      title: vscode.l10n.t('A web page answered, and not Stigg’s API'),
      lines: [vscode.l10n.t('Check the address, the setting “stiggKeys.api.endpoint”, and whether a proxy, a firewall or a sign-in page answers in between.')],
    };
  }
  if (status >= 500) return { title: vscode.l10n.t('Stigg failed to answer'), lines: [vscode.l10n.t('Try again in a minute; status.stigg.io tells about incidents.')] };
  if (status >= 300 && status < 400) return { title: vscode.l10n.t('Stigg’s API does not redirect'), lines: [vscode.l10n.t('Check the path, and the setting “stiggKeys.api.endpoint”.')] };
  return { title: vscode.l10n.t('Stigg does not take the request as it is'), lines: [vscode.l10n.t('Compare method, path, query and body with Stigg’s API reference; money is in dollars, and a page holds 100 entries at most.')] };
}
