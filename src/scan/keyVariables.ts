import type { Definition, Span, VariableRead } from './languages/language.js';
import { contains } from './languages/span.js';
import type { ScanFile } from './scanFile.js';
import type { VariableName } from './variables.js';

/** Names that Stigg's sidecar, tests and dashboard use and others may use as well: they count where the document is about Stigg. */
const SHARED = /^(?:SERVER_API_(?:KEY|TOKEN)|FULL_ACCESS_(?:API_)?KEY)$/i;
const STIGG = /stigg/i;

/** What the name of a Stigg key or secret says; undefined for every other name. */
export function stiggVariable(file: ScanFile, name: string): VariableName | undefined {
  const variable = file.readName(name);
  if (variable === undefined) return undefined;
  return variable.namesStigg || (SHARED.test(variable.bare) && STIGG.test(file.document.text)) ? variable : undefined;
}

/** The signing secret or the webhook secret: neither is a key, and both have a rule of their own. */
export function isSigningSecret({ kind }: VariableName): boolean {
  return kind === 'signing' || kind === 'webhook';
}

/** The anchor of findings about a name or the read of a variable: of all rules, one speaks about it. */
export function variableAnchor({ start }: Span): string {
  return `variable@${start}`;
}

/** True for the second half of `NAME=${NAME}`, which says nothing that the first does not. */
export function isHandedOn(read: VariableRead, definitions: readonly Definition[]): boolean {
  return definitions.some(({ name, valueSpan, isEnvironment }) => isEnvironment && name === read.variable && contains(valueSpan, read));
}
