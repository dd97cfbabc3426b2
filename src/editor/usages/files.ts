import * as vscode from 'vscode';
import { CancelledError } from '../../errors.js';
import { configsInHome } from './agentConfigs.js';
import type { UsagesDeps } from './deps.js';

/** Larger files hold data. Bytes. */
export const LARGEST = 5_000_000;
export const MOST_FILES = 50_000;
/** Other people's code, and what is built anew. */
const NEVER = '**/{node_modules,.git,.hg,.svn,dist,build,out,.next,.nuxt,.svelte-kit,.turbo,.cache,coverage,vendor,target}/**';
/** What VS Code hides from the start, and nobody keeps keys in. */
const HIDDEN_ANYWAY = new Set(['**/.git', '**/.svn', '**/.hg', '**/CVS', '**/.DS_Store', '**/Thumbs.db', '**/.jj', '**/*.crswap', '**/node_modules']);

/** Where is looked, and in words where not. */
export interface Candidates {
  readonly files: readonly vscode.Uri[];
  readonly skipped: readonly string[];
}

/** The files of all workspace folders, git-ignored ones too. */
export async function workspaceFiles(signal: AbortSignal): Promise<Candidates> {
  const token = new vscode.CancellationTokenSource();
  const cancel = (): void => { token.cancel(); };
  signal.addEventListener('abort', cancel);
  try {
    const folders = vscode.workspace.workspaceFolders ?? [];
    // `**/*` leaves out what the person hides from the explorer.
    const files = folders.length === 0 ? [] : await vscode.workspace.findFiles('**/*', NEVER, MOST_FILES, token.token);
    if (signal.aborted) throw new CancelledError();
    const skipped = [vscode.l10n.t('Installed packages, build output and the history of git were not searched.')];
    if (files.length >= MOST_FILES) skipped.push(vscode.l10n.t('Only the first {0} files were searched: the workspace has more.', MOST_FILES));
    const hidden = hiddenByPerson();
    if (hidden.length > 0) skipped.push(vscode.l10n.t('What the setting files.exclude hides was not searched: {0}', hidden.join(', ')));
    return { files, skipped };
  } finally {
    signal.removeEventListener('abort', cancel);
    token.dispose();
  }
}

function hiddenByPerson(): string[] {
  const globs = new Set((vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => {
    const exclude: unknown = vscode.workspace.getConfiguration('files', uri).get('exclude');
    return typeof exclude === 'object' && exclude !== null ? Object.entries(exclude).filter(([, isOn]) => isOn !== false).map(([glob]) => glob) : [];
  }));
  return [...globs].filter((glob) => !HIDDEN_ANYWAY.has(glob));
}

/** The person's own MCP and editor configurations on the machine that the extension runs on; whether they exist is found out by reading them. */
export async function outsideFiles({ home, platform, userFolder, isRemoteWorkspace }: Pick<UsagesDeps, 'home' | 'platform' | 'userFolder' | 'isRemoteWorkspace'>): Promise<Candidates> {
  const profiles = vscode.Uri.joinPath(userFolder, 'profiles');
  const names = await foldersIn(profiles);
  return {
    files: [
      ...(home === undefined ? [] : configsInHome(platform).map((path) => vscode.Uri.joinPath(home, path))),
      vscode.Uri.joinPath(userFolder, 'mcp.json'),
      ...names.map((name) => vscode.Uri.joinPath(profiles, name, 'mcp.json')),
    ],
    skipped: [
      ...(isRemoteWorkspace ? [vscode.l10n.t('MCP configurations in the home folder of the remote machine were not searched.')] : []),
      ...(home === undefined ? [vscode.l10n.t('MCP configurations in the home folder of your computer were not searched.')] : []),
    ],
  };
}

async function foldersIn(folder: vscode.Uri): Promise<string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).filter(([, type]) => type === vscode.FileType.Directory).map(([name]) => name);
  } catch {
    // Most people have no profiles.
    return [];
  }
}
