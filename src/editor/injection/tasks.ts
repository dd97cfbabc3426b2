import path from 'node:path';
import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { behindCommand, requireUnchanged } from './behindCommand.js';
import type { InjectionDeps } from './deps.js';
import { handoverLines } from './handover.js';
import { changesFor, type PrepareDeps } from './prepare.js';
import { ProcessTerminal, type Preparation } from './processTerminal.js';
import { LOCK_FILE_NAMES, packageManager, parseDefinition, scriptsIn } from './taskDefinition.js';

const TYPE = 'stigg';

type Deps = PrepareDeps & Pick<InjectionDeps, 'reporter'>;

/** Tasks whose process gets an environment's keys. The keys are in no task's definition and in no option of its execution, which every extension can read. */
export class StiggTasks implements vscode.TaskProvider {
  readonly #deps: Deps;
  readonly #running = new Set<ProcessTerminal>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** The scripts of each folder's own package.json. */
  async provideTasks(): Promise<vscode.Task[]> {
    if (!vscode.workspace.isTrusted) return [];
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    return (await Promise.all(folders.map((folder) => this.#scriptTasks(folder)))).flat();
  }

  resolveTask(task: vscode.Task): vscode.Task {
    const scope = typeof task.scope === 'object' ? task.scope : undefined;
    return this.#task(task.definition, task.scope ?? vscode.TaskScope.Workspace, task.name, scope);
  }

  /** Ends what still runs. Resolves when it is gone. */
  async end(): Promise<void> {
    await Promise.all([...this.#running].map((terminal) => terminal.end()));
  }

  async #scriptTasks(folder: vscode.WorkspaceFolder): Promise<vscode.Task[]> {
    const text = await textOf(vscode.Uri.joinPath(folder.uri, 'package.json'));
    const scripts = text === undefined ? [] : scriptsIn(text);
    if (scripts.length === 0) return [];
    const locks = await Promise.all(LOCK_FILE_NAMES.map(async (name) => ((await exists(vscode.Uri.joinPath(folder.uri, name))) ? [name] : [])));
    const manager = packageManager(new Set(locks.flat()));
    return scripts.map(({ name, body }) => {
      const command = `${manager} run ${name}`;
      const task = this.#task({ type: TYPE, command }, folder, command, folder);
      task.detail = body;
      return task;
    });
  }

  #task(definition: vscode.TaskDefinition, scope: vscode.WorkspaceFolder | vscode.TaskScope.Global | vscode.TaskScope.Workspace, name: string, folder: vscode.WorkspaceFolder | undefined): vscode.Task {
    return new vscode.Task(definition, scope, name, TYPE, new vscode.CustomExecution((resolved) => Promise.resolve(this.#terminal(resolved, folder))));
  }

  #terminal(definition: vscode.TaskDefinition, folder: vscode.WorkspaceFolder | undefined): vscode.Pseudoterminal {
    const root = folder ?? vscode.workspace.workspaceFolders?.[0];
    const { command, cwd } = this.#place(definition, root);
    const terminal = new ProcessTerminal({ command, cwd }, () => this.#prepare(definition, root, cwd), (what, error) => { this.#deps.reporter.log(what, error); });
    this.#running.add(terminal);
    terminal.onDidEnd(() => { this.#running.delete(terminal); });
    return terminal;
  }

  /** For a definition that cannot be run the terminal says why, when it prepares. */
  #place(definition: vscode.TaskDefinition, root: vscode.WorkspaceFolder | undefined): { readonly command: string; readonly cwd: string } {
    const command = typeof definition.command === 'string' ? definition.command : '';
    const cwd = typeof definition.cwd === 'string' ? definition.cwd : '.';
    return { command, cwd: path.resolve(root?.uri.fsPath ?? '.', cwd) };
  }

  async #prepare(definition: vscode.TaskDefinition, root: vscode.WorkspaceFolder | undefined, folder: string): Promise<Preparation | undefined> {
    const { command, environment } = parseDefinition(definition);
    if (root?.uri.scheme !== 'file') {
      throw new ExpectedError('notHere', vscode.l10n.t('This extension does not run where the folder is, so it cannot start a command there.'), vscode.l10n.t('Use "Stigg: Open Terminal with Key" instead.'));
    }
    const uri = vscode.Uri.file(folder);
    const read = (file: string): Promise<string | undefined> => textOf(vscode.Uri.file(file));
    const shown = await behindCommand(command, folder, read);
    const prepared = await changesFor(this.#deps, {
      kind: 'task', what: command, folder, ...shown, environment, namesFolder: uri, title: vscode.l10n.t('Run Task with Key'),
    });
    if (prepared === undefined) return undefined;
    // A question may stand for long: what runs now has to be what it showed.
    await requireUnchanged(shown, command, folder, read);
    return { changes: prepared.changes, lines: [...handoverLines(prepared.handover, this.#deps.now()), `> ${command}`, ''] };
  }
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
