import * as vscode from 'vscode';
import type { Node } from '../environments/nodes.js';
import type { DiagnoseDeps } from './deps.js';
import type { Diagnoser, SeenFailure } from './diagnoseRequest.js';

export type { DiagnoseDeps, RequestAt } from './deps.js';
export type { SeenFailure } from './diagnoseRequest.js';

export interface Diagnosing {
  /** Explains a failure that was seen, without asking what it was. */
  readonly diagnose: (seen: SeenFailure) => Promise<void>;
  dispose(): void;
}

/** The command that finds out why a request to Stigg fails. All of it is loaded when it is first run. */
export function registerDiagnose(deps: DiagnoseDeps): Diagnosing {
  let diagnoser: Promise<Diagnoser> | undefined;
  const load = async (): Promise<Diagnoser> => {
    const { Diagnoser } = await import('./diagnoseRequest.js');
    return new Diagnoser(deps);
  };
  const registrations = vscode.Disposable.from(
    deps.reporter.command('stiggKeys.diagnoseRequest', async (node?: Node) => (await (diagnoser ??= load())).run(node)),
    { dispose: () => void diagnoser?.then((loaded) => { loaded.dispose(); }, () => undefined) },
  );
  return {
    diagnose: async (seen) => (await (diagnoser ??= load())).explain(seen),
    dispose: () => { registrations.dispose(); },
  };
}
