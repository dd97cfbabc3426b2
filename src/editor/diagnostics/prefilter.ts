import { mayConcernStigg } from '../../scan/tokens/trace.js';

/** Past this many characters a document is not scanned: nobody writes such files by hand. */
const LARGEST = 5_000_000;

/** Asked before the text is fetched, which for such a size would be most of the work. */
export function isTooLarge(characters: number): boolean {
  return characters > LARGEST;
}

/**
 * The prefilter of the extension host: one pass of a native search, before anything of the engine is loaded.
 * Every rule speaks about a token shape, about Stigg by name, or about a body that only Stigg takes.
 */
export function mayHoldFindings(text: string): boolean {
  return mayConcernStigg(text);
}

/** How long typing must pause before a document of this size is scanned. */
export function pauseFor(characters: number): number {
  if (characters < 100_000) return 150;
  return characters < 1_000_000 ? 400 : 1_000;
}
