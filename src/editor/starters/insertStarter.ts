import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { STARTERS, startersFor, type Starter, type StarterOptions } from '../../snippets/starters/index.js';
import { SURFACES, type SurfaceId } from '../../snippets/surfaces.js';
import { askChoice, BACK, runSteps, type Choice, type Step } from '../multiStep.js';
import { writerOptions, type RequestsDeps } from '../requests/deps.js';
import { insertInNewDocument, insertPieces, offerNewDocument } from '../requests/insertion.js';
import { isForPeople, pieceFor, placeAt } from '../requests/place.js';
import { surroundingsOf } from '../requests/surroundings.js';

/** What the command is called with, all of it optional. */
export interface StarterWish {
  readonly starter?: string;
  readonly surface?: SurfaceId;
}

/** The id of a starter, or an object that names it or a surface; anything else is no wish. */
export function readStarterWish(argument: unknown): StarterWish {
  if (typeof argument === 'string') return { starter: argument };
  if (typeof argument !== 'object' || argument === null) return {};
  const { starter, surface } = argument as Readonly<Record<string, unknown>>;
  const known = SURFACES.find(({ id }) => id === surface)?.id;
  return { ...(typeof starter === 'string' ? { starter } : {}), ...(known === undefined ? {} : { surface: known }) };
}

/** What has been chosen so far. */
export interface StarterAnswers {
  readonly surface?: SurfaceId;
  readonly starter?: Starter;
}

/** Where a starter would go, and what its code reads there. */
export interface StarterSpot {
  readonly editor: vscode.TextEditor | undefined;
  /** Those that may stand in the open file, whatever their surface. */
  readonly fitting: readonly Starter[];
  readonly options: StarterOptions;
  /** Why some may not stand in the open file; undefined where there is nothing to say. */
  readonly because: string | undefined;
}

/** Asks for one of Stigg's SDKs and puts the code that starts it where the cursors are, or into a new document where the open file is no place for it. */
export async function insertStarter(deps: RequestsDeps, wish: StarterWish): Promise<void> {
  const named = wish.starter === undefined ? undefined : starterById(wish.starter);
  const spot = await starterSpot(deps);
  const answers = named === undefined
    ? await runSteps<StarterAnswers>(vscode.l10n.t('Insert SDK Starter'), [starterStep(spot)], wish.surface === undefined ? {} : { surface: wish.surface })
    : { starter: named };
  if (answers?.starter !== undefined) await insertChosenStarter(answers.starter, spot);
}

export async function starterSpot(deps: RequestsDeps): Promise<StarterSpot> {
  const { baseUrl, keyVariable } = await writerOptions(deps);
  const options = { serverVariable: keyVariable, serverLookup: `process.env.${keyVariable}`, publishableLookup: undefined, baseUrl };
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isForPeople(editor)) return { editor: undefined, fitting: [], options, because: undefined };
  const { document } = editor;
  const { side, evidence, ...lookups } = await surroundingsOf(document, keyVariable);
  const fitting = startersFor({ languageId: placeAt(document, editor.selection.start).languageId ?? '', path: document.uri.path, text: document.getText(), side });
  return {
    editor, fitting, options: { ...options, ...(fitting.length === 0 ? {} : lookups) },
    because: side === 'browser' ? vscode.l10n.t('Ships to the browser ({0}): what takes a server key comes in a new document', evidence) : undefined,
  };
}

/** Asks which one: those for the open file first. */
export function starterStep<S extends StarterAnswers>(spot: StarterSpot): Step<S> {
  return {
    applies: ({ surface }) => surface === undefined || SURFACES.find(({ id }) => id === surface)?.leadsTo === 'starters',
    ask: async (state, frame) => {
      const wanted = STARTERS.filter(({ surface }) => state.surface === undefined || surface === state.surface);
      const here = wanted.filter((starter) => spot.fitting.includes(starter));
      const elsewhere = wanted.filter((starter) => !here.includes(starter));
      const answer = await askChoice(frame, {
        placeHolder: spot.because ?? SURFACES.find(({ id }) => id === state.surface)?.note() ?? vscode.l10n.t('Language or package. Never the key itself is inserted, only its variable.'),
        items: [
          ...group(vscode.l10n.t('in the open file'), here),
          ...group(vscode.l10n.t('in a new document'), elsewhere),
        ],
        matchOnDetail: true, isActive: (starter) => starter === state.starter,
      });
      return answer === undefined || answer === BACK ? answer : { ...state, starter: answer };
    },
  };
}

function group(label: string, starters: readonly Starter[]): Choice<Starter>[] {
  const [first] = starters;
  if (first === undefined) return [];
  return [{ label, kind: vscode.QuickPickItemKind.Separator, value: first }, ...starters.map((starter) => ({ label: starter.title, description: statusWords(starter), detail: starter.install, value: starter }))];
}

function statusWords({ status, side }: Starter): string {
  const words = { current: [], beta: [vscode.l10n.t('beta')], older: [vscode.l10n.t('older, for projects that have it')] }[status];
  const key = { server: [vscode.l10n.t('server key')], frontend: [vscode.l10n.t('publishable key')], tool: [] }[side];
  return [...words, ...key].join(' · ');
}

/** Puts it where it belongs and says what else it needs. */
export async function insertChosenStarter(starter: Starter, { editor, fitting, options }: StarterSpot): Promise<void> {
  const isHere = editor !== undefined && fitting.includes(starter);
  const written = starter.write(options);
  const code = { ...written, languageId: starter.languageIds[0], before: starter.before, file: () => written.file };
  const isInserted = isHere && (await insertPieces(editor, (position) => pieceFor(code, editor.document, position)));
  if (!isInserted) {
    if (isHere && !(await offerNewDocument())) return;
    await insertInNewDocument(starter.languageIds, written.file);
  }
  // Not awaited: the command is over when its work is.
  void tell(starter);
}

async function tell({ title, install, side }: Starter): Promise<void> {
  if (side === 'tool') return;
  const copy = vscode.l10n.t('Copy');
  const choice = await vscode.window.showInformationMessage(vscode.l10n.t('{0} needs: {1}', title, install), copy);
  if (choice === copy) await vscode.env.clipboard.writeText(install);
}

function starterById(id: string): Starter {
  const found = STARTERS.find((starter) => starter.id === id);
  if (found !== undefined) return found;
  throw new ExpectedError('unknownStarter', vscode.l10n.t('There is no starter called "{0}".', id), vscode.l10n.t('Use one of: {0}.', STARTERS.map((starter) => starter.id).join(', ')));
}
