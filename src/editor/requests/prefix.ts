/** What the completions of requests and starters begin with. */
export const PREFIX = 'stigg';
