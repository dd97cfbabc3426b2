import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { takeOut, type Taken } from '../../envFiles/edit.js';
import { isEnvScript } from '../../envFiles/script.js';
import { secretsIn } from '../../envFiles/secrets.js';
import { leadsOutside } from '../usages/links.js';
import type { Found } from './chooseSecrets.js';
import { bytesOf, isDirty, readEnvFile, type EnvFileWithKeys } from './files.js';
import { placeFile } from './place.js';

/** The stored keys, by fingerprint. */
export type Kept = ReadonlyMap<string, { readonly slug: string }>;

/** What came of it. */
export interface Outcome {
  /** Whose values are no longer in their file. */
  readonly taken: readonly Found[];
  /** Files that were not changed, with the reason in words. */
  readonly left: readonly { readonly path: string; readonly reason: string }[];
  readonly stored: number;
}

/** Takes the chosen values out, file by file. Only what is stored, or dead, leaves a file. */
export async function takeOutOfFiles(chosen: readonly Found[], how: 'empty' | 'remove', kept: Kept): Promise<Outcome> {
  const taken: Found[] = [];
  const left: { path: string; reason: string }[] = [];
  for (const file of new Set(chosen.map((found) => found.file))) {
    const ofFile = chosen.filter((found) => found.file === file);
    const reason = await changeFile(file, ofFile, how, kept);
    if (reason === undefined) taken.push(...ofFile);
    else left.push({ path: file.path, reason });
  }
  return { taken, left, stored: kept.size };
}

/** Resolves with why the file was not changed. */
async function changeFile({ uri }: EnvFileWithKeys, chosen: readonly Found[], how: 'empty' | 'remove', kept: Kept): Promise<string | undefined> {
  if (await leadsOutside(uri)) return vscode.l10n.t('it leads out of the workspace');
  if (await hasAnotherName(uri)) return vscode.l10n.t('it is the same file as another one, a hard link, which would keep the keys');
  if (isDirty(uri)) return vscode.l10n.t('it has changes that are not saved');
  // Once more: it may have been written meanwhile.
  const now = await readEnvFile(uri);
  if (now === undefined) return vscode.l10n.t('it can no longer be read');
  const wanted = secretsIn(now.text).secrets.flatMap((key): Taken[] => {
    const found = chosen.find((one) => one.key.assignment.name === key.assignment.name && one.key.assignment.isComment === key.assignment.isComment && one.key.secret.equals(key.secret));
    const isSafe = found !== undefined && (found.health.kind === 'dead' || kept.has(key.secret.fingerprint));
    if (!isSafe) return [];
    const { assignment } = key;
    // A shell that reads an empty variable would empty it.
    return [{ assignment, how: isEnvScript(uri.path) && !assignment.isComment ? 'remove' : how, note: assignment.isComment ? undefined : note(assignment.name, kept.get(key.secret.fingerprint)?.slug) }];
  });
  if (wanted.length === 0) return vscode.l10n.t('the keys are no longer in it');
  try {
    await placeFile(uri, bytesOf(takeOut(now.text, wanted), now));
  } catch (error) {
    return error instanceof Error && 'code' in error ? vscode.l10n.t('it cannot be written ({0})', String(error.code)) : vscode.l10n.t('it cannot be written');
  }
  return undefined;
}

/** Whether the file has a second name: it is replaced under the one that is known, and the other, which may be anywhere, keeps what was in it. */
async function hasAnotherName(uri: vscode.Uri): Promise<boolean> {
  // Elsewhere it is written in place.
  return uri.scheme === 'file' && ((await stat(uri.fsPath).catch(() => undefined))?.nlink ?? 1) > 1;
}

/** Written into a file that others read, so in English for all of them. */
function note(name: string, slug: string | undefined): string {
  if (slug === undefined) return `${name} held a key that Stigg refuses; it was taken out`;
  // An environment's slug is somebody else's text: in a comment that can be copied into a shell it must be a plain word.
  const environment = /^[\w.-]{1,100}$/.test(slug) ? slug : '<environment>';
  return `${name} comes from the OS keychain: open a Stigg terminal, or "stigg-keys run --env ${environment} -- <command>"`;
}
