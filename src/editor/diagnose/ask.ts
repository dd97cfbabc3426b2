import * as vscode from 'vscode';
import type { InspectedRequest } from '../../diagnose/request.js';
import { requestLine } from '../../diagnose/report.js';
import { SYMPTOMS, symptomWords, type Symptom } from '../../diagnose/symptom.js';
import type { Environment } from '../../keys/model.js';
import { managementKeyOf } from '../../keys/storedKey.js';
import type { StoredKey } from '../../keys/vault.js';
import { environmentTypeWords, keyTypeWords } from '../environments/wording.js';
import { plainLabel } from '../plainLabel.js';

const title = (): string => vscode.l10n.t('Diagnose a Failing Request');

/** What the person sees; undefined when they changed their mind. */
export async function askSymptom(request: InspectedRequest | null): Promise<Symptom | undefined> {
  const separator = (label: string): vscode.QuickPickItem & { symptom?: undefined } => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const item = (symptom: Symptom): vscode.QuickPickItem & { symptom: Symptom } => {
    const { label, meaning } = symptomWords(symptom);
    return { label, detail: meaning, symptom };
  };
  const isKey = (symptom: Symptom): boolean => symptomWords(symptom).status === 401;
  const picked = await vscode.window.showQuickPick(
    [
      separator(vscode.l10n.t('The key is not accepted')),
      ...SYMPTOMS.filter(isKey).map(item),
      separator(vscode.l10n.t('The request is refused')),
      ...SYMPTOMS.filter((symptom) => !isKey(symptom)).map(item),
    ],
    {
      title: title(),
      placeHolder: request === null ? vscode.l10n.t('What does Stigg answer?') : vscode.l10n.t('What does Stigg answer to {0}?', requestLine(request)),
      matchOnDetail: true,
    },
  );
  return picked?.symptom;
}

/** The environments that were added, as the vault knows them: nobody has to be asked for that. */
export function environmentsOf(stored: readonly StoredKey[]): readonly Environment[] {
  return [...new Set(stored.map(({ environmentId }) => environmentId))]
    .flatMap((id) => managementKeyOf(stored, id)?.manages ?? [])
    .sort((a, b) => Number(b.type === 'PRODUCTION') - Number(a.type === 'PRODUCTION') || a.displayName.localeCompare(b.displayName));
}

/** The environment the request is meant for. Asked only when there are several; the active one comes first. */
export async function askEnvironment(environments: readonly Environment[], activeId?: string): Promise<Environment | undefined> {
  if (environments.length <= 1) return environments[0];
  const picked = await vscode.window.showQuickPick(
    [...environments].sort((a, b) => Number(b.id === activeId) - Number(a.id === activeId)).map((environment) => ({
      label: plainLabel(environment.displayName),
      description: [environmentTypeWords(environment.type), environment.account === null ? undefined : plainLabel(environment.account.displayName)].filter((part) => part !== undefined).join(' · '),
      environment,
    })),
    { title: title(), placeHolder: vscode.l10n.t('Which environment is the request meant for?') },
  );
  return picked?.environment;
}

/** The key the request is sent with, as far as the person knows. Asked only when several are stored; the management key comes first. */
export async function askKey(stored: readonly StoredKey[], environment: Environment): Promise<StoredKey | null | undefined> {
  const management = managementKeyOf(stored, environment.id);
  const keys = stored
    .filter(({ environmentId }) => environmentId === environment.id)
    .sort((a, b) => Number(b === management) - Number(a === management) || a.displayName.localeCompare(b.displayName));
  if (keys.length <= 1) return keys[0] ?? null;
  const picked = await vscode.window.showQuickPick(
    keys.map((key) => ({ label: plainLabel(key.displayName), description: [keyTypeWords(key.type), key.mask].join(' · '), key })),
    { title: title(), placeHolder: vscode.l10n.t('Which key is the request sent with?'), matchOnDescription: true },
  );
  return picked?.key;
}
