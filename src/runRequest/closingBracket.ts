/** Where the round bracket that opens there is closed, past quotes of a shell; `limit` or more where it is not. */
export function closingBracket(text: string, opening: number, limit: number): number {
  let depth = 0;
  let quote = '';
  let at = opening;
  for (; at < limit; at++) {
    const character = text.charAt(at);
    if (character === '\\' && quote !== "'") at++;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === "'" || character === '"') quote = character;
    else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) break;
  }
  return at;
}
