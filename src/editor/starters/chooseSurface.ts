import * as vscode from 'vscode';
import { SURFACES, type SurfaceId } from '../../snippets/surfaces.js';
import { askChoice, BACK, runSteps, type Step } from '../multiStep.js';
import type { RequestsDeps } from '../requests/deps.js';
import { insertChosen, requestPlace, requestSteps } from '../requests/insertRequest.js';
import type { Library } from '../requests/library.js';
import type { RequestAnswers } from '../requests/steps.js';
import { insertChosenStarter, starterSpot, starterStep, type StarterAnswers } from './insertStarter.js';

type Answers = RequestAnswers & StarterAnswers;

/** Which way to talk to Stigg fits when; each leads to the code that starts it, or to its requests. */
export async function chooseSurface(deps: RequestsDeps, library: Library): Promise<void> {
  const [place, spot] = await Promise.all([requestPlace(deps, library), starterSpot(deps)]);
  const further: Step<Answers>[] = [starterStep(spot), ...(await requestSteps<Answers>(deps, library, place))];
  // Which of them arise, and so how many steps there are, is known once there is a surface.
  const steps = [SURFACE_STEP, ...further.map((step): Step<Answers> => ({ ...step, applies: (state) => state.surface !== undefined && (step.applies?.(state) ?? true) }))];
  const answers = await runSteps<Answers>(vscode.l10n.t('Which Stigg API Should I Use?'), steps, {});
  if (answers === undefined) return;
  if (answers.starter !== undefined && leadsTo(answers.surface) === 'starters') await insertChosenStarter(answers.starter, spot);
  else await insertChosen(deps, answers, place);
}

const SURFACE_STEP: Step<Answers> = {
  ask: async (state, frame) => {
    const answer = await askChoice(frame, {
      placeHolder: vscode.l10n.t('Which of these is yours? The first one that fits is the right one'),
      items: SURFACES.map((surface) => ({ label: surface.title(), description: surface.key(), detail: surface.when(), value: surface.id })),
      matchOnDetail: true, isActive: (id) => id === state.surface,
    });
    return answer === undefined || answer === BACK ? answer : { ...state, surface: answer };
  },
};

function leadsTo(surface: SurfaceId | undefined): 'starters' | 'requests' | undefined {
  return SURFACES.find(({ id }) => id === surface)?.leadsTo;
}
