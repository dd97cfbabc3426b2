/** `.env`, `.env.local`, `staging.env`; Wrangler's `.dev.vars`, with or without an environment; Flask's `.flaskenv`. */
export const ENV_FILE = /(?:^|\/)(?:\.env(?:\.[^/]*)?|[^/]+\.env|\.dev\.vars(?:\.[^/]*)?|\.flaskenv)$/i;
/** direnv's, which a shell reads: an env file for the rules, a script for the languages. */
const ENV_SCRIPT = /(?:^|\/)\.envrc(?:\.[^/]*)?$/i;

/** Env files are the right place for a key; only their own rules speak there. */
export function isEnvFile(path: string): boolean {
  return ENV_FILE.test(path) || ENV_SCRIPT.test(path);
}
