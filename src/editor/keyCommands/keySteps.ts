import * as vscode from 'vscode';
import { asText, descriptionProblem, nameProblem } from '../../keys/keyNames.js';
import type { ApiKey, Scope } from '../../keys/model.js';
import { allows, isWritable, matrix, normalise, presetChoices, presetOf, presetScopes, ticked, type PresetId } from '../../keys/scopes.js';
import { mayNotWords, mayWords, presetDetail, presetWords, resourceWords, scopeWords } from '../../keys/scopeWords.js';
import { askChoice, askMany, askText, BACK, type Choice, type Remark, type Step } from '../multiStep.js';

/** The answers to the steps by which a scoped key is created or changed. */
export interface KeyAnswers {
  readonly name: string;
  readonly description: string;
  readonly preset: PresetId | 'custom' | undefined;
  readonly scopes: readonly Scope[];
}

/** @param others the keys whose names are taken */
export function nameStep(others: readonly ApiKey[]): Step<KeyAnswers> {
  return {
    ask: async (state, frame) => {
      const name = await askText(frame, {
        value: state.name,
        prompt: vscode.l10n.t('Name of the key: the service that uses it'),
        placeHolder: 'billing-service',
        remark: (value) => nameRemark(value, others),
      });
      return typeof name === 'string' ? { ...state, name: asText(name) } : name;
    },
  };
}

function nameRemark(value: string, others: readonly ApiKey[]): Remark {
  const problem = nameProblem(value);
  if (problem !== undefined) return { severity: 'error', message: problem };
  const name = asText(value);
  const twin = others.find((key) => key.displayName.toLowerCase() === name.toLowerCase());
  if (twin !== undefined) return { severity: 'warning', message: vscode.l10n.t('There is a key named "{0}" already: two of one name are hard to tell apart. Enter takes it all the same.', twin.displayName) };
  return changed(value, name);
}

export const descriptionStep: Step<KeyAnswers> = {
  ask: async (state, frame) => {
    const description = await askText(frame, {
      value: state.description,
      prompt: vscode.l10n.t('Description (optional): what it is for, and whom to ask'),
      remark: (value) => {
        const problem = descriptionProblem(value);
        return problem === undefined ? changed(value, asText(value)) : { severity: 'error', message: problem };
      },
    });
    return typeof description === 'string' ? { ...state, description: asText(description) } : description;
  },
};

/** What cannot be seen, or is a secret, does not become part of a name; the person sees what does. */
function changed(typed: string, kept: string): Remark {
  return typed.trim().replace(/\s+/g, ' ') === kept ? undefined : { severity: 'info', message: vscode.l10n.t('Without characters that cannot be seen, and without keys: "{0}"', kept) };
}

/** @param available what Stigg lets a scoped key have */
export function presetStep(available: readonly Scope[]): Step<KeyAnswers> {
  return {
    ask: async (state, frame) => {
      const items: Choice<PresetId | 'custom'>[] = presetChoices(available).map(({ preset, missing }) => {
        if (missing.length === 0) return { label: presetWords(preset), detail: presetDetail(preset), value: preset };
        const refusal = vscode.l10n.t('Not available: Stigg does not offer {0} here.', missing.map(scopeWords).join(', '));
        return { label: `$(circle-slash) ${presetWords(preset)}`, detail: refusal, value: preset, refusal };
      });
      items.push({ label: vscode.l10n.t('Custom…'), detail: vscode.l10n.t('Choose reading and writing for each resource'), value: 'custom' });
      const preset = await askChoice(frame, {
        placeHolder: vscode.l10n.t('What may it do? Less is safer: a leaked key can do no more than this.'),
        items,
        // Enter alone gives no more than reading.
        isActive: (value) => value === (state.preset ?? 'readOnly'),
      });
      if (preset === BACK || preset === undefined) return preset;
      return { ...state, preset, scopes: preset === 'custom' ? state.scopes : presetScopes(preset) };
    },
  };
}

/** The matrix itself, where no preset fits. */
export function matrixStep(available: readonly Scope[]): Step<KeyAnswers> {
  return {
    applies: ({ preset }) => preset === 'custom',
    ask: async (state, frame) => {
      const fields = matrix(available);
      const chosen = await askMany(frame, {
        placeHolder: vscode.l10n.t('Permissions of the key; writing includes reading'),
        items: fields.map((scope) => ({ label: scopeWords(scope), ...fieldWords(scope), value: scope })),
        chosen: fields.filter((scope) => allows(state.scopes, scope)),
        settle: (now, before) => ticked(fields, now, before),
        refusal: (scopes) => (scopes.length === 0 ? vscode.l10n.t('A key needs at least one permission: tick one.') : undefined),
      });
      return chosen === BACK || chosen === undefined ? chosen : { ...state, scopes: normalise(chosen) };
    },
  };
}

function fieldWords({ resource, action }: Scope): { description?: string } {
  if (action === 'WRITE') return { description: vscode.l10n.t('includes reading') };
  return isWritable(resource) ? {} : { description: vscode.l10n.t('can only be read') };
}

/** The last look before anything happens: what the key may do, and what it may not. */
export function summaryStep(go: string, more: (state: KeyAnswers) => readonly string[]): Step<KeyAnswers> {
  return {
    ask: async (state, frame) => {
      const mayNot = mayNotWords(state.scopes);
      const fact = (text: string): Choice<boolean> => ({ label: text, value: false, refusal: text });
      const preset = presetOf(state.scopes);
      const answer = await askChoice(frame, {
        placeHolder: vscode.l10n.t('Enter goes on; Escape leaves everything as it is.'),
        items: [
          { label: `$(check) ${go}`, value: true, alwaysShow: true },
          { label: preset === undefined ? vscode.l10n.t('Custom scope') : presetWords(preset), kind: vscode.QuickPickItemKind.Separator, value: false },
          fact(vscode.l10n.t('$(check) It may: {0}', mayWords(state.scopes))),
          ...(mayNot.length === 0 ? [fact(vscode.l10n.t('$(warning) It may do everything'))] : mayNot.map((line) => fact(`$(circle-slash) ${line}`))),
          ...(allows(state.scopes, { resource: 'API_KEY', action: 'WRITE' }) ? [fact(vscode.l10n.t('$(warning) It can make and revoke other keys ({0}: write)', resourceWords('API_KEY')))] : []),
          ...more(state).map(fact),
        ],
        isActive: (value) => value,
      });
      if (answer === BACK || answer === undefined) return answer;
      return state;
    },
  };
}
