import { t } from '@vscode/l10n';
import { ExpectedError } from '../errors.js';

/**
 * What a model hands to a tool. It may be anything: a model can be talked into it by what it reads, and other extensions can call tools, too. Whatever is
 * not of the form is refused in words that the model can act on; nothing of it is quoted.
 */
export interface ListKeysInput {
  /** Name or id. */
  readonly environment: string | undefined;
  readonly isWithEnded: boolean;
  readonly limit: number;
}

export interface ListFindingsInput {
  /** A part of the file's path. */
  readonly path: string | undefined;
  readonly limit: number;
}

export const FLOWS = ['rotate', 'revoke'] as const;
export type Flow = (typeof FLOWS)[number];

export interface OpenFlowInput {
  readonly flow: Flow;
  readonly environmentId: string;
  readonly keyId: string;
}

export const LIMIT = { most: 200, usual: 50 } as const;
/** Names and ids of Stigg are shorter. */
const TEXT_MAX = 200;

type Fields = Readonly<Record<string, unknown>>;

export function listKeysInput(input: unknown): ListKeysInput {
  const fields = fieldsOf(input, ['environment', 'includeEnded', 'limit']);
  const { includeEnded } = fields;
  if (includeEnded !== undefined && typeof includeEnded !== 'boolean') throw bad(t('"includeEnded" must be true or false.'));
  return { environment: optionalText(fields, 'environment'), isWithEnded: includeEnded === true, limit: limitOf(fields) };
}

export function listFindingsInput(input: unknown): ListFindingsInput {
  const fields = fieldsOf(input, ['path', 'limit']);
  return { path: optionalText(fields, 'path'), limit: limitOf(fields) };
}

export function openFlowInput(input: unknown): OpenFlowInput {
  const fields = fieldsOf(input, ['action', 'environmentId', 'keyId']);
  const flow = FLOWS.find((one) => one === fields.action);
  if (flow === undefined) throw bad(t('"action" must be one of: {0}.', FLOWS.join(', ')));
  const environmentId = optionalText(fields, 'environmentId');
  const keyId = optionalText(fields, 'keyId');
  if (environmentId === undefined || keyId === undefined) throw bad(t('"environmentId" and "keyId" must be the ids that the list of keys gives.'));
  return { flow, environmentId, keyId };
}

/** For tools that take nothing. */
export function noInput(input: unknown): void {
  fieldsOf(input, []);
}

function fieldsOf(input: unknown, known: readonly string[]): Fields {
  if (input === undefined || input === null) return {};
  if (typeof input !== 'object' || Array.isArray(input)) throw bad(t('The input must be an object.'));
  if (Object.keys(input).some((name) => !known.includes(name))) throw bad(known.length === 0 ? t('This tool takes no input.') : t('The input may have these fields alone: {0}.', known.join(', ')));
  return input as Fields;
}

function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || value.length > TEXT_MAX) throw bad(t('"{0}" must be a text of at most {1} characters.', name, TEXT_MAX));
  return value;
}

function limitOf({ limit }: Fields): number {
  if (limit === undefined) return LIMIT.usual;
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > LIMIT.most) throw bad(t('"limit" must be a whole number from 1 to {0}.', LIMIT.most));
  return limit;
}

function bad(message: string): ExpectedError {
  return new ExpectedError('badToolInput', message, t('Call the tool again with an input of the form that its schema says.'));
}
