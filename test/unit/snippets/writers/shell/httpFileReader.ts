/** A request of a request file, with its variables replaced. */
export interface FileRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | undefined;
}

/**
 * Reads request files as the documentation of the REST Client extension describes them: requests end at a line that starts with ###,
 * lines that start with # or // are comments wherever they stand, headers go to the first empty line, all after it is the body.
 * Throws at what requests of ours must not hold: unknown variables, files as a body, a second request.
 */
export function readHttpFile(text: string, environment: Readonly<Record<string, string>>): FileRequest {
  const requests = text.split(/^###.*$/m).map((part) => part.split('\n').filter((line) => !/^\s*(?:#|\/\/)/.test(line))).filter((lines) => lines.some((line) => line.trim() !== ''));
  if (requests.length !== 1) throw new Error(`${requests.length} requests`);
  const replaced = (requests[0] ?? []).join('\n').replace(/\{\{(.+?)\}\}/g, (whole, variable: string) => {
    const [name, argument] = variable.trim().split(' ');
    if (name === '$guid' && argument === undefined) return crypto.randomUUID();
    const value = name === '$processEnv' ? environment[argument ?? ''] : undefined;
    if (value === undefined) throw new Error(`No variable ${whole}`);
    return value;
  });
  const [head = '', ...rest] = replaced.trim().split('\n\n');
  const [line = '', ...headers] = head.split('\n');
  const [, method = '', url = ''] = /^(GET|POST|PUT|PATCH|DELETE) (\S+)$/.exec(line) ?? [];
  const body = rest.length === 0 ? undefined : rest.join('\n\n');
  if (body !== undefined && /^(?:<|>|```)/m.test(body)) throw new Error('A file or a script in the body');
  return {
    method,
    url,
    headers: headers.map((header) => {
      const colon = header.indexOf(':');
      if (colon < 1) throw new Error(`No header: ${header}`);
      return [header.slice(0, colon), header.slice(colon + 1).trim()] as const;
    }),
    body,
  };
}
