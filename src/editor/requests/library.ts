import type { ApiRequest } from '../../snippets/request.js';
import type { Writer } from '../../snippets/writer.js';

/** Every request and everything it can be written in. */
export interface Library {
  readonly requests: readonly ApiRequest[];
  readonly writers: readonly Writer[];
}

/** Makes the function that loads the library when it is asked for first; until then it costs nothing. A failed load is tried again. */
export function lazyLibrary(): () => Promise<Library> {
  let loaded: Promise<Library> | undefined;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}

async function load(): Promise<Library> {
  const [{ requests }, { WRITERS }] = await Promise.all([import('../../snippets/catalogue/index.js'), import('../../snippets/writers/index.js')]);
  return { requests: requests(), writers: WRITERS };
}
