/** A name for a place where VS Code makes icons of `$(…)`, on one line: a key that is called so shows its name and no picture. */
export function plainLabel(name: string): string {
  return name.replace(/\s/g, ' ').replaceAll('$(', '$\u200b(');
}
