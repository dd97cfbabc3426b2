import type * as vscode from 'vscode';
import type { InspectedRequest } from '../../diagnose/request.js';
import type { Engine } from '../../scan/engine.js';
import { sourceOf } from '../diagnostics/documents.js';

/** The request to Stigg at that position; undefined where the document makes none. */
export async function requestAt(engine: Engine, document: vscode.TextDocument, position: vscode.Position): Promise<InspectedRequest | undefined> {
  const source = sourceOf(document, document.getText());
  await engine.prepare(source);
  return engine.requestAt(source, document.offsetAt(position));
}
