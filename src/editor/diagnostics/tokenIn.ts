import { findTokens } from '../../scan/tokens/find.js';
import { Secret } from '../../secret.js';

/**
 * The token with this fingerprint, taken out of the text: of several the one nearest to `near`. undefined when the text
 * holds it no more. Legacy tokens may be written with escaped dollar signs; the value comes without.
 */
export function tokenIn(text: string, fingerprint: string, near: number): Secret | undefined {
  const [nearest] = findTokens(text)
    .filter((token) => token.fingerprint === fingerprint)
    .sort((a, b) => Math.abs(a.start - near) - Math.abs(b.start - near));
  if (nearest === undefined) return undefined;
  const literal = text.slice(nearest.start, nearest.end);
  const secret = new Secret(nearest.kind === 'legacy' ? literal.replaceAll('\\', '') : literal);
  return secret.fingerprint === fingerprint ? secret : undefined;
}
