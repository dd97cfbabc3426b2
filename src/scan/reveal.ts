import type { Secret } from '../secret.js';
import { EMPTY_CONTEXT } from './context.js';
import type { Part } from './parts.js';
import { ScanFile } from './scanFile.js';
import type { Source } from './source.js';
import { revealTokens } from './tokens/find.js';

/** The value of the token with that fingerprint: of several in the document the one nearest to `near`. undefined when there is none. */
export function reveal(document: Source, parts: readonly Part[], fingerprint: string, near: number): Secret | undefined {
  try {
    const distance = ({ start }: { readonly start: number }): number => Math.abs(start - near);
    return parts
      .flatMap((part) => revealTokens(new ScanFile(part, document, EMPTY_CONTEXT), fingerprint)
        .map(({ start, secret }) => ({ start: part.toOuter(start), secret })))
      .sort((a, b) => distance(a) - distance(b))[0]?.secret;
  } finally {
    for (const { syntax } of parts) syntax?.forgetNodes();
  }
}
