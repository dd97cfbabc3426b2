import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { ApiRequest } from '../../snippets/request.js';
import type { SurfaceId } from '../../snippets/surfaces.js';
import type { Writer } from '../../snippets/writer.js';
import { runSteps, type Step } from '../multiStep.js';
import { writerOptions, type RequestsDeps } from './deps.js';
import { insertInNewDocument, insertPieces, offerNewDocument } from './insertion.js';
import type { Library } from './library.js';
import { codeOf, isForPeople, languageOf, pieceFor, placeAt, writersFor } from './place.js';
import { recentRequests, recentTargets } from './recent.js';
import { requestStep, targetStep, type RequestAnswers } from './steps.js';
import { surroundingsOf } from './surroundings.js';

/** What the command is called with, all of it optional: the sidebar passes a row, which says nothing. */
export interface RequestWish {
  readonly request?: string;
  readonly target?: string;
  readonly surface?: SurfaceId;
}

/** The id of a request, or an object that names it and its target; anything else is no wish. */
export function readWish(argument: unknown): RequestWish {
  if (typeof argument === 'string') return { request: argument };
  if (typeof argument !== 'object' || argument === null) return {};
  const { request, target, surface } = argument as Readonly<Record<string, unknown>>;
  return {
    ...(typeof request === 'string' ? { request } : {}),
    ...(typeof target === 'string' ? { target } : {}),
    ...(surface === 'rest' || surface === 'graphql' ? { surface } : {}),
  };
}

/** Where a request would go. */
export interface RequestPlace {
  /** undefined: into a document of its own. */
  readonly editor: vscode.TextEditor | undefined;
  readonly writers: readonly Writer[];
  /** Why the open file is no place for it; undefined where there is nothing to say. */
  readonly because: string | undefined;
}

/**
 * Asks for a request and for what it is written in (or takes what `wish` names), and puts it where the cursors are, or into a new document
 * where the active editor is no place for it. The key itself is never inserted, only its variable.
 */
export async function insertRequest(deps: RequestsDeps, library: Library, wish: RequestWish): Promise<void> {
  const request = wish.request === undefined ? undefined : requestById(library, wish.request);
  const writer = wish.target === undefined ? undefined : writerById(library, wish.target);
  const place = await requestPlace(deps, library, writer);
  const steps = (await requestSteps<RequestAnswers>(deps, library, place)).filter((_step, index) => !(index === 0 && request !== undefined) && !(index === 1 && writer !== undefined));
  const answers = await runSteps(vscode.l10n.t('Insert Authenticated Request'), steps, {
    ...(wish.surface === undefined ? {} : { surface: wish.surface }), ...(request === undefined ? {} : { request }), ...(writer === undefined ? {} : { writer }),
  });
  if (answers !== undefined) await insertChosen(deps, answers, place);
}

/** The two questions, in their order. */
export async function requestSteps<S extends RequestAnswers>(deps: RequestsDeps, library: Library, place: RequestPlace): Promise<readonly [Step<S>, Step<S>]> {
  const options = await writerOptions(deps);
  const candidates = (request: ApiRequest | undefined): readonly Writer[] => place.writers.filter((writer) => request === undefined || writer.write(request, options) !== undefined);
  const where = (): string => place.because ?? (place.editor === undefined ? vscode.l10n.t('Choose a language; the request comes in a new document') : vscode.l10n.t('Choose how the request is written'));
  return [requestStep<S>(library, recentRequests(deps.workspaceState)), targetStep<S>(candidates, recentTargets(deps.workspaceState), where)];
}

/** Where a request goes, written by `wanted` if one is wanted. */
export async function requestPlace(deps: RequestsDeps, { writers }: Library, wanted?: Writer): Promise<RequestPlace> {
  const editor = vscode.window.activeTextEditor;
  const elsewhere = { editor: undefined, writers: wanted === undefined ? writers : [wanted], because: undefined };
  if (editor === undefined || !isForPeople(editor)) return elsewhere;
  const fitting = writersFor(writers, placeAt(editor.document, editor.selection.start)).filter((writer) => wanted === undefined || writer === wanted);
  if (fitting.length === 0) return elsewhere;
  const { side, evidence } = await surroundingsOf(editor.document, await deps.keyVariable());
  if (side !== 'browser') return { editor, writers: fitting, because: undefined };
  return { ...elsewhere, because: vscode.l10n.t('The open file ships to the browser ({0}): the request comes in a new document', evidence) };
}

/** Puts the request where it belongs, and remembers what was chosen. */
export async function insertChosen(deps: RequestsDeps, { request, writer: chosen }: RequestAnswers, place: RequestPlace): Promise<void> {
  if (request === undefined) return;
  const options = await writerOptions(deps);
  // Whoever went back may have chosen a request that the target chosen before does not have.
  const writer = [...(chosen === undefined ? [] : [chosen]), ...place.writers].find((one) => one.write(request, options) !== undefined);
  const written = writer?.write(request, options);
  if (writer === undefined || written === undefined) {
    throw new ExpectedError('noSuchCall', vscode.l10n.t('{0} has no call for {1}.', place.writers[0]?.title() ?? '', request.id), vscode.l10n.t('Insert the request in another form, such as curl.'));
  }
  await recentRequests(deps.workspaceState).use(request.id);
  if (writer === chosen) await recentTargets(deps.workspaceState).use(writer.id);
  const { editor } = place;
  if (editor !== undefined) {
    const { document } = editor;
    const here = { ...options, languageId: languageOf(document) };
    if (await insertPieces(editor, (position) => pieceFor(codeOf(writer, writer.write(request, here) ?? written), document, position))) return;
    if (!(await offerNewDocument())) return;
  } else if (place.because !== undefined) {
    void vscode.window.showInformationMessage(`${place.because}.`);
  }
  await insertInNewDocument(writer.languageIds, writer.file(written));
}

function requestById({ requests }: Library, id: string): ApiRequest {
  const found = requests.find((request) => request.id === id);
  if (found !== undefined) return found;
  throw new ExpectedError('unknownRequest', vscode.l10n.t('There is no request called "{0}".', id), vscode.l10n.t('Run "Stigg: Insert Authenticated Request…" and choose one.'));
}

function writerById({ writers }: Library, id: string): Writer {
  const found = writers.find((writer) => writer.id === id);
  if (found !== undefined) return found;
  throw new ExpectedError('unknownTarget', vscode.l10n.t('Requests cannot be written as "{0}".', id), vscode.l10n.t('Use one of: {0}.', writers.map((writer) => writer.id).join(', ')));
}
