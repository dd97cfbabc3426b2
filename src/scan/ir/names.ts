/**
 * One spelling for a name in all languages: `amounts_off`, `AmountsOff`, `amounts-off` and `amountsOff` are `amountsOff`, `V1` is `v1`, `ID` is `id`.
 * Names are only ever compared in this form.
 */
export function canonical(name: string): string {
  return isCanonical(name) ? name : joined(name);
}

/** Most names are so already, and this is asked more often than anything else. */
function isCanonical(name: string): boolean {
  if (name.length > 200 || name === '') return false;
  let wasUpper = true;
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    const isUpper = code >= 65 && code <= 90;
    if (isUpper ? wasUpper : !(code >= 97 && code <= 122) && !(code >= 48 && code <= 57)) return false;
    wasUpper = isUpper;
  }
  return true;
}

function joined(name: string): string {
  const words = wordsOf(name);
  return words.map((word, index) => (index === 0 ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`)).join('');
}

/** The words of a name, in lower case: `priceInCents`, `PRICE_IN_CENTS` and `price-in-cents` have three. */
export function wordsOf(name: string): string[] {
  return name.slice(0, 200).replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2').toLowerCase().split(/[^a-z\d]+/).filter((word) => word !== '');
}
