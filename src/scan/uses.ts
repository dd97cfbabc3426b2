import { checkParts } from './check.js';
import { EMPTY_CONTEXT, type KnownKey, type ScanContext } from './context.js';
import { isEnvFile } from './envFiles.js';
import type { Finding, TextEdit } from './finding.js';
import type { Span } from './languages/language.js';
import { indentationAt, lineStartAt, newlineOf } from './lines.js';
import type { Part } from './parts.js';
import { deadKey } from './rules/deadKey.js';
import { hardcodedServerKey } from './rules/hardcodedServerKey.js';
import { serverKeyBundled } from './rules/serverKeyBundled.js';
import { serverKeyInFrontend } from './rules/serverKeyInFrontend.js';
import { serverKeyInFrontendSdk } from './rules/serverKeyInFrontendSdk.js';
import { assignmentAround } from './rules/unprotectedEnvFile.js';
import { ScanFile } from './scanFile.js';
import type { Source } from './source.js';
import { fingerprintsIn, type TokenSpan } from './tokens/find.js';

/** A place in a document that holds one of the values asked for, in whatever form. Without the value. */
export type TokenUse = TokenSpan;

/** Why nothing can be put in a value's place. `built`: a bundle. `encoded`: base64, or put together. `partOfValue`: of a variable. `noLookup`: the file reads no variables there. */
export type Irreplaceable = 'built' | 'encoded' | 'partOfValue' | 'noLookup';

/** What takes a value's place; without edits, why nothing does. */
export type Replacement = TokenUse & ({ readonly edits: readonly TextEdit[] } | { readonly edits?: undefined; readonly reason: Irreplaceable });

/** The rules whose first fix puts a look-up in a key's place, as they speak about one token: the earlier one counts. The first is asked about publishable keys alone. */
const REPLACING = [deadKey, serverKeyInFrontendSdk, serverKeyInFrontend, serverKeyBundled, hardcodedServerKey];

/** All places of the values with these fingerprints, in order. */
export function usesOf(document: Source, parts: readonly Part[], fingerprints: ReadonlySet<string>): TokenUse[] {
  try {
    return parts
      .flatMap((part) => fingerprintsIn(new ScanFile(part, document, EMPTY_CONTEXT), fingerprints)
        .map((token) => ({ ...token, start: part.toOuter(token.start), end: part.toOuter(token.end) })))
      .sort((a, b) => a.start - b.start || a.end - b.end);
  } finally {
    for (const { syntax } of parts) syntax?.forgetNodes();
  }
}

/**
 * The same places with what takes the value's place there: the fixes of the rules, whatever the settings and comments make of their
 * findings, since a value that has to go has to go everywhere. In env files the variable stays, without its value.
 *
 * @param note stands in a comment above a variable that was emptied; without it nothing does
 */
export function replacementsOf(document: Source, parts: readonly Part[], fingerprints: ReadonlySet<string>, context: ScanContext, note?: string): Replacement[] {
  const uses = usesOf(document, parts, fingerprints);
  if (uses.length === 0) return [];
  if (isEnvFile(document.path)) return uses.map((use) => inEnvFile(document.text, use, isPublishable(use, context), note));
  const findings = findingsOf(document, parts, uses, context);
  return uses.map((use) => inCode(use, findings));
}

function findingsOf(document: Source, parts: readonly Part[], uses: readonly TokenUse[], context: ScanContext): Finding[] {
  const known = new Map(uses.map((use): [string, KnownKey] => {
    const isClient = isPublishable(use, context);
    // What has ended is what the rule about publishable keys speaks of; about the others no rule must say only that they have ended.
    return [use.fingerprint, { environmentName: '', displayName: '', keyType: isClient ? 'CLIENT' : 'SERVER', expireAt: isClient ? new Date(0) : null }];
  }));
  try {
    return checkParts(document, parts, { ...context, knownKey: (fingerprint) => known.get(fingerprint) }, REPLACING);
  } finally {
    for (const { syntax } of parts) syntax?.forgetNodes();
  }
}

function inCode(use: TokenUse, findings: readonly Finding[]): Replacement {
  const finding = findings.find(({ start, end, fingerprint }) => start === use.start && end === use.end && fingerprint === use.fingerprint);
  const edits = finding?.fixes.find((fix) => fix.edits.length > 0 && fix.action === undefined)?.edits;
  if (edits !== undefined) return { ...use, edits };
  if (finding?.rule === serverKeyBundled.id) return { ...use, reason: 'built' };
  return { ...use, reason: use.isReplaceable ? 'noLookup' : 'encoded' };
}

function inEnvFile(text: string, use: TokenUse, isClient: boolean, note: string | undefined): Replacement {
  if (!use.isReplaceable) return { ...use, reason: 'encoded' };
  const assignment = assignmentAround(text, use);
  if (assignment === undefined) return { ...use, reason: 'partOfValue' };
  if (assignment.isComment) return { ...use, edits: [{ start: use.start, end: use.end, text: isClient ? '<STIGG_CLIENT_API_KEY>' : '<STIGG_SERVER_API_KEY>' }] };
  if (assignment.value === undefined) return { ...use, reason: 'partOfValue' };
  const emptied = { ...assignment.value, text: '' };
  return { ...use, edits: note === undefined ? [emptied] : [noteAbove(text, use, note), emptied] };
}

function noteAbove(text: string, { start }: Span, note: string): TextEdit {
  const line = lineStartAt(text, start);
  return { start: line, end: line, text: `${indentationAt(text, start)}# ${note.replaceAll(/[\r\n]+/g, ' ')}${newlineOf(text)}` };
}

/** The form tells, but for the old one. */
function isPublishable({ kind, fingerprint }: TokenUse, context: ScanContext): boolean {
  const type = context.knownKey(fingerprint)?.keyType;
  return type === undefined ? kind === 'client' : type === 'CLIENT';
}
