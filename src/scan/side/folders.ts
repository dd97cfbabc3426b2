import type { SideVerdict } from '../side.js';

interface FolderRule {
  readonly pattern: RegExp;
  /** The name of the folder that it has to be in. */
  readonly parent?: RegExp;
  readonly side: SideVerdict['side'];
  /** `{name}` stands for the folder's. */
  readonly evidence: string;
  /** Does not count where the package depends on this. */
  readonly unless?: string;
  /** Counts only for files with these endings. */
  readonly extensions?: RegExp;
}

/** Folder names that say where their content runs, by custom only. The innermost folder that says anything decides. */
const FOLDERS: readonly FolderRule[] = [
  { pattern: /^(?:server|servers|backend|functions|lambdas?|serverless|edge-functions)$/, side: 'server', evidence: 'the folder {name}/' },
  { pattern: /^(?:client|frontend|browser|islands)$/, side: 'browser', evidence: 'the folder {name}/' },
  { pattern: /^(?:scripts|bin|cli|cron|jobs|migrations|workers|seeds?|emails?)$/, side: 'server', evidence: 'the folder {name}/' },
  { pattern: /^(?:tests?|e2e|cypress|playwright)$/, side: 'server', evidence: 'tests do not ship' },
  // In a Next.js app a component without 'use client' may well stay on the server.
  { pattern: /^(?:components|widgets)$/, side: 'browser', evidence: 'the folder {name}/', unless: 'next' },
  // The pipelines of Rails, Laravel and Phoenix, and what .NET serves.
  { pattern: /^javascript$/, parent: /^app$/, side: 'browser', evidence: 'the folder app/{name}/' },
  { pattern: /^javascripts$/, parent: /^assets$/, side: 'browser', evidence: 'the folder assets/{name}/' },
  { pattern: /^js$/, parent: /^resources$/, side: 'browser', evidence: 'the folder resources/{name}/' },
  { pattern: /^js$/, parent: /^assets$/, side: 'browser', evidence: 'the folder assets/{name}/' },
  { pattern: /^wwwroot$/, side: 'browser', evidence: 'files in {name}/ are served as they are', extensions: /\.m?js$/ },
  { pattern: /^(?:public|static|www)$/, side: 'browser', evidence: 'files in {name}/ are served as they are', extensions: /\.m?js$/ },
];

/** What the names of the file's folders suggest. `api/` counts at the top only: in browser code it holds the calls to one. */
export function sideByFolder(path: string, dependencies: ReadonlySet<string>): SideVerdict | undefined {
  const folders = path.split('/').slice(0, -1);
  // What Inertia renders pages with.
  if (/(?:^|\/)resources\/js\/ssr\.[jt]sx?$/.test(path)) return { side: 'server', evidence: 'the entry of server-side rendering' };
  for (let at = folders.length - 1; at >= 0; at--) {
    const folder = folders[at] ?? '';
    const rule = FOLDERS.find(({ pattern, parent, extensions, unless }) => pattern.test(folder) && parent?.test(folders[at - 1] ?? '') !== false
      && extensions?.test(path) !== false && !(unless !== undefined && dependencies.has(unless)));
    if (rule !== undefined) return { side: rule.side, evidence: rule.evidence.replace('{name}', folder) };
  }
  return folders[0] === 'api' ? { side: 'server', evidence: 'the folder api/' } : undefined;
}
