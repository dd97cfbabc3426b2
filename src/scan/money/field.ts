/** Why a value counts cents. */
export type Cause = 'multiplied' | 'helper' | 'stripe' | 'name';

/** A field as messages name it: the last two names of its path. */
export function fieldName(path: string): string {
  return path.split('.').slice(-2).join('.').replaceAll('[]', '');
}
