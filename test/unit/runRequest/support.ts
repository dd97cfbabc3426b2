import { KEY, type Draft, type Text } from '../../../src/runRequest/draft.js';
import type { StiggHosts } from '../../../src/runRequest/hosts.js';
import type { Fresh } from '../../../src/runRequest/httpVariables.js';
import { runnable, type RunnableRequest } from '../../../src/runRequest/runnable.js';

export const HOSTS: StiggHosts = { endpoint: new URL('https://api.stigg.io') };
export const UUID = '00000000-1111-4222-8333-444444444444';
export const FRESH: Fresh = { uuid: () => UUID, now: () => Date.UTC(2026, 0, 2, 3, 4, 5), random: () => 0.5, processVariable: (name) => (name === 'CUSTOMER' ? 'from-process' : undefined) };

/** A text as a table can hold it: the key as `<KEY>`, what is missing as `<?it>`. */
export function shown(text: Text | undefined): string | undefined {
  return text?.map((part) => (typeof part === 'string' ? part : part === KEY ? '<KEY>' : `<?${part.missing}>`)).join('');
}

export interface ShownDraft {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: readonly string[];
  readonly body: string | undefined;
  readonly problems: readonly string[];
}

export function shownDraft({ method, url, headers, body, problems }: Draft): ShownDraft {
  return { method: shown(method), url: shown(url), headers: headers.map(({ name, value }) => `${shown(name) ?? ''}: ${shown(value) ?? ''}`), body: shown(body), problems };
}

/** The only one of the drafts. */
export function only(drafts: readonly Draft[]): Draft {
  const [draft, second] = drafts;
  if (draft === undefined || second !== undefined) throw new Error(`There are ${String(drafts.length)} requests`);
  return draft;
}

/** The request, or the code and words of the error. */
export function run(draft: Draft, hosts = HOSTS): RunnableRequest {
  return runnable(draft, hosts);
}
