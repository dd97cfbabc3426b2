/**
 * One spelling for a name in all languages: `amounts_off`, `AmountsOff`, `amounts-off` and `amountsOff` are `amountsOff`, `V1` is `v1`, `ID` is `id`.
 * Names are only ever compared in this form.
 */
export function canonical(name: string): string {
  const words = wordsOf(name);
  return words.map((word, index) => (index === 0 ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`)).join('');
}

/** The words of a name, in lower case: `priceInCents`, `PRICE_IN_CENTS` and `price-in-cents` have three. */
export function wordsOf(name: string): string[] {
  return name.slice(0, 200).replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2').toLowerCase().split(/[^a-z\d]+/).filter((word) => word !== '');
}
