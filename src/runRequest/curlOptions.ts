/** What an option of curl means for a request that is not sent by curl. */
export type Meaning =
  | 'data' | 'dataUrlencode' | 'json' | 'header' | 'method' | 'url' | 'urlQuery' | 'userAgent' | 'referer' | 'variable' | 'bearer'
  /** Says how curl should go about it, or what it should print: of no matter here. */
  | 'ignored' | 'ignoredWithValue' | 'head' | 'get' | 'output' | 'outputWithValue' | 'insecure' | 'follow';

const TAKES_VALUE: ReadonlySet<Meaning> = new Set(['data', 'dataUrlencode', 'json', 'header', 'method', 'url', 'urlQuery', 'userAgent', 'referer', 'variable', 'bearer', 'ignoredWithValue', 'outputWithValue']);

/** Source: curl's manual page (8.14). Options that are not here change the request in a way that this does not know, and are refused. */
const OPTIONS: Readonly<Record<string, Meaning>> = {
  '-d': 'data', '--data': 'data', '--data-ascii': 'data', '--data-raw': 'data', '--data-binary': 'data', '--data-urlencode': 'dataUrlencode', '--json': 'json',
  '-H': 'header', '--header': 'header', '-X': 'method', '--request': 'method', '--url': 'url', '--url-query': 'urlQuery', '-G': 'get', '--get': 'get', '-I': 'head', '--head': 'head',
  '-A': 'userAgent', '--user-agent': 'userAgent', '-e': 'referer', '--referer': 'referer', '--variable': 'variable', '--oauth2-bearer': 'bearer',
  '-s': 'ignored', '--silent': 'ignored', '-S': 'ignored', '--show-error': 'ignored', '-i': 'ignored', '--include': 'ignored', '--show-headers': 'ignored', '-v': 'ignored', '--verbose': 'ignored',
  '-f': 'ignored', '--fail': 'ignored', '--fail-with-body': 'ignored', '--fail-early': 'ignored', '--compressed': 'ignored', '-#': 'ignored', '--progress-bar': 'ignored', '--no-progress-meter': 'ignored',
  '-g': 'ignored', '--globoff': 'ignored', '-N': 'ignored', '--no-buffer': 'ignored', '-0': 'ignored', '--http1.0': 'ignored', '--http1.1': 'ignored', '--http2': 'ignored', '--http3': 'ignored',
  '-4': 'ignored', '--ipv4': 'ignored', '-6': 'ignored', '--ipv6': 'ignored', '-q': 'ignored', '--disable': 'ignored', '--path-as-is': 'ignored', '--tcp-nodelay': 'ignored', '--no-keepalive': 'ignored',
  '--retry-all-errors': 'ignored', '--retry-connrefused': 'ignored', '--tlsv1.2': 'ignored', '--tlsv1.3': 'ignored', '--ssl-reqd': 'ignored', '--raw': 'ignored',
  '-m': 'ignoredWithValue', '--max-time': 'ignoredWithValue', '--connect-timeout': 'ignoredWithValue', '--retry': 'ignoredWithValue', '--retry-delay': 'ignoredWithValue',
  '--retry-max-time': 'ignoredWithValue', '-w': 'ignoredWithValue', '--write-out': 'ignoredWithValue', '--limit-rate': 'ignoredWithValue', '--max-redirs': 'ignoredWithValue', '--stderr': 'ignoredWithValue',
  '-y': 'ignoredWithValue', '-Y': 'ignoredWithValue', '--keepalive-time': 'ignoredWithValue', '--proto': 'ignoredWithValue', '--max-filesize': 'ignoredWithValue',
  '-O': 'output', '--remote-name': 'output', '-J': 'output', '--remote-header-name': 'output', '-o': 'outputWithValue', '--output': 'outputWithValue', '-D': 'outputWithValue', '--dump-header': 'outputWithValue',
  '-k': 'insecure', '--insecure': 'insecure', '-L': 'follow', '--location': 'follow', '--location-trusted': 'follow',
};

export interface Option {
  readonly meaning: Meaning;
  readonly takesValue: boolean;
  /** `--expand-…`: variables in the value are replaced. */
  readonly isExpanded: boolean;
}

/** undefined for an option that is not known here. */
export function optionOf(written: string): Option | undefined {
  const isExpanded = written.startsWith('--expand-');
  const name = isExpanded ? `--${written.slice('--expand-'.length)}` : written;
  const meaning = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
  return meaning === undefined ? undefined : { meaning, takesValue: TAKES_VALUE.has(meaning), isExpanded };
}
