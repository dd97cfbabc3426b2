/** A field as messages name it: the last two names of its path. */
export function fieldName(path: string): string {
  return path.split('.').slice(-2).join('.').replaceAll('[]', '');
}
