import { Emitter } from '../../event.js';
import { Lazy } from '../../lazy.js';
import type { ProjectFacts } from './deps.js';
import type { WorkspaceFacts } from './workspaceFacts.js';

/** What surrounds the files of the workspace. Loaded, and the workspace watched, by the first document that concerns us: there may never be one. */
export function createProjectFacts(logError: (what: string, error: unknown) => void): ProjectFacts {
  const changed = new Emitter<undefined>();
  const facts = new Lazy<WorkspaceFacts>(async () => {
    const { WorkspaceFacts } = await import('./workspaceFacts.js');
    const made = new WorkspaceFacts(logError);
    made.onDidChange(() => { changed.fire(undefined); });
    return made;
  });
  return {
    onDidChange: changed.event,
    contextFor: async (uri, knownKey) => (await facts.get()).contextFor(uri, knownKey),
    pathOf: async (uri) => (await facts.get()).pathOf(uri),
    dispose: () => {
      facts.dispose();
      changed.dispose();
    },
  };
}
