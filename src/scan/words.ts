/** The words of a name in any spelling, lower case: `Production EU`, `production-eu` and `productionEu` are the same. */
export function wordsOf(name: string): string[] {
  return name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
