import * as vscode from 'vscode';
import type { HeaderFlavour } from '../../snippets/curl.js';
import type { RequestTarget } from '../../snippets/catalogue.js';

/** What inserting requests needs from the rest of the extension. */
export interface RequestsDeps {
  /** Stigg's API as configured, without a path. May throw an ExpectedError when the setting cannot be used. */
  readonly endpoint: () => string;
  /** Tells the person; ExpectedErrors in their own words. */
  readonly reportError: (error: unknown) => void;
}

/** Where a request goes and how it carries the key, read anew each time because both are settings. */
export function requestTarget(deps: RequestsDeps): RequestTarget {
  const chosen = vscode.workspace.getConfiguration('stiggKeys').get<string>('requests.keyHeader');
  const flavour: HeaderFlavour = chosen === 'hidden' ? 'hidden' : 'docs';
  return { baseUrl: deps.endpoint(), flavour, uuid: () => globalThis.crypto.randomUUID() };
}
