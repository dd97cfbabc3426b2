/** What a redirection such as `<<-'END'` announces. */
export interface HereMark {
  readonly descriptor: number;
  /** The line that ends the document. */
  readonly mark: string;
  /** Then nothing in it is expanded. */
  readonly isQuoted: boolean;
  /** `<<-`: tabs in front of each line are dropped. */
  readonly isIndented: boolean;
}

export interface HereDocument extends HereMark {
  /** Each line with its break. */
  readonly content: string;
}

/** Reads the documents of one command, one after the other, from the beginning of a line (0: there is none) to `limit`. */
export function readHereDocuments(text: string, from: number, limit: number, marks: readonly HereMark[]): { readonly documents: readonly HereDocument[]; readonly end: number; readonly isOpen: boolean } {
  let at = from;
  let isOpen = false;
  const documents = marks.map((announced) => {
    const lines: string[] = [];
    let isClosed = false;
    while (at > 0 && at < limit) {
      const stop = text.indexOf('\n', at);
      const line = text.slice(at, stop === -1 ? text.length : stop).replace(/\r$/, '');
      at = stop === -1 ? text.length : stop + 1;
      const content = announced.isIndented ? line.replace(/^\t+/, '') : line;
      if (content === announced.mark) {
        isClosed = true;
        break;
      }
      lines.push(content);
    }
    if (!isClosed) isOpen = true;
    return { ...announced, content: lines.length === 0 ? '' : `${lines.join('\n')}\n` };
  });
  return { documents, end: at, isOpen };
}
