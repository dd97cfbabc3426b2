import { newlineOf } from '../../scan/lines.js';

/** What has to be added to an ignore file so that it names the path; undefined when it does so already. Keeps the file's line ends. */
export function ignoreLine(text: string, relativePath: string): string | undefined {
  const pattern = `/${escaped(relativePath)}`;
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trimEnd());
  // A later line may have taken it back.
  const last = lines.findLastIndex((line) => line === pattern || line === pattern.slice(1));
  if (last !== -1 && !lines.slice(last).some((line) => line.startsWith('!'))) return undefined;
  const newline = newlineOf(text);
  return `${text === '' || /[\r\n]$/.test(text) ? '' : newline}${pattern}${newline}`;
}

/** The path as a pattern that means nothing but itself. */
function escaped(path: string): string {
  return path.replace(/[\\*?[\]]/g, '\\$&').replace(/ $/, '\\ ');
}
