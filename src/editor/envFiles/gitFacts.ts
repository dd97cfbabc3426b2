import * as vscode from 'vscode';
import { Project } from '../../project/project.js';
import { readerBeside } from '../diagnostics/workspaceReader.js';

/** What git makes of a file; undefined where that could not be read. Asked anew each time. */
export interface GitFacts {
  readonly root: string | undefined;
  readonly isTracked: boolean | undefined;
  readonly isIgnored: boolean | undefined;
}

/** Reads git's own files, so that it works without git. */
export async function gitFactsOf(uri: vscode.Uri): Promise<GitFacts> {
  const project = new Project(readerBeside(uri), { patienceMs: 0 });
  const context = await project.contextFor(uri.path);
  const repository = await project.repositoryOf(vscode.Uri.joinPath(uri, '..').path);
  return { root: repository?.root, isTracked: context.isTracked(uri.path), isIgnored: context.isIgnored(uri.path) };
}

/** The names under which this project's terminals and tasks get keys. */
export function variableNamesOf(uri: vscode.Uri): ReturnType<Project['variableNamesFor']> {
  return new Project(readerBeside(uri)).variableNamesFor(vscode.Uri.joinPath(uri, '..').path);
}
