import * as l10n from '@vscode/l10n';
import type { SideVerdict } from '../side.js';

interface FolderRule {
  readonly pattern: RegExp;
  /** The name of the folder that it has to be in. */
  readonly parent?: RegExp;
  readonly side: SideVerdict['side'];
  /** In the person's language; gets the folder's name. */
  readonly evidence: (name: string) => string;
  /** Does not count where the package depends on this. */
  readonly unless?: string;
  /** Counts only for files with these endings. */
  readonly extensions?: RegExp;
}

/** Folder names that say where their content runs, by custom only. The innermost folder that says anything decides. */
const FOLDERS: readonly FolderRule[] = [
  { pattern: /^(?:server|servers|backend|functions|lambdas?|serverless|edge-functions)$/, side: 'server', evidence: (name) => l10n.t('the folder {0}/', name) },
  { pattern: /^(?:client|frontend|browser|islands)$/, side: 'browser', evidence: (name) => l10n.t('the folder {0}/', name) },
  { pattern: /^(?:scripts|bin|cli|cron|jobs|migrations|workers|seeds?|emails?)$/, side: 'server', evidence: (name) => l10n.t('the folder {0}/', name) },
  { pattern: /^(?:tests?|e2e|cypress|playwright)$/, side: 'server', evidence: () => l10n.t('tests do not ship') },
  // In a Next.js app a component without 'use client' may well stay on the server.
  { pattern: /^(?:components|widgets)$/, side: 'browser', evidence: (name) => l10n.t('the folder {0}/', name), unless: 'next' },
  // The pipelines of Rails, Laravel and Phoenix, and what .NET serves.
  { pattern: /^javascript$/, parent: /^app$/, side: 'browser', evidence: (name) => l10n.t('the folder {0}/', `app/${name}`) },
  { pattern: /^javascripts$/, parent: /^assets$/, side: 'browser', evidence: (name) => l10n.t('the folder {0}/', `assets/${name}`) },
  { pattern: /^js$/, parent: /^resources$/, side: 'browser', evidence: (name) => l10n.t('the folder {0}/', `resources/${name}`) },
  { pattern: /^js$/, parent: /^assets$/, side: 'browser', evidence: (name) => l10n.t('the folder {0}/', `assets/${name}`) },
  { pattern: /^wwwroot$/, side: 'browser', evidence: (name) => l10n.t('files in {0}/ are served as they are', name), extensions: /\.m?js$/ },
  { pattern: /^(?:public|static|www)$/, side: 'browser', evidence: (name) => l10n.t('files in {0}/ are served as they are', name), extensions: /\.m?js$/ },
];

/** What the names of the file's folders suggest. `api/` counts at the top only: in browser code it holds the calls to one. */
export function sideByFolder(path: string, dependencies: ReadonlySet<string>): SideVerdict | undefined {
  const folders = path.split('/').slice(0, -1);
  // What Inertia renders pages with.
  if (/(?:^|\/)resources\/js\/ssr\.[jt]sx?$/.test(path)) return { side: 'server', evidence: l10n.t('the entry of server-side rendering') };
  for (let at = folders.length - 1; at >= 0; at--) {
    const folder = folders[at] ?? '';
    const rule = FOLDERS.find(({ pattern, parent, extensions, unless }) => pattern.test(folder) && parent?.test(folders[at - 1] ?? '') !== false
      && extensions?.test(path) !== false && !(unless !== undefined && dependencies.has(unless)));
    if (rule !== undefined) return { side: rule.side, evidence: rule.evidence(folder) };
  }
  return folders[0] === 'api' ? { side: 'server', evidence: l10n.t('the folder {0}/', 'api') } : undefined;
}
