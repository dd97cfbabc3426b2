import * as vscode from 'vscode';
import type { FileReader } from '../../project/fileReader.js';

/** Reads other files of the file system that holds `uri`; what people have typed and not saved counts as their content. */
export function readerBeside(uri: vscode.Uri): FileReader {
  // A path with a drive letter, as `.git` files of work trees hold them, gets the slash that URIs need.
  const at = (path: string): vscode.Uri => uri.with({ path: path.startsWith('/') ? path : `/${path}`, query: '', fragment: '' });
  return {
    read: async (path) => {
      const file = at(path);
      const unsaved = vscode.workspace.textDocuments.find((document) => document.isDirty && document.uri.path === file.path && document.uri.toString() === file.toString());
      if (unsaved !== undefined) return new TextEncoder().encode(unsaved.getText());
      try {
        return await vscode.workspace.fs.readFile(file);
      } catch {
        // Missing, not allowed, or not supported there: unknown is an answer.
        return undefined;
      }
    },
    list: async (folder) => {
      try {
        const entries = await vscode.workspace.fs.readDirectory(at(folder));
        // A link to a folder has both bits set, and is not followed.
        return entries.map(([name, type]) => ({ name, isFolder: type === vscode.FileType.Directory }));
      } catch {
        return undefined;
      }
    },
  };
}
