import type { Engine } from '../../scan/engine.js';
import type { Source } from '../../scan/source.js';
import type { Secret } from '../../secret.js';

/**
 * The token with this fingerprint, taken out of the document: of several the one nearest to `near`. undefined when the document
 * holds it no more. The value is the key itself, however it is written there: escaped, encoded, or put together by an expression.
 */
export async function tokenIn(engine: Engine, source: Source, fingerprint: string, near: number): Promise<Secret | undefined> {
  await engine.prepare(source);
  return engine.reveal(source, fingerprint, near);
}
