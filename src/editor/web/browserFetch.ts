import { BROWSER_REFUSED } from '../../keys/graphql/networkError.js';

/**
 * The browser's fetch. It refuses a call that the other side does not allow from this page (CORS) in the same words as one for which
 * there is no connection, and never says which it was: the error gets a code of its own, so that a person is told of both.
 */
export const browserFetch: typeof globalThis.fetch = async (...args) => {
  try {
    return await globalThis.fetch(...args);
  } catch (error) {
    // The error itself ends here; a cancelled call stays one.
    if (error instanceof TypeError) throw Object.assign(new Error('The browser did not let the call through'), { code: BROWSER_REFUSED });
    throw error;
  }
};
