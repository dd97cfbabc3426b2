import type { SideVerdict } from '../side.js';

interface FolderRule {
  readonly pattern: RegExp;
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
  { pattern: /^(?:public|static|www)$/, side: 'browser', evidence: 'files in {name}/ are served as they are', extensions: /\.m?js$/ },
];

/** What the names of the file's folders suggest. `api/` counts at the top only: in browser code it holds the calls to one. */
export function sideByFolder(path: string, dependencies: ReadonlySet<string>): SideVerdict | undefined {
  const folders = path.split('/').slice(0, -1);
  for (const folder of [...folders].reverse()) {
    const rule = FOLDERS.find(({ pattern, extensions, unless }) => pattern.test(folder)
      && extensions?.test(path) !== false && !(unless !== undefined && dependencies.has(unless)));
    if (rule !== undefined) return { side: rule.side, evidence: rule.evidence.replace('{name}', folder) };
  }
  return folders[0] === 'api' ? { side: 'server', evidence: 'the folder api/' } : undefined;
}
