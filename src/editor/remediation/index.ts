import type { Disposable } from '../../event.js';
import { unref } from '../../unref.js';
import type { Node } from '../environments/nodes.js';
import type { RemediateLeak, RemediationCommandDeps } from './deps.js';
import type { Remediator } from './remediator.js';

export type { RemediateLeak } from './deps.js';

/** Long enough for a window to have opened; nothing is loaded where nothing is unfinished. */
const FIRST_MS = 3_000;
const AGAIN_MS = 5 * 60_000;
const PREFIX = 'remediation-';

/** "Remediate a Leak", and what a crash has left of one. All of it is loaded when it is first needed. */
export function registerRemediation(deps: RemediationCommandDeps): Disposable & { readonly remediate: RemediateLeak } {
  let loading: Promise<Remediator> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;
  const load = (): Promise<Remediator> => (loading ??= import('./remediator.js').then(({ Remediator }) => new Remediator(deps)));
  const watch = (ms: number): void => {
    timer = setTimeout(() => {
      void (async () => {
        if ((await deps.state.list(PREFIX)).length > 0) await (await load()).tellUnfinished();
      })().catch((error: unknown) => void deps.reporter.show(error)).finally(() => { if (!isDisposed) watch(AGAIN_MS); });
    }, ms);
    unref(timer);
  };
  watch(FIRST_MS);
  const command = deps.reporter.command('stiggKeys.remediateLeak', async (node?: Node) => (await load()).run(node));
  return {
    remediate: async (clue) => (await load()).remediate(clue),
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
      command.dispose();
      void loading?.then((loaded) => { loaded.dispose(); }, () => undefined);
    },
  };
}
