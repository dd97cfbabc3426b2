/** Whether a request may change anything. Where that cannot be told it may. */
export function writesOf(method: string, surface: 'rest' | 'graphql', url: URL, body: string | undefined): boolean {
  if (surface === 'graphql') return !documentsOf(url, body).every(isQuery);
  return method !== 'GET' && method !== 'HEAD';
}

/** The GraphQL documents that a request sends; an empty one stands for what cannot be read. */
function documentsOf(url: URL, body: string | undefined): string[] {
  const asked = url.searchParams.getAll('query');
  if (body === undefined) return asked.length === 0 ? [''] : asked;
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return [''];
  }
  const operations: readonly unknown[] = Array.isArray(json) ? json : [json];
  return [...asked, ...operations.map((operation) => {
    const query: unknown = typeof operation === 'object' && operation !== null && 'query' in operation ? operation.query : undefined;
    return typeof query === 'string' ? query : '';
  })];
}

/** Comments, block strings (where a back slash is special before three quotes alone) and strings of a GraphQL document. */
const INERT = /#[^\n\r]*|"""(?:\\"""|\\(?!""")|[^"\\]|"(?!""))*(?:"""|$)|"(?:[^"\\\n\r]|\\.)*"?/g;

/** Whether a document has queries and fragments alone, at least one query. */
function isQuery(document: string): boolean {
  const text = document.replace(INERT, ' ');
  let depth = 0;
  let isBegun = false;
  let queries = 0;
  for (const [token] of text.matchAll(/[{}()[\]]|[A-Za-z_]\w{0,100}/g)) {
    if (token === '{' || token === '(' || token === '[') {
      if (depth === 0 && token === '{') {
        // A selection without a word before it is a query.
        if (!isBegun) queries++;
        isBegun = false;
      }
      depth++;
    } else if (token === '}' || token === ')' || token === ']') depth = Math.max(0, depth - 1);
    else if (depth === 0 && !isBegun) {
      if (token !== 'query' && token !== 'fragment') return false;
      if (token === 'query') queries++;
      isBegun = true;
    }
  }
  return queries > 0;
}
