import { UNKNOWN } from '../../ir/texts.js';
import { addressBy } from '../endpointFor.js';

/** `${{ env.NAME }}`, `${NAME}`, `$NAME`. */
const READ = /\$\{\{[ \t]{0,4}(?:env|vars|secrets)\.([A-Za-z_]\w{0,100})[ \t]{0,4}\}\}|\$\{([A-Za-z_]\w{0,100})\}|\$([A-Za-z_]\w{0,100})/g;
const MOST_READS = 30;

/** The address that a variable holds by the document around the script, with what it reads of others; undefined where that does not set it. */
export function addressIn(environment: ReadonlyMap<string, string> | undefined, name: string): string | undefined {
  let left = MOST_READS;
  const valueOf = (variable: string, before: readonly string[]): string | undefined => {
    const value = before.includes(variable) || left-- <= 0 ? undefined : environment?.get(variable);
    return value?.replace(READ, (_, expression?: string, braced?: string, plain?: string) => {
      const other = expression ?? braced ?? plain ?? '';
      return valueOf(other, [...before, variable]) ?? addressBy(other);
    });
  };
  const address = valueOf(name, []);
  return address === UNKNOWN ? undefined : address;
}
